import type { Caller } from '../../../domain/caller.ts';
import type { ImageQuery } from '../../../domain/image-store/image-query.ts';
import { DomainError } from '../../../domain/problem.ts';
import { orMessage } from '../../glance/errors.ts';
import { olderListRules } from '../../glance/image-list/older-rules.ts';
import { parseImageList } from '../../glance/image-list/query.ts';
import { badRequest } from '../../glance/image-list/values.ts';
import { olderPatchRules } from '../../glance/image-patch/older-rules.ts';
import { isProvidersOwn } from '../../rackspace/properties.ts';
import { CONTAINER_FORMATS, DISK_FORMATS } from './schemas.ts';

/** Images on a page, by default and at most. */
export const PAGE_SIZE = { default: 100, max: 100 };
const LIST_RULES = olderListRules({ visibilities: ['public', 'private', 'shared'], hasOperators: false });

/** A list request, or what is wrong with it. `offset` counts the images to pass over first. */
export function parseList(
  parameters: URLSearchParams,
  caller: Caller,
): { readonly query: ImageQuery; readonly offset: number } | string {
  let offset = 0;
  const take = (name: string, value: string): boolean => {
    if (name !== 'offset') return false;
    if (!/^\d+$/.test(value)) throw badRequest('offset param must be a whole number that is not negative');
    offset = Number(value);
    return true;
  };
  const query = orMessage(() => parseImageList({ parameters, caller, pageSize: PAGE_SIZE, take }, LIST_RULES));
  return typeof query === 'string' ? query : { query, offset };
}

/** What a patch may say here. */
export const PATCH_RULES = olderPatchRules({
  diskFormats: DISK_FORMATS,
  containerFormats: CONTAINER_FORMATS,
  refusesNull: true,
  checkName(name) {
    if (isProvidersOwn(name)) throw new DomainError({ kind: 'reserved', attribute: name });
  },
});
