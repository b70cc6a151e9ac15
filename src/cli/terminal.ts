import type { Writable } from 'node:stream';

/** The output streams and the stop signal of a command: those of the process, or those of a test. */
export interface Terminal {
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Resolves when the user asks a running server to stop. */
  stopped(): Promise<void>;
}
