import { StorageFailure } from '../domain/storage-failure.ts';

/** How long writes are rejected before the next attempt to write. */
const RETRY_MILLISECONDS = 250;

/** Whether changes can be saved. After a failure, writes are tried again now and then. */
export class StorageHealth {
  readonly #place: string;
  readonly #assertWritable: () => void;
  #failure: { readonly error: StorageFailure; readonly retryAt: number } | undefined;

  /**
   * @param place - path of the file that is written, for messages.
   * @param assertWritable - throws if the next change could not be written.
   */
  constructor(place: string, assertWritable: () => void) {
    this.#place = place;
    this.#assertWritable = assertWritable;
  }

  /** Why changes cannot be saved; `undefined` while they can. */
  get failure(): StorageFailure | undefined {
    const failure = this.#failure;
    if (failure === undefined || Date.now() < failure.retryAt) return failure?.error;
    this.check();
    return this.#failure?.error;
  }

  /** Checks whether the next change can be written. Returns whether it can. */
  check(): boolean {
    try {
      this.#assertWritable();
      this.#failure = undefined;
    } catch (error) {
      this.fail(error);
    }
    return this.#failure === undefined;
  }

  /** Notes a failure. Returns it as an error to throw. */
  fail(cause: unknown): StorageFailure {
    const error = cause instanceof StorageFailure ? cause : new StorageFailure(this.#place, cause);
    this.#failure = { error, retryAt: Date.now() + RETRY_MILLISECONDS };
    return error;
  }
}
