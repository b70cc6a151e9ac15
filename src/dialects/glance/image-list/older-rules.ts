import type { EqualityKey } from '../../../domain/image-store/image-query.ts';
import { MEMBER_STATUSES } from '../../../domain/member.ts';
import {
  booleanFilter,
  ignore,
  limit,
  marker,
  memberStatus,
  numberFilters,
  STRICT_TIME_FILTERS,
  sizeBounds,
  tag,
  textFilters,
  visibility,
} from './parameters.ts';
import type { ListRules } from './query.ts';
import { parseSortPairs } from './sort.ts';
import { LISTED_VALUES, PLAIN_VALUES } from './values.ts';

/** Text attributes whose filters can list several values. */
export const LISTABLE: Readonly<Record<string, EqualityKey>> = {
  id: 'id',
  name: 'name',
  status: 'status',
  container_format: 'containerFormat',
  disk_format: 'diskFormat',
};

/** How the lists of an API on an older Glance differ. */
export interface OlderListOptions {
  /** Values that the parameter `visibility` accepts. */
  readonly visibilities: readonly string[];
  /** Whether values can have an operator: `created_at=gt:…`, `name=in:a,b`. */
  readonly hasOperators: boolean;
}

/** Rules for the lists of an API that runs on an older Glance. */
export function olderListRules({ visibilities, hasOperators }: OlderListOptions): ListRules {
  const values = hasOperators ? LISTED_VALUES : PLAIN_VALUES;
  return {
    parameters: {
      ...textFilters(LISTABLE, values.texts),
      ...textFilters({ owner: 'owner', checksum: 'checksum' }),
      ...numberFilters({ min_disk: 'minDisk', min_ram: 'minRam', size: 'sizeBytes' }, values.number),
      ...sizeBounds(values),
      ...(hasOperators && STRICT_TIME_FILTERS),
      limit: limit(values),
      marker,
      tag,
      visibility: visibility(visibilities),
      member_status: memberStatus,
      protected: booleanFilter('isProtected'),
      sort_key: ignore,
      sort_dir: ignore,
    },
    before: [],
    after: [
      (draft) => {
        draft.sort = parseSortPairs(draft.parameters);
      },
    ],
    audience: ({ projectId }, draft) => ({
      kind: 'project',
      projectId,
      own: true,
      visibilities: ['public'],
      sharedAs: draft.memberStatus === 'all' ? MEMBER_STATUSES : [draft.memberStatus],
    }),
  };
}
