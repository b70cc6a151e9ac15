import type { Profile } from '../../contract/contract.ts';
import { profileChoice } from '../shared/profile-choice.ts';

/** Points on which the editions of the reference disagree, and a world can take either side. */
export const PROFILES = {
  'version-status': {
    title: 'Status of showVersion',
    choices: {
      otc: '300, as Open Telekom Cloud documents it.',
      huaweicloud: '200, as Huawei Cloud documents it.',
    },
  },
  'version-calls': {
    title: 'Who may ask for the versions',
    choices: {
      open: 'Anybody, as the services of OpenStack have it.',
      guarded:
        'As for other calls a token or a signature is wanted, and no body: 400, 401 and 403, as the tables list them.',
    },
  },
  'no-right': {
    title: 'The answer to a user whose role lacks the right (IMG.0026)',
    choices: {
      otc: 'Status 403, as Open Telekom Cloud documents it.',
      huaweicloud: 'Status 400, as Huawei Cloud documents it.',
    },
  },
  'delete-refusals': {
    title: 'deleteImage of an image that is protected, public, of another project or still being made',
    choices: {
      glance: '403 in the words of Glance; an image that is being made goes.',
      codes: '400 with IMG.0091, IMG.0094, IMG.0092 and IMG.0090, the codes that the reference has for these.',
    },
  },
  'unknown-image': {
    title: "The status of the service's own calls for an image that is not there (IMG.0027)",
    choices: {
      statuses: '404, as the tables of statuses have it.',
      codes: '400, as the table of codes has it.',
    },
  },
  'delete-v1.1': {
    title: 'Status of deleteImageV11',
    choices: {
      table: '204, as the table of statuses has it.',
      example: '200, as the example shows.',
    },
  },
  'member-limit': {
    title: 'Projects with which one image can be shared, where the world allows as many',
    choices: {
      otc: '256, as Open Telekom Cloud documents it.',
      huaweicloud: '128, as Huawei Cloud documents it.',
    },
  },
  'encrypted-sharing': {
    title: 'Sharing an encrypted image (one with __system__cmkid)',
    choices: {
      otc: 'Allowed: the key is taken for authorised, as Open Telekom Cloud documents it.',
      huaweicloud: 'Refused (IMG.0098), as Huawei Cloud documents it.',
    },
  },
  'name-length': {
    title: 'The longest name of an image',
    choices: {
      calls: '255 characters in createImage and updateImage, 128 in the calls of the service itself.',
      attributes: '128 characters everywhere, as the table of attributes has it.',
    },
  },
  'image-names': {
    title: "Images that are made by the service's own calls under a name that another image of the project has",
    choices: {
      codes: 'Refused (IMG.0009), as the table of codes has it.',
      any: 'Made: names are for people.',
    },
  },
  'running-servers': {
    title: 'A system disk image of a server that is running',
    choices: {
      codes: 'Refused (IMG.0008), as the table of codes has it.',
      guide: 'Made, as the user guide has it.',
    },
  },
  'huawei-calls': {
    title: 'Calls that only Huawei Cloud documents at first: listOsVersions, showJobProgress, copyImageCrossRegion',
    choices: {
      offered: 'On offer.',
      absent: 'Not on offer: 404 of the gateway.',
    },
  },
  region: {
    title: 'The region behind the address',
    choices: {
      served: 'Has the service.',
      unserved: 'Has it not: every call answers the 404 of the gateway.',
    },
  },
  'v1-calls': {
    title: 'The deprecated calls of v1 and v1.1',
    choices: {
      offered: 'On offer.',
      absent: 'Not on offer: 404 of the gateway.',
    },
  },
} as const satisfies Readonly<Record<string, Profile>>;

/** What a world chose. */
export const choiceOf = profileChoice('ims', PROFILES);
