/** Thrown when a change or the data of an image cannot be stored, for example because the disk is full. */
export class StorageFailure extends Error {
  /** Code of the operating system, such as `ENOSPC`; `undefined` if it has none. */
  readonly code: string | undefined;

  /** @param place - path of the file that cannot be written. */
  constructor(place: string, cause: unknown) {
    super(`${place} cannot be written: ${reasonOf(cause)}`, { cause });
    this.name = 'StorageFailure';
    this.code = (cause as NodeJS.ErrnoException | undefined)?.code;
  }
}

/** Thrown when the medium that image data is written to is full. Services reject uploads with an error of its own then. */
export class DataStorageFull extends StorageFailure {}

/** Codes of the operating system that the services take for a full medium. */
const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EFBIG']);

/** Returns the failure for image data that cannot be written. @param place - path of the file. */
export function dataFailure(place: string, cause: unknown): StorageFailure {
  const isFull = FULL.has((cause as NodeJS.ErrnoException | undefined)?.code);
  return isFull ? new DataStorageFull(place, cause) : new StorageFailure(place, cause);
}

/** Returns why the operating system rejected something, without the path and the name of the call. */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const { code } = cause as NodeJS.ErrnoException;
  if (code === undefined) return cause.message;
  const [, words = code] = /^[A-Z0-9]+: ([^,]+)/.exec(cause.message) ?? [];
  return `${words} (${code})`;
}
