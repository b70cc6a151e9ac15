import type { Call, Operation, Reply } from '../../../contract/contract.ts';
import { isUtf8Query } from '../../shared/webob.ts';
import { fault } from './errors.ts';

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

/** Rejects a query that is not UTF-8, where Nova validates queries. */
export const checkQuery = (call: Call, { method, path }: Operation): Reply | undefined =>
  isUtf8Query(call.search) || !CHECKED.has(`${method} ${path}`)
    ? undefined
    : fault(400, 'Query string is not UTF-8 encoded');
