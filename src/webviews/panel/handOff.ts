import { html, nothing, type TemplateResult } from 'lit';
import { isActive } from '../../desk/ticket.ts';
import type { PanelAction, PanelHandOff, PanelState } from '../messages.ts';
import { post } from './host.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { time } from './since.ts';
import { visibleText } from './visibleText.ts';

/** What the ticket came with, before all else: who handed it on and why, what to look at first, and how to take it. */
export function handOffCard(
  { ticket, handOff, capabilities }: PanelState,
  readAll: (entryId: string) => void,
): TemplateResult | typeof nothing {
  if (handOff === undefined || !isActive(ticket)) return nothing;
  const left = handOff.checks.filter(({ done }) => !done).length;
  const act = (action: PanelAction) => () => post({ type: 'action', action });
  const returned = handOff.how === 'returned';
  const takes = !returned && !handOff.stays && !handOff.isOwn;
  return html`<section class="hand-off" aria-labelledby="hand-off-heading">
    <details ?open=${handOff.accepted === undefined || left > 0}>
      <summary>
        ${icon(returned ? 'reply' : 'arrow-up')}
        <h2 id="hand-off-heading">${heading(handOff)}</h2>
        ${time(handOff.at)}
      </summary>
      ${
        handOff.reason === undefined
          ? nothing
          : html`<p class="reason"><b>${t('Reason')}:</b> <bdi>${visibleText(handOff.reason)}</bdi></p>`
      }
      ${handOff.checks.length === 0 ? nothing : checkList(handOff, left)}
      <div class="acts">
        ${
          takes && handOff.accepted === undefined && capabilities?.assign !== false
            ? html`<vscode-button @click=${act('acceptTicket')}>${t('Accept\u2026')}</vscode-button>`
            : nothing
        }
        <vscode-button secondary @click=${() => readAll(handOff.entryId)}
          >${t('Read all of it')}</vscode-button
        >
        ${
          takes
            ? html`<vscode-button secondary @click=${act('returnTicket')}
                  >${t('Something is missing\u2026')}</vscode-button
                >
                <vscode-button secondary @click=${act('handBackTicket')}
                  >${t('Hand back\u2026')}</vscode-button
                >`
            : nothing
        }
        ${
          returned && !handOff.isOwn
            ? html`<vscode-button secondary @click=${act('escalate')}
                >${t('Escalate again\u2026')}</vscode-button
              >`
            : nothing
        }
      </div>
    </details>
  </section>`;
}

function heading({ how, by, to, stays, accepted }: PanelHandOff): string {
  if (stays && to !== undefined) {
    return visibleText(
      stays === 'swarm' ? t('{0} called together by {1}', to, by) : t('{0} told by {1}', to, by),
    );
  }
  const said =
    how === 'returned'
      ? t('Returned by {0}', by)
      : to === undefined
        ? t('Handed on by {0}', by)
        : t('Handed to {0} by {1}', to, by);
  return visibleText(accepted === undefined ? said : `${said} \u00B7 ${t('accepted by {0}', accepted)}`);
}

function checkList({ how, entryId, checks }: PanelHandOff, left: number): TemplateResult {
  return html`<h3>
      ${how === 'returned' ? t('What is missing') : t('Verify first')}
      <span class="left">${left === 0 ? t('all done') : t('{0} of {1} left', left, checks.length)}</span>
    </h3>
    <ul class="checks">
      ${checks.map(
        ({ text, done }) =>
          html`<li>
            <label
              ><input
                type="checkbox"
                .checked=${done}
                @change=${(event: Event) =>
                  post({
                    type: 'tick',
                    entryId,
                    text,
                    done: (event.target as HTMLInputElement).checked,
                  })}
              /><bdi>${visibleText(text)}</bdi></label
            >
          </li>`,
      )}
    </ul>`;
}
