/** What every list has, by its name and in the order of the first. */
export function inEvery<T extends { name: string }>([first = [], ...others]: readonly (readonly T[])[]): T[] {
  return first.filter(({ name }) => others.every((list) => list.some((other) => other.name === name)));
}
