/** Places in the memory of an entry. */

/** Numbers with fractions, or beyond 32 bits. */
export const NUMBER = {
  SEQUENCE: 0,
  TIME: 1,
  STARTED: 2,
  FIRST_BYTE: 3,
} as const;

/**
 * Whole numbers of 32 bits, which follow them in the same memory, so that an entry takes few lines of the processor's caches.
 * `COPIED` is where the texts begin, `CHANGED` tells which response headers are among them, and the image id is a part of the
 * URL: `IMAGE` has its place and its length, in 16 bits each. Three numbers belong to each body: its size, how much of it is
 * stored, and where.
 */
export const COUNT = {
  BYTES: 8,
  CONNECTION: 9,
  REQUEST: 10,
  COPIED: 11,
  CHANGED: 12,
  IMAGE: 13,
  REQUEST_BODY: 14,
  RESPONSE_BODY: 17,
} as const;

/** Size of an entry as numbers of 64 bits. */
export const NUMBERS = 10;
/** Size of an entry as numbers of 32 bits. */
export const COUNTS = 2 * NUMBERS;
/** Largest number that `COUNT` members hold. */
export const MAX_COUNT = 2 ** 32 - 1;
/** Value of `IMAGE` if there is no image id. */
export const NO_IMAGE = 2 ** 32 - 1;

/** References. `ENTRY` is the entry itself, if it exists as an object; `URL` is `undefined` if it is among the copied texts. */
export const REFERENCE = {
  ENTRY: 0,
  KIND: 1,
  URL: 2,
  REQUEST_BODY: 3,
  RESPONSE_BODY: 4,
} as const;
/** Number of references. */
export const REFERENCES = 5;
