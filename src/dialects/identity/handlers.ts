import type { Handler, Handlers, Operation } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { contract, IAM_MOUNT, RACKSPACE_MOUNT } from './contract.ts';
import * as credentials from './handlers-credentials.ts';
import * as projects from './handlers-projects.ts';
import * as v2 from './handlers-v2.ts';
import * as v3 from './handlers-v3.ts';
import { worded } from './handlers-v3.ts';
import { errorIn, type Family } from './problems.ts';
import { referenceRefusal } from './reference-checks.ts';

const authenticate = worded('keystone', v3.authenticate);
const rackspaceLogIn = worded('rackspace', v2.authenticateV2);

const natural: Handlers<typeof contract, Context> = {
  listVersions: worded('keystone', v3.listVersions),
  showVersionV3: worded('keystone', v3.showVersion3),
  authPasswordUnscoped: authenticate,
  authPasswordScoped: authenticate,
  authToken: authenticate,
  authApplicationCredential: authenticate,
  authMultiFactor: authenticate,
  showToken: worded('keystone', v3.showToken),
  checkToken: worded('keystone', v3.checkToken),
  revokeToken: worded('keystone', v3.revokeToken),
  getCatalog: worded('keystone', v3.getCatalog),
  listAuthProjects: worded('keystone', v3.listAuthProjects),
  listAuthDomains: worded('keystone', v3.listAuthDomains),
  listAuthSystem: worded('keystone', v3.listAuthSystem),
  listProjects: worded('keystone', projects.listProjects),
  listUserProjects: worded('keystone', projects.listUserProjects),
  showProject: worded('keystone', projects.showProject),
  createApplicationCredential: worded('keystone', credentials.createApplicationCredential),
  listApplicationCredentials: worded('keystone', credentials.listApplicationCredentials),
  showApplicationCredential: worded('keystone', credentials.showApplicationCredential),
  deleteApplicationCredential: worded('keystone', credentials.deleteApplicationCredential),
  showVersionV2: worded('keystone', v2.showVersion2),
  v2Authenticate: worded('keystone', v2.authenticateV2),
  v2ListTenants: worded('keystone', v2.listTenants),
  raxAuthenticateApiKey: rackspaceLogIn,
  raxAuthenticatePassword: rackspaceLogIn,
  raxAuthenticateToken: rackspaceLogIn,
  raxShowToken: worded('rackspace', v2.raxShowToken),
  raxListTokenEndpoints: worded('rackspace', v2.raxListTokenEndpoints),
  raxRevokeToken: worded('rackspace', v2.raxRevokeToken),
  iamAuthPassword: worded('iam', v3.authenticate),
  iamShowToken: worded('iam', v3.showToken),
  iamCatalog: worded('iam', v3.getCatalog),
  iamListAuthProjects: worded('iam', v3.listAuthProjects),
  iamListProjects: worded('iam', projects.listProjects),
  iamListVersions: worded('iam', v3.listVersions),
  iamShowVersion: worded('iam', v3.showVersion3),
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
        return errorIn(family, refusal.status, refusal.message, call, refusal.headers);
      },
    ];
  }),
) as Handlers<typeof contract, Context>;
