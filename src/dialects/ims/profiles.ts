import type { Profile } from '../../contract/contract.ts';
import { profileChoices } from '../shared/profile-choice.ts';

/** Points on which the editions of the reference disagree; each world chooses one side. */
export const PROFILES = {
  'version-status': {
    title: 'Status of showVersion',
    choices: {
      otc: '300, as Open Telekom Cloud documents it.',
      huaweicloud: '200, as Huawei Cloud documents it.',
    },
  },
  'version-calls': {
    title: 'Who can use the version operations',
    choices: {
      open: 'Everybody, as in the services of OpenStack.',
      guarded:
        'Only requests with a token or signature and without a body; others get the documented 400, 401 and 403.',
    },
  },
  'no-right': {
    title: 'The status for a user whose role lacks the permission (IMG.0026)',
    choices: {
      otc: '403, as Open Telekom Cloud documents it.',
      huaweicloud: '400, as Huawei Cloud documents it.',
    },
  },
  'delete-refusals': {
    title: 'deleteImage of an image that is protected, public, of another project or still in creation',
    choices: {
      glance: '403 with the messages of Glance; an image in creation is deleted.',
      codes: '400 with IMG.0091, IMG.0094, IMG.0092 and IMG.0090, the codes of the reference.',
    },
  },
  'unknown-image': {
    title: 'The status of IMS operations on an unknown image (IMG.0027)',
    choices: {
      statuses: '404, as in the status tables.',
      codes: '400, as in the code table.',
    },
  },
  'delete-v1.1': {
    title: 'Status of deleteImageV11',
    choices: {
      table: '204, as in the status table.',
      example: '200, as in the example.',
    },
  },
  'member-limit': {
    title: 'Maximum number of projects that an image is shared with, if the world allows as many',
    choices: {
      otc: '256, as Open Telekom Cloud documents it.',
      huaweicloud: '128, as Huawei Cloud documents it.',
    },
  },
  'encrypted-sharing': {
    title: 'Sharing an encrypted image (one with __system__cmkid)',
    choices: {
      otc: 'Allowed: the key counts as authorized, as Open Telekom Cloud documents it.',
      huaweicloud: 'Rejected (IMG.0098), as Huawei Cloud documents it.',
    },
  },
  'name-length': {
    title: 'Maximum length of the name of an image',
    choices: {
      calls: '255 characters in createImage and updateImage, 128 in IMS operations.',
      attributes: '128 characters everywhere, as in the table of attributes.',
    },
  },
  'image-names': {
    title: 'IMS operations that create an image with the name of another image of the project',
    choices: {
      codes: 'Rejected (IMG.0009), as in the code table.',
      any: 'Allowed.',
    },
  },
  'running-servers': {
    title: 'A system disk image of a running server',
    choices: {
      codes: 'Rejected (IMG.0008), as in the code table.',
      guide: 'Created, as in the user guide.',
    },
  },
  'huawei-calls': {
    title:
      'Operations that only Huawei Cloud documented at first: listOsVersions, showJobProgress, copyImageCrossRegion',
    choices: {
      offered: 'Offered.',
      absent: 'Not offered: the gateway returns 404.',
    },
  },
  'v1-calls': {
    title: 'The deprecated operations of v1 and v1.1',
    choices: {
      offered: 'Offered.',
      absent: 'Not offered: the gateway returns 404.',
    },
  },
} as const satisfies Readonly<Record<string, Profile>>;

/** Look up the choices of a world. */
export const { choiceOf, peekChoice } = profileChoices('ims', PROFILES);
