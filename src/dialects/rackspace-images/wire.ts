import type { Reply } from '../../contract/contract.ts';
import { ACCEPT_PATCH } from '../glance/image-patch/json-patch.ts';
import { faultNames, faultObject } from '../nova/fault-object.ts';
import { roleChecks } from '../rackspace/auth.ts';
import { requestChecks } from '../rackspace/requests.ts';

/** Prefix of the product's roles. */
export const PRODUCT = 'cloudImages';

/** Number of items of a page: the default and the maximum. */
export const PAGE_SIZE = { default: 100, max: 100 };

/** Name of the fault object of each status. */
export const faultName = faultNames('imageapiFault');

/** An error of this API: a fault object. */
export const fault = (status: number, message: string, headers?: Readonly<Record<string, string>>): Reply =>
  faultObject({ name: faultName(status), status, message, headers });

/** A 415 that names the media types of a patch. */
export const unsupportedPatchType = (message: string): Reply => fault(415, message, { 'Accept-Patch': ACCEPT_PATCH });

/** Checks of requests to this API. */
export const checks = requestChecks(fault);

/** Checks of the caller's roles. */
export const { checkWriter, checkRemover } = roleChecks(PRODUCT, checks.reject);
