/** The acts that write text: their own bundle, loaded with the first of them. */
export { accept } from '../escalating/accept.ts';
export { consult } from '../escalating/consult.ts';
export { escalate } from '../escalating/escalate.ts';
export { handBack, returnTicket } from '../escalating/handBack.ts';
export { linkDocument } from './linkDocument.ts';
export { openLinkedDocument } from './openDocument.ts';
export { rateDocument } from './rate.ts';
export { resolveWithNote } from './resolve.ts';
export { shiftHandOver } from '../escalating/shiftHandOver.ts';
export { discardDraft, sendDraft } from './send.ts';
export { addNote, newTicket, reply } from './write.ts';
export { writeRunbook } from './writeRunbook.ts';
export { takeBack } from '../../replies/takeBack.ts';
