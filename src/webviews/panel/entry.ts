import { html, nothing, type TemplateResult } from 'lit';
import type { Attachment, Entry, FieldChange } from '../../desk/entry.ts';
import type { ResolutionLink } from '../../desk/links.ts';
import './attachment.ts';
import { dateTime } from './format.ts';
import { post } from './host.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { time } from './since.ts';
import { visibleText } from './visibleText.ts';
import { audience, entryLook, outcomeLook } from './words.ts';

/** One entry. What the backend recorded by itself takes one line. `fullLength` is that of a body that was cut. */
export function entryArticle(entry: Entry, fullLength: number | undefined): TemplateResult {
  return entry.visibility === 'system' ? systemLine(entry) : written(entry, entry.visibility, fullLength);
}

/** As a person would say it: "Internal note by Bob Lindqvist, 6 Mar 2025, 13:58". */
function spoken(named: string, entry: Entry): string {
  return visibleText(t('{0} by {1}, {2}', named, entry.author.name, dateTime(entry.at)));
}

function systemLine(entry: Entry): TemplateResult {
  const look = entryLook(entry);
  return html`<article class="system" aria-label=${spoken(look.named, entry)}>
    ${icon(look.icon)}
    <div class="words">
      <bdi class="author">${visibleText(entry.author.name)}</bdi>
      ${changeList(entry.changes)}
      ${entry.minutes === undefined ? nothing : html`<span>${t('logged {0} min', entry.minutes)}</span>`}
      ${entry.body === undefined ? nothing : bodyOf(entry, undefined)} ${attachmentList(entry.attachments)}
    </div>
    ${time(entry.at)}
  </article>`;
}

function written(
  entry: Entry,
  visibility: 'public' | 'internal',
  fullLength: number | undefined,
): TemplateResult {
  const look = entryLook(entry);
  const readers = audience(visibility);
  return html`<article
    class="entry"
    data-visibility=${visibility}
    data-kind=${entry.kind}
    aria-label=${spoken(look.named, entry)}
  >
    <header>
      <bdi class="author">${visibleText(entry.author.name)}</bdi>
      ${entry.fromRequester ? html`<span class="requester">${icon('person')}${t('requester')}</span>` : nothing}
      <span class="audience" title=${readers.explained}>${icon(readers.icon)}${readers.label}</span>
      <span class="kind">${icon(look.icon)}${look.label}</span>
      ${entry.minutes === undefined ? nothing : html`<span class="minutes">${t('{0} min', entry.minutes)}</span>`}
      ${time(entry.at)}
    </header>
    ${entry.body === undefined ? nothing : bodyOf(entry, fullLength)}
    ${entry.link === undefined ? nothing : resolution(entry.id, entry.link)}
    ${entry.changes.length === 0 ? nothing : html`<div class="with-changes">${changeList(entry.changes)}</div>`}
    ${attachmentList(entry.attachments)}
  </article>`;
}

function bodyOf(entry: Entry, fullLength: number | undefined): TemplateResult {
  return html`<deskside-body
    .body=${entry.body}
    .entryId=${entry.id}
    .fullLength=${fullLength}
  ></deskside-body>`;
}

/** What solved the ticket, by which document. */
function resolution(entryId: string, link: ResolutionLink): TemplateResult {
  const look = outcomeLook(link.outcome);
  return html`<p class="resolution">
    <span class="outcome" data-outcome=${link.outcome}>${icon(look.icon)}${look.label}</span>
    <button
      class="text-button"
      title=${visibleText(link.document.path)}
      @click=${() => post({ type: 'open-document', source: 'entry', id: entryId })}
    >
      ${icon('book')}<bdi>${visibleText(link.document.title)}</bdi>
    </button>
  </p>`;
}

function changeList(changes: readonly FieldChange[]): TemplateResult | typeof nothing {
  if (changes.length === 0) return nothing;
  return html`<ul class="changes">
    ${changes.map(
      ({ field, from, to }) =>
        html`<li>
          <span class="field">${visibleText(field)}:</span>
          ${
            from === undefined
              ? nothing
              : html`<s><span class="visually-hidden">${t('from')} </span><bdi>${visibleText(from)}</bdi></s
                  >${icon('arrow-right')}`
          }
          <span class="visually-hidden">${t('to')} </span
          ><bdi class="to">${visibleText(to ?? t('none'))}</bdi>
        </li>`,
    )}
  </ul>`;
}

function attachmentList(attachments: readonly Attachment[]): TemplateResult | typeof nothing {
  if (attachments.length === 0) return nothing;
  return html`<ul class="attachments" aria-label=${t('Attachments')}>
    ${attachments.map(
      (attachment) => html`<li><deskside-attachment .attachment=${attachment}></deskside-attachment></li>`,
    )}
  </ul>`;
}
