import type { Call } from '../../../contract/contract.ts';
import type { Addresses } from '../../nova/image-views.ts';
import { isLegacy, NO_TENANT } from './paths.ts';

/** Prefixes of the links in the response to a request; without a tenant if its path has none. */
export function addressesOf(call: Call): Addresses {
  const tenant = call.params['tenant_id'];
  const part = tenant === undefined || tenant === NO_TENANT ? '' : `/${tenant}`;
  return {
    self: `${call.base}${isLegacy(call) ? '/v2' : '/v2.1'}${part}`,
    bookmark: `${call.base}${part}`,
    images: call.link(`${call.root}/image`),
  };
}
