import type { Call } from '../../contract/contract.ts';
import { type Addresses, ImageViews } from '../shared/compute-family.ts';

/** Images as this API shows them: every property is metadata. */
export const views = new ImageViews((properties) => properties);

/** Where the addresses in answers to this call begin. */
export function addressesOf(call: Call, tenantId: string): Addresses {
  return {
    self: `${call.base}/v2/${tenantId}`,
    bookmark: `${call.base}/${tenantId}`,
    images: call.base,
  };
}
