import { isObject } from '../../base/json.ts';
import { lazyRecord } from '../../base/lazy-object.ts';
import type { Operation } from '../../contract/contract.ts';
import type { FaultRequest, NaturalProblems, ProblemsByName } from '../dialect.ts';
import type { NaturalProblemsOf } from '../natural-problems.ts';
import { LOG_IN_REASONS, USER_DISABLED } from '../rackspace/log-in-reasons.ts';
import { bodyMember, param } from '../shared/request-values.ts';
import { contract } from './contract.ts';
import { logInProblems } from './log-in-problems.ts';
import {
  COMMON,
  identityReason,
  NOT_AUTHENTICATED,
  policyDenied,
  TOKEN_NOT_FOUND,
  VERSION_UNKNOWN,
  wrongBody,
} from './reasons.ts';
import { withCommonProblems } from './records/special-problems.ts';
import { resourceProblems } from './resources.ts';
import { TENANT_GIVEN_TWICE } from './v2/log-in.ts';

const KEY = 'RAX-KSKEY:apiKeyCredentials';

/** The application credential in the body. */
function newCredential({ call }: FaultRequest): Readonly<Record<string, unknown>> {
  const value = bodyMember(call, 'application_credential');
  return isObject(value) ? value : {};
}

/** The name of the first role that the body asks for. */
function roleIn(request: FaultRequest): string {
  const { roles } = newCredential(request);
  const role: unknown = Array.isArray(roles) ? roles[0] : undefined;
  return String((isObject(role) && (role['name'] ?? role['id'])) || 'none');
}

const CREDENTIAL_NOT_FOUND: ProblemsByName = {
  'credential-not-found': identityReason((request) => ({
    kind: 'credential-not-found',
    credential: param(request, 'application_credential_id'),
  })),
};

const USER_NOT_FOUND: ProblemsByName = {
  'user-not-found': identityReason((request) => ({ kind: 'user-not-found', userId: param(request, 'user_id') })),
};

const token = (action: string) => ({ 400: COMMON[400], 403: policyDenied(action), 404: TOKEN_NOT_FOUND });
const DENIED_BY_OWNER = policyDenied(null);

const PROBLEMS: NaturalProblemsOf<typeof contract.operations> = {
  ...resourceProblems,
  ...logInProblems,
  listVersions: { ...COMMON, 404: VERSION_UNKNOWN },
  showVersionV3: {},
  showToken: token('identity:validate_token'),
  checkToken: token('identity:check_token'),
  revokeToken: token('identity:revoke_token'),
  getCatalog: COMMON,
  listAuthProjects: COMMON,
  listAuthDomains: COMMON,
  listAuthSystem: COMMON,
  listProjects: { 400: COMMON[400], 403: policyDenied('identity:list_projects') },
  listUserProjects: { 400: COMMON[400], 403: policyDenied('identity:list_user_projects'), 404: USER_NOT_FOUND },
  showProject: {
    400: COMMON[400],
    403: policyDenied('identity:get_project'),
    404: {
      'project-not-found': identityReason((request) => ({
        kind: 'project-not-found',
        projectId: param(request, 'project_id'),
      })),
    },
  },
  createApplicationCredential: {
    400: wrongBody('name-missing', {}),
    403: policyDenied('identity:create_application_credential'),
    404: {
      'role-not-found': identityReason((request) => ({ kind: 'role-not-found', role: roleIn(request) })),
      ...USER_NOT_FOUND,
    },
    409: {
      'credential-exists': identityReason((request) => ({
        kind: 'credential-exists',
        name: String(newCredential(request)['name'] ?? ''),
      })),
    },
  },
  listApplicationCredentials: {
    403: policyDenied('identity:list_application_credentials'),
    404: { ...COMMON[404], ...USER_NOT_FOUND },
  },
  showApplicationCredential: {
    403: policyDenied('identity:get_application_credential'),
    404: CREDENTIAL_NOT_FOUND,
  },
  deleteApplicationCredential: {
    403: policyDenied('identity:delete_application_credential'),
    404: CREDENTIAL_NOT_FOUND,
  },
  showVersionV2: { ...COMMON, 404: VERSION_UNKNOWN },
  v2Authenticate: {
    ...COMMON,
    400: { ...wrongBody('auth-missing', {}), ...COMMON[400] },
    404: VERSION_UNKNOWN,
    401: NOT_AUTHENTICATED,
  },
  v2ListTenants: COMMON,
  raxAuthenticateApiKey: { ...LOG_IN_REASONS, 400: wrongBody('user-missing', { auth: { [KEY]: {} } }) },
  raxAuthenticatePassword: { ...LOG_IN_REASONS, 400: wrongBody('user-missing', { auth: { passwordCredentials: {} } }) },
  raxAuthenticateToken: {
    400: { 'tenant-given-twice': identityReason(() => TENANT_GIVEN_TWICE) },
    401: NOT_AUTHENTICATED,
    403: USER_DISABLED,
    404: TOKEN_NOT_FOUND,
  },
  raxShowToken: { 400: COMMON[400], 403: DENIED_BY_OWNER, 404: TOKEN_NOT_FOUND, 413: COMMON[413] },
  raxListTokenEndpoints: { 403: DENIED_BY_OWNER, 404: TOKEN_NOT_FOUND, 406: COMMON[406], 413: COMMON[413] },
  raxRevokeToken: { ...COMMON, 404: VERSION_UNKNOWN },
  iamAuthPassword: {
    400: wrongBody('identity-missing', { auth: {} }),
    401: NOT_AUTHENTICATED,
    403: COMMON[403],
    404: VERSION_UNKNOWN,
  },
  iamShowToken: { 403: policyDenied('identity:validate_token'), 404: TOKEN_NOT_FOUND },
  iamCatalog: COMMON,
  iamListAuthProjects: COMMON,
  iamListProjects: COMMON,
  iamListVersions: { ...COMMON, 404: VERSION_UNKNOWN },
  iamShowVersion: { ...COMMON, 404: VERSION_UNKNOWN },
};

const OPERATIONS: Readonly<Record<string, Operation>> = contract.operations;

const NATURAL_PROBLEMS: NaturalProblems = lazyRecord(Object.keys(OPERATIONS), (id) =>
  withCommonProblems(id, OPERATIONS[id] as Operation, (PROBLEMS as NaturalProblems)[id]),
);

/** Returns the reasons for the errors of the operations of `contract.ts`. */
export const naturalProblems = (): NaturalProblems => NATURAL_PROBLEMS;
