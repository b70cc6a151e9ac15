import type { Profile } from '../../contract/contract.ts';
import { profileChoices } from '../shared/profile-choice.ts';
import { releaseProfile } from '../shared/release-choice.ts';

/** Differences between the reference and the running service, with the behaviors that a world can choose from. */
export const PROFILES = {
  'wrong-method': {
    title: 'A method that the path does not have',
    choices: {
      reference: '405 badMethod with Allow, as the reference lists it.',
      service: '404, as the running service returns.',
    },
  },
  'version-list': {
    title: 'Status of the list of versions at the root',
    choices: {
      service: '200, as the running service returns.',
      reference: '300, which the older reference lists too.',
    },
  },
  'foreign-image': {
    title: 'Showing an image of another project',
    choices: {
      service: '404, as if the image did not exist.',
      reference: '403, which the reference lists for operations that have no other cause of it.',
    },
  },
  'image-being-saved': {
    title: 'Changing the metadata of an image that is queued or saving',
    choices: {
      service: 'Succeeds, as in the running service.',
      reference: '409 buildInProgress, as the older reference lists.',
    },
  },
  release: releaseProfile(
    {
      zed: 'Microversions up to 2.93: Nova 26.',
      '2025.1': 'Microversions up to 2.100: Nova 31.',
      '2026.2': 'Microversions up to 2.104: Nova 34.',
    },
    {},
  ),
} as const satisfies Readonly<Record<string, Profile>>;

/** Look up the choices of a world. */
export const { choiceOf, peekChoice, since } = profileChoices('compute-v2.1', PROFILES);
