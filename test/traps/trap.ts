/** Something that a ticketing system does and a naive client gets wrong, and what takes our handling of it out. */
export interface Trap {
  /** The title of the test that proves it. */
  test: string;
  /** The source without the handling: `find` must be there once. */
  file: string;
  find: string;
  replace: string;
}

/** The traps of one backend. */
export interface Traps {
  backend: string;
  /** Where its tests are. */
  tests: string;
  traps: Trap[];
}
