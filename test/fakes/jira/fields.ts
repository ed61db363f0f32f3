/** The fields of the imitation's tickets and screens, and what they take. */

/** A field of a screen, as Jira tells of it; `shape` is what it takes. */
export interface FakeField {
  name: string;
  schema: Record<string, unknown>;
  allowedValues?: { id: string; value?: string; name?: string }[];
  /** Takes it, or says what is wrong. */
  refuses: (value: unknown, cloud: boolean) => string | undefined;
}

type Option = NonNullable<FakeField['allowedValues']>[number];
const ofOptions = (name: 'value' | 'name', ...all: string[]): Option[] =>
  all.map((one, index) => ({ id: String(index + 1), [name]: one }));
const custom = (type: string, kind: string, more: object = {}) => ({
  type,
  custom: `com.atlassian.jira.plugin.system.customfieldtypes:${kind}`,
  customId: 1,
  ...more,
});
const isOneOf = (allowed: readonly Option[], name: 'value' | 'name') => (one: unknown) =>
  allowed.some((option) => option[name] === (one as Record<string, unknown> | null)?.[name]);
const systems = ofOptions('value', 'Mail', 'VPN', 'Printing');
const causes = ofOptions('value', 'Hardware', 'Software', 'User');

/** The custom fields of both projects, by their ids. */
export const customFields: Record<string, FakeField> = {
  customfield_10101: {
    name: 'Serial number',
    schema: custom('string', 'textfield'),
    refuses: (value) => (typeof value === 'string' ? undefined : 'Operation value must be a string'),
  },
  customfield_10102: {
    name: 'Affected systems',
    schema: custom('array', 'multicheckboxes', { items: 'option' }),
    allowedValues: systems,
    refuses: (value) =>
      Array.isArray(value) && value.every(isOneOf(systems, 'value'))
        ? undefined
        : 'Option value is not valid',
  },
  customfield_10103: {
    name: 'Cause',
    schema: custom('option', 'select'),
    allowedValues: causes,
    refuses: (value) => (isOneOf(causes, 'value')(value) ? undefined : 'Option value is not valid'),
  },
  customfield_10104: {
    name: 'Bought',
    schema: custom('date', 'datepicker'),
    refuses: (value) =>
      /^\d{4}-\d\d-\d\d$/.test(String(value)) ? undefined : 'Error parsing date string, use yyyy-MM-dd',
  },
  customfield_10105: {
    name: 'Seats',
    schema: custom('number', 'float'),
    refuses: (value) => (typeof value === 'number' ? undefined : 'Specify a number'),
  },
  customfield_10106: {
    name: 'What was done',
    schema: custom('string', 'textarea'),
    refuses: (value, cloud) => {
      if (!cloud) return typeof value === 'string' ? undefined : 'Operation value must be a string';
      return (value as { type?: string } | null)?.type === 'doc'
        ? undefined
        : 'Operation value must be an Atlassian Document (see the Atlassian Document Format)';
    },
  },
  customfield_10107: {
    name: 'Approvers',
    schema: custom('array', 'multiuserpicker', { items: 'user' }),
    refuses: () => 'Not tried here',
  },
};
const resolutions = ofOptions('name', 'Done', "Won't do");

/** What the screens on the way to a status ask for, and whether they insist. */
export const screens: Record<string, Record<string, FakeField & { required: boolean }>> = {
  Resolved: {
    resolution: {
      name: 'Resolution',
      schema: { type: 'resolution', system: 'resolution' },
      allowedValues: resolutions,
      refuses: (value) => (isOneOf(resolutions, 'name')(value) ? undefined : 'Specify a valid resolution'),
      required: true,
    },
    customfield_10103: { ...customFields.customfield_10103!, required: false },
  },
  Escalated: { customfield_10103: { ...customFields.customfield_10103!, required: true } },
};

export function fieldJson(
  key: string,
  { name, schema, allowedValues }: FakeField,
  required: boolean,
): object {
  return {
    required,
    name,
    key,
    hasDefaultValue: false,
    operations: ['set'],
    schema,
    ...(allowedValues && { allowedValues }),
  };
}

/** What fields are called, for those who ask for it. */
export function namesFor(query: URLSearchParams): { names?: Record<string, string> } {
  if (!(query.get('expand') ?? '').split(',').includes('names')) return {};
  return {
    names: {
      ...Object.fromEntries(Object.entries(customFields).map(([id, { name }]) => [id, name])),
      customfield_10030: 'Time to resolution',
    },
  };
}
