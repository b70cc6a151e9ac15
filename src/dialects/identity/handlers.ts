import type { Handler, Handlers, Operation } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { contract, IAM_MOUNT, RACKSPACE_MOUNT } from './contract.ts';
import * as credentials from './handlers-credentials.ts';
import * as projects from './handlers-projects.ts';
import * as v2 from './handlers-v2.ts';
import * as v3 from './handlers-v3.ts';
import { withErrorMapping } from './handlers-v3.ts';
import { errorIn, type Family } from './problems.ts';
import { referenceRefusal } from './reference-checks.ts';

const authenticate = withErrorMapping('keystone', v3.authenticate);
const rackspaceLogIn = withErrorMapping('rackspace', v2.authenticateV2);

const natural: Handlers<typeof contract, Context> = {
  listVersions: withErrorMapping('keystone', v3.listVersions),
  showVersionV3: withErrorMapping('keystone', v3.showVersion3),
  authPasswordUnscoped: authenticate,
  authPasswordScoped: authenticate,
  authToken: authenticate,
  authApplicationCredential: authenticate,
  authMultiFactor: authenticate,
  showToken: withErrorMapping('keystone', v3.showToken),
  checkToken: withErrorMapping('keystone', v3.checkToken),
  revokeToken: withErrorMapping('keystone', v3.revokeToken),
  getCatalog: withErrorMapping('keystone', v3.getCatalog),
  listAuthProjects: withErrorMapping('keystone', v3.listAuthProjects),
  listAuthDomains: withErrorMapping('keystone', v3.listAuthDomains),
  listAuthSystem: withErrorMapping('keystone', v3.listAuthSystem),
  listProjects: withErrorMapping('keystone', projects.listProjects),
  listUserProjects: withErrorMapping('keystone', projects.listUserProjects),
  showProject: withErrorMapping('keystone', projects.showProject),
  createApplicationCredential: withErrorMapping('keystone', credentials.createApplicationCredential),
  listApplicationCredentials: withErrorMapping('keystone', credentials.listApplicationCredentials),
  showApplicationCredential: withErrorMapping('keystone', credentials.showApplicationCredential),
  deleteApplicationCredential: withErrorMapping('keystone', credentials.deleteApplicationCredential),
  showVersionV2: withErrorMapping('keystone', v2.showVersion2),
  v2Authenticate: withErrorMapping('keystone', v2.authenticateV2),
  v2ListTenants: withErrorMapping('keystone', v2.listTenants),
  raxAuthenticateApiKey: rackspaceLogIn,
  raxAuthenticatePassword: rackspaceLogIn,
  raxAuthenticateToken: rackspaceLogIn,
  raxShowToken: withErrorMapping('rackspace', v2.raxShowToken),
  raxListTokenEndpoints: withErrorMapping('rackspace', v2.raxListTokenEndpoints),
  raxRevokeToken: withErrorMapping('rackspace', v2.raxRevokeToken),
  iamAuthPassword: withErrorMapping('iam', v3.authenticate),
  iamShowToken: withErrorMapping('iam', v3.showToken),
  iamCatalog: withErrorMapping('iam', v3.getCatalog),
  iamListAuthProjects: withErrorMapping('iam', v3.listAuthProjects),
  iamListProjects: withErrorMapping('iam', projects.listProjects),
  iamListVersions: withErrorMapping('iam', v3.listVersions),
  iamShowVersion: withErrorMapping('iam', v3.showVersion3),
};

const familyOf = ({ mount }: Operation): Family =>
  mount === RACKSPACE_MOUNT ? 'rackspace' : mount === IAM_MOUNT ? 'iam' : 'keystone';

/** The operations of all identity services, behind the checks that a world may have chosen. */
export const handlers = Object.fromEntries(
  Object.entries<Handler<Context>>(natural).map(([id, handle]): [string, Handler<Context>] => {
    const operation: Operation = contract.operations[id as keyof typeof natural];
    const family = familyOf(operation);
    return [
      id,
      (call, context) => {
        const refusal = referenceRefusal(call, context.cloud, operation);
        if (refusal === undefined) return handle(call, context);
        return errorIn({
          family,
          status: refusal.status,
          message: refusal.message,
          call,
          headers: refusal.headers,
        });
      },
    ];
  }),
) as Handlers<typeof contract, Context>;
