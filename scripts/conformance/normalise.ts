import { createHash } from 'node:crypto';
import type { NormalizedResponse } from './case.ts';
import type { Received } from './send.ts';

/** Headers that depend on the connection, the clock or the operator, and not on the API. */
const IGNORED = new Set([
  'connection',
  'date',
  'keep-alive',
  'openstack-image-store-ids',
  'server',
  'transfer-encoding',
]);

/** Headers that are only checked for presence. */
const PRESENCE = new Set(['x-compute-request-id', 'x-openstack-request-id', 'x-subject-token', 'x-auth-token']);

/** Longer texts are replaced by their start and their length. */
const MAX_LENGTH = 400;

/** Members that are sets: their order does not matter. */
const SETS = new Set([
  'tags',
  'roles',
  'methods',
  'projects',
  'domains',
  'users',
  'application_credentials',
  'groups',
  'implies',
  'role_assignments',
  'role_inferences',
  'trusts',
]);

/** Members whose value differs between services. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  catalog: '<catalog>',
  serviceCatalog: '<catalog>',
  audit_ids: '<audit ids>',
  request_id: '<request id>',
  data_dir: '<directory>',
  hostId: '<host id>',
  adminPass: '<password>',
  reservation_id: '<reservation id>',
};

/** Length of secrets that the service generates. */
const GENERATED_SECRET_LENGTH = 86;

/** Digests are not replaced, because they identify the data. */
const DIGESTS = new Set(['checksum', 'os_hash_value', 'content-md5']);

/** An id as the name of a member. */
const ID = /^[0-9a-f]{32}$/;

/** Placeholders of lists, by the address or id that they replace. */
export type Names = ReadonlyMap<string, string>;

/** Replaces ids, times, addresses and tokens of a response, and keeps only the first line of error messages. */
export function normalise(received: Received, names: Names): NormalizedResponse {
  const headers: Record<string, string> = {};
  for (const [name, text] of Object.entries(received.headers)) {
    if (IGNORED.has(name)) continue;
    if (name === 'content-length') Object.assign(headers, lengthOf(received));
    else if (PRESENCE.has(name)) headers[name] = '<some>';
    // A set, which some services return in random order.
    else if (name === 'allow') headers[name] = text.split(', ').sort().join(', ');
    else headers[name] = plain(text, names, name);
  }
  return { status: received.status, headers, body: bodyOf(received, names) };
}

/** Keeps Content-Length only for an empty body and for image data, where the body does not imply it. */
function lengthOf({ body, headers }: Received): Readonly<Record<string, string>> {
  const length = headers['content-length'] ?? '';
  if (headers['content-type']?.startsWith('application/octet-stream') === true) return { 'content-length': length };
  if (body.length > 0) return {};
  return { 'content-length': length === '0' ? length : '<some>' };
}

function bodyOf({ body, headers }: Received, names: Names): unknown {
  if (body.length === 0) return null;
  const type = String(headers['content-type'] ?? '');
  const text = body.toString();
  if (/^application\/(.+\+)?json\b/.test(type)) {
    try {
      return value(JSON.parse(text), names, '');
    } catch {
      return plain(text, names, '');
    }
  }
  if (type.startsWith('text/')) return plain(firstLine(text), names, '');
  return body.length > 200 ? { bytes: body.length, sha256: digestOf(body) } : text;
}

/** Sorts the lists of a normalized body. */
export function withoutOrder(item: unknown): unknown {
  if (Array.isArray(item)) return item.map(withoutOrder).sort(byText);
  if (typeof item !== 'object' || item === null) return item;
  return Object.fromEntries(Object.entries(item).map(([name, each]) => [name, withoutOrder(each)]));
}

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

const digestOf = (data: Buffer): string => createHash('sha256').update(data).digest('hex').slice(0, 16);

function value(item: unknown, names: Names, key: string): unknown {
  if (Object.hasOwn(PLACEHOLDERS, key) && item !== null) return PLACEHOLDERS[key];
  if (typeof item === 'string') {
    const text = plain(key === 'message' ? firstLine(item) : item, names, key);
    return key === 'secret' && text.length === GENERATED_SECRET_LENGTH ? '<secret>' : text;
  }
  if (typeof item === 'number') return /^1[5-9]\d{8}(\.\d+)?$/.test(String(item)) ? '<epoch>' : item;
  if (Array.isArray(item)) {
    const list = item.map((each) => value(each, names, ''));
    return SETS.has(key) ? [...list].sort(byText) : list;
  }
  if (typeof item !== 'object' || item === null) return item;
  // The descriptions of projects depend on the operator.
  const isProject = 'is_domain' in item && 'parent_id' in item;
  return Object.fromEntries(
    Object.entries(isProject ? { ...item, description: '<description>' } : item)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [ID.test(name) ? plain(name, names, '') : name, value(each, names, name)]),
  );
}

/** Keeps the first line of a schema violation: the rest prints the schema. */
const firstLine = (text: string): string =>
  text.includes('Failed validating') ? text.slice(0, text.indexOf('Failed validating')).trimEnd() : text;

/** A time in ISO 8601. Its format is kept: `<timeT6Z>` has six fractional digits. */
const TIME = /\b20\d\d-\d\d-\d\d([T ])\d\d:\d\d:\d\d(?:\.(\d+))?(Z|\+00:00)?/g;

function plain(text: string, names: Names, key: string): string {
  let result = text;
  for (const [found, name] of names)
    if (found !== '' && result.includes(found)) result = result.replaceAll(found, name);
  result = result
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uuid>')
    .replace(
      TIME,
      (_whole, separator: string, fraction = '', zone = '') => `<time${separator}${fraction.length}${zone}>`,
    )
    .replace(/\bgAAAA[\w-]+=*/g, '<token>')
    .replace(/'id': \d+, 'url': /g, "'id': <number>, 'url': ")
    // The directory in which a store of files keeps its data.
    .replace(/\bfile:\/\/\/\S*\/(?=store\d\/)/g, 'file:///<directory>/');
  if (!DIGESTS.has(key)) result = result.replace(/\b[0-9a-f]{32}\b/g, '<hex>');
  return result.length > MAX_LENGTH ? `${result.slice(0, 100)}... <${result.length} characters>` : result;
}
