import { fail, ok, type Result } from '../../desk/errors.ts';

/** The most that the forges give at once. */
export const perPage = 100;
const mostPages = 100;

/** A page of a list as it came, its items not yet looked at. */
export interface ListPage {
  items: unknown[];
  headers: Readonly<Record<string, string>>;
}

/** All of a list that is asked for page by page, counted from 1; it ends with a page that is not full. */
export async function allPages<T>(
  path: string,
  ask: (page: number) => Promise<Result<ListPage>>,
  check: (item: unknown) => Result<T>,
): Promise<Result<T[]>> {
  const items: T[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const answer = await ask(page);
    if (!answer.ok) return answer;
    for (const item of answer.value.items) {
      const read = check(item);
      if (!read.ok) return read;
      items.push(read.value);
    }
    if (answer.value.items.length < perPage) return ok(items);
  }
  return fail({ reason: 'protocol', message: `The list ${path} does not end.` });
}
