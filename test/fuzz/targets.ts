import { ADMIN_OPERATIONS } from '../../src/admin/operations/index.ts';
import type { JsonSchema } from '../../src/contract/schema.ts';
import { DIALECTS } from '../../src/dialects/index.ts';

/** An operation that requests are made for. */
export interface FuzzTarget {
  readonly api: string;
  /** Upper case. */
  readonly method: string;
  /** Path template, including the mount. */
  readonly path: string;
  /** Names of query parameters, and of members of bodies. */
  readonly queryNames: readonly string[];
  readonly bodyNames: readonly string[];
  /** Media types of bodies. */
  readonly types: readonly string[];
}

const JSON_TYPE = 'application/json';
const PATCH_TYPES = ['application/openstack-images-v2.1-json-patch', 'application/openstack-images-v2.0-json-patch'];

/** Names that bodies and queries of all services use. */
const BODY_NAMES = ['name', 'id', 'op', 'path', 'value', 'type', 'input', 'tags', 'auth', 'metadata', 'image', 'links'];
const QUERY_NAMES = [
  'limit',
  'marker',
  'name',
  'sort',
  'sort_key',
  'sort_dir',
  'status',
  'tag',
  'changes-since',
  'size_min',
];

/** Returns all operations of the dialects and of the admin API. */
export const fuzzTargets = (): readonly FuzzTarget[] => [
  ...DIALECTS.flatMap(({ contract, name }) =>
    Object.values(contract.operations).map(
      (operation): FuzzTarget => ({
        api: name,
        method: operation.method.toUpperCase(),
        path: (operation.mount ?? contract.mount) + operation.path,
        queryNames: QUERY_NAMES,
        bodyNames: [...BODY_NAMES, ...namesIn(operation.request)],
        types: operation.method === 'patch' ? [...PATCH_TYPES, JSON_TYPE] : [JSON_TYPE],
      }),
    ),
  ),
  ...Object.values(ADMIN_OPERATIONS)
    .filter(({ id }) => !KEPT_OUT.has(id))
    .map(
      ({ method, path, query = {}, request }): FuzzTarget => ({
        api: 'admin',
        method: method.toUpperCase(),
        path: `/__admin${path}`,
        queryNames: Object.keys(query).length > 0 ? Object.keys(query) : ['limit'],
        bodyNames: ['name', ...namesIn(request)],
        types: [JSON_TYPE],
      }),
    ),
];

/** Operations that end the run: another certificate for the port, and a stream without an end. */
const KEPT_OUT: ReadonlySet<string> = new Set(['setPort', 'streamRequests']);

/** Returns all names and allowed texts in a schema. */
function namesIn(schema: JsonSchema | undefined): readonly string[] {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { properties, enum: allowed } = value as { readonly properties?: object; readonly enum?: readonly unknown[] };
    for (const name of Object.keys(properties ?? {})) names.add(name);
    if (Array.isArray(allowed)) for (const one of allowed) if (typeof one === 'string') names.add(one);
    for (const part of Object.values(value)) visit(part);
  };
  visit(schema);
  return [...names];
}
