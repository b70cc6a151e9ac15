import type { Contract } from '../../contract/contract.ts';
import { aggregateOperations } from './aggregates/contract.ts';
import { BY_PROFILE } from './by-profile.ts';
import { extensionOperations } from './extensions/contract.ts';
import { flavorChangeOperations } from './flavors/change-contract.ts';
import { flavorOperations } from './flavors/contract.ts';
import { hostOperations } from './hosts/contract.ts';
import { imageOperations } from './images/contract.ts';
import { keypairOperations } from './keypairs/contract.ts';
import { limitOperations } from './limits/contract.ts';
import { metadataOperations } from './metadata/contract.ts';
import { PROFILES } from './profiles.ts';
import { quotaOperations } from './quotas/contract.ts';
import { RELEASE_CHANGES } from './release-changes.ts';
import { serverGroupOperations } from './server-groups/contract.ts';
import { actionOperations } from './servers/action-contract.ts';
import { serverOperations } from './servers/contract.ts';
import { snapshotOperations } from './snapshots/contract.ts';
import { usageOperations } from './usage/contract.ts';
import { versionOperations } from './versions/contract.ts';
import { zoneOperations } from './zones/contract.ts';

/** The image part of the Compute API v2.1: versions, the proxy in front of the image service, and images of servers. */
export const contract = {
  name: 'compute-v2.1',
  title: 'OpenStack Compute API v2.1, images',
  mount: '/compute',
  profiles: PROFILES,
  byProfile: BY_PROFILE,
  changes: RELEASE_CHANGES,
  tasks: {
    types: { createImage: 'snapshot', createServer: 'build' },
    startedBy: ['createServerImage', 'createServer'],
  },
  operations: {
    ...versionOperations,
    ...imageOperations,
    ...metadataOperations,
    ...snapshotOperations,
    ...limitOperations,
    ...quotaOperations,
    ...usageOperations,
    ...zoneOperations,
    ...keypairOperations,
    ...flavorOperations,
    ...flavorChangeOperations,
    ...serverOperations,
    ...actionOperations,
    ...serverGroupOperations,
    ...extensionOperations,
    ...hostOperations,
    ...aggregateOperations,
  },
} as const satisfies Contract;
