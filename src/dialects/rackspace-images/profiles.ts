import type { Profile } from '../../contract/contract.ts';
import { profileChoices } from '../shared/profile-choice.ts';

/** Points on which the guide contradicts itself; each world chooses one side. */
export const PROFILES = {
  'foreign-image': {
    title: 'Sharing an image that the caller sees but does not own, and accepting for another tenant',
    choices: {
      table: '403: the tables of status codes list no 404.',
      prose: '404, as the text beside the tables documents it.',
    },
  },
  'past-marker': {
    title: 'A list after an unknown marker',
    choices: {
      glance: '400, as Glance returns it.',
      guide: 'An empty list, as the section on paging documents it.',
    },
  },
} as const satisfies Readonly<Record<string, Profile>>;

/** Look up the choices of a world. */
export const { choiceOf, peekChoice } = profileChoices('rackspace-images', PROFILES);
