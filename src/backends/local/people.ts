import type { Person } from '../../desk/ticket.ts';

/** Somebody by what people call them: a name, an address, or `Carol Jones <carol@example.org>`. */
export function personFrom(text: string): Person {
  const [, written, inside] = /^(.*?)\s*<([^<>\s]+@[^<>\s]+)>$/.exec(text.trim()) ?? [];
  const name = (written ?? text).trim();
  const email = inside ?? (/^[^\s@]+@[^\s@]+$/.test(name) ? name : undefined);
  return {
    id: (email ?? name).toLowerCase(),
    name: name === '' ? (email ?? '') : name,
    ...(email !== undefined && { email }),
  };
}

/** Who of these is meant, by their address, or by a name that only one of them has; otherwise somebody new. */
export function personAmong(people: ReadonlyMap<string, Person>, text: string): Person {
  const person = personFrom(text);
  const known = people.get(person.id);
  if (known !== undefined || person.email !== undefined) return known ?? person;
  return peopleByName([...people.values()]).get(person.name.toLowerCase()) ?? person;
}

/** Whom a name alone means, by the name in lower case: nobody where several have it. */
export function peopleByName(people: readonly Person[]): ReadonlyMap<string, Person | undefined> {
  const byName = new Map<string, Person | undefined>();
  for (const person of people) {
    const name = person.name.toLowerCase();
    byName.set(name, byName.has(name) ? undefined : person);
  }
  return byName;
}

/** Who answers to `query`, best match first: the whole name, then its beginning, then the beginning of a word, then any part. */
export function findPeople(people: readonly Person[], query: string): Person[] {
  const wanted = query.trim().toLowerCase();
  const rank = (person: Person): number => {
    const texts = [person.name, person.email ?? '', person.id].map((text) => text.toLowerCase());
    if (texts.includes(wanted)) return 0;
    if (texts.some((text) => text.startsWith(wanted))) return 1;
    if (texts.some((text) => text.split(/[\s.@_-]+/).some((word) => word.startsWith(wanted)))) return 2;
    return texts.some((text) => text.includes(wanted)) ? 3 : 4;
  };
  return people
    .map((person) => ({ person, rank: rank(person) }))
    .filter((found) => found.rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .map(({ person }) => person);
}
