import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Attachment } from '../../desk/entry.ts';
import { imageTypes, largestPreview } from '../images.ts';
import type { Preview } from '../messages.ts';
import { byteSize } from './format.ts';
import { post } from './host.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { attachmentStyles } from './styles/attachment.ts';
import { baseStyles } from './styles/base.ts';
import { visibleText } from './visibleText.ts';

const shown = new Set<DesksideAttachment>();

/** Gives a picture that came to the attachments that wait for it. */
export function showPreview(attachmentId: string, image: Preview): void {
  for (const one of shown) if (one.attachment.id === attachmentId) one.take(image);
}

/** A file of an entry: saved with a click; a picture is fetched and shown with another. */
export class DesksideAttachment extends LitElement {
  static override styles = [baseStyles, attachmentStyles];
  static override properties = {
    attachment: { attribute: false },
    url: { state: true },
    problem: { state: true },
    waiting: { state: true },
  };
  declare attachment: Attachment;
  declare url: string | undefined;
  declare problem: string | undefined;
  declare waiting: boolean;

  override connectedCallback(): void {
    super.connectedCallback();
    shown.add(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    shown.delete(this);
    this.#hide();
  }

  take(image: Preview): void {
    if (!this.waiting) return;
    this.waiting = false;
    if ('problem' in image) this.problem = image.problem;
    else this.url = URL.createObjectURL(new Blob([new Uint8Array(image.bytes)], { type: image.mediaType }));
  }

  protected override render(): TemplateResult {
    const { attachment } = this;
    const name = visibleText(attachment.name);
    const size = attachment.size === undefined ? '' : byteSize(attachment.size);
    return html`<span class="row">
        <button
          class="attachment"
          title=${t('Save {0}\u2026', name)}
          aria-label=${size === '' ? t('Save attachment {0}', name) : t('Save attachment {0} {1}', name, size)}
          @click=${() => post({ type: 'save-attachment', attachmentId: attachment.id })}
        >
          ${icon('attach')}<bdi class="name">${name}</bdi>
          <span class="size">${size}</span>${icon('desktop-download')}
        </button>
        ${this.#canPreview() ? this.#eye(name) : nothing}
      </span>
      ${this.problem === undefined ? nothing : html`<p class="problem" role="status">${this.problem}</p>`}
      ${this.url === undefined ? nothing : html`<img src=${this.url} alt=${name} />`}`;
  }

  #eye(name: string): TemplateResult {
    const open = this.url !== undefined;
    const label = open ? t('Hide picture {0}', name) : t('Show picture {0}', name);
    return html`<button
      class="attachment"
      aria-label=${label}
      title=${label}
      aria-expanded=${open ? 'true' : 'false'}
      ?disabled=${this.waiting}
      @click=${() => this.#toggle()}
    >
      ${icon('eye')}
    </button>`;
  }

  #canPreview(): boolean {
    const { mediaType, size = 0 } = this.attachment;
    return imageTypes.some((type) => mediaType.toLowerCase().startsWith(type)) && size <= largestPreview;
  }

  #toggle(): void {
    this.problem = undefined;
    if (this.url !== undefined) {
      this.#hide();
      return;
    }
    this.waiting = true;
    post({ type: 'preview', attachmentId: this.attachment.id });
  }

  #hide(): void {
    if (this.url !== undefined) URL.revokeObjectURL(this.url);
    this.url = undefined;
  }
}

customElements.define('deskside-attachment', DesksideAttachment);
