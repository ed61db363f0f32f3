import { fork as forkProcess, type ChildProcess } from 'node:child_process';

/** A script of the bench in a new process. */
export function fork(script: string, args: readonly string[]): ChildProcess {
  return forkProcess(script, args, { execArgv: [] });
}

/** The first thing it says. */
export function told<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`A process of the bench ended with ${code ?? 'a signal'}.`)),
    );
  });
}
