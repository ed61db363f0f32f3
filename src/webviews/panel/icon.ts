import { html, type TemplateResult } from 'lit';

/** The codicons in use, by their code points in the font. */
export const glyphs = {
  account: '\ueb99',
  'arrow-down': '\uea9a',
  'arrow-right': '\uea9c',
  'arrow-up': '\ueaa1',
  attach: '\uec34',
  bell: '\ueaa2',
  book: '\ueaa4',
  'call-incoming': '\ueb92',
  check: '\ueab2',
  clock: '\uea82',
  close: '\uea76',
  'chevron-left': '\ueab5',
  'chevron-right': '\ueab6',
  'cloud-upload': '\ueac3',
  comment: '\uea6b',
  'comment-discussion': '\ueac7',
  copy: '\uebcc',
  'debug-pause': '\uead1',
  eye: '\uea70',
  'desktop-download': '\uea78',
  diff: '\ueae1',
  edit: '\uea73',
  ellipsis: '\uea7c',
  error: '\uea87',
  'file-media': '\ueaea',
  globe: '\ueb01',
  'go-to-file': '\uea94',
  history: '\uea82',
  home: '\ueb06',
  info: '\uea74',
  layers: '\uebd2',
  link: '\ueb15',
  'link-external': '\ueb14',
  lock: '\uea75',
  mail: '\ueb1c',
  note: '\ueb26',
  organization: '\uea7e',
  pass: '\ueba4',
  person: '\uea67',
  'person-add': '\uebcd',
  refresh: '\ueb37',
  reply: '\uea7d',
  server: '\ueb50',
  send: '\uec0f',
  'circle-large-outline': '\uebb5',
  'symbol-field': '\ueb5f',
  'open-preview': '\ueb28',
  sync: '\uea77',
  tag: '\uea66',
  terminal: '\uea85',
  zap: '\uea86',
  warning: '\uea6c',
} as const;

export type IconName = keyof typeof glyphs;

/** A codicon. Always decoration: what it says is also said in words beside it or in the label of its control. */
export function icon(name: IconName): TemplateResult {
  return html`<span class="icon" aria-hidden="true">${glyphs[name]}</span>`;
}
