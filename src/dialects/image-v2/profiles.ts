import type { Profile } from '../../contract/contract.ts';
import { profileChoices } from '../shared/profile-choice.ts';
import { releaseProfile } from '../shared/release-choice.ts';

/** Differences between the reference and the running service, with the behaviors that a world can choose from. */
export const PROFILES = {
  'media-type': {
    title: 'Content-Type of the JSON bodies of createImage, createTask and importImage',
    choices: {
      unchecked: 'Ignored, as in the running service.',
      checked: 'Types other than application/json are rejected with 415, as the reference documents.',
    },
  },
  'size-header': {
    title: 'The header x-openstack-image-size of uploads and staging',
    choices: {
      ignored: 'Ignored, as in releases before 2026.2.',
      checked: 'A wrong size or a value that is not a number is rejected with 400, as the reference documents.',
    },
    since: { '2026.2': 'checked' },
  },
  unseen: {
    title: 'Showing an image that the caller cannot see',
    choices: {
      'not-found': '404, as if the image did not exist; the running service returns this.',
      forbidden: '403, which the reference lists.',
    },
  },
  tasks: {
    title: 'The tasks API',
    choices: {
      on: 'Enabled for administrators.',
      off: 'Disabled: every operation returns 404.',
    },
  },
  'cache-body': {
    title: 'A body on cache operations that accept none',
    choices: {
      fails: '500, as the running service returns.',
      rejected: '400, as the reference documents.',
    },
  },
  discovery: {
    title: 'Who can discover import methods',
    choices: {
      everyone: 'Everybody with a token.',
      administrators: 'Administrators; other callers get 403.',
    },
  },
  hashing: {
    title: 'Algorithm of os_hash_value, which is a setting of the service',
    choices: {
      sha512: 'SHA-512, the default of the service.',
      sha384: 'SHA-384.',
      sha256: 'SHA-256.',
      sha1: 'SHA-1.',
      md5: 'MD5.',
    },
  },
  release: releaseProfile(
    {
      zed: 'API 2.16: Glance 25.',
      '2025.1': 'API 2.17: Glance 30.',
      '2026.2': 'API 2.18: Glance 33.',
    },
    {
      queens: 'API 2.6: no hidden images, no digests beside MD5, no stores.',
      newton:
        'API 2.4, with version 1 as deprecated in the list of versions: also no import, and only public and private images.',
      mitaka: 'API 2.3, with version 1 as supported in the list of versions; otherwise like newton.',
    },
  ),
  locations: {
    title: 'Locations of images, which is a setting of the service (show_multiple_locations)',
    choices: {
      hidden: 'Neither shown nor changed, the default of the service.',
      shown: 'Shown with each image, and changed by patches: addresses of a store of type http can be added.',
    },
  },
  'direct-url': {
    title: 'The attribute direct_url, which is a setting of the service (show_image_direct_url)',
    choices: {
      hidden: 'Not shown, the default of the service.',
      shown: 'The address of the first location.',
    },
  },
  'add-location': {
    title: 'Status of addImageLocation',
    choices: {
      done: '200, as the reference documents.',
      accepted: '202, as the service returns.',
    },
    since: { '2025.1': 'accepted' },
  },
} as const satisfies Readonly<Record<string, Profile>>;

/** Look up the choices of a world. */
export const { choiceOf, peekChoice, peekSince, since } = profileChoices('image-v2', PROFILES);
