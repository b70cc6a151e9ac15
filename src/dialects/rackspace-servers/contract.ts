import type { Contract } from '../../contract/contract.ts';
import { imageOperations } from './images/contract.ts';
import { limitOperations } from './limits/contract.ts';
import { metadataOperations } from './metadata/contract.ts';
import { PROFILES } from './profiles.ts';
import { serverOperations } from './servers/contract.ts';

/** The image part of Cloud Servers v2, as the developer guide documents it. */
export const contract = {
  name: 'rackspace-servers',
  title: 'Rackspace Cloud Servers API v2, images',
  mount: '/rackspace/servers',
  profiles: PROFILES,
  formerProfiles: { account: 'account-migrating' },
  tasks: { types: { createImage: 'snapshot', 'scheduled-image': 'snapshot' }, startedBy: ['createServerImage'] },
  operations: {
    ...imageOperations,
    ...metadataOperations,
    ...serverOperations,
    ...limitOperations,
    authenticate: {
      method: 'post',
      path: '/v2.0/tokens',
      summary: 'Logs in with an API key or a password, as the operation of the identity service does.',
      success: 200,
      statuses: [200, 400, 401, 403, 500],
      auth: 'none',
      response: { type: 'object', required: ['access'] },
      source: 'Rackspace Cloud Identity API 2.0 guide, "Authenticate as user with password or API key"',
    },
  },
} as const satisfies Contract;
