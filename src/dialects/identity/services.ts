import type { Call } from '../../contract/contract.ts';

/** The identity services. They differ in the shape and wording of their responses. */
export type IdentityService = 'keystone' | 'rackspace' | 'iam';

/** Mount of the Rackspace identity service. */
export const RACKSPACE_MOUNT = '/rackspace/identity';
/** Mount of Huawei's IAM. */
export const IAM_MOUNT = '/iam';

/** The service at a mount; Keystone for operations without a mount of their own. */
export const serviceOf = (mount: string | undefined): IdentityService =>
  mount === RACKSPACE_MOUNT ? 'rackspace' : mount === IAM_MOUNT ? 'iam' : 'keystone';

/** The service of a request that matches no operation. */
export const serviceAt = (call: Call): IdentityService => serviceOf(call.mount);
