import type { Contract } from '../../contract/contract.ts';
import { BY_PROFILE } from './by-profile.ts';
import { cloudImageOperations } from './cloud-images/contract.ts';
import { ERROR_CODES, IMS_CODES } from './error-codes.ts';
import { imageOperations } from './images/contract.ts';
import { jobOperations } from './jobs/contract.ts';
import { JOB_TYPES, SUB_JOB_TYPES } from './jobs/job-types.ts';
import { memberOperations } from './members/contract.ts';
import { osVersionOperations } from './os-versions/contract.ts';
import { PROFILES } from './profiles.ts';
import { schemaOperations } from './schemas/contract.ts';
import { tagOperations } from './tags/contract.ts';
import { v1Operations } from './v1/contract.ts';
import { versionOperations } from './versions/contract.ts';

/** Image Management Service of Huawei Cloud and Open Telekom Cloud: native OpenStack operations and its own (IMS) operations. */
export const contract = {
  name: 'ims',
  title: 'Huawei Cloud / Open Telekom Cloud Image Management Service',
  mount: '/ims',
  profiles: PROFILES,
  byProfile: BY_PROFILE,
  formerProfiles: { region: 'region-unserved' },
  codes: ERROR_CODES,
  tasks: {
    types: { ...JOB_TYPES, ...SUB_JOB_TYPES, upload: 'upload' },
    startedBy: [
      'uploadImage',
      'createCloudImage',
      'quickImport',
      'createDataImage',
      'createWholeImage',
      'registerImage',
      'exportImage',
      'copyImage',
      'copyImageCrossRegion',
      'addMembersBatch',
      'updateMembersBatch',
      'deleteMembersBatch',
    ],
    codes: Object.fromEntries(Object.entries(IMS_CODES).map(([code, { meaning }]) => [code, meaning])),
  },
  operations: {
    ...versionOperations,
    ...imageOperations,
    ...cloudImageOperations,
    ...osVersionOperations,
    ...memberOperations,
    ...tagOperations,
    ...v1Operations,
    ...jobOperations,
    ...schemaOperations,
  },
} as const satisfies Contract;
