import type { Handler, Handlers, Operation, Reply } from '../../contract/contract.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { Context, FaultRequest } from '../dialect.ts';
import { callWith } from '../shared/request-values.ts';
import { acceptedRequest } from './accepted-requests.ts';
import { accessRuleHandlers } from './access-rules/operations.ts';
import * as credentials from './application-credentials/handlers.ts';
import * as catalog from './catalog/handlers.ts';
import { contract } from './contract.ts';
import { domainConfigHandlers } from './domains/operations.ts';
import { ec2Handlers } from './ec2/operations.ts';
import { endpointFilterHandlers } from './endpoint-filter/operations.ts';
import { endpointPolicyHandlers } from './endpoint-policy/operations.ts';
import { serviceError } from './errors.ts';
import { federatedLogInHandlers } from './federated-log-in/operations.ts';
import { grantHandlers } from './grants/operations.ts';
import { memberHandlers } from './groups/operations.ts';
import * as iam from './iam/handlers.ts';
import { limitHandlers } from './limits/operations.ts';
import * as logIn from './log-in/handlers.ts';
import { oauth1Handlers } from './oauth1/operations.ts';
import * as projects from './projects/handlers.ts';
import { tagHandlers } from './projects/operations.ts';
import * as rackspace from './rackspace/handlers.ts';
import { findReferenceError } from './reference-checks.ts';
import { regionHandlers } from './regions/operations.ts';
import { RequestError } from './request-error.ts';
import { resourceHandlers } from './resources.ts';
import { revocationHandlers } from './revocations/operations.ts';
import { roleAssignmentHandlers } from './role-assignments/operations.ts';
import { impliedRoleHandlers } from './roles/operations.ts';
import * as scopes from './scopes/handlers.ts';
import { type ServiceHandler, withErrorMapping } from './service-handler.ts';
import { serviceOf } from './services.ts';
import { signedTokenHandlers } from './signed-tokens/operations.ts';
import { withSubjectCheck } from './subject-token.ts';
import * as tokens from './tokens/handlers.ts';
import { trustHandlers } from './trusts/operations.ts';
import { userHandlers } from './users/operations.ts';
import * as v2 from './v2/handlers.ts';
import * as versions from './versions/handlers.ts';

type OperationId = keyof typeof contract.operations;

const SERVICE_HANDLERS: Readonly<Record<OperationId, ServiceHandler>> = {
  listVersions: versions.listVersions,
  showVersionV3: versions.showVersion3,
  authPasswordUnscoped: logIn.authenticate,
  authPasswordScoped: logIn.authenticate,
  authToken: logIn.authenticate,
  authApplicationCredential: logIn.authenticate,
  authMultiFactor: logIn.authenticate,
  showToken: tokens.showToken,
  checkToken: tokens.checkToken,
  revokeToken: tokens.revokeToken,
  getCatalog: withSubjectCheck(catalog.getCatalog),
  listAuthProjects: withSubjectCheck(scopes.listAuthProjects),
  listAuthDomains: withSubjectCheck(scopes.listAuthDomains),
  listAuthSystem: withSubjectCheck(scopes.listAuthSystem),
  listProjects: projects.listProjects,
  listUserProjects: projects.listUserProjects,
  showProject: projects.showProject,
  createApplicationCredential: withSubjectCheck(credentials.createApplicationCredential),
  listApplicationCredentials: withSubjectCheck(credentials.listApplicationCredentials),
  showApplicationCredential: credentials.showApplicationCredential,
  deleteApplicationCredential: credentials.deleteApplicationCredential,
  showVersionV2: v2.showVersion2,
  v2Authenticate: v2.authenticate,
  v2ListTenants: v2.listTenants,
  raxAuthenticateApiKey: rackspace.authenticate,
  raxAuthenticatePassword: rackspace.authenticate,
  raxAuthenticateToken: rackspace.authenticate,
  raxShowToken: rackspace.showToken,
  raxListTokenEndpoints: rackspace.listTokenEndpoints,
  raxRevokeToken: rackspace.revokeToken,
  iamAuthPassword: logIn.authenticate,
  iamShowToken: tokens.showToken,
  iamCatalog: withSubjectCheck(catalog.getCatalog),
  iamListAuthProjects: withSubjectCheck(scopes.listAuthProjects),
  iamListProjects: iam.listProjects,
  iamListVersions: versions.listVersions,
  iamShowVersion: versions.showVersion3,
  ...resourceHandlers,
  ...domainConfigHandlers,
  ...regionHandlers,
  ...tagHandlers,
  ...limitHandlers,
  ...userHandlers,
  ...endpointFilterHandlers,
  ...endpointPolicyHandlers,
  ...trustHandlers,
  ...oauth1Handlers,
  ...federatedLogInHandlers,
  authOauth1: logIn.authenticate,
  ...revocationHandlers,
  listFederationProjects: withSubjectCheck(scopes.listAuthProjects),
  listFederationDomains: withSubjectCheck(scopes.listAuthDomains),
  ...ec2Handlers,
  ...signedTokenHandlers,
  ...accessRuleHandlers,
  ...memberHandlers,
  ...impliedRoleHandlers,
  ...grantHandlers,
  ...roleAssignmentHandlers,
};

/** Adds the error mapping of the operation's service, and the checks of the profile `checks`. */
function handlerOf(operation: Operation, handle: ServiceHandler): Handler<Context> {
  const service = serviceOf(operation.mount);
  const mapped = withErrorMapping(service, handle);
  return (call, context) => {
    const error = findReferenceError(call, context.cloud, operation);
    return error === undefined ? mapped(call, context) : serviceError({ ...error, service, call });
  };
}

/**
 * The reply of an operation to a request that it accepts, in place of one that it rejects.
 * @returns `undefined` if the operation does not accept this one either.
 */
export function acceptedReply(request: FaultRequest): Reply | undefined {
  const { call, context, operation, operationId } = request;
  const { caller = context.caller, ...change } = acceptedRequest(request);
  const isRead = operation.method === 'get' || operation.method === 'head';
  const accepted = callWith(call, { ...(isRead && { body: undefined }), ...change });
  const { accept: _accept, ...headers } = { ...accepted.headers, 'content-type': 'application/json' };
  const handle = SERVICE_HANDLERS[operationId as OperationId];
  try {
    const { cloud, requestId } = context;
    const reply = handle(callWith(accepted, { headers }), { cloud, caller, requestId }, serviceOf(operation.mount));
    return reply.status < 400 ? reply : undefined;
  } catch (error) {
    if (error instanceof IdentityError || error instanceof RequestError) return undefined;
    throw error;
  }
}

const HANDLERS = Object.fromEntries(
  Object.entries(SERVICE_HANDLERS).map(([id, handle]) => [
    id,
    handlerOf(contract.operations[id as OperationId], handle),
  ]),
) as Handlers<typeof contract, Context>;

/** Returns the handlers of all identity services. */
export const handlers = (): Handlers<typeof contract, Context> => HANDLERS;
