import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Something this machine can't do; the message says what is missing and how to get it. */
export class Unavailable extends Error {}

/** A command that ended with another code than 0; the message has the last lines of what it said. */
export class CommandFailed extends Error {
  readonly code: number | null;

  constructor(message: string, code: number | null) {
    super(message);
    this.code = code;
  }
}

interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Show the output while it runs; otherwise it is shown only when the command fails. */
  show?: boolean;
}

/** Runs a command to its end and gives its standard output; otherwise throws `CommandFailed`. */
export function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', options.show ? 'inherit' : 'pipe', options.show ? 'inherit' : 'pipe'],
    });
    let stdout = '';
    let all = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      all += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (all += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else {
        reject(new CommandFailed(`${command} ended with ${code ?? signal ?? '?'}\n${lastLines(all)}`, code));
      }
    });
  });
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-25).join('\n');
}

/** A process in the background, with its children in one group, that ends with this one at the latest. */
export class Background {
  readonly pid: number;
  readonly log: string;
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;

  constructor(command: string, args: readonly string[], options: CommandOptions & { log: string }) {
    this.log = options.log;
    const out = openSync(options.log, 'w');
    this.#child = spawn(command, args, {
      cwd: options.cwd,
      detached: process.platform !== 'win32',
      env: options.env ?? process.env,
      stdio: ['ignore', out, out],
    });
    closeSync(out);
    if (this.#child.pid === undefined) throw new Unavailable(`${command} could not be started.`);
    this.pid = this.#child.pid;
    this.ended = new Promise((resolve) => {
      this.#child.once('close', () => {
        running.delete(this);
        resolve();
      });
    });
    running.add(this);
    endWithThisProcess();
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  signal(name: NodeJS.Signals): void {
    try {
      process.kill(process.platform === 'win32' ? this.pid : -this.pid, name);
    } catch {
      // It ended by itself.
    }
  }

  async stop(): Promise<void> {
    this.signal('SIGTERM');
    const patience = setTimeout(() => this.signal('SIGKILL'), 5000);
    await this.ended;
    clearTimeout(patience);
    this.signal('SIGKILL');
  }

  /** Waits until `probe` gives something; fails with the end of the log when the process ends or time is up. */
  async until<T>(probe: () => Promise<T | undefined>, seconds: number): Promise<T> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const value = await probe().catch(() => undefined);
      if (value !== undefined) return value;
      if (this.hasEnded || Date.now() > end) {
        const what = this.hasEnded ? 'ended' : `was not ready in ${seconds} s`;
        throw new Error(`${this.#child.spawnfile} ${what}\n${lastLines(readFileSync(this.log, 'utf8'))}`);
      }
      await delay(100);
    }
  }
}

const running = new Set<Background>();
let watching = false;

function endWithThisProcess(): void {
  if (watching) return;
  watching = true;
  process.once('exit', () => {
    for (const one of running) one.signal('SIGKILL');
  });
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    process.once(signal, () => process.exit(128 + number));
  }
}

/** A TCP port on loopback that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('No free port.'));
      });
    });
  });
}

/** The status of an HTTP answer, or undefined while nothing answers. */
export async function httpStatus(url: string): Promise<number | undefined> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return undefined;
  }
}
