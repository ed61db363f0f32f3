import type { ComposerVisibility } from '../messages.ts';
import { t } from './l10n.ts';
import { visibleText } from './visibleText.ts';

/** What the user is about to write: says in every place who will read it. */
export function visibilityName(visibility: ComposerVisibility): string {
  return visibility === 'public' ? t('Public reply') : t('Internal note');
}

/** The text field's name; `requester` is empty where the ticket has none. */
export function fieldName(visibility: ComposerVisibility, requester: string): string {
  if (visibility === 'internal') return t('Internal note');
  return requester === '' ? t('Public reply') : t('Public reply to {0}', visibleText(requester));
}

export function placeholder(visibility: ComposerVisibility, requester: string): string {
  if (visibility === 'internal') return t('Write a note for your colleagues\u2026');
  return requester === ''
    ? t('Write a reply\u2026')
    : t('Write a reply to {0}\u2026', visibleText(requester));
}

export function explained(visibility: ComposerVisibility, requester: string): string {
  if (visibility === 'internal') return t('Only colleagues can read this.');
  return requester === ''
    ? t('The requester will read this.')
    : t('{0} will read this.', visibleText(requester));
}

export function sendLabel(visibility: ComposerVisibility, requester: string): string {
  if (visibility === 'internal') return t('Add internal note');
  return requester === '' ? t('Send public reply') : t('Send public reply to {0}', visibleText(requester));
}

/** Why nothing of this kind can be written here. */
export function noSuchRight(visibility: ComposerVisibility): string {
  return visibility === 'public'
    ? t('You can\u2019t write public replies here.')
    : t('This ticketing system can\u2019t keep a note internal, so none can be written here.');
}

/** Why no files can go with what is written here. */
export function noFiles(): string {
  return t('This ticketing system takes no files here, or would show them to everybody who sees the ticket.');
}
