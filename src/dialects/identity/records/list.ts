import type { EntityRecord, RecordKind } from '../../../identity/records/record.ts';
import type { IndexName } from '../../../identity/records/record-kinds.ts';
import { type FilterPart, type FilterValue, matchesQuery } from '../filters.ts';
import { cutPage, databasePage, limitOf, type Page, pagingOf, wholePage } from './pages.ts';
import type { RecordRequest } from './record-request.ts';
import type { Resource } from './resource.ts';

/** Returns the page of a list: of the records that match its filters and that the token lets the requester see. */
export function selectPage(resource: Resource, request: RecordRequest): Page<EntityRecord> {
  const paging = pagingOf(resource.many, request);
  if (paging?.by !== 'database') {
    const records = selectRecords(resource, request);
    return paging === undefined ? wholePage(records) : cutPage(records, paging, limitOf(request.call.query));
  }
  const { query } = request.call;
  return databasePage(resource, request, selectRecords(resource, request, 'database'), {
    hasFilter: paging.isFiltered === true || request.requester.scope.kind === 'domain' || namesFilter(resource, query),
    late: (record) => matchesFilters(resource.filters, record, query, 'late'),
  });
}

/** Whether a query has a filter of a list, with any comparison. */
const namesFilter = ({ filters }: Resource, query: URLSearchParams): boolean =>
  [...query.keys()].some((name) => Object.hasOwn(filters, name.split('__', 1)[0] as string));

function selectRecords(resource: Resource, request: RecordRequest, part?: FilterPart): readonly EntityRecord[] {
  const { query } = request.call;
  const { scope } = request.requester;
  const domainId = resource.isListedByDomain === true && scope.kind === 'domain' ? scope.domainId : undefined;
  return candidates(resource, request).filter(
    (record) =>
      (domainId === undefined || record['domain_id'] === domainId) &&
      resource.lists?.(record, request) !== false &&
      matchesFilters(resource.filters, record, query, part),
  );
}

/** Returns the records of an index that a filter names, or else all records. */
function candidates(resource: Resource, request: RecordRequest): readonly EntityRecord[] {
  const { kind, filterIndexes = {}, storage } = resource;
  if (storage !== undefined) return storage.list(request);
  return indexedRecords(kind, filterIndexes, request) ?? request.records.all<RecordKind>(kind);
}

/** Returns the records of the first index that a filter of the query names. */
export function indexedRecords(
  kind: RecordKind,
  filterIndexes: Readonly<Record<string, IndexName>>,
  { call, records }: RecordRequest,
): readonly EntityRecord[] | undefined {
  for (const [filter, index] of Object.entries(filterIndexes)) {
    const value = call.query.get(filter);
    if (value !== null) return records.by<RecordKind>(kind, index, value);
  }
  return undefined;
}

/** Returns whether a record matches a query. Parameters that are no filters of the list are ignored. @param part - filters that count. */
export const matchesFilters = (
  filters: Resource['filters'],
  record: EntityRecord,
  query: URLSearchParams,
  part?: FilterPart,
): boolean =>
  matchesQuery(Object.fromEntries(Object.keys(filters).map((name) => [name, filterValue(record[name])])), query, part);

const filterValue = (value: unknown): FilterValue =>
  typeof value === 'string' || typeof value === 'boolean' ? value : null;
