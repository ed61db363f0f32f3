import keytar from 'keytar';
import type { SecretStore } from './secretVault.ts';

const service = 'Deskside';

/**
 * The operating system's keychain. A bundle of its own, loaded only where it is wanted: it brings a native module,
 * which it looks for in `prebuilds/` beside it.
 */
export function openKeychain(): SecretStore {
  return {
    get: async (name) => (await keytar.getPassword(service, name)) ?? undefined,
    set: (name, secret) => keytar.setPassword(service, name, secret),
    delete: async (name) => {
      await keytar.deletePassword(service, name);
    },
  };
}
