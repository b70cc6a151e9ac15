import type { Operation } from '../../../contract/contract.ts';
import {
  EXTRA_SPEC_REPLY,
  EXTRA_SPECS_REPLY,
  FLAVOR_ACCESS_REPLY,
  FLAVOR_REPLY,
  FLAVORS_DETAIL_REPLY,
  FLAVORS_REPLY,
} from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';
const FLAVORS = '/v2.1/{tenant_id}/flavors';

const READ = { method: 'get', success: 200, annex: 'flavors' } as const;
// Nova's default policy lets everybody read flavors.
const READ_BY_ALL = { ...READ, triggers: { 403: 'inject' } } as const;
const LIST = { ...READ_BY_ALL, statuses: [200, 400, 401, 403], alsoSeen: [404, 406, 415] } as const;
const SHOW = { ...READ_BY_ALL, statuses: [200, 401, 403, 404], alsoSeen: [400, 406, 415] } as const;

/** Flavors, which fixtures define. */
export const flavorOperations = {
  listFlavors: {
    ...LIST,
    path: FLAVORS,
    summary: 'Lists id, name and links of flavors.',
    response: FLAVORS_REPLY,
    source: `${SOURCE}, "List Flavors"`,
  },
  listFlavorsDetail: {
    ...LIST,
    path: `${FLAVORS}/detail`,
    summary: 'Lists flavors in full.',
    response: FLAVORS_DETAIL_REPLY,
    source: `${SOURCE}, "List Flavors With Details"`,
  },
  showFlavor: {
    ...SHOW,
    path: `${FLAVORS}/{flavor_id}`,
    summary: 'Returns one flavor.',
    response: FLAVOR_REPLY,
    source: `${SOURCE}, "Show Flavor Details"`,
  },
  listFlavorExtraSpecs: {
    ...SHOW,
    path: `${FLAVORS}/{flavor_id}/os-extra_specs`,
    summary: 'Returns the extra specs of a flavor.',
    response: EXTRA_SPECS_REPLY,
    source: `${SOURCE}, "List Extra Specs For A Flavor"`,
  },
  showFlavorExtraSpec: {
    ...SHOW,
    path: `${FLAVORS}/{flavor_id}/os-extra_specs/{key}`,
    summary: 'Returns one extra spec of a flavor.',
    response: EXTRA_SPEC_REPLY,
    source: `${SOURCE}, "Show An Extra Spec For A Flavor"`,
  },
  listFlavorAccess: {
    ...SHOW,
    path: `${FLAVORS}/{flavor_id}/os-flavor-access`,
    summary: 'Lists the projects that may use a flavor that is not public.',
    response: FLAVOR_ACCESS_REPLY,
    source: `${SOURCE}, "List Flavor Access Information For Given Flavor"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
