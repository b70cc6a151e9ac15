import type { Call, Reply } from '../../contract/contract.ts';
import { faultNames, faultObject } from '../nova/fault-object.ts';
import type { Addresses } from '../nova/image-views.ts';
import { roleChecks } from '../rackspace/auth.ts';
import { requestChecks } from '../rackspace/requests.ts';

/** Prefix of the product's roles. */
export const PRODUCT = 'nova';

/** Name of the fault object of each status. */
export const faultName = faultNames('computeFault', { 409: 'buildInProgress' });

/** An error of this API: a fault object. */
export const fault = (status: number, message: string, headers?: Readonly<Record<string, string>>): Reply =>
  faultObject({ name: faultName(status), status, message, headers });

/** A 409 that is not caused by a build. */
export const conflict = (message: string): Reply => faultObject({ name: 'conflictingRequest', status: 409, message });

/** Checks of requests to this API. */
export const checks = requestChecks(fault);

/** Checks of the caller's roles. */
export const { checkWriter, checkRemover } = roleChecks(PRODUCT, checks.reject);

/** The base URLs of links in the response to a request. */
export const addressesOf = (call: Call, tenantId: string): Addresses => ({
  self: `${call.base}/v2/${tenantId}`,
  bookmark: `${call.base}/${tenantId}`,
  images: call.base,
});
