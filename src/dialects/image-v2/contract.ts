import type { Contract } from '../../contract/contract.ts';
import { ALSO_BY_PROFILE, BY_PROFILE } from './by-profile.ts';
import { cacheOperations } from './cache/contract.ts';
import { discoveryOperations } from './discovery/contract.ts';
import { imageDataOperations } from './image-data/contract.ts';
import { imageOperations } from './images/contract.ts';
import { importOperations } from './import/contract.ts';
import { memberOperations } from './members/contract.ts';
import { metadefOperations } from './metadefs/contract.ts';
import { PROFILES } from './profiles.ts';
import { RELEASE_CHANGES } from './release-changes.ts';
import { schemaOperations } from './schemas/contract.ts';
import { taskOperations } from './tasks/contract.ts';
import { versionOperations } from './versions/contract.ts';

/** OpenStack Image API v2. */
export const contract = {
  name: 'image-v2',
  title: 'OpenStack Image API v2',
  mount: '/image',
  profiles: PROFILES,
  changes: RELEASE_CHANGES,
  byProfile: BY_PROFILE,
  alsoByProfile: ALSO_BY_PROFILE,
  downloads: ['importImage', 'createTask', 'addImageLocation'],
  tasks: {
    types: { upload: 'upload', stage: 'stage', api_image_import: 'import', import: 'import', cache: 'cache' },
    startedBy: ['uploadImageData', 'stageImageData', 'importImage', 'createTask', 'queueCacheImage'],
    intoStores: { type: 'api_image_import', startedBy: 'importImage' },
  },
  operations: {
    ...versionOperations,
    ...imageOperations,
    ...imageDataOperations,
    ...memberOperations,
    ...discoveryOperations,
    ...importOperations,
    ...taskOperations,
    ...cacheOperations,
    ...metadefOperations,
    ...schemaOperations,
  },
} as const satisfies Contract;
