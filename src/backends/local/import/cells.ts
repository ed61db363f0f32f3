import type { Instant, Person } from '../../../desk/ticket.ts';
import { DateReader } from './dates.ts';
import type { Field } from './fields.ts';
import { peopleByName, personFrom } from '../people.ts';
import type { Mapping } from './mapping.ts';
import type { Row } from './table.ts';
import { isAbsent } from './words.ts';

/** Why a row can't be used; caught where rows become tickets. */
export class RowProblem extends Error {}

/** Which assignee of the file is the local desk's user, so that "mine" is theirs. */
export interface Me {
  /** As the file writes it, in capitals or not. */
  assignee: string;
  person: Person;
}

/** Reads the cells of a table by what they mean. */
export class Cells {
  readonly #columns = new Map<Field, number[]>();
  readonly #dates: DateReader;
  readonly #mapping: Mapping;
  readonly #names: readonly string[];
  readonly #me: Me | undefined;
  readonly #known: ReadonlyMap<string, Person | undefined>;

  /** `known`: whom the local desk knows already. */
  constructor(
    names: readonly string[],
    mapping: Mapping,
    { me, known = [] }: { me?: Me; known?: readonly Person[] },
  ) {
    this.#names = names;
    this.#mapping = mapping;
    this.#me = me;
    this.#known = peopleByName(known);
    this.#dates = new DateReader(mapping.zone);
    mapping.fields.forEach((field, column) => {
      this.#columns.set(field, [...(this.#columns.get(field) ?? []), column]);
    });
  }

  /** In which times without a zone are meant. */
  get zone(): string {
    return this.#mapping.zone;
  }

  /** The columns that mean `field`. */
  columns(field: Field): readonly number[] {
    return this.#columns.get(field) ?? [];
  }

  /** The name of a column, for people: `u_priority_confirmation` is "Priority confirmation". */
  label(column: number): string {
    const words = (this.#names[column] ?? '').replace(/^u_/, '').replaceAll('_', ' ').trim();
    return words.slice(0, 1).toUpperCase() + words.slice(1);
  }

  /** A cell's text in one line; `undefined` where the export says "nothing". */
  at(row: Row, column: number | undefined): string | undefined {
    const text = this.raw(row, column);
    return text?.replace(/\s+/g, ' ');
  }

  text(row: Row, field: Field): string | undefined {
    return this.at(row, this.columns(field)[0]);
  }

  /** Text as it is, with its lines. */
  long(row: Row, field: Field): string | undefined {
    return this.raw(row, this.columns(field)[0]);
  }

  raw(row: Row, column: number | undefined): string | undefined {
    const cell = column === undefined ? '' : (row.cells[column] ?? '').trim();
    return isAbsent(cell) ? undefined : cell;
  }

  date(row: Row, field: Field): Instant | undefined {
    const column = this.columns(field)[0];
    const text = this.at(row, column);
    const order = this.#mapping.orders[column ?? -1];
    if (text === undefined || !order) return undefined;
    const instant = this.#dates.read(text, order);
    if (instant === undefined) {
      throw new RowProblem(
        `"${text}" in the column "${this.#names[column ?? -1] ?? ''}" is not a date (read as ${order}).`,
      );
    }
    return instant;
  }

  count(row: Row, field: Field): number | undefined {
    const number = Number.parseInt(this.text(row, field) ?? '', 10);
    return Number.isNaN(number) || number < 0 ? undefined : number;
  }

  person(row: Row, field: Field, emailField?: Field): Person | undefined {
    const name = this.text(row, field);
    const email = emailField === undefined ? undefined : this.text(row, emailField);
    return name === undefined && email === undefined ? undefined : this.named(name, email);
  }

  /** Someone by what the file calls them. */
  named(name: string | undefined, email?: string): Person {
    if (this.#me && name?.toLowerCase() === this.#me.assignee.toLowerCase()) return this.#me.person;
    const person = personFrom(name ?? email ?? '');
    if (email !== undefined) return { ...person, id: email.toLowerCase(), email };
    return (person.email === undefined ? this.#known.get(person.name.toLowerCase()) : undefined) ?? person;
  }
}
