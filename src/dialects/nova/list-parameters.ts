/** List parameters that Nova and Rackspace's Cloud Servers share. */
import type { Caller } from '../../domain/caller.ts';
import { compareTexts } from '../../domain/image-store/image-order.ts';
import type { Audience } from '../../domain/image-store/image-query.ts';
import { encodeQuery } from '../shared/paging.ts';

/** Maximum size of a page. */
export const MAX_PAGE = 1000;

/** The images that a caller can list: public ones, its own, and shared ones that its project accepted. */
export const audienceOf = (caller: Caller): Audience => ({
  kind: 'project',
  projectId: caller.projectId,
  own: true,
  visibilities: caller.isAdmin ? ['public', 'private', 'shared'] : ['public'],
  sharedAs: caller.isAdmin ? [] : ['accepted'],
});

/**
 * The address of the next page: the parameters of the request sorted by name, with the new marker in place of the old
 * one, or at the end. A repeated parameter appears once, with its greatest value, as in Nova.
 */
export function nextAddress(path: string, parameters: Iterable<readonly [string, string]>, lastId: string): string {
  const sorted = [...parameters].sort(
    ([name, value], [other, otherValue]) => compareTexts(name, other) || compareTexts(value, otherValue),
  );
  return `${path}?${encodeQuery(new Map(sorted).set('marker', lastId))}`;
}

/** The id in a filter that names a server or image by its id or address. */
export const idInAddress = (value: string): string => value.split('/').at(-1) ?? '';
