import type { Shell } from './runSteps.ts';

/**
 * Where a place in a command is: outside quotes, within double or single ones, in a here-document that the shell fills
 * in, in a comment, or where a value could become part of the program.
 */
export type Place = 'plain' | 'double' | 'single' | 'document' | 'comment' | 'unsafe';

type Frame = 'top' | 'substitution' | 'parentheses' | 'double' | 'unsafe';

/** The places of a command's text, read once from its start. */
export class ShellText {
  readonly places: Place[] = [];
  readonly #text: string;
  readonly #shell: Shell;
  #at = 0;
  #frames: Frame[] = ['top'];
  /** Ends of frames that are unsafe. */
  #closers: string[] = [];
  #documents: { end: string; tabs: boolean; isFilled: boolean }[] = [];

  constructor(text: string, shell: Shell) {
    this.#text = text;
    this.#shell = shell;
    while (this.#at < text.length) this.#step();
  }

  get #frame(): Frame {
    return this.#frames.at(-1) ?? 'top';
  }

  #is(what: string): boolean {
    return this.#text.startsWith(what, this.#at);
  }

  #take(length: number, place: Place): void {
    const end = Math.min(this.#text.length, this.#at + length);
    for (; this.#at < end; this.#at++) this.places[this.#at] = place;
  }

  #takeTo(end: string, place: Place): void {
    const found = this.#text.indexOf(end, this.#at);
    this.#take((found === -1 ? this.#text.length : found) - this.#at, place);
  }

  #open(frame: Frame, opener: string, place: Place, closer = ''): void {
    this.#take(opener.length, place);
    this.#frames.push(frame);
    this.#closers.push(closer);
  }

  #close(length: number, place: Place): void {
    this.#take(length, place);
    if (this.#frames.length > 1) {
      this.#frames.pop();
      this.#closers.pop();
    }
  }

  #step(): void {
    const escape = this.#shell === 'powershell' ? '`' : '\\';
    if (this.#frame === 'unsafe') {
      const closer = this.#closers.at(-1) ?? '';
      if (this.#is(closer)) this.#close(closer.length, 'unsafe');
      else this.#take(this.#is(escape) ? 2 : 1, 'unsafe');
    } else if (this.#is(escape)) {
      // What follows is taken by its character: a placeholder there would lose its quotes.
      this.#take(2, 'unsafe');
    } else if (this.#frame === 'double') {
      this.#inDouble();
    } else if (this.#shell === 'powershell') {
      this.#inPowerShell();
    } else {
      this.#inPlain();
    }
  }

  #inDouble(): void {
    if (this.#is('"')) this.#close(1, 'double');
    else if (!this.#expansion()) this.#take(1, 'double');
  }

  /** What the shell works out, within quotes or without. */
  #expansion(): boolean {
    if (this.#is('$((')) this.#open('unsafe', '$((', 'unsafe', '))');
    else if (this.#is('$(')) this.#open('substitution', '$(', 'plain');
    else if (this.#is('${')) {
      this.#take(1, this.#frame === 'double' ? 'double' : 'plain');
      this.#open('unsafe', '{', 'unsafe', '}');
    } else if (this.#is('$[')) this.#open('unsafe', '$[', 'unsafe', ']');
    else if (this.#is('`') && this.#shell !== 'powershell') this.#open('unsafe', '`', 'unsafe', '`');
    else return false;
    return true;
  }

  #inPlain(): void {
    const before = this.#text.charAt(this.#at - 1);
    if (this.#is('\n')) {
      this.#take(1, 'plain');
      while (this.#documents.length > 0 && this.#at < this.#text.length) this.#document();
    } else if (this.#is("$'")) this.#ansi();
    else if (this.#expansion()) return;
    else if (this.#is('"') || this.#is('$"')) this.#open('double', this.#is('"') ? '"' : '$"', 'double');
    else if (this.#is("'")) this.#single();
    else if (this.#is('#') && /^[\s;&|()]?$/.test(before)) this.#takeTo('\n', 'comment');
    else if (this.#is('((')) this.#open('unsafe', '((', 'unsafe', '))');
    else if (this.#is('[[')) this.#open('unsafe', '[[', 'unsafe', ']]');
    else if (this.#is('[') && /\w/.test(before)) this.#open('unsafe', '[', 'unsafe', ']');
    else if (this.#is('<<<')) this.#take(3, 'plain');
    else if (this.#is('<<') && this.#shell !== 'fish') this.#announceDocument();
    else if (this.#is('(')) this.#open('parentheses', '(', 'plain');
    else if (this.#is(')')) this.#close(1, 'plain');
    else this.#take(1, 'plain');
  }

  #single(): void {
    this.#take(1, 'single');
    if (this.#shell === 'fish') {
      while (this.#at < this.#text.length && !this.#is("'")) this.#take(this.#is('\\') ? 2 : 1, 'single');
    } else {
      this.#takeTo("'", 'single');
    }
    this.#take(1, 'single');
  }

  #ansi(): void {
    this.#take(2, 'unsafe');
    while (this.#at < this.#text.length && !this.#is("'")) this.#take(this.#is('\\') ? 2 : 1, 'unsafe');
    this.#take(1, 'unsafe');
  }

  #announceDocument(): void {
    const [whole = '<<', tabs = '', quoted, bare] =
      /^<<(-?)[ \t]*(?:["'\\]([\w.-]+)["']?|([\w.-]+))/.exec(this.#text.slice(this.#at)) ?? [];
    this.#take(whole.length, 'unsafe');
    const end = quoted ?? bare;
    if (end !== undefined) this.#documents.push({ end, tabs: tabs !== '', isFilled: quoted === undefined });
  }

  /** The here-document that begins on this line. In one that runs commands itself nothing is filled in. */
  #document(): void {
    const { end = '', tabs = false, isFilled = false } = this.#documents.shift() ?? {};
    const lines = this.#text.slice(this.#at).split('\n');
    const last = lines.findIndex((line) => (tabs ? line.replace(/^\t+/, '') : line) === end);
    const body = lines.slice(0, last === -1 ? lines.length : last).join('\n');
    const isSafe = isFilled && last !== -1 && !/`|\$\(|\$\{|\$\[|\\/.test(body);
    this.#take(body.length + (body === '' ? 0 : 1), isSafe ? 'document' : 'unsafe');
    this.#take(lines[last]?.length ?? 0, 'unsafe');
    if (this.#is('\n')) this.#take(1, 'plain');
  }

  #inPowerShell(): void {
    const before = this.#text.charAt(this.#at - 1);
    if (this.#is("@'")) this.#hereString("\n'@");
    else if (this.#is('@"')) this.#hereString('\n"@');
    else if (this.#is("'")) {
      this.#take(1, 'unsafe');
      this.#takeTo("'", 'unsafe');
      this.#take(1, 'unsafe');
    } else if (this.#is('"')) this.#open('double', '"', 'double');
    else if (this.#is('<#')) {
      this.#takeTo('#>', 'comment');
    } else if (this.#is('#') && /^[\s;|(){}]?$/.test(before)) this.#takeTo('\n', 'comment');
    else if (this.#is('$(')) this.#open('substitution', '$(', 'plain');
    else if (this.#is('${')) this.#open('unsafe', '${', 'unsafe', '}');
    else if (this.#is('(')) this.#open('parentheses', '(', 'plain');
    else if (this.#is(')')) this.#close(1, 'plain');
    else this.#take(1, 'plain');
  }

  #hereString(end: string): void {
    this.#takeTo(end, 'unsafe');
    this.#take(end.length, 'unsafe');
  }
}

/** Where the text at `at` stands; a place in a word that was begun without quotes is as good as any outside them. */
export function placeOf(text: ShellText, at: number): Place {
  return text.places[at] ?? 'unsafe';
}
