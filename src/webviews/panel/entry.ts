import { html, nothing, type TemplateResult } from 'lit';
import type { Attachment, Entry, FieldChange } from '../../desk/entry.ts';
import type { ResolutionLink } from '../../desk/links.ts';
import type { Instant } from '../../desk/ticket.ts';
import type { PanelState } from '../messages.ts';
import { byteSize, dateTime, plural, since, timeOfDay } from './format.ts';
import { post } from './host.ts';
import { icon } from './icon.ts';
import { visibleText } from './visibleText.ts';
import { audience, entryLook, outcomeLooks } from './words.ts';

/** One item of the timeline. What the backend recorded by itself takes one line. */
export function entryItem(entry: Entry, state: PanelState, now: Instant, firstNew: boolean): TemplateResult {
  const fullLength = state.cut[entry.id];
  return html`<li>
    ${firstNew ? html`<p class="new-mark"><span>New since you last looked</span></p>` : nothing}
    ${entry.visibility === 'system' ? systemLine(entry, now) : written(entry, entry.visibility, fullLength, now)}
  </li>`;
}

/** When it was: how long ago, and exactly. */
function time(at: Instant, now: Instant): TemplateResult {
  return html`<time datetime=${new Date(at).toISOString()} title=${dateTime(at)}
    ><span>${since(at, now)}</span><span class="exact">${timeOfDay(at)}</span></time
  >`;
}

function systemLine(entry: Entry, now: Instant): TemplateResult {
  const look = entryLook(entry);
  return html`<article
    class="system"
    aria-label=${`${look.label} by ${entry.author.name}, ${dateTime(entry.at)}`}
  >
    ${icon(look.icon)}
    <div class="words">
      <bdi class="author">${visibleText(entry.author.name)}</bdi>
      ${changeList(entry.changes)}
      ${entry.minutes === undefined ? nothing : html`<span>logged ${entry.minutes} min</span>`}
      ${entry.body === undefined ? nothing : bodyOf(entry, undefined)} ${attachmentList(entry.attachments)}
    </div>
    ${time(entry.at, now)}
  </article>`;
}

function written(
  entry: Entry,
  visibility: 'public' | 'internal',
  fullLength: number | undefined,
  now: Instant,
): TemplateResult {
  const look = entryLook(entry);
  const readers = audience[visibility];
  const label = `${readers.label} ${look.label.toLowerCase()} by ${entry.author.name}, ${dateTime(entry.at)}`;
  return html`<article
    class="entry"
    data-visibility=${visibility}
    data-kind=${entry.kind}
    aria-label=${visibleText(label)}
  >
    <header>
      <bdi class="author">${visibleText(entry.author.name)}</bdi>
      ${entry.fromRequester ? html`<span class="requester">${icon('person')}requester</span>` : nothing}
      <span class="audience" title=${readers.explained}>${icon(readers.icon)}${readers.label}</span>
      <span class="kind">${icon(look.icon)}${look.label}</span>
      ${entry.minutes === undefined ? nothing : html`<span class="minutes">${entry.minutes} min</span>`}
      ${time(entry.at, now)}
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
  const look = outcomeLooks[link.outcome];
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
              : html`<s><span class="visually-hidden">from </span><bdi>${visibleText(from)}</bdi></s
                  >${icon('arrow-right')}`
          }
          <span class="visually-hidden">to </span><bdi class="to">${visibleText(to ?? 'none')}</bdi>
        </li>`,
    )}
  </ul>`;
}

function attachmentList(attachments: readonly Attachment[]): TemplateResult | typeof nothing {
  if (attachments.length === 0) return nothing;
  return html`<ul class="attachments" aria-label=${plural(attachments.length, 'attachment')}>
    ${attachments.map((attachment) => {
      const name = visibleText(attachment.name);
      const size = attachment.size === undefined ? '' : byteSize(attachment.size);
      return html`<li>
        <button
          class="attachment"
          title=${`Save ${name}\u2026`}
          aria-label=${`Save attachment ${name}${size === '' ? '' : `, ${size}`}`}
          @click=${() => post({ type: 'save-attachment', attachmentId: attachment.id })}
        >
          ${icon('attach')}<bdi class="name">${name}</bdi
          ><span class="size">${size}</span>${icon('desktop-download')}
        </button>
      </li>`;
    })}
  </ul>`;
}
