import type { Writable } from 'node:stream';

/** What the command line writes to, and how it learns that it is to stop: those of the process, or those of a test. */
export interface Terminal {
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Resolves when the user asks a running server to stop. */
  stopped(): Promise<void>;
}
