/** New and changed records of a resource. */
import { isObject, type Json } from '../../../base/json.ts';
import type { EntityRecord, RecordKind } from '../../../identity/records/record.ts';
import { badRequest, conflict, notFound } from '../request-error.ts';
import { assertMutable, liftsProtection } from './immutable.ts';
import { pathId, type RecordRequest, without } from './record-request.ts';
import { notFoundMessage, type Resource } from './resource.ts';
import { storeRecord } from './storage.ts';

/** Builds a record of a valid body, and stores it. @throws RequestError if a rule of the resource forbids it. */
export function createRecord(resource: Resource, body: Json, request: RecordRequest): EntityRecord {
  const record = newRecord(resource, body, request);
  storeRecord(resource, request.records, record);
  return record;
}

/** Builds records of valid bodies, and stores them all. @throws RequestError if a rule forbids one of them; then none is stored. */
export function createRecords(
  resource: Resource,
  bodies: readonly Json[],
  request: RecordRequest,
): readonly EntityRecord[] {
  const created = bodies.map((body) => newRecord(resource, body, request));
  for (const { kind = resource.one, value, details } of resource.unique ?? []) {
    const keys = new Set<string>();
    for (const record of created) {
      const key = value(record);
      if (key === undefined) continue;
      if (keys.has(key)) conflict(kind, details(record, true));
      keys.add(key);
    }
  }
  for (const record of created) storeRecord(resource, request.records, record);
  return created;
}

/** Builds a record of a valid body without storing it. @throws RequestError if a rule of the resource forbids it. */
export function newRecord(resource: Resource, body: Json, request: RecordRequest): EntityRecord {
  const { options } = body;
  const draft = {
    ...without(keptMembers(resource, body), ['id']),
    ...Object.fromEntries(Object.entries(resource.defaults).filter(([name]) => !(name in body))),
    ...(isObject(options) && 'options' in resource.defaults && { options: setOptions({}, options) }),
    id: newId(resource, body, request),
  };
  const record = resource.rules?.create?.(draft, request) ?? draft;
  assertFits(resource, record);
  assertUnique(resource, record, request);
  return record;
}

/** The members of a body that a record keeps. Keystone stores unknown ones in a column `extra`, and loses a member of that name. */
function keptMembers(resource: Resource, body: Json): Json {
  const { dropsExtra, members, trimsName } = resource;
  if (dropsExtra === true) return Object.fromEntries(Object.entries(body).filter(([name]) => members.includes(name)));
  const kept = resource.hasExtra === false ? body : without(body, ['extra']);
  return trimsName === true && typeof kept['name'] === 'string' ? { ...kept, name: kept['name'].trim() } : kept;
}

/** The id of a new record: that of the path or of the body, or a generated one. */
function newId({ createBy, acceptsId, idParam, kind }: Resource, body: Json, request: RecordRequest): string {
  if (createBy === 'put') return pathId(request, idParam);
  const { id, name = '', domain_id: domainId = '' } = body;
  if (acceptsId === true && typeof id === 'string' && id !== '') return id;
  return request.context.cloud.ids.nextHex('keystone', kind, String(domainId), String(name));
}

/** What a client wants to change. */
interface Update {
  /** `undefined` if there is no such record. */
  readonly before: EntityRecord | undefined;
  readonly body: Json;
}

/** Builds the record that an update makes. @throws RequestError 404, or if a rule of the resource forbids it. */
export function updatedRecord(resource: Resource, { before, body }: Update, request: RecordRequest): EntityRecord {
  const id = pathId(request, resource.idParam);
  if (resource.ignoresId !== true && body['id'] != null && body['id'] !== id) badRequest('Cannot change ID');
  resource.rules?.beforeUpdate?.(body, request);
  if (before === undefined) notFound(notFoundMessage(resource, id, request));
  if (resource.immutable !== undefined) assertUpdatable(resource, before, body);
  const record = resource.rules?.update?.(mergeBody(resource, before, body), before, body, request);
  const after = record ?? mergeBody(resource, before, body);
  assertFits(resource, after);
  assertUnique(resource, after, request, before);
  return after;
}

function assertUpdatable(resource: Resource, before: EntityRecord, body: Json): void {
  if (resource.immutable === 'until-unset' && liftsProtection(body)) return;
  assertMutable(resource, before, 'update');
}

function mergeBody(resource: Resource, before: EntityRecord, body: Json): EntityRecord {
  const { defaults } = resource;
  const { options } = body;
  return {
    ...before,
    ...keptMembers(resource, body),
    ...('options' in defaults && {
      options: isObject(options) ? setOptions(before['options'], options) : before['options'],
    }),
    id: before.id,
  };
}

/** Rejects texts that are longer than their columns. @throws RequestError 400. */
function assertFits({ columns = {} }: Resource, record: EntityRecord): void {
  for (const [name, length] of Object.entries(columns)) {
    const value = record[name];
    if (typeof value !== 'string' || [...value].length <= length) continue;
    badRequest(
      `String length exceeded. The length of string '${value}' exceeds the limit of column ${name}(CHAR(${length})).`,
    );
  }
}

/** Sets options; `null` removes one. */
function setOptions(before: unknown, changes: Json): Json {
  const merged = { ...(isObject(before) ? before : {}), ...changes };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

/** Rejects a record whose key another one has. @throws RequestError 409. */
function assertUnique(
  { kind, one, unique = [] }: Resource,
  record: EntityRecord,
  { records }: RecordRequest,
  before?: EntityRecord,
): void {
  for (const { kind: label = one, index, value, details } of unique) {
    const key = value(record);
    if (key === undefined || (before !== undefined && value(before) === key)) continue;
    if (records.first<RecordKind>(kind, index, key) === undefined) continue;
    conflict(label, details(record, before === undefined));
  }
}
