import { FaultProxy } from '../shared/faultProxy.ts';

/** A way to a server on which somebody else changes a ticket right after our change of it. */
export async function interfering(
  base: string,
  ticketId: string,
  other: () => Promise<unknown>,
  use: (port: number) => Promise<void>,
): Promise<void> {
  const proxy = new FaultProxy(base);
  await proxy.open();
  proxy.add({
    wants: ({ method, path }) => method === 'PUT' && path.includes(ticketId),
    skip: 0,
    times: 1,
    act: async (exchange) => {
      const given = await exchange.forward();
      await other();
      exchange.reply(given);
    },
  });
  try {
    await use(proxy.port);
  } finally {
    await proxy.close();
  }
}
