import type { Call } from '../../contract/contract.ts';

/** The `links` of a collection, which is always a single page. */
export const collectionLinks = (call: Call, path: string): object => ({
  next: null,
  self: `${call.base}${path}${call.search === '' ? '' : `?${call.search}`}`,
  previous: null,
});
