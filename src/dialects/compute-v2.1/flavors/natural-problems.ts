import type { OfferedFlavor } from '../../../domain/servers/flavors.ts';
import type { FaultRequest, ProblemsByName } from '../../dialect.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { rejectedBody, wrongRequest } from '../../shared/body-reasons.ts';
import { param } from '../../shared/request-values.ts';
import { fault, KEY_MISMATCH, unknownProject } from '../protocol/errors.ts';
import {
  BODY_NOT_UTF8,
  badLimit,
  badMarker,
  memberText,
  NOT_FOUND,
  PARAMETER_UNKNOWN,
  POLICY_DENIED,
  policyDenied,
} from '../protocol/reasons.ts';
import type { flavorChangeOperations } from './change-contract.ts';
import type { flavorOperations } from './contract.ts';
import {
  accessExists,
  accessNotFound,
  accessToPublic,
  flavorIdTaken,
  flavorNameTaken,
  flavorNotFound,
  publicFlavor,
  specNotFound,
  specsContended,
} from './errors.ts';

const flavorIdOf = (request: FaultRequest): string => param(request, 'flavor_id');

/** The flavor of the path; one that does not exist has no number in Nova's database. */
const flavorOf = (request: FaultRequest): Pick<OfferedFlavor, 'number'> =>
  request.context.cloud.flavors.peek(flavorIdOf(request)) ?? { number: 0 };

const FLAVOR_NOT_FOUND: ProblemsByName = { 'flavor-not-found': (request) => flavorNotFound(flavorIdOf(request)) };

const SPEC_NOT_FOUND: ProblemsByName = {
  'spec-not-found': (request) => specNotFound(flavorIdOf(request), param(request, 'key')),
};

const SPECS_CONTENDED: ProblemsByName = { 'specs-contended': (request) => specsContended(flavorIdOf(request)) };

/** The error for a query that a list of flavors rejects. */
const queryRejected = (name: string, search: string): ProblemsByName => ({
  [name]: wrongRequest({ search, isAdmin: true }),
});

const LIST = {
  400: {
    ...badLimit(),
    ...badMarker('marker=none'),
    ...queryRejected('memory-invalid', 'minRam=much'),
    ...queryRejected('disk-invalid', 'minDisk=large'),
    ...queryRejected('visibility-invalid', 'is_public=maybe'),
    ...queryRejected('sort-key-unknown', 'sort_key=color'),
    ...PARAMETER_UNKNOWN,
  },
  403: POLICY_DENIED,
};

const specsDenied = (action: string): ProblemsByName => policyDenied(`os-flavor-extra-specs:${action}`);

/** Reasons for the errors of flavors. */
export const flavorProblems: NaturalProblemsOf<typeof flavorOperations> = {
  listFlavors: LIST,
  listFlavorsDetail: LIST,
  showFlavor: { 403: POLICY_DENIED, 404: FLAVOR_NOT_FOUND },
  listFlavorExtraSpecs: { 403: specsDenied('index'), 404: FLAVOR_NOT_FOUND },
  showFlavorExtraSpec: { 403: specsDenied('show'), 404: { ...SPEC_NOT_FOUND, ...FLAVOR_NOT_FOUND } },
  listFlavorAccess: {
    403: policyDenied('os-flavor-access'),
    404: { 'flavor-public': publicFlavor, ...FLAVOR_NOT_FOUND },
  },
};

const managed = (action: string) => ({ 403: policyDenied(`os-flavor-manage:${action}`) });

const accessTo = (action: 'add' | 'remove') => ({
  400: { 'tenant-missing': rejectedBody({ [`${action}TenantAccess`]: {} }) },
  403: policyDenied(`os-flavor-access:${action}_tenant_access`),
});

const writeSpecs = (action: string) => ({
  403: specsDenied(action),
  404: FLAVOR_NOT_FOUND,
  409: SPECS_CONTENDED,
  500: BODY_NOT_UTF8,
});

/** Reasons for the errors of changes of flavors. */
export const flavorChangeProblems: NaturalProblemsOf<typeof flavorChangeOperations> = {
  createFlavor: {
    ...managed('create'),
    400: { 'name-missing': wrongRequest({ body: { flavor: { ram: 512, vcpus: 1, disk: 1 } } }) },
    409: {
      'flavor-name-taken': (request) => flavorNameTaken(memberText(request, 'flavor', 'name')),
      'flavor-id-taken': (request) => flavorIdTaken(memberText(request, 'flavor', 'id')),
    },
    500: BODY_NOT_UTF8,
  },
  updateFlavor: { ...managed('update'), 404: { ...FLAVOR_NOT_FOUND, ...NOT_FOUND }, 500: BODY_NOT_UTF8 },
  deleteFlavor: { ...managed('delete'), 404: FLAVOR_NOT_FOUND },
  addFlavorAccess: {
    ...accessTo('add'),
    400: {
      'project-unknown': (request) => unknownProject(memberText(request, 'addTenantAccess', 'tenant')),
      ...accessTo('add')[400],
    },
    404: FLAVOR_NOT_FOUND,
    409: {
      'access-exists': (request) =>
        accessExists(flavorOf(request).number, memberText(request, 'addTenantAccess', 'tenant')),
      'flavor-public': accessToPublic,
    },
  },
  removeFlavorAccess: {
    ...accessTo('remove'),
    404: {
      'access-not-found': (request) =>
        accessNotFound(flavorOf(request).number, memberText(request, 'removeTenantAccess', 'tenant')),
      ...FLAVOR_NOT_FOUND,
    },
    409: { 'flavor-public': accessToPublic },
  },
  createFlavorExtraSpecs: writeSpecs('create'),
  updateFlavorExtraSpec: {
    ...writeSpecs('update'),
    400: {
      'key-mismatch': () => fault(400, KEY_MISMATCH),
      'body-invalid': rejectedBody({}, null, []),
    },
  },
  deleteFlavorExtraSpec: { 403: specsDenied('delete'), 404: { ...SPEC_NOT_FOUND, ...FLAVOR_NOT_FOUND } },
};
