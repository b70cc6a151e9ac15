import type { Json } from '../../../base/json.ts';
import type { EntityRecord, RecordKind, RecordTypes } from '../../../identity/records/record.ts';
import { withoutHidden } from '../../../identity/records/records.ts';
import { type RecordRequest, without } from './record-request.ts';
import type { Resource } from './resource.ts';

/** Members of records that clients have added: those that the resource does not know. */
export const extraMembers = ({ kind, members, leading = [] }: Resource, record: EntityRecord): Json =>
  without(withoutHidden(kind, record as RecordTypes[RecordKind]), [...members, ...leading, 'links']);

/** A record as Keystone returns it: leading members, those of clients, its own, and links. */
export function presentRecord(resource: Resource, record: EntityRecord, request: RecordRequest): Json {
  const { leading = [], members, fixed, links = selfLinks(resource) } = resource;
  const whole = { ...record, ...fixed };
  const reply = {
    ...pick(whole, leading),
    ...extraMembers(resource, record),
    ...pick(whole, members),
    links: links(record, apiBase(request)),
  };
  return resource.present?.(reply, record, request) ?? reply;
}

/** URL of version 3 of the API. */
export const apiBase = ({ call }: RecordRequest): string => `${call.base}/v3`;

const selfLinks =
  ({ path }: Resource) =>
  ({ id }: EntityRecord, base: string): Json => ({ self: `${base}${path.replace('/v3', '')}/${id}` });

/** Picks members in the given order; absent ones are left out. */
function pick(record: Json, names: readonly string[]): Json {
  const picked: Record<string, unknown> = {};
  for (const name of names) if (record[name] !== undefined) picked[name] = record[name];
  return picked;
}

/** A record as the operations on one record return it. */
export function presentOne(resource: Resource, record: EntityRecord, request: RecordRequest): Json {
  const reply = presentRecord(resource, record, request);
  return resource.presentOne?.(reply) ?? reply;
}

/** The reply to an update, in which some resources repeat the members of clients as `extra`, before `options`. */
export function presentUpdated(resource: Resource, record: EntityRecord, request: RecordRequest): Json {
  const reply = presentOne(resource, record, request);
  if (resource.repeatsExtra !== true) return reply;
  const entries = Object.entries(reply);
  const at = entries.findIndex(([name]) => name === 'options' || name === 'links');
  return Object.fromEntries([...entries.slice(0, at), ['extra', extraMembers(resource, record)], ...entries.slice(at)]);
}
