import type { Contract } from '../../contract/contract.ts';
import { imageOperations } from './images/contract.ts';
import { memberOperations } from './members/contract.ts';
import { PROFILES } from './profiles.ts';
import { schemaOperations } from './schemas/contract.ts';
import { tagOperations } from './tags/contract.ts';
import { taskOperations } from './tasks/contract.ts';
import { TASK_CODES } from './tasks/failure-codes.ts';

/** Cloud Images API v2, as the developer guide documents it. */
export const contract = {
  name: 'rackspace-images',
  title: 'Rackspace Cloud Images API v2',
  mount: '/rackspace/images',
  profiles: PROFILES,
  formerProfiles: { region: 'region-unserved' },
  tasks: {
    types: { import: 'import', export: 'export' },
    startedBy: ['createImportTask', 'createExportTask'],
    codes: TASK_CODES,
  },
  operations: {
    ...imageOperations,
    ...memberOperations,
    ...tagOperations,
    ...taskOperations,
    ...schemaOperations,
  },
} as const satisfies Contract;
