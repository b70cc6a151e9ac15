import type { Profile } from '../../contract/contract.ts';
import { profileChoices } from '../shared/profile-choice.ts';

/** Points on which the guide contradicts itself or is silent; each world chooses one side. */
export const PROFILES = {
  'over-limit': {
    title: 'The retry time in an over-limit response',
    choices: {
      repose: 'Retry-After as an HTTP date and retryAfter in the body, as the front end sends it.',
      faults: 'Retry-After in seconds and retryAt in the body, as the section on faults documents it.',
    },
  },
  'rate-limits': {
    title: 'The documented limits of requests in a minute or a day',
    choices: {
      counted: 'Counted; requests past a limit get 413.',
      off: 'Returned by showLimits and never enforced.',
    },
  },
  'past-marker': {
    title: 'A list after an unknown marker',
    choices: {
      service: '400, as the service behind returns it.',
      guide: 'An empty list, as the section on paging documents it.',
    },
  },
  schedule: {
    title: 'Scheduled images of a server without a schedule',
    choices: {
      prose: 'showScheduledImages returns 404, as the text beside the table documents it.',
      table: 'It returns 200 with an empty schedule: the table of status codes lists no 404.',
    },
  },
} as const satisfies Readonly<Record<string, Profile>>;

/** Look up the choices of a world. */
export const { choiceOf, peekChoice } = profileChoices('rackspace-servers', PROFILES);
