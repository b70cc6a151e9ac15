import type { Profile } from '../../contract/contract.ts';
import { profileChoice } from '../shared/profile-choice.ts';

/** Differences between the reference and the running service; a world chooses one side of each. */
export const PROFILES = {
  'media-type': {
    title: 'Content-Type of the JSON bodies of createImage, createTask and importImage',
    choices: {
      unchecked: 'Not looked at, as the running service does.',
      checked: 'Anything but application/json is refused with 415, as the reference has it.',
    },
  },
  'size-header': {
    title: 'The header x-openstack-image-size of uploads and of staging',
    choices: {
      ignored: 'Not read, as releases up to 25 do.',
      checked: 'Another size, or what is no number, is refused with 400, as the reference has it.',
    },
  },
  unseen: {
    title: 'Showing an image that is there and that the caller may not see',
    choices: {
      'not-found': 'As if it were not there: 404, as the running service answers.',
      forbidden: 'Refused with 403, which the reference lists.',
    },
  },
  tasks: {
    title: 'The tasks API',
    choices: {
      on: 'On offer to administrators.',
      off: 'Not on offer: 404.',
    },
  },
  'cache-body': {
    title: 'A body on calls of the cache that take none',
    choices: {
      stumbles: 'A 500, as the running service answers.',
      refused: 'Refused with 400, as the reference has it.',
    },
  },
  discovery: {
    title: 'Who may discover import methods',
    choices: {
      everyone: 'Whoever has a token.',
      administrators: 'Administrators; others are refused with 403.',
    },
  },
  hashing: {
    title: 'The digest that images show beside their MD5, which is an option of the service',
    choices: {
      sha512: 'SHA-512, as it is delivered.',
      sha384: 'SHA-384.',
      sha256: 'SHA-256.',
      sha1: 'SHA-1.',
      md5: 'MD5.',
    },
  },
  'add-location': {
    title: 'The answer to a location that is added',
    choices: {
      done: '200, as the reference has it.',
      accepted: '202, as later releases of the service answer.',
    },
  },
} as const satisfies Readonly<Record<string, Profile>>;

/** Returns the choice of a world. */
export const choiceOf = profileChoice('image-v2', PROFILES);
