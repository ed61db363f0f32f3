import type { RedactionKind } from './redaction.ts';

/** One kind of thing to look for. The group `secret` is what is taken out; without one, all of the match. */
export interface Detector {
  kind: RedactionKind;
  pattern: RegExp;
  replacement: string;
  isHarmless?(secret: string, match: RegExpExecArray): boolean;
}

const name =
  '(?:pass(?:word|wd|phrase|code|wort)|pwd|pw|kennwort|mot de passe|contraseñ?n?a|secret|token|psk|pin|api[_ -]?key|access[_ -]?key|account[_ -]?key|shared[_ -]?access[_ -]?key|private[_ -]?key|client[_ -]?secret|community(?: string)?)';
const value =
  '(?:"[^"\\n]{3,200}"|\'[^\'\\n]{3,200}\'|“[^”\\n]{3,200}”|`[^`\\s]{3,200}`|[^\\s"\'`“,;<>]{3,200})';
/** What Markdown and typesetting put around a word. */
const marks = '["\'`”*_]{0,4}';

/** In the order of importance: of two that overlap the first wins. */
export const patterns: readonly Detector[] = [
  {
    kind: 'private-key',
    replacement: '[private key]',
    pattern:
      /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]{0,10000}?(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$(?![\s\S]))/g,
  },
  ...tokens(
    /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{6,}/g,
    /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g,
    /\bgh[pousr]_[A-Za-z0-9]{30,}\b|\bgithub_pat_\w{22,}\b/g,
    /\bglpat-[\w-]{20,}|\bnpm_[A-Za-z0-9]{36}\b|\bpypi-[\w-]{40,}/g,
    /\bxox[abeoprs]-[\w-]{10,}|https:\/\/hooks\.slack\.com\/services\/\S{20,}/g,
    /\bAIza[\w-]{35}\b|\bya29\.[\w-]{20,}/g,
    /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}\b|\bsk-(?:proj-|ant-)?[\w-]{32,}\b/g,
    /\bSG\.[\w-]{16,}\.[\w-]{16,}|\bATATT3[\w=-]{20,}/g,
    /\b1-\d{1,6}-[0-9a-f]{32}\b/g,
    /(?<=[?&]sig=)[A-Za-z0-9%/+=]{20,}/g,
    /(?<=\b(?:bearer|basic)[ \t]{1,5})(?=[\w+/.=-]*\d)[\w+/.=-]{12,}/gi,
  ),
  {
    kind: 'password',
    replacement: '[password]',
    pattern: /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/@]{0,100}:(?<secret>[^\s/@]{1,200})@/gi,
    isHarmless: isPlaceholder,
  },
  {
    kind: 'password',
    replacement: '[password]',
    pattern: secretAfter(
      `(?<![\\w-])(?:\\w{1,30}[_-])?${name}${marks}[ \\t]{0,10}(?:[:=：]|:=|=>)[*_]{0,3}[ \\t]{0,10}`,
    ),
    isHarmless: isProse,
  },
  {
    // In a table, the name in one cell and the secret in the next.
    kind: 'password',
    replacement: '[password]',
    pattern: new RegExp(
      `(?<![\\w-])${name}${marks}[ \\t]{0,40}\\|[ \\t]{0,40}[\`*]{0,3}(?<secret>[^\\s|\`*]{3,200})[\`*]{0,3}[ \\t]{0,40}\\|`,
      'giu',
    ),
    isHarmless: (secret) => isPlaceholder(secret) || !looksMade(secret),
  },
  {
    kind: 'password',
    replacement: '[password]',
    pattern: secretAfter(`(?:--|/)(?:${name}|pass)[ \\t:=]{1,3}`),
    isHarmless: isPlaceholder,
  },
  {
    kind: 'password',
    replacement: '[password]',
    pattern: secretAfter(`(?<![\\w-])${name}[ \\t]{1,5}(?:is|was|ist|war|to|lautet|est|es):?[ \\t]{1,5}`),
    isHarmless: (secret) => isPlaceholder(secret) || !looksMade(secret),
  },
  ...passwords(
    // As the environment has them: PGPASSWORD=…, DB_PASS=…
    /\b[A-Z0-9_]{0,30}(?:PASSWORD|PASSWD|PASSPHRASE|_PASS|_PWD)=(?<secret>"[^"\n]{3,200}"|'[^'\n]{3,200}'|[^\s"'`;]{3,200})/g,
    // As programs are given them: curl -u name:…, mysql -p…, sshpass -p …, net use … /user:name …
    /\b(?:curl|wget|https?(?=[ \t]))\b[^\n]{0,200}?[ \t](?:-u|--user|--proxy-user|-a|--auth)[ =]?["']?[^\s:"'/]{1,100}:(?<secret>[^\s"']{3,200})/g,
    /\b(?:mysql|mariadb)\w{0,20}\b[^\n]{0,200}?[ \t]-p(?<secret>[^\s"'`-][^\s"'`]{2,200})/g,
    /\bsshpass[ \t]{1,3}-p[ \t]?(?<secret>"[^"\n]{3,200}"|'[^'\n]{3,200}'|[^\s"'`]{3,200})/g,
    /\bnet[ \t]{1,3}use\b[^\n]{0,200}?\/user:\S{1,100}[ \t]{1,3}(?<secret>[^\s/"'`][^\s"'`]{2,200})/gi,
    /\bConvertTo-SecureString[ \t]{1,5}(?:-String[ \t]{1,5})?(?<secret>"[^"\n]{3,200}"|'[^'\n]{3,200}')/gi,
    // As XML has them.
    /<(?:\w{1,20}:)?(?:\w{0,20}password|passwd|pwd|secret|passphrase)>(?<secret>[^<\s]{3,200})<\//gi,
  ),
  {
    kind: 'card',
    replacement: '[card number]',
    pattern: /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])/g,
    isHarmless: (digits) => !passesLuhn(digits.replace(/\D/g, '')),
  },
  {
    kind: 'card',
    replacement: '[bank account]',
    pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g,
    isHarmless: (iban) => !isIban(iban),
  },
  {
    kind: 'email',
    replacement: '[e-mail address]',
    pattern: /(?<![\w.+-])[\w.+'-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/gu,
    isHarmless: (_address, match) =>
      /^:|\/\/$/.test(match.input.slice(match.index - 2, match.index)) || /^git@/.test(match[0]),
  },
  {
    kind: 'ip-address',
    replacement: '[IP address]',
    pattern:
      /(?<![\w.-])(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?![\w-]|\.\d)/g,
    isHarmless: (address, match) =>
      /^(?:127\.|0\.|255\.)/.test(address) ||
      /(?:\bv(?:ersion)?|\bbuild|\brelease|\bfirmware|\bdriver|\bupdate|\w\/)[ :]*$/i.test(before(match, 12)),
  },
  {
    kind: 'ip-address',
    replacement: '[IP address]',
    pattern:
      /(?<![\w:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,6}(?![\w:])|(?<![\w:.])[0-9a-f]{1,4}::(?:[0-9a-f]{1,4}:?){1,6}(?![\w:])/gi,
    isHarmless: (address) => !isIpv6(address),
  },
  {
    kind: 'ip-address',
    replacement: '[MAC address]',
    pattern: /(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])/gi,
    isHarmless: (address) => /^(?:00[:-]?)+$|^(?:ff[:-]?)+$/i.test(address),
  },
  {
    kind: 'host',
    replacement: '[host]',
    pattern:
      /(?<![\w.@-])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,5}\.(?:local|lan|internal|intranet|intra|corp|ad|home)(?![\w-]|\.\w)/gi,
  },
  {
    kind: 'host',
    replacement: '[host]',
    pattern: /(?<=(?<!\\)\\\\)[\w.-]{2,63}(?=\\[\w$])/g,
    isHarmless: (host) => host === '.' || host === 'localhost',
  },
  {
    kind: 'user',
    replacement: '[user]',
    pattern: /(?<=(?:\b[a-z]:\\Users\\|\/home\/|\/Users\/))[\w.-]{2,40}/gi,
    isHarmless: (user) =>
      /^(?:public|default|all|shared|user|username|you|me|runner|ubuntu|node|vscode)$/i.test(user),
  },
  ...phones(
    /(?<![\w+])\+\d(?:[ ()./-]{0,2}\d){7,14}(?![\w-])/g,
    /(?<![\w.])\(\d{2,5}\)[ -]?\d(?:[ -]?\d){4,10}(?![\w-])/g,
    /(?<![\w./:+-]|\d )0\d{1,4}[ /-]\d{3,}(?:[ -]?\d{2,}){0,4}(?![\w-]|[.:/]\d)/g,
    /(?<![\w./:+-])[2-9]\d{2}[-. ][2-9]\d{2}[-. ]\d{4}(?![\w-]|\.\d)/g,
    /(?:\b(?:tele)?phone|\btel|\bmobile|\bcell|\bfax|\bext(?:ension)?|\bdurchwahl|\bhandy|\bcall (?:me )?(?:on|at|back on))(?:[ \t]{0,3}(?:no\.?|number|nr\.?))?[.:]?[ \t]{1,3}(?<secret>[+(]?\d(?:[ ()./-]{0,2}\d){2,14})(?![\w-])/gi,
  ),
];

function tokens(...all: RegExp[]): Detector[] {
  return all.map((pattern) => ({ kind: 'token', replacement: '[token]', pattern }));
}

function passwords(...all: RegExp[]): Detector[] {
  return all.map((pattern) => ({
    kind: 'password',
    replacement: '[password]',
    pattern,
    isHarmless: isPlaceholder,
  }));
}

function phones(...all: RegExp[]): Detector[] {
  return all.map((pattern) => ({
    kind: 'phone',
    replacement: '[phone number]',
    pattern,
    isHarmless: (number) => /^\d{1,2}[/.-]\d{4}$|^0{4,}|^\d{4}-\d{2}-\d{2}/.test(number),
  }));
}

/** After `lead`: what is in quotes, or one word. */
function secretAfter(lead: string): RegExp {
  return new RegExp(`${lead}(?<secret>${value})`, 'giu');
}

const quotes = /^["'`“]|["'`”]$/g;

/** What people write in place of a secret. */
function isPlaceholder(secret: string): boolean {
  const text = secret.replace(quotes, '');
  return /^(?:[<[{$%].*|\*+|\.+|x{3,}|•+|…|[-_]+|.*\$\{?\w+\}?.*)$/i.test(text);
}

/** Said of a secret without giving it. */
const said = new Set(
  `changed change reset expired expires expiry wrong incorrect invalid unknown missing none null nil undefined empty blank
  required optional needed yes true false not was has had will must should may can is are the see ask sent same new old
  given set unset updated rotated revoked valid policy prompt string text number boolean and or for from with without
  your my their this that via abgelaufen falsch neu alt nicht keine unbekannt siehe deprecated redacted hidden removed
  below above attached n/a tba tbd`.split(/\s+/),
);

function isProse(secret: string, match: RegExpExecArray): boolean {
  if (isPlaceholder(secret)) return true;
  if (/^["'`“]/.test(secret)) return said.has(secret.replace(quotes, '').toLowerCase());
  const word = secret.replace(/[.!?)\]}]+$/, '');
  if (said.has(word.toLowerCase()) || word.length < 3) return true;
  if (!/^\p{L}+$/u.test(word)) return /^[\w.]+\(/.test(secret);
  return /^[ \t]+\S/.test(
    match.input.slice(match.index + match[0].length, match.index + match[0].length + 20),
  );
}

/** Made up to be a secret: letters with digits or signs among them, in quotes, or capitals inside. */
function looksMade(secret: string): boolean {
  const text = secret.replace(/[.,!?]+$/, '');
  return (
    /^["'`“]/.test(text) ||
    (text.length >= 4 && /\p{L}/u.test(text) && /[\d!#$%&*+=?@^~]/.test(text)) ||
    /\p{Ll}\p{Lu}/u.test(text) ||
    /^\d{4,}$/.test(text)
  );
}

function before(match: RegExpExecArray, length: number): string {
  return match.input.slice(Math.max(0, match.index - length), match.index);
}

function passesLuhn(digits: string): boolean {
  if (/^(\d)\1+$/.test(digits) || !/^[3-6]/.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    sum += at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}

function isIban(text: string): boolean {
  const compact = text.replaceAll(' ', '');
  if (compact.length < 15 || compact.length > 34) return false;
  let rest = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const number = parseInt(character, 36);
    rest = (rest * (number > 9 ? 100 : 10) + number) % 97;
  }
  return rest === 1;
}

/** A time of day or a MAC address is none; `::` stands for groups left out, once. */
function isIpv6(text: string): boolean {
  const groups = text.split(':').filter((group) => group !== '');
  const gaps = text.split('::').length - 1;
  const enough = gaps === 1 ? groups.length >= 2 && groups.length <= 7 : gaps === 0 && groups.length === 8;
  return enough && text !== '::1' && (groups.length > 4 || /[a-f]/i.test(text)) && /\d/.test(text);
}
