import type { Call } from '../../../contract/contract.ts';
import type { IdentityService } from '../services.ts';

const MEDIA_TYPES = [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }];

const KEYSTONE_VERSION = { id: 'v3.14', updated: '2020-04-07T00:00:00Z' };
const IAM_VERSION = { id: 'v3.6', updated: '2016-04-04T00:00:00Z' };

/** The description of version 3. */
export function presentVersion3(call: Call, service: IdentityService): object {
  const { id, updated } = service === 'iam' ? IAM_VERSION : KEYSTONE_VERSION;
  return {
    id,
    status: 'stable',
    updated,
    links: [{ rel: 'self', href: `${call.base}/v3/` }],
    'media-types': MEDIA_TYPES,
  };
}
