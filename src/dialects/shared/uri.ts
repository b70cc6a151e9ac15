import { decodeBytes, utf8Of } from '../../base/percent.ts';

/** Parses a query of parameters that are separated by ampersands. A leading question mark belongs to the first name. */
export const parseQuery = (search: string): URLSearchParams =>
  // The constructor removes one leading question mark.
  new URLSearchParams(search.startsWith('?') ? `?${search}` : search);

/** Decodes a segment of a path as UTF-8, with replacement characters for bytes that are not. */
export const utf8Segment = (segment: string): string =>
  segment.includes('%') ? utf8Of(decodeBytes(segment)) : segment;
