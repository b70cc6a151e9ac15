import type { Caller } from '../../../domain/caller.ts';
import { VISIBILITIES, type Visibility } from '../../../domain/image.ts';
import type { Audience, ImageQuery } from '../../../domain/image-store/image-query.ts';
import type { Limits } from '../../../domain/limits.ts';
import { MEMBER_STATUSES, type MemberStatus } from '../../../domain/member.ts';
import { LISTABLE } from '../../glance/image-list/older-rules.ts';
import {
  booleanFilter,
  fail,
  ISO_TIME_FILTERS,
  ignore,
  limit,
  marker,
  memberStatus,
  numberFilters,
  onFirst,
  onLast,
  sizeBounds,
  tag,
  tagCharacters,
  textFilters,
  visibility,
} from '../../glance/image-list/parameters.ts';
import { type ListDraft, type ListRules, pageSizeOf, parseImageList } from '../../glance/image-list/query.ts';
import { parseSort } from '../../glance/image-list/sort.ts';
import { badRequest, GLANCE_VALUES } from '../../glance/image-list/values.ts';

/** How this API lists images. */
const RULES: ListRules = {
  parameters: {
    ...textFilters(LISTABLE, GLANCE_VALUES.texts),
    ...textFilters({
      owner: 'owner',
      checksum: 'checksum',
      os_hash_algo: 'hashAlgorithm',
      os_hash_value: 'hashValue',
    }),
    ...numberFilters(
      { min_disk: 'minDisk', min_ram: 'minRam', size: 'sizeBytes', virtual_size: 'virtualSizeBytes' },
      GLANCE_VALUES.number,
    ),
    ...sizeBounds(GLANCE_VALUES),
    ...ISO_TIME_FILTERS,
    tag,
    tagCharacters,
    // `before` parses these five; an image's record has no `deleted`.
    tags: tagCharacters,
    sort_key: ignore,
    sort_dir: ignore,
    os_hidden: ignore,
    protected: ignore,
    visibility: ignore,
    deleted: ignore,
    // The service stores these in other tables and fails on them.
    locations: fail,
    members: fail,
    properties: fail,
  },
  singles: new Set(['limit', 'marker', 'sort', 'member_status']),
  before: [
    ({ parameters }) => {
      if (parameters.has('changes-since')) throw badRequest('The "changes-since" filter is no longer available on v2.');
    },
    parseVisibilities,
    onFirst('member_status', memberStatus),
    onFirst('limit', limit(GLANCE_VALUES)),
    (draft) => {
      draft.sort = parseSort(draft.parameters);
    },
    onLast('os_hidden', booleanFilter('isHidden', true)),
    onLast('protected', booleanFilter('isProtected')),
    onFirst('marker', marker),
  ],
  after: [],
  audience: audienceOf,
};

// An empty visibility is accepted and matches nothing.
const visibilityFilter = visibility([...VISIBILITIES, '', 'all']);

/** Only the last of several visibilities must be valid; an image must have both it and the first one. */
function parseVisibilities(draft: ListDraft): void {
  const [first, ...others] = draft.parameters.getAll('visibility');
  if (first === undefined) return;
  const last = others.at(-1) ?? first;
  visibilityFilter(draft, last, 'visibility');
  draft.visibility = first;
  if (others.length > 0) draft.equal.visibility = [first === 'all' || first === last ? last : ''];
}

/**
 * Parses the query of a list of images.
 * @throws GlanceError 400 for an invalid value.
 */
export function parseListQuery(parameters: URLSearchParams, caller: Caller, limits: Limits): ImageQuery {
  if (parameters.size === 0) return defaultQuery(caller, limits);
  return parseImageList({ parameters, caller, pageSize: pageSizeOf(limits) }, RULES);
}

/** The query of a list without parameters. */
const defaultQuery = (caller: Caller, limits: Limits): ImageQuery => ({
  audience: audienceOf(caller, { visibility: undefined, memberStatus: 'accepted' }),
  equal: { isHidden: [false] },
  limit: limits.listDefault,
});

/** Whose images the caller sees. The `visibility` parameter narrows them further; that is a filter of its own. */
function audienceOf(caller: Caller, draft: Pick<ListDraft, 'visibility' | 'memberStatus'>): Audience {
  const { visibility, memberStatus } = draft;
  if (caller.isAdmin) {
    return visibility === undefined ? project(caller, ['public', 'private', 'shared'], []) : { kind: 'everyone' };
  }
  if (caller.projectId === '') return withoutProject(visibility);
  const sharedAs = memberStatus === 'all' ? MEMBER_STATUSES : [memberStatus];
  switch (visibility) {
    case 'community':
      return project(caller, ['community'], []);
    case 'all':
      return project(caller, ['public', 'community'], sharedAs);
    default:
      return project(caller, ['public'], sharedAs);
  }
}

/** A caller without a project lists what is shared with any project, although it cannot show it. */
const withoutProject = (visibility: string | undefined): Audience => ({
  kind: 'project',
  projectId: '',
  own: false,
  visibilities:
    visibility === 'community' ? ['community'] : visibility === 'all' ? ['public', 'community'] : ['public'],
  sharedAs: [],
  sharedWithAny: true,
});

const project = (caller: Caller, visibilities: readonly Visibility[], sharedAs: readonly MemberStatus[]): Audience => ({
  kind: 'project',
  projectId: caller.projectId,
  own: true,
  visibilities,
  sharedAs,
});
