/** Decoding of requests by Werkzeug and Flask, the libraries of Keystone. */
import { decodeBytes, encodePathBytes, utf8Of } from '../../base/percent.ts';
import type { RequestDecoding } from '../request-decoding.ts';
import { parseQuery, utf8Segment } from './uri.ts';
import { cleanPath } from './web-server-path.ts';

/** Percent-decodes a path, with replacement characters for what is not UTF-8, and ignores slashes at its ends. */
function normalisePath(path: string): string {
  const clean = cleanPath(path);
  const plain = clean.includes('%')
    ? encodePathBytes(Buffer.from(utf8Of(decodeBytes(clean))).toString('latin1'))
    : clean;
  return plain.endsWith('/') || plain.startsWith('//') ? `/${withoutOuterSlashes(plain)}` : plain;
}

/** Removes slashes at both ends. A pattern would take quadratic time for many slashes in between. */
function withoutOuterSlashes(path: string): string {
  let start = 0;
  let end = path.length;
  while (path[start] === '/') start += 1;
  while (end > start && path[end - 1] === '/') end -= 1;
  return path.slice(start, end);
}

/** Path parameters and queries are UTF-8, and only ampersands separate parameters. */
export const werkzeugDecoding: RequestDecoding = {
  path: normalisePath,
  segment: utf8Segment,
  query: parseQuery,
  acceptsAbsoluteForm: false,
};

/** Media types of JSON. */
const JSON_TYPES = /^application\/(?:json|.*\+json)$/;

/**
 * Whether a request has a Content-Type of JSON, or none. Parameters, and further types after a comma or a blank, are ignored.
 */
export function isJsonType(contentType: string | undefined): boolean {
  if (contentType === undefined || contentType.trim() === '') return true;
  return JSON_TYPES.test(
    contentType
      .trim()
      .split(/[;,\s]/, 1)[0]
      ?.toLowerCase() ?? '',
  );
}
