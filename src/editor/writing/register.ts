import * as vscode from 'vscode';
import type * as WritingModule from './writing.ts';
import type { DocumentRef } from '../../desk/links.ts';
import { registerMacroCompletion } from '../macros/macroCompletion.ts';
import { markOpenPlaceholders } from '../macros/openPlaceholderMarks.ts';
import type { CommandDeps } from '../commands/deps.ts';

type Writing = typeof WritingModule;

/** Registers the commands that write text; their code is loaded with the first one that runs. */
export function registerWritingCommands(deps: CommandDeps): vscode.Disposable {
  const load = (): Promise<Writing> => import('./writing.ts');
  const command = (
    id: string,
    run: (writing: Writing, argument: unknown, selection: unknown) => Promise<void>,
  ) =>
    deps.commands.registerCommand(id, async (argument: unknown, selection: unknown) =>
      run(await load(), argument, selection),
    );
  return vscode.Disposable.from(
    command('deskside.reply', (writing, argument) => writing.reply(deps, argument)),
    command('deskside.addNote', (writing, argument) => writing.addNote(deps, argument)),
    command('deskside.newTicket', (writing) => writing.newTicket(deps)),
    command('deskside.escalate', (writing, argument) => writing.escalate(deps, argument)),
    command('deskside.escalateAcross', (writing, argument) => writing.escalateAcross(deps, argument)),
    command('deskside.acceptTicket', (writing, argument) => writing.accept(deps, argument)),
    command('deskside.returnTicket', (writing, argument) => writing.returnTicket(deps, argument)),
    command('deskside.handBackTicket', (writing, argument) => writing.handBack(deps, argument)),
    command('deskside.consult', (writing, argument) => writing.consult(deps, argument)),
    command('deskside.declareMajorIncident', (writing, argument) =>
      writing.declareMajorIncident(deps, argument),
    ),
    command('deskside.updateMajorIncident', (writing, argument) =>
      writing.updateMajorIncident(deps, argument),
    ),
    command('deskside.swarm', (writing, argument) => writing.swarm(deps, argument)),
    command('deskside.sinceILeft', (writing) => writing.sinceILeft(deps)),
    command('deskside.checkEscalationTargets', (writing, argument) =>
      writing.checkEscalationTargets(deps, argument),
    ),
    command('deskside.shiftHandOver', (writing) => writing.shiftHandOver(deps)),
    command('deskside.resolveWithNote', (writing, argument) => writing.resolveWithNote(deps, argument)),
    command('deskside.linkDocument', (writing, argument) => writing.linkDocument(deps, argument)),
    command('deskside.writeRunbook', (writing, argument) => writing.writeRunbook(deps, argument)),
    command('deskside.insertMacro', (writing, argument) => writing.insertMacro(deps, argument)),
    command('deskside.newMacro', (writing, argument) => writing.newMacro(deps, argument)),
    command('deskside.replyByMacro', (writing, ...about) => writing.replyByMacro(deps, ...about)),
    command('deskside.attachFile', (writing, argument) => writing.attachFile(deps, argument)),
    command('deskside._detachFile', (writing, argument) => writing.detachFile(deps, argument)),
    command('deskside.previewReply', (writing, argument) => writing.previewReply(deps, argument)),
    registerMacroCompletion(deps),
    markOpenPlaceholders(),
    command('deskside.addToRunbook', (writing, argument) => writing.addToRunbookFromTicket(deps, argument)),
    command('deskside.writeManual', (writing) => writing.writeManual(deps)),
    command('deskside.sendDraft', (writing) => writing.sendDraft(deps)),
    command('deskside.discardDraft', (writing) => writing.discardDraft(deps)),
  );
}

/** Opens the document a link points to. */
export async function openLinkedDocument(ref: DocumentRef): Promise<void> {
  return (await import('./writing.ts')).openLinkedDocument(ref);
}

/** Says of a document, by its URI, whether it helped with a ticket. */
export async function rateDocument(...act: Parameters<Writing['rateDocument']>): Promise<void> {
  await (await import('./writing.ts')).rateDocument(...act);
}
