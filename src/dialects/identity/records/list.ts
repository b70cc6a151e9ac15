import type { EntityRecord, RecordKind } from '../../../identity/records/record.ts';
import type { IndexName } from '../../../identity/records/record-kinds.ts';
import { type FilterValue, matchesQuery } from '../filters.ts';
import type { RecordRequest } from './record-request.ts';
import type { Resource } from './resource.ts';

/** Returns the records that a list shows: those that match its filters and that the token lets the requester see. */
export function selectRecords(resource: Resource, request: RecordRequest): readonly EntityRecord[] {
  const { query } = request.call;
  const { scope } = request.requester;
  const domainId = resource.isListedByDomain === true && scope.kind === 'domain' ? scope.domainId : undefined;
  return candidates(resource, request).filter(
    (record) =>
      (domainId === undefined || record['domain_id'] === domainId) &&
      resource.lists?.(record, request) !== false &&
      matchesFilters(resource.filters, record, query),
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

/** Returns whether a record matches a query. Parameters that are no filters of the list are ignored. */
export const matchesFilters = (filters: Resource['filters'], record: EntityRecord, query: URLSearchParams): boolean =>
  matchesQuery(Object.fromEntries(Object.keys(filters).map((name) => [name, filterValue(record[name])])), query);

const filterValue = (value: unknown): FilterValue =>
  typeof value === 'string' || typeof value === 'boolean' ? value : null;
