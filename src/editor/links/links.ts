/** The code of links to tickets: a bundle of its own, loaded with the first that is looked at or followed. */
export { KeysInText, type TicketTerminalLink } from './keysInText.ts';
export { copyLink, dropLinks, insertLink, openLink } from './ticketLinks.ts';
