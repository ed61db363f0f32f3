import { html, nothing, type TemplateResult } from 'lit';
import { traceOf, type Escalation } from '../../desk/escalation.ts';
import { duration } from './format.ts';
import { icon, type IconName } from './icon.ts';
import { t } from './l10n.ts';
import { time } from './since.ts';
import { visibleText } from './visibleText.ts';

/** Who handed the ticket to whom, when and why, how long until somebody had it, and how often it came back. */
export function escalations(
  all: readonly Escalation[],
  readEntry: (entryId: string) => void,
): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  const { bounced } = traceOf(all);
  return html`<section>
    <h2>${bounced === 0 ? t('Escalations') : t('Escalations, {0} returned', bounced)}</h2>
    <ol class="documents">
      ${all.map(
        (one) =>
          html`<li>
            <button class="text-button" title=${t('Read the note')} @click=${() => readEntry(one.entryId)}>
              ${icon(iconOf(one))}<bdi>${visibleText(nameOf(one))}</bdi>
            </button>
            <span class="about"
              ><span><bdi>${visibleText(one.by.name)}</bdi>, ${time(one.at)}</span> ${[
                one.reason,
                ...one.missing,
              ].map((said) => (said === undefined ? nothing : html`<bdi>${visibleText(said)}</bdi>`))}
              ${acceptance(one)}</span
            >
          </li>`,
      )}
    </ol>
  </section>`;
}

function iconOf({ direction, stays }: Escalation): IconName {
  if (direction === 'back') return 'reply';
  return stays ? 'organization' : 'arrow-up';
}

function nameOf({ direction, done, to }: Escalation): string {
  if (direction === 'onward') return to ?? t('Handed on');
  if (to === undefined) return done ? t('Handed back') : t('Returned');
  return done ? t('Handed back to {0}', to) : t('Returned to {0}', to);
}

function acceptance({ at, accepted, direction, stays }: Escalation): TemplateResult | typeof nothing {
  if (accepted) {
    return html`<bdi
      >${visibleText(t('accepted by {0} after {1}', accepted.by, duration(accepted.at - at)))}</bdi
    >`;
  }
  return direction === 'back' || stays ? nothing : html`<span>${t('nobody accepted it')}</span>`;
}
