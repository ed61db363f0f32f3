/** A daily time in which nobody wants to be disturbed: minutes after midnight, `from` included; over midnight too. */
export interface QuietHours {
  from: number;
  to: number;
}

/** `22:00-07:00`; nothing for an empty text, or one that is no such range. */
export function readQuietHours(text: string): QuietHours | undefined {
  const [, fromHour, fromMinute, toHour, toMinute] =
    /^\s*([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4]):([0-5]\d)\s*$/.exec(text) ?? [];
  if (toMinute === undefined) return undefined;
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  return to > 24 * 60 || from === to ? undefined : { from, to };
}

export function isQuiet({ from, to }: QuietHours, minuteOfDay: number): boolean {
  return from < to ? from <= minuteOfDay && minuteOfDay < to : minuteOfDay >= from || minuteOfDay < to;
}
