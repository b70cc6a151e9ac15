import type { Caller } from '../../../domain/caller.ts';
import type { ImageQuery } from '../../../domain/image-store/image-query.ts';
import { DomainError } from '../../../domain/problem.ts';
import { orMessage } from '../../glance/errors.ts';
import { olderListRules } from '../../glance/image-list/older-rules.ts';
import { parseImageList } from '../../glance/image-list/query.ts';
import { badRequest } from '../../glance/image-list/values.ts';
import { olderPatchRules } from '../../glance/image-patch/older-rules.ts';
import { isProviderProperty } from '../../rackspace/properties.ts';
import { PAGE_SIZE } from '../wire.ts';
import { CONTAINER_FORMATS, DISK_FORMATS } from './schemas.ts';

const LIST_RULES = olderListRules({ visibilities: ['public', 'private', 'shared'], hasOperators: false });

/**
 * Parses the parameters of an image list.
 * @returns the query and the number of images to skip first, or the error message for invalid parameters.
 */
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

/** What a patch can set in this API. */
export const PATCH_RULES = olderPatchRules({
  diskFormats: DISK_FORMATS,
  containerFormats: CONTAINER_FORMATS,
  rejectsNull: true,
  checkName(name) {
    if (isProviderProperty(name)) throw new DomainError({ kind: 'reserved', attribute: name });
  },
});
