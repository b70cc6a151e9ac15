import type { Operation } from '../../../contract/contract.ts';
import { anyObject } from '../schemas.ts';
import { accessSchema, EXTRA_SPEC_REQUEST, EXTRA_SPECS_REQUEST, FLAVOR_UPDATE } from './request-schemas.ts';
import { FLAVOR_ACCESS_REPLY, FLAVOR_REPLY, WRITTEN_SPEC_REPLY, WRITTEN_SPECS_REPLY } from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';
const FLAVOR = '/v2.1/{tenant_id}/flavors/{flavor_id}';

const CHANGE = { success: 200, annex: 'flavors', alsoSeen: [406, 413, 415, 500] } as const;
const ACCESS = {
  ...CHANGE,
  alsoSeen: [406, 413, 415],
  method: 'post',
  path: `${FLAVOR}/action`,
  statuses: [200, 400, 401, 403, 404, 409],
  response: FLAVOR_ACCESS_REPLY,
} as const;

/** Changes of flavors, which the default policy allows to administrators. */
export const flavorChangeOperations = {
  createFlavor: {
    ...CHANGE,
    method: 'post',
    path: '/v2.1/{tenant_id}/flavors',
    summary: 'Creates a flavor.',
    alsoSeen: [404, 406, 413, 415, 500],
    statuses: [200, 400, 401, 403, 409],
    request: anyObject('flavor'),
    response: FLAVOR_REPLY,
    source: `${SOURCE}, "Create Flavor"`,
  },
  updateFlavor: {
    ...CHANGE,
    method: 'put',
    path: FLAVOR,
    summary: 'Changes the description of a flavor, from microversion 2.55.',
    statuses: [200, 400, 401, 403, 404],
    request: FLAVOR_UPDATE,
    response: FLAVOR_REPLY,
    source: `${SOURCE}, "Update Flavor Description"`,
  },
  deleteFlavor: {
    ...CHANGE,
    method: 'delete',
    path: FLAVOR,
    summary: 'Deletes a flavor.',
    alsoSeen: [400, 406, 413, 415],
    success: 202,
    statuses: [202, 401, 403, 404],
    source: `${SOURCE}, "Delete Flavor"`,
  },
  addFlavorAccess: {
    ...ACCESS,
    summary: 'Allows a project to use a flavor.',
    request: accessSchema('addTenantAccess'),
    discriminator: 'body: addTenantAccess',
    source: `${SOURCE}, "Add Flavor Access To Tenant (addTenantAccess Action)"`,
  },
  removeFlavorAccess: {
    ...ACCESS,
    triggers: { 409: 'inject' },
    summary: 'Denies a project the use of a flavor.',
    request: accessSchema('removeTenantAccess'),
    discriminator: 'body: removeTenantAccess',
    source: `${SOURCE}, "Remove Flavor Access From Tenant (removeTenantAccess Action)"`,
  },
  createFlavorExtraSpecs: {
    ...CHANGE,
    triggers: { 409: 'inject' },
    method: 'post',
    path: `${FLAVOR}/os-extra_specs`,
    summary: 'Adds extra specs to a flavor, and replaces those of the same names.',
    statuses: [200, 400, 401, 403, 404, 409],
    request: EXTRA_SPECS_REQUEST,
    response: WRITTEN_SPECS_REPLY,
    source: `${SOURCE}, "Create Extra Specs For A Flavor"`,
  },
  updateFlavorExtraSpec: {
    ...CHANGE,
    triggers: { 409: 'inject' },
    method: 'put',
    path: `${FLAVOR}/os-extra_specs/{key}`,
    summary: 'Sets one extra spec of a flavor.',
    statuses: [200, 400, 401, 403, 404, 409],
    request: EXTRA_SPEC_REQUEST,
    response: WRITTEN_SPEC_REPLY,
    source: `${SOURCE}, "Update An Extra Spec For A Flavor"`,
  },
  deleteFlavorExtraSpec: {
    ...CHANGE,
    method: 'delete',
    path: `${FLAVOR}/os-extra_specs/{key}`,
    summary: 'Removes one extra spec of a flavor.',
    alsoSeen: [400, 406, 413, 415],
    statuses: [200, 401, 403, 404],
    source: `${SOURCE}, "Delete An Extra Spec For A Flavor"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
