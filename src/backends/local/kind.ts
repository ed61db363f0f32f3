import type { BackendKind } from '../backend.ts';
import { localKeyPattern } from './keys.ts';
import type { LocalDeskPort } from './port.ts';

export type { LocalDeskPort } from './port.ts';

/** The embedded ticketing system for those who have none: no server, nothing to sign in to. */
export function localKind(port: LocalDeskPort): BackendKind {
  return {
    id: 'local',
    label: 'Local desk',
    keyPattern: () => localKeyPattern(port.reader.localKeyPrefixes()),
    authorise: () => ({}),
    create: async (context) => {
      const { LocalBackend } = await import('./connector.ts');
      return new LocalBackend(context, port);
    },
  };
}
