import { networkInterfaces } from 'node:os';

/** The addresses of this machine that others can see: another text when a cable is pulled or a VPN comes up. */
export function networkNow(): string {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
    .sort()
    .join();
}
