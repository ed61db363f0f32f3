import { run } from './processes.ts';

interface Process {
  pid: number;
  command: string;
}

/** Every process below this one. */
export async function childrenOf(ancestor: number): Promise<Process[]> {
  const all = (await run('ps', ['-A', '-o', 'pid=,ppid=,args=', '-ww'])).split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match ? [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3] ?? '' }] : [];
  });
  const found: Process[] = [];
  const below = new Set([ancestor]);
  for (let grew = true; grew;) {
    const next = all.filter(({ pid, parent }) => below.has(parent) && !below.has(pid));
    grew = next.length > 0;
    for (const { pid, command } of next) {
      below.add(pid);
      found.push({ pid, command });
    }
  }
  return found;
}
