/** Places in the memory of an entry. */

/**
 * Numbers. `COPIED` is where the texts begin, `CHANGED` tells which response headers are among them, and the image id is a part
 * of the URL. Three numbers belong to each body: its size, how much of it is stored, and where.
 */
export const NUMBER = {
  SEQUENCE: 0,
  BYTES: 1,
  TIME: 2,
  STARTED: 3,
  FIRST_BYTE: 4,
  STATUS: 5,
  CONNECTION: 6,
  REQUEST: 7,
  COPIED: 8,
  CHANGED: 9,
  IMAGE_START: 10,
  IMAGE_LENGTH: 11,
  IS_EARLY: 12,
  REQUEST_BODY: 13,
  RESPONSE_BODY: 16,
} as const;
/** Number of numbers. */
export const NUMBERS = 19;

/** References. `ENTRY` is the entry itself, if it exists as an object; `URL` is `undefined` if it is among the copied texts. */
export const REFERENCE = {
  ENTRY: 0,
  DIALECT: 1,
  OPERATION: 2,
  METHOD: 3,
  URL: 4,
  CALLER: 5,
  SOURCE: 6,
  REQUEST_HEADERS: 7,
  RESPONSE_HEADERS: 8,
  REQUEST_BODY: 9,
  RESPONSE_BODY: 10,
  LABEL: 11,
  FIRED: 12,
  DECISION: 13,
} as const;
/** Number of references. */
export const REFERENCES = 14;
