import type { EntityRecord, RecordKind, RecordTypes } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import type { RecordRequest } from './record-request.ts';
import type { Resource } from './resource.ts';

/** Returns a record of a resource by id. */
export const findRecord = (
  { kind, storage }: Resource,
  id: string,
  request: RecordRequest,
): EntityRecord | undefined =>
  storage === undefined ? request.records.get<RecordKind>(kind, id) : storage.get(request.records, id, request);

/** Stores a record of a resource. */
export function storeRecord({ kind, storage }: Resource, records: Records, record: EntityRecord): void {
  if (storage === undefined) records.put<RecordKind>(kind, record as RecordTypes[RecordKind]);
  else storage.put(records, record);
}

/** Deletes a record of a resource, and what goes with it. */
export function removeRecord({ kind, storage }: Resource, records: Records, record: EntityRecord): void {
  if (storage === undefined) records.delete(kind, record.id);
  else storage.delete(records, record);
}

/** Sorts the tags of a record, as the service stores them. */
export const withSortedTags = <R extends EntityRecord>(record: R): R =>
  Array.isArray(record['tags']) ? { ...record, tags: [...record['tags']].sort() } : record;
