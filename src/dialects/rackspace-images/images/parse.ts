import type { Caller } from '../../../domain/caller.ts';
import type { ImageQuery } from '../../../domain/image-store/image-query.ts';
import { DomainError } from '../../../domain/problem.ts';
import type { PatchRules } from '../../glance/image-patch.ts';
import { GLANCE_SORT_KEYS, parseImageList } from '../../glance/list-query.ts';
import { isProvidersOwn } from '../../rackspace/properties.ts';
import { CONTAINER_FORMATS, DISK_FORMATS } from './schemas.ts';

/** A page holds no more; the size, too, when none is asked for. */
export const PAGE = 100;

/** A list request, or what is wrong with it. `offset` counts the images to pass over first. */
export function parseList(
  parameters: URLSearchParams,
  caller: Caller,
): { readonly query: ImageQuery; readonly offset: number } | string {
  let offset = 0;
  const query = parseImageList(parameters, {
    projectId: caller.projectId,
    limitDefault: PAGE,
    limitMost: PAGE,
    visibilities: ['public', 'private', 'shared'],
    sortKeys: GLANCE_SORT_KEYS,
    hasOperators: false,
    take: (name, value) => {
      if (name !== 'offset') return false;
      if (!/^\d+$/.test(value)) return 'offset param must be a whole number that is not negative';
      offset = Number(value);
      return true;
    },
  });
  return typeof query === 'string' ? query : { query, offset };
}

/** What a patch may say here. */
export const PATCH_RULES: PatchRules = {
  diskFormats: DISK_FORMATS,
  containerFormats: CONTAINER_FORMATS,
  refusesNull: true,
  guard: (name) => {
    if (isProvidersOwn(name)) throw new DomainError({ kind: 'reserved', attribute: name });
  },
};
