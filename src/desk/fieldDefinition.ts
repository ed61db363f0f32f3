/** How a custom field is edited. */
export const fieldTypes = [
  'text',
  'long-text',
  'number',
  /** `2026-11-26`. */
  'date',
  /** `2026-11-26 20:40`, in the time zone the backend keeps for its user. */
  'date-time',
  /** One of `choices`. */
  'choice',
  /** Any of `choices`. */
  'choices',
] as const;
export type FieldType = (typeof fieldTypes)[number];

/** A custom field that may be set on a ticket, and what it takes. */
export interface FieldDefinition {
  /** As in the ticket's `customFields`. */
  id: string;
  name: string;
  type: FieldType;
  /** What it takes, for `choice` and `choices`; for others, what is usual there. */
  choices?: string[];
  /** It can't be left empty. */
  required?: boolean;
}

const notEmpty = (value: string) => value.trim() !== '';

export type FieldProblem = 'required' | 'one-value' | 'number' | 'date' | 'date-time' | 'choice';

/** What is wrong with these values, found before they are sent; an empty list takes the value away. */
export function fieldProblem(
  definition: FieldDefinition,
  values: readonly string[],
): FieldProblem | undefined {
  const given = values.filter(notEmpty);
  if (given.length === 0) return definition.required === true ? 'required' : undefined;
  const [first = ''] = given;
  if (definition.type !== 'choices' && given.length > 1) return 'one-value';
  switch (definition.type) {
    case 'text':
    case 'long-text':
      return undefined;
    case 'number':
      return /^[+-]?\d+([.,]\d+)?$/.test(first.trim()) ? undefined : 'number';
    case 'date':
      return isDate(first) ? undefined : 'date';
    case 'date-time':
      return isDateTime(first) ? undefined : 'date-time';
    case 'choice':
    case 'choices':
      return given.every((value) => definition.choices?.includes(value) ?? true) ? undefined : 'choice';
  }
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim()) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function isDateTime(text: string): boolean {
  const [, date = '', hour, minute] = /^(\S+)[T ](\d\d):(\d\d)(?::\d\d)?$/.exec(text.trim()) ?? [];
  return isDate(date) && Number(hour) < 24 && Number(minute) < 60;
}
