import { decodeBytes } from '../../base/percent.ts';
import type { Call } from '../../contract/contract.ts';
import { cleanPath } from '../shared/web-server-path.ts';

/** The `links` of a collection, which is always a single page. */
export const collectionLinks = (call: Call, path: string): object => ({
  next: null,
  self: selfLink(call, path),
  previous: null,
});

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
