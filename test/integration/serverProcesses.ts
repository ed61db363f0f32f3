import { execFileSync } from 'node:child_process';

/** The language servers of this extension host. */
export function serverProcesses(): number[] {
  return execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => Number(match?.[2]) === process.pid && match?.[3]?.includes('server.cjs') === true)
    .map((match) => Number(match?.[1]));
}
