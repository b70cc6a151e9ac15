import type { Call } from '../../contract/contract.ts';

/** The `links` of a collection, which is always a single page. */
export const collectionLinks = (call: Call, path: string): object => ({
  next: null,
  self: selfLink(call, path),
  previous: null,
});

/** The URL of a path, with the query of the request. */
export const selfLink = (call: Call, path: string): string =>
  `${call.base}${path}${call.search === '' ? '' : `?${call.search}`}`;
