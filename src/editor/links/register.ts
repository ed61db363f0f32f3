import * as vscode from 'vscode';
import type { KeyPattern } from '../../runbooks/ticketKeys.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { draggedTickets, ticketsMime } from '../tickets/dragging.ts';
import type * as linksBundle from './links.ts';

type Links = typeof linksBundle;

/** In these the language server answers. */
const served = ['file', 'untitled', 'deskside-draft'];

/** Registers what follows links to tickets and recognises ticket keys in any text. */
export function registerLinks(
  deps: CommandDeps,
  keyPatterns: () => readonly KeyPattern[],
): vscode.Disposable {
  const load = (): Promise<Links> => import('./links.ts');
  let keys: Promise<InstanceType<Links['KeysInText']>> | undefined;
  const keysInText = () =>
    (keys ??= load().then(
      ({ KeysInText }) => new KeysInText({ reader: deps.reader, keyPatterns, now: deps.now }),
    ));
  const terminal: vscode.TerminalLinkProvider<linksBundle.TicketTerminalLink> = {
    provideTerminalLinks: async ({ line }) =>
      /\d/.test(line) ? (await keysInText()).terminalLinks(line) : [],
    handleTerminalLink: ({ tickets }) => tickets.forEach((ticket) => deps.panels.open(ticket)),
  };
  return vscode.Disposable.from(
    vscode.window.registerUriHandler({ handleUri: async (uri) => (await load()).openLink(deps, uri) }),
    vscode.window.registerTerminalLinkProvider(terminal),
    vscode.languages.registerHoverProvider(
      { scheme: '*' },
      {
        provideHover: async (document, position) =>
          document.languageId === 'markdown' && served.includes(document.uri.scheme)
            ? undefined
            : (await keysInText()).hover(document, position),
      },
    ),
    vscode.languages.registerDocumentDropEditProvider(
      { scheme: '*' },
      {
        provideDocumentDropEdits: async (document, _position, data) =>
          (await load()).dropLinks(deps, document, await draggedTickets(data)),
      },
      { dropMimeTypes: [ticketsMime] },
    ),
    deps.commands.registerCommand('deskside.copyLink', async (argument: unknown) =>
      (await load()).copyLink(deps, argument),
    ),
    deps.commands.registerCommand('deskside.insertLink', async (argument: unknown) =>
      (await load()).insertLink(deps, argument),
    ),
  );
}
