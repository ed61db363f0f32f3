import { html, nothing, type TemplateResult } from 'lit';
import type { StoredLink } from '../../desk/links.ts';
import { rankName } from '../../desk/operation.ts';
import type { Instant, Person } from '../../desk/ticket.ts';
import type { PanelState } from '../messages.ts';
import { dateTime, plural, since } from './format.ts';
import { post } from './host.ts';
import { icon } from './icon.ts';
import { visibleText } from './visibleText.ts';
import { channelLooks, kindNames, outcomeLooks } from './words.ts';

/** Documents and properties: beside the timeline where there is room, folded away where there is not. */
export function side(state: PanelState, now: Instant, wide: boolean): TemplateResult {
  const content = html`${serviceLevels(state)} ${documents(state.links, now)} ${properties(state, now)}
  ${customFields(state)}`;
  if (wide) return html`<aside class="side" aria-label="Properties" tabindex="0">${content}</aside>`;
  const count = state.links.length;
  return html`<aside class="side" aria-label="Properties">
    <details>
      <summary>Properties${count === 0 ? '' : ` and ${plural(count, 'linked document')}`}</summary>
      ${content}
    </details>
  </aside>`;
}

function serviceLevels({ ticket }: PanelState): TemplateResult | typeof nothing {
  if (ticket.sla.length === 0) return nothing;
  return html`<section>
    <h2>Service levels</h2>
    <ul class="clocks">
      ${ticket.sla.map((clock) => html`<li><deskside-clock full .clock=${clock}></deskside-clock></li>`)}
    </ul>
  </section>`;
}

function documents(links: readonly StoredLink[], now: Instant): TemplateResult {
  return html`<section>
    <h2>Documents</h2>
    ${
      links.length === 0
        ? html`<p class="none">
            No document is linked.
            <button class="text-button" @click=${() => post({ type: 'action', action: 'linkDocument' })}>
              Link one…
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
              >${icon(outcomeLooks[outcome].icon)}${outcomeLooks[outcome].label}</span
            >`
      }
      <span title=${dateTime(link.at)}>${visibleText(link.by)}, ${since(link.at, now)}</span>
    </span>`;
}

function properties({ ticket, accountLabel, lastSyncedAt }: PanelState, now: Instant): TemplateResult {
  const person = (one: Person | undefined): TemplateResult | undefined =>
    one &&
    html`<bdi>${visibleText(one.name)}</bdi>${
        one.email === undefined ? nothing : html`<bdi class="mail">${visibleText(one.email)}</bdi>`
      }`;
  const when = (at: Instant | undefined): TemplateResult | undefined =>
    at === undefined ? undefined : html`<time title=${since(at, now)}>${dateTime(at)}</time>`;
  const rows: [string, string | TemplateResult | undefined][] = [
    ['Requester', person(ticket.requester)],
    ['Assignee', person(ticket.assignee) ?? 'Unassigned'],
    ['Team', ticket.team],
    ['Tier', ticket.tier === undefined ? undefined : `Tier ${ticket.tier}`],
    ['Status', ticket.status.name],
    ['Priority', `${ticket.priority.name} (${rankName(ticket.priority.rank)})`],
    ['Kind', kindNames[ticket.kind]],
    ['Channel', channelLooks[ticket.channel].label],
    ['Tags', ticket.tags.length === 0 ? undefined : chips(ticket.tags)],
    ['Assets', ticket.assets.length === 0 ? undefined : chips(ticket.assets)],
    ['Created', when(ticket.createdAt)],
    ['Updated', when(ticket.updatedAt)],
    ['First response', when(ticket.firstRespondedAt)],
    ['Resolved', when(ticket.resolvedAt)],
    ['Closed', when(ticket.closedAt)],
    ['Reassigned', ticket.reassignments === 0 ? undefined : plural(ticket.reassignments, 'time')],
    ['Reopened', ticket.reopenings === 0 ? undefined : plural(ticket.reopenings, 'time')],
    ['Account', accountLabel],
    ['Last synced', when(lastSyncedAt)],
  ];
  return html`<section>
    <h2>Properties</h2>
    ${table(rows)}
  </section>`;
}

function chips(values: readonly string[]): TemplateResult {
  return html`<ul class="chips">
    ${values.map((value) => html`<li><bdi>${visibleText(value)}</bdi></li>`)}
  </ul>`;
}

function customFields({ ticket }: PanelState): TemplateResult | typeof nothing {
  if (ticket.customFields.length === 0) return nothing;
  return html`<section>
    <h2>Custom fields</h2>
    ${table(ticket.customFields.map(({ name, values }) => [name, values.join(', ') || '\u2013']))}
  </section>`;
}

function table(rows: readonly [string, string | TemplateResult | undefined][]): TemplateResult {
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
