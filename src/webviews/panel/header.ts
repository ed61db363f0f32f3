import { html, nothing, type TemplateResult } from 'lit';
import type { Capabilities } from '../../desk/capabilities.ts';
import { rankName } from '../../desk/operation.ts';
import { isTicking } from '../../desk/sla.ts';
import { isActive, type Ticket } from '../../desk/ticket.ts';
import type { ComposerVisibility, PanelAction, PanelState } from '../messages.ts';
import { post } from './host.ts';
import { icon, type IconName } from './icon.ts';
import { t } from './l10n.ts';
import type { MenuItem } from './menu.ts';
import { visibleText } from './visibleText.ts';
import { channelLook, statusIcons } from './words.ts';

/** What stays in sight: which ticket this is, and how urgent. */
export function identity(state: PanelState): TemplateResult {
  const { ticket } = state;
  return html`<div class="identity">
    <div class="facts">
      <span class="key">${visibleText(ticket.key)}</span>
      <span class="pill" data-category=${ticket.status.category}
        >${icon(statusIcons[ticket.status.category])}<span class="visually-hidden">${t('Status')}: </span
        >${visibleText(ticket.status.name)}</span
      >
      <span class="pill" data-rank=${ticket.priority.rank}
        ><span class="visually-hidden">${t('Priority')}: </span
        ><b>${rankName(ticket.priority.rank)}</b> ${priorityLabel(ticket)}</span
      >
      ${ticket.sla.filter(isTicking).map((clock) => html`<deskside-clock .clock=${clock}></deskside-clock>`)}
      <span class="turn">
        ${turn('chevron-left', t('Previous ticket of the queue'), 'panel.previous')}
        ${turn('chevron-right', t('Next ticket of the queue'), 'panel.next')}
      </span>
    </div>
    <h1 title=${visibleText(ticket.subject)}><bdi>${visibleText(ticket.subject)}</bdi></h1>
  </div>`;
}

function turn(name: IconName, label: string, action: PanelAction): TemplateResult {
  return html`<button aria-label=${label} title=${label} @click=${() => post({ type: 'action', action })}>
    ${icon(name)}
  </button>`;
}

function priorityLabel(ticket: Ticket): string {
  const name = visibleText(ticket.priority.name);
  return name === rankName(ticket.priority.rank) ? '' : name;
}

/** Who and where, and what can be done. */
export function details(
  state: PanelState,
  compose: (visibility: ComposerVisibility) => void,
): TemplateResult {
  return html`<div class="details">
    <ul class="meta" aria-label=${t('At a glance')}>
      ${glance(state).map(
        ([name, label, value]) =>
          html`<li title=${`${label}: ${value}`}>
            ${icon(name)}<span class="visually-hidden">${label}: </span><bdi>${value}</bdi>
          </li>`,
      )}
    </ul>
    ${toolbar(state, compose)}
  </div>`;
}

function glance({ ticket, accountLabel }: PanelState): [IconName, string, string][] {
  const channel = channelLook(ticket.channel);
  const facts: [IconName, string, string | undefined][] = [
    ['person', t('Requester'), ticket.requester ? t('from {0}', ticket.requester.name) : t('no requester')],
    [
      'account',
      t('Assignee'),
      ticket.assignee ? t('assigned to {0}', ticket.assignee.name) : t('unassigned'),
    ],
    ['organization', t('Team'), ticket.team],
    ['layers', t('Tier'), ticket.tier === undefined ? undefined : t('Tier {0}', ticket.tier)],
    [channel.icon, t('Channel'), channel.label],
    ['server', t('Account'), accountLabel],
  ];
  return facts.flatMap(([name, label, value]) =>
    value === undefined ? [] : [[name, label, visibleText(value)]],
  );
}

interface Button {
  label: string;
  icon: IconName;
  run: () => void;
  /** Stays labelled where room is short. */
  main?: boolean;
}

function offers(list: readonly string[] | undefined): boolean {
  return list !== undefined && list.length > 0;
}

function toolbar(state: PanelState, compose: (visibility: ComposerVisibility) => void): TemplateResult {
  const { ticket } = state;
  const can = (capability: keyof Capabilities): boolean =>
    state.capabilities === undefined || state.capabilities[capability] !== false;
  const act = (action: PanelAction) => () => post({ type: 'action', action });
  const buttons: (Button | false)[] = [
    can('publicReply') && { label: t('Reply'), icon: 'reply', run: () => compose('public'), main: true },
    can('internalNote') && { label: t('Note'), icon: 'lock', run: () => compose('internal'), main: true },
    can('interactionLog') && { label: t('Log call'), icon: 'call-incoming', run: act('logCallOrChat') },
    can('setStatus') && { label: t('Status'), icon: 'circle-large-outline', run: act('changeStatus') },
    can('assign') && { label: t('Assign'), icon: 'person-add', run: act('assign') },
    (can('setTier') || can('setTeam')) && { label: t('Escalate'), icon: 'arrow-up', run: act('escalate') },
    can('setStatus') &&
      isActive(ticket) && { label: t('Resolve\u2026'), icon: 'pass', run: act('resolveWithNote') },
  ];
  const menu: (MenuItem | false)[] = [
    { label: t('Refresh'), icon: 'refresh', run: act('refresh') },
    { label: t('Start run\u2026'), icon: 'terminal', run: act('startRun') },
    { label: t('Write runbook from ticket\u2026'), icon: 'book', run: act('writeRunbook') },
    { label: t('Link document\u2026'), icon: 'link', run: act('linkDocument') },
    can('logTime') && { label: t('Log time\u2026'), icon: 'clock', run: act('logTime') },
    offers(state.capabilities?.watchers) && {
      label: t('Add watcher\u2026'),
      icon: 'eye',
      run: act('addWatcher'),
    },
    offers(state.capabilities?.relate) && {
      label: t('Link to problem or change\u2026'),
      icon: 'layers',
      run: act('relateTicket'),
    },
    state.capabilities?.merge === true && {
      label: t('Merge\u2026'),
      icon: 'arrow-right',
      run: act('mergeTicket'),
    },
    can('internalNote') && {
      label: t('Ask another team\u2026'),
      icon: 'comment-discussion',
      run: act('consult'),
    },
    { label: t('Copy ticket key'), icon: 'copy', run: act('copyKey') },
    ticket.url !== undefined && {
      label: t('Open in browser'),
      icon: 'link-external',
      run: act('openInBrowser'),
    },
  ];
  return html`<div class="toolbar" role="group" aria-label=${t('Actions')}>
    ${buttons.map((button) =>
      button === false
        ? nothing
        : html`<vscode-button
            secondary
            class=${button.main === true ? 'main' : 'more'}
            title=${button.label}
            aria-label=${button.label}
            @click=${button.run}
            >${icon(button.icon)}<span class="label">${button.label}</span></vscode-button
          >`,
    )}
    <deskside-menu label=${t('More actions')} .items=${menu.filter((item) => item !== false)}></deskside-menu>
  </div>`;
}
