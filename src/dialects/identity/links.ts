import { decodeBytes } from '../../base/percent.ts';
import type { Call } from '../../contract/contract.ts';
import { cleanPath } from '../shared/web-server-path.ts';

/** The `links` of a collection. @param nextMarker - the marker of the next page, if there is one. */
export const collectionLinks = (call: Call, path: string, nextMarker?: string): object => ({
  next: nextMarker === undefined ? null : `${call.base}${path}?${withMarker(call.search, nextMarker)}`,
  self: selfLink(call, path),
  previous: null,
});

const MARKER = /(^|&)marker=[^&]*/;

/** A query with the marker of the next page, in place of its own. */
function withMarker(search: string, marker: string): string {
  const parameter = `marker=${encodeURIComponent(marker)}`;
  return MARKER.test(search) ? search.replace(MARKER, `$1${parameter}`) : `${search}&${parameter}`;
}

/** The URL of a path, with the query of the request. */
export const selfLink = (call: Call, path: string): string =>
  `${call.base}${path}${call.search === '' ? '' : `?${call.search}`}`;

/** A replacement character, which stands for bytes that are not UTF-8. */
const REPLACED = '%EF%BF%BD';

/** The path of a request below the mount, decoded byte by byte, as links show it. */
export function pathBytes({ path, target }: Pick<Call, 'path' | 'target'>): string {
  if (!path.includes(REPLACED)) return decodeBytes(path);
  const sent = decodeBytes(cleanPath(target.split('?', 1)[0] ?? '')).replace(/\/+$/, '');
  return `/${sent
    .split('/')
    .slice(1 - decodeBytes(path).split('/').length)
    .join('/')}`;
}
