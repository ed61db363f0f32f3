/** What the probe writes down: of a start as it is the delays of the event loop, of a profiled one the spans. */
export interface Findings {
  error?: string;
  /** The event loop's delay in the first seconds, in milliseconds. */
  loop?: { max: number; p99: number };
  /** Turns of the event loop: when one began, and how many milliseconds of it the subject took. */
  spans?: [at: number, milliseconds: number][];
  /** Names and times of VS Code's own marks. */
  marks: [name: string, at: number][];
}

/** One start, in milliseconds. */
export interface Start {
  /** Load, call and finish of the extension that is measured, and of VS Code's own for Git. */
  activation: number;
  git: number;
  /** From the start of the extension's activation to its first row on the screen. */
  firstRows: number;
  loop: { max: number; p99: number };
  /** The longest that the extension had the thread, and all it did between its activation and the first row. */
  longest: number;
  afterwards: number;
}

export function readStart({ loop, spans = [], marks }: Findings, id: string, firstRow: number): Start {
  const times = new Map(marks);
  const at = (mark: string, extension: string) => {
    const time = times.get(`${mark}/${extension}`);
    if (time === undefined) throw new Error(`${extension} was not activated in time: no ${mark}.`);
    return time;
  };
  const activation = (extension: string) =>
    at('didLoadExtensionCode', extension) -
    at('willLoadExtensionCode', extension) +
    (at('didActivateExtension', extension) - at('willActivateExtension', extension));
  const ended = at('didActivateExtension', id);
  const lengths = (of: typeof spans) => of.map(([, milliseconds]) => milliseconds);
  return {
    activation: activation(id),
    git: activation('vscode.git'),
    firstRows: firstRow - at('willLoadExtensionCode', id),
    loop: loop ?? { max: 0, p99: 0 },
    longest: Math.max(0, ...lengths(spans)),
    afterwards: lengths(spans.filter(([began]) => began >= ended && began < firstRow)).reduce(
      (sum, one) => sum + one,
      0,
    ),
  };
}
