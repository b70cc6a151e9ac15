/** Decoding of requests by WebOb and Routes, the libraries of Glance and Nova. */
import { decodeBytes, encodePathBytes, isUtf8 } from '../../base/percent.ts';
import type { Call } from '../../contract/contract.ts';
import type { RequestDecoding } from '../request-decoding.ts';
import { parseQuery } from './uri.ts';

/** Percent-decodes a path and merges repeated slashes; an encoded slash separates segments like any other. */
function normalisePath(path: string): string | undefined {
  let plain = path;
  if (path.includes('%')) {
    const bytes = decodeBytes(path);
    if (!isUtf8(bytes)) return undefined;
    plain = encodePathBytes(bytes);
  }
  return plain.includes('//') ? plain.replace(/\/{2,}/g, '/') : plain;
}

/** Both ampersands and semicolons separate the parameters of a query. */
export const parseWebobQuery = (search: string): URLSearchParams => parseQuery(search.replaceAll(';', '&'));

/** Path parameters are bytes: a character outside ASCII becomes several. */
export const webobDecoding: RequestDecoding = {
  path: normalisePath,
  segment: decodeBytes,
  query: parseWebobQuery,
  acceptsAbsoluteForm: false,
};

/** Removes one line feed from the end of a path: the patterns of Routes match before it. */
export const withoutFinalLineFeed = (path: string): string => (path.endsWith('%0A') ? path.slice(0, -3) : path);

/** Whether the percent-encoded bytes of a query are UTF-8. Reading the parameters of another query fails. */
export const isUtf8Query = (search: string): boolean => !search.includes('%') || isUtf8(decodeBytes(search));

/**
 * Whether the service sees no body, not even an empty chunked one. Of the transfer codings, it knows `chunked` alone:
 * measured with Glance 25.
 */
export function isBodyMissing({ body, headers }: Pick<Call, 'body' | 'headers'>): boolean {
  const coding = headers['transfer-encoding'];
  return coding === undefined ? body === undefined : coding.toLowerCase() !== 'chunked';
}

const METHODS_WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** Whether the service sees a body: it ignores one without a length on methods that usually have none. */
export const hasBody = (call: Pick<Call, 'body' | 'headers' | 'method'>): boolean =>
  !isBodyMissing(call) && (call.headers['content-length'] !== undefined || METHODS_WITH_BODY.has(call.method));
