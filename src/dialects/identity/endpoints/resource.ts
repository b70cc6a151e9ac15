import type { Json } from '../../../base/json.ts';
import { ROOT_PLACEHOLDER } from '../../../identity/directory/catalog.ts';
import { URL_NAMES } from '../../../identity/records/endpoint-url.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import { missing } from '../fields.ts';
import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import { type RecordRequest, without } from '../records/record-request.ts';
import { defineResource } from '../records/resource.ts';
import { BOOLEAN, createSchema, TEXT, URL_TEXT, updateSchema } from '../records/schema-parts.ts';
import { badRequest } from '../request-error.ts';

const MEMBERS = {
  enabled: BOOLEAN,
  interface: { type: 'string', enum: ['admin', 'internal', 'public'] },
  region_id: TEXT,
  region: TEXT,
  service_id: TEXT,
  url: URL_TEXT,
} as const;

/** Endpoints: addresses of the services in the catalog. */
export const endpoints = defineResource({
  kind: 'endpoint',
  title: { one: 'Endpoint', many: 'Endpoints' },
  one: 'endpoint',
  many: 'endpoints',
  path: '/v3/endpoints',
  idParam: 'endpoint_id',
  section: 'Service catalog and endpoints',
  members: ['id', 'interface', 'region_id', 'service_id', 'url', 'enabled'],
  defaults: { region_id: null, enabled: true },
  schemas: {
    create: createSchema(MEMBERS, ['interface', 'service_id', 'url']),
    update: updateSchema(MEMBERS),
  },
  missingWrapper: null,
  filters: { interface: 'text', service_id: 'text', region_id: 'text' },
  filterIndexes: { service_id: 'service', region_id: 'region' },
  policy: { list: SYSTEM_READ, create: ADMIN, show: SYSTEM_READ, update: ADMIN, delete: ADMIN },
  lookupFirst: ['show', 'update', 'delete'],
  rules: { create: completeEndpoint, beforeUpdate: assertNewReferences, update: completeUpdate },
  present: presentEndpoint,
  sample: { interface: 'public', service_id: 'sample', url: 'http://127.0.0.1/' },
});

/** The old member `region` repeats the id of the region. Fixtures leave the address of this server open. */
function presentEndpoint(
  { links, ...reply }: Json,
  { region_id: region, url }: EntityRecord,
  request: RecordRequest,
): Json {
  return {
    ...reply,
    url: request.call.link(String(url).replaceAll(ROOT_PLACEHOLDER, request.call.root)),
    region,
    links,
  };
}

function completeEndpoint(draft: EntityRecord, request: RecordRequest): EntityRecord {
  const record = withRegion(draft, request);
  if (!isUrlTemplate(String(record['url']))) {
    badRequest(`Cannot create an endpoint with an invalid URL: ${String(record['url'])}.`);
  }
  assertReferences(record, request.records);
  return record;
}

/** A body may name the region by the old member `region`, which creates a region that does not exist. */
function withRegion(draft: EntityRecord, { records }: RecordRequest): EntityRecord {
  const { region, region_id: regionId } = draft;
  if (typeof region !== 'string' || regionId !== null) return draft;
  if (!records.has('region', region)) {
    assertRegionFits(region);
    records.put('region', { id: region, description: '', parent_region_id: null });
  }
  return { ...without(draft, ['region']), id: draft.id, region_id: region };
}

const MAX_REGION_ID = 255;

function assertRegionFits(id: string): void {
  if ([...id].length <= MAX_REGION_ID) return;
  badRequest(`String length exceeded. The length of string '${id}' exceeds the limit of column id(CHAR(255)).`);
}

/** @throws IdentityError `missing` for an unknown region or service. */
function assertReferences({ region_id: region, service_id: service }: Json, records: Records): void {
  if (typeof region === 'string' && !records.has('region', region)) missing('endpoint region_id', 'region table');
  if (typeof service === 'string' && !records.has('service', service)) missing('endpoint service_id', 'service table');
}

function assertNewReferences(
  { region, region_id: regionId, service_id: service }: Json,
  { records }: RecordRequest,
): void {
  if (typeof region === 'string' && regionId === undefined && !records.has('region', region)) assertRegionFits(region);
  assertReferences({ region_id: regionId, service_id: service }, records);
}

function completeUpdate(after: EntityRecord, _before: EntityRecord, body: Json, request: RecordRequest): EntityRecord {
  if (!('region' in body) || 'region_id' in body) return after;
  return withRegion({ ...after, region_id: null }, request);
}

/** A conversion of Python's `%` operator: with a key, or without one. */
const CONVERSION = /%(?:\(([^)]*)\))?[#0 +-]*\d*(?:\.\d+)?([\s\S]?)/g;
const KEYS: ReadonlySet<string> = new Set(URL_NAMES);

/** Returns whether the service can fill a URL in: `$(project_id)s` and `%(project_id)s` stand for ids. */
function isUrlTemplate(url: string): boolean {
  let unkeyed = 0;
  for (const [, key, conversion] of url.replaceAll('$(', '%(').matchAll(CONVERSION)) {
    if (conversion === '%' && key === undefined) continue;
    if (conversion === undefined || !['s', 'r', 'a'].includes(conversion)) return false;
    if (key === undefined) unkeyed += 1;
    else if (!KEYS.has(key)) return false;
  }
  return unkeyed <= 1;
}
