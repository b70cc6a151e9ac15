import type { Profile } from '../../contract/contract.ts';
import { profileChoice } from '../shared/profile-choice.ts';

/** Points on which the reference and the running service disagree, and a world can take either side. */
export const PROFILES = {
  'wrong-method': {
    title: 'A method that a path does not offer',
    choices: {
      reference: '405 badMethod with Allow, as the tables of codes list it.',
      service: '404, as the running service answers.',
    },
  },
  'version-list': {
    title: 'The status of the list of versions at the root',
    choices: {
      service: '200, as the running service answers.',
      reference: '300, which the older table lists beside it.',
    },
  },
  'foreign-image': {
    title: 'Looking at an image of another project',
    choices: {
      service: '404, as if there were none.',
      reference: '403, which the tables of codes list for calls that have no other cause of it.',
    },
  },
  'image-being-saved': {
    title: 'Changing the metadata of an image whose data is still on its way',
    choices: {
      service: 'Done, as the running service does.',
      reference: '409 buildInProgress, as the older tables have it.',
    },
  },
} as const satisfies Readonly<Record<string, Profile>>;

/** What a world chose. */
export const choiceOf = profileChoice('compute-v2.1', PROFILES);
