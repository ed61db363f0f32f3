import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { StoredLink } from '../../desk/links.ts';
import { ticketRef, type Instant, type Person } from '../../desk/ticket.ts';
import type { PanelState } from '../messages.ts';
import { address } from './address.ts';
import { dateTime, since } from './format.ts';
import { post } from './host.ts';
import { icon } from './icon.ts';
import { customRows, editableRows, ties, type KnownChoices, type Row } from './properties.ts';
import { escalations } from './escalations.ts';
import { runs } from './runs.ts';
import { timer } from './timer.ts';
import { t } from './l10n.ts';
import { visibleText } from './visibleText.ts';
import { channelLook, kindName, outcomeLook, statusIcons } from './words.ts';

/** Documents and properties: beside the timeline where there is room, folded away where there is not. */
export function side(
  state: PanelState,
  now: Instant,
  wide: boolean,
  known: KnownChoices,
  readEntry: (entryId: string) => void,
): TemplateResult {
  const { accountId, id } = state.ticket;
  const content = keyed(
    `${accountId}/${id}`,
    html`${mergedAway(state)} ${serviceLevels(state)} ${timer(state)} ${documents(state.links, now)}
    ${runs(state.runs, now)} ${escalations(state.escalations, readEntry)} ${properties(state, now, known)}
    ${ties(state)} ${others(state)} ${customFields(state, known)}`,
  );
  if (wide) return html`<aside class="side" aria-label=${t('Properties')} tabindex="0">${content}</aside>`;
  return html`<aside class="side" aria-label=${t('Properties')}>
    <details>
      <summary>${sideName(state.links.length)}</summary>
      ${content}
    </details>
  </aside>`;
}

function sideName(documents: number): string {
  if (documents === 0) return t('Properties');
  return documents === 1
    ? t('Properties and 1 linked document')
    : t('Properties and {0} linked documents', documents);
}

function serviceLevels({ ticket }: PanelState): TemplateResult | typeof nothing {
  if (ticket.sla.length === 0) return nothing;
  return html`<section>
    <h2>${t('Service levels')}</h2>
    <ul class="clocks">
      ${ticket.sla.map((clock) => html`<li><deskside-clock full .clock=${clock}></deskside-clock></li>`)}
    </ul>
  </section>`;
}

function documents(links: readonly StoredLink[], now: Instant): TemplateResult {
  return html`<section>
    <h2>${t('Documents')}</h2>
    ${
      links.length === 0
        ? html`<p class="none">
            ${t('No document is linked.')}
            <button class="text-button" @click=${() => post({ type: 'action', action: 'linkDocument' })}>
              ${t('Link one\u2026')}
            </button>
          </p>`
        : html`<ul class="documents">
            ${links.map((link) => html`<li>${documentLink(link, now)}</li>`)}
          </ul>`
    }
  </section>`;
}

function documentLink(link: StoredLink, now: Instant): TemplateResult {
  const { document, outcome } = link;
  const heading = document.heading === undefined ? '' : ` \u203A ${document.heading}`;
  return html`<button
      class="text-button"
      title=${visibleText(`${document.path}${heading}`)}
      @click=${() => post({ type: 'open-document', source: 'link', id: link.id })}
    >
      ${icon('book')}<bdi>${visibleText(`${document.title}${heading}`)}</bdi>
    </button>
    <span class="about">
      ${
        outcome === undefined
          ? nothing
          : html`<span class="outcome" data-outcome=${outcome}
              >${icon(outcomeLook(outcome).icon)}${outcomeLook(outcome).label}</span
            >`
      }
      <span title=${dateTime(link.at)}>${visibleText(link.by)}, ${since(link.at, now)}</span>
    </span>`;
}

function properties(state: PanelState, now: Instant, known: KnownChoices): TemplateResult {
  const { ticket, accountLabel, lastSyncedAt } = state;
  const person = (one: Person | undefined): TemplateResult | undefined =>
    one &&
    html`<bdi>${visibleText(one.name)}</bdi>${
        one.email === undefined ? nothing : html`<bdi class="mail">${address(one.email)}</bdi>`
      }`;
  const when = (at: Instant | undefined): TemplateResult | undefined =>
    at === undefined ? undefined : html`<time title=${since(at, now)}>${dateTime(at)}</time>`;
  const rows: Row[] = [
    [t('Requester'), person(ticket.requester)],
    ...editableRows(state, known),
    [t('Kind'), kindName(ticket.kind)],
    [t('Channel'), channelLook(ticket.channel).label],
    [t('Assets'), ticket.assets.length === 0 ? undefined : chips(ticket.assets)],
    [t('Created'), when(ticket.createdAt)],
    [t('Updated'), when(ticket.updatedAt)],
    [t('First response'), when(ticket.firstRespondedAt)],
    [t('Resolved'), when(ticket.resolvedAt)],
    [t('Closed'), when(ticket.closedAt)],
    [t('Reassigned'), ticket.reassignments === 0 ? undefined : times(ticket.reassignments)],
    [t('Reopened'), ticket.reopenings === 0 ? undefined : times(ticket.reopenings)],
    [t('Account'), accountLabel],
    [t('Last synced'), when(lastSyncedAt)],
  ];
  return html`<section>
    <h2>${t('Properties')}</h2>
    ${table(rows)}
  </section>`;
}

function others({ others, ticket }: PanelState): TemplateResult | typeof nothing {
  if (others.length === 0) return nothing;
  return html`<section>
    <h2>${t('Other tickets of {0}', visibleText(ticket.requester?.name ?? ''))}</h2>
    <ul class="documents">
      ${others.map(
        (other) =>
          html`<li>
            <button class="text-button" @click=${() => post({ type: 'open-ticket', ref: ticketRef(other) })}>
              ${icon(statusIcons[other.status.category])}<bdi
                >${visibleText(other.key)} ${visibleText(other.subject)}</bdi
              >
            </button>
            <span class="about">${visibleText(other.status.name)}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}

function mergedAway({ ticket }: PanelState): TemplateResult | typeof nothing {
  const { mergedInto } = ticket;
  if (mergedInto === undefined) return nothing;
  const ref = { accountId: ticket.accountId, id: mergedInto.id };
  return html`<section>
    <h2>${t('Merged')}</h2>
    <p>
      ${t('All that was said here goes on in another ticket.')}
      <button class="text-button" @click=${() => post({ type: 'open-ticket', ref })}>
        ${t('Open {0}', visibleText(mergedInto.key))}
      </button>
    </p>
  </section>`;
}

function times(count: number): string {
  return count === 1 ? t('1 time') : t('{0} times', count);
}

function chips(values: readonly string[]): TemplateResult {
  return html`<ul class="chips">
    ${values.map((value) => html`<li><bdi>${visibleText(value)}</bdi></li>`)}
  </ul>`;
}

function customFields(state: PanelState, known: KnownChoices): TemplateResult | typeof nothing {
  const rows = customRows(state, known);
  if (rows.length === 0) return nothing;
  return html`<section>
    <h2>${t('Custom fields')}</h2>
    ${table(rows)}
  </section>`;
}

function table(rows: readonly Row[]): TemplateResult {
  return html`<dl>
    ${rows.map(([name, value]) =>
      value === undefined
        ? nothing
        : html`<div>
            <dt>${visibleText(name)}</dt>
            <dd dir="auto">${typeof value === 'string' ? visibleText(value) : value}</dd>
          </div>`,
    )}
  </dl>`;
}
