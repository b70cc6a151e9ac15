import type { Call, Operation, Reply } from '../../../contract/contract.ts';
import { isUtf8Query } from '../../shared/webob.ts';
import { fault } from './errors.ts';
import { isSince } from './releases.ts';

/** Operations for whose query Nova has a schema. Others ignore a query that is not UTF-8, or fail on it. */
const CHECKED: ReadonlySet<string> = new Set(
  [
    'get servers',
    'get servers/detail',
    'get os-keypairs',
    'get os-keypairs/{keypair_name}',
    'delete os-keypairs/{keypair_name}',
    'get flavors',
    'get flavors/detail',
    'get os-server-groups',
    'get limits',
    'get os-quota-sets/{project_id}',
    'get os-quota-sets/{project_id}/detail',
    'delete os-quota-sets/{project_id}',
    'get os-simple-tenant-usage',
    'get os-simple-tenant-usage/{project_id}',
    'get os-services',
  ].map((route) => route.replace(' ', ' /v2.1/{tenant_id}/')),
);

/** The first release that validates the query of all operations that read. */
const FIRST_WITH_SCHEMAS = '2025.1';

const isChecked = (call: Call, { method, path }: Operation): boolean =>
  CHECKED.has(`${method} ${path}`) || (method === 'get' && isSince(call, FIRST_WITH_SCHEMAS));

const NOT_UTF8 = fault(400, 'Query string is not UTF-8 encoded');

/** Rejects a query that is not UTF-8 in releases that validate the query of the versions. */
export const checkVersionQuery = (call: Call): Reply | undefined =>
  isUtf8Query(call.search) || !isSince(call, FIRST_WITH_SCHEMAS) ? undefined : NOT_UTF8;

/** Rejects a query that is not UTF-8, where Nova validates queries. */
export const checkQuery = (call: Call, operation: Operation): Reply | undefined =>
  isUtf8Query(call.search) || !isChecked(call, operation) ? undefined : NOT_UTF8;
