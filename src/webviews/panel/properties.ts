import { html, nothing, type TemplateResult } from 'lit';
import type { Capabilities } from '../../desk/capabilities.ts';
import { rankName, type TicketFields } from '../../desk/operation.ts';
import type { CustomField, Ticket } from '../../desk/ticket.ts';
import type { PanelState, PropertyChoices } from '../messages.ts';
import type { Choice } from './choices.ts';
import { post } from './host.ts';
import { t } from './l10n.ts';
import './property.ts';
import type { Editing } from './property.ts';
import { visibleText } from './visibleText.ts';

/** What the extension said can be chosen for this ticket; nothing before it was asked. */
export interface KnownChoices {
  choices?: PropertyChoices;
  /** Who was found, and by what. */
  people?: { query: string; found: readonly Choice[] };
}

export type Row = [string, string | TemplateResult | undefined];

/** The properties that most systems have: edited in place where the account may, else as they are. */
export function editableRows(state: PanelState, known: KnownChoices): Row[] {
  const { ticket, capabilities } = state;
  const can = (name: keyof Capabilities) => capabilities !== undefined && capabilities[name] !== false;
  const { choices, people } = known;
  const set = (fields: TicketFields) => post({ type: 'set', ref: refOf(ticket), fields });
  const row = (
    label: string,
    text: string,
    able: boolean,
    editing: Editing,
    save: (values: string[]) => void,
  ): Row =>
    able && ticket.mergedInto === undefined
      ? [label, property(ticket, label, text, editing, save)]
      : [label, text === '' ? undefined : text];

  return [
    row(
      t('Assignee'),
      ticket.assignee?.name ?? t('Unassigned'),
      can('assign'),
      {
        type: 'choice',
        values: [ticket.assignee?.id ?? nobody],
        ...(people && {
          choices: [{ value: nobody, label: t('Nobody'), fixed: true }, ...people.found],
          answers: people.query,
        }),
        searched: true,
      },
      ([id = nobody]) => set({ assignee: id === nobody ? null : id }),
    ),
    row(t('Team'), ticket.team ?? '', can('setTeam'), oneOf(ticket.team, choices?.teams, choices), ([team]) =>
      set({ team }),
    ),
    row(
      t('Tier'),
      ticket.tier === undefined ? '' : t('Tier {0}', ticket.tier),
      capabilities?.setTier === 'native',
      {
        type: 'choice',
        values: ticket.tier === undefined ? [] : [String(ticket.tier)],
        choices: tiers.map((tier) => ({ value: String(tier), label: t('Tier {0}', tier) })),
      },
      ([value]) => set({ tier: tiers.find((tier) => String(tier) === value) }),
    ),
    row(
      t('Status'),
      ticket.status.name,
      can('setStatus'),
      oneOf(ticket.status.name, choices?.statuses, choices),
      ([status]) => set({ status }),
    ),
    row(
      t('Priority'),
      `${ticket.priority.name} (${rankName(ticket.priority.rank)})`,
      can('setPriority'),
      {
        type: 'choice',
        values: [ticket.priority.name],
        ...(choices && {
          choices: choices.priorities.map(({ name, rank }) => ({
            value: name,
            label: name,
            about: rankName(rank),
          })),
        }),
        ...hintOf(choices),
      },
      ([priority]) => set({ priority }),
    ),
    row(
      t('Tags'),
      ticket.tags.join(', '),
      can('setTags'),
      {
        type: 'choices',
        values: ticket.tags,
        ...(choices && { choices: choices.tags.map((tag) => ({ value: tag, label: tag })) }),
        free: true,
        ...hintOf(choices),
      },
      (tags) => set({ tags }),
    ),
  ];
}

const nobody = '\u0000nobody';
const tiers = [1, 2, 3] as const;

/** Fields of this backend alone: by type where they can be set, the others as they are. */
export function customRows(state: PanelState, { choices }: KnownChoices): Row[] {
  const { ticket, capabilities } = state;
  const able = capabilities?.setCustomFields === true && ticket.mergedInto === undefined;
  const missing: CustomField[] = (choices?.customFields ?? [])
    .filter(({ id }) => !ticket.customFields.some((field) => field.id === id))
    .map(({ id, name }) => ({ id, name, values: [] }));
  return [...ticket.customFields, ...missing].map((field): Row => {
    const definition = able ? choices?.customFields.find(({ id }) => id === field.id) : undefined;
    const text = field.values.join(', ');
    if (definition === undefined) return [field.name, text || '\u2013'];
    const editing: Editing = {
      type: definition.type,
      values: field.values,
      ...((definition.choices || definition.type === 'choices') && {
        choices: (definition.choices ?? []).map((value) => ({ value, label: value })),
      }),
      free: definition.type === 'choices' && definition.choices === undefined,
      ...(definition.required === true && { required: true }),
    };
    const clearable = definition.type === 'choice' && definition.required !== true;
    const offered = clearable
      ? [{ value: '', label: t('none') }, ...(editing.choices ?? [])]
      : editing.choices;
    return [
      field.name,
      property(ticket, field.name, text, { ...editing, ...(offered && { choices: offered }) }, (values) =>
        post({ type: 'set', ref: refOf(ticket), fields: { custom: { [field.id]: values } } }),
      ),
    ];
  });
}

function oneOf(
  value: string | undefined,
  names: readonly string[] | undefined,
  choices: PropertyChoices | undefined,
): Editing {
  return {
    type: 'choice',
    values: value === undefined ? [] : [value],
    ...(names && { choices: names.map((name) => ({ value: name, label: name })) }),
    ...hintOf(choices),
  };
}

function hintOf(choices: PropertyChoices | undefined): { hint?: string } {
  return choices?.hint === undefined ? {} : { hint: choices.hint };
}

function property(
  ticket: Ticket,
  label: string,
  text: string,
  editing: Editing,
  save: (values: string[]) => void,
): TemplateResult {
  const ref = refOf(ticket);
  return html`<deskside-property
    .label=${visibleText(label)}
    .text=${text}
    .editing=${editing}
    @begin=${() => post({ type: 'ask-choices', ref })}
    @search=${(event: CustomEvent<string>) => post({ type: 'ask-people', ref, query: event.detail })}
    @save=${(event: CustomEvent<string[]>) => save(event.detail)}
  ></deskside-property>`;
}

function refOf({ accountId, id }: Ticket) {
  return { accountId, id };
}

/** People and tickets that this ticket is tied to, and what ties can be made. */
export function ties({ ticket, capabilities, relatives }: PanelState): TemplateResult | typeof nothing {
  const live = ticket.mergedInto === undefined;
  const watched = live && (capabilities?.watchers?.length ?? 0) > 0;
  const relates = live && (capabilities?.relate?.length ?? 0) > 0;
  const watchers = ticket.watchers ?? [];
  const act = (action: 'addWatcher' | 'relateTicket' | 'mergeTicket') => () =>
    post({ type: 'action', action });
  const ref = refOf(ticket);
  return html`${
    watchers.length === 0 && !watched
      ? nothing
      : html`<section>
          <h2>${t('Watchers')}</h2>
          <ul class="ties">
            ${watchers.map(
              (watcher) =>
                html`<li>
                  <span
                    ><bdi>${visibleText(watcher.name)}</bdi>${
                      watcher.role === 'copy'
                        ? html` <span class="role">${t('gets public replies only')}</span>`
                        : nothing
                    }</span
                  >
                  ${
                    watched && capabilities?.watchers?.includes(watcher.role) === true
                      ? remove(t('Remove the watcher {0}', visibleText(watcher.name)), () =>
                          post({ type: 'unwatch', ref, id: watcher.id, role: watcher.role }),
                        )
                      : nothing
                  }
                </li>`,
            )}
          </ul>
          ${watched ? html`<button class="text-button" @click=${act('addWatcher')}>${t('Add a watcher\u2026')}</button>` : nothing}
        </section>`
  }
  ${
    relatives.length === 0 && !relates
      ? nothing
      : html`<section>
          <h2>${t('Other tickets it belongs with')}</h2>
          <ul class="ties">
            ${relatives.map(
              (relative) =>
                html`<li>
                  <span
                    ><span class="role">${relativeName(relative)}</span>
                    <button
                      class="text-button"
                      @click=${() => post({ type: 'open-ticket', ref: { accountId: ticket.accountId, id: relative.ticketId } })}
                    >
                      <bdi>${visibleText(`${relative.key} ${relative.subject ?? ''}`)}</bdi>
                    </button></span
                  >
                  ${
                    relates && capabilities?.relate?.includes(relative.kind) === true
                      ? remove(t('Part from {0}', visibleText(relative.key)), () =>
                          post({ type: 'unrelate', ref, kind: relative.kind, ticketId: relative.ticketId }),
                        )
                      : nothing
                  }
                </li>`,
            )}
          </ul>
          ${
            relates
              ? html`<button class="text-button" @click=${act('relateTicket')}>
                  ${t('Link to a problem, change or other ticket\u2026')}
                </button>`
              : nothing
          }
        </section>`
  }`;
}

function remove(label: string, run: () => void): TemplateResult {
  return html`<button class="remove" aria-label=${label} title=${label} @click=${run}>
    ${t('Remove')}
  </button>`;
}

function relativeName({ kind, ticketKind }: PanelState['relatives'][number]): string {
  if (kind === 'parent') return t('Part of');
  if (kind === 'child') return t('Contains');
  if (ticketKind === 'problem') return t('Problem');
  return ticketKind === 'change' ? t('Change') : t('Related');
}
