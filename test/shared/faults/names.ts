import dns from 'node:dns';
import { mock } from 'node:test';

type Answered = (error: NodeJS.ErrnoException | null, address?: unknown, family?: number) => void;

/** One name under which a proxy on this machine is reached, and which can be made unknown. */
export interface Names {
  host: string;
  fail(failing: boolean): void;
}

/** The machine's resolver, replaced: it knows names that we made up. */
export class Resolver {
  readonly #failing = new Map<string, boolean>();
  readonly #mocked = mock.method(dns, 'lookup', this.#lookup.bind(this));

  name(host: string): Names {
    this.#failing.set(host, false);
    return { host, fail: (failing) => void this.#failing.set(host, failing) };
  }

  end(): void {
    this.#mocked.mock.restore();
  }

  #lookup(name: string, options: dns.LookupOptions, answered: Answered): void {
    const failing = name === '127.0.0.1' ? false : this.#failing.get(name);
    if (failing !== false) {
      const code = failing === true ? 'EAI_AGAIN' : 'ENOTFOUND';
      const error = Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code, syscall: 'getaddrinfo' });
      setImmediate(() => answered(error));
    } else if (options.all === true) {
      setImmediate(() => answered(null, [{ address: '127.0.0.1', family: 4 }]));
    } else {
      setImmediate(() => answered(null, '127.0.0.1', 4));
    }
  }
}
