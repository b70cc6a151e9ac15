/** Pages of lists in newer releases: `limit` and `marker`. */
import type { Release } from '../../../base/release.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { peekSince, since } from '../profiles.ts';
import { badRequest, notFound } from '../request-error.ts';
import type { RecordRequest } from './record-request.ts';
import type { Resource } from './resource.ts';

/** How a list has pages. */
export interface Paging {
  readonly since: Release;
  /**
   * `database` sorts by id and starts after the marker; `cut` cuts the list off, and ignores the marker; `cut-early` reads one
   * record more than the limit before.
   */
  readonly by: 'database' | 'cut' | 'cut-early';
  /** Whether the database always has a filter, and so counts a full page as one that is cut off. */
  readonly isFiltered?: boolean;
}

/** The lists with pages, by the member that holds them. */
const PAGES: Readonly<Record<string, Paging>> = {
  users: { since: '2025.1', by: 'database' },
  groups: { since: '2025.1', by: 'database' },
  projects: { since: '2025.1', by: 'database', isFiltered: true },
  domains: { since: '2025.1', by: 'database', isFiltered: true },
  services: { since: '2025.1', by: 'cut-early' },
  regions: { since: '2025.1', by: 'cut-early' },
  credentials: { since: '2025.1', by: 'cut-early' },
  policies: { since: '2025.1', by: 'cut-early' },
  identity_providers: { since: '2025.1', by: 'cut-early' },
  registered_limits: { since: '2026.2', by: 'cut-early' },
  limits: { since: '2026.2', by: 'cut-early' },
  roles: { since: '2026.2', by: 'cut' },
  endpoints: { since: '2026.2', by: 'cut' },
  service_providers: { since: '2026.2', by: 'cut' },
  application_credentials: { since: '2026.2', by: 'cut' },
};

/** A request for a list. */
type ListRequest = Pick<RecordRequest, 'call' | 'context'>;

/** Returns how a list has pages in the release of a world; `undefined` if it has none. @param many - member that holds the items. */
export function pagingOf(many: string, { call, context: { cloud } }: ListRequest): Paging | undefined {
  const paging = PAGES[many];
  if (paging === undefined) return undefined;
  // Without a limit, lists that are not sorted are the same in all releases.
  const isSame = paging.by !== 'database' && !call.query.has('limit');
  return (isSame ? peekSince : since)(cloud, paging.since) ? paging : undefined;
}

/** What a list shows of its items. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Whether items were left out. */
  readonly isTruncated: boolean;
}

/** The whole of a list. */
export const wholePage = <T>(items: readonly T[]): Page<T> => ({ items, isTruncated: false });

/** An integer as Python reads it. */
const INTEGER = /^\s*[+-]?\d+(?:_\d+)*\s*$/;

/** Reads the limit of a query. @throws RequestError 400; the service fails with a 500. */
export function limitOf(query: URLSearchParams): number | undefined {
  const text = query.get('limit') ?? '';
  if (text === '') return undefined;
  if (!INTEGER.test(text)) {
    badRequest(`Invalid input for field/attribute limit. Value: ${text}. '${text}' is not of type 'integer'`);
  }
  return Number(text.replaceAll('_', ''));
}

/** Cuts a list off. */
export function cutPage<T>(items: readonly T[], { by }: Pick<Paging, 'by'>, limit: number | undefined): Page<T> {
  if (limit === undefined) return wholePage(items);
  const read = by === 'cut-early' && limit >= -1 ? items.slice(0, limit + 1) : items;
  return { items: read.slice(0, limit), isTruncated: read.length > limit };
}

/** The filters of a list that its database applies, and those that Keystone applies to its page. */
interface DatabaseFilters {
  /** Whether the query, or the token, has a filter. */
  readonly hasFilter: boolean;
  readonly late: (record: EntityRecord) => boolean;
}

/** The page of a list that is sorted by id. @throws RequestError 404 for an unknown marker. */
export function databasePage(
  resource: Resource,
  request: RecordRequest,
  records: readonly EntityRecord[],
  { hasFilter, late }: DatabaseFilters,
): Page<EntityRecord> {
  const { query } = request.call;
  const limit = limitOf(query);
  const rows = afterMarker([...records].sort(byId), query.get('marker') ?? '', { resource, request });
  if (limit === undefined) return wholePage(rows.filter(late));
  if (!hasFilter) return { items: rows.slice(0, limit), isTruncated: rows.length > limit };
  // The database reads no more than the limit, and all for one that is not positive.
  const read = limit > 0 ? rows.slice(0, limit) : rows;
  return { items: read.filter(late), isTruncated: read.length >= limit };
}

const byId = ({ id: one }: EntityRecord, { id: other }: EntityRecord): number =>
  one < other ? -1 : Number(one > other);

/** Where a marker is looked up. */
interface MarkerPlace {
  readonly resource: Resource;
  readonly request: RecordRequest;
}

function afterMarker(
  sorted: readonly EntityRecord[],
  marker: string,
  { resource: { kind }, request: { records } }: MarkerPlace,
): readonly EntityRecord[] {
  if (marker === '') return sorted;
  const isKnown = records.has(kind, marker) || (kind === 'project' && records.has('domain', marker));
  if (!isKnown) notFound(`Marker ${marker} could not be found.`);
  return sorted.filter(({ id }) => id > marker);
}
