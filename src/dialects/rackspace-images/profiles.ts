import type { Profile } from '../../contract/contract.ts';
import { profileChoice } from '../shared/profile-choice.ts';

/** Points on which the guide disagrees with itself, and a world can take either side. */
export const PROFILES = {
  'foreign-image': {
    title: 'Sharing an image that the caller sees and does not own, and answering for somebody else',
    choices: {
      table: '403: the tables of codes list no 404.',
      prose: '404, as the text beside the tables has it.',
    },
  },
  'past-marker': {
    title: 'A list that goes on after an image that is not there',
    choices: {
      glance: '400, as Glance has it.',
      guide: 'An empty list, as the part on paging has it.',
    },
  },
  region: {
    title: 'The region behind the address',
    choices: {
      served: 'Has the service.',
      unserved: 'Has it not: every call answers 404.',
    },
  },
} as const satisfies Readonly<Record<string, Profile>>;

/** What a world chose. */
export const choiceOf = profileChoice('rackspace-images', PROFILES);
