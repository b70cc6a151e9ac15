import type { Profile } from '../../contract/contract.ts';
import { profileChoice } from '../shared/profile-choice.ts';

/** Points on which the guide is of two minds or silent, and a world can take either side. */
export const PROFILES = {
  'over-limit': {
    title: 'What an over-limit answer says of the time to come back',
    choices: {
      repose: 'Retry-After as an HTTP date and retryAfter in the body, as the front end sends it.',
      faults: 'Retry-After in seconds and retryAt in the body, as the section on faults has it.',
    },
  },
  'rate-limits': {
    title: 'The documented limits of calls in a minute or a day',
    choices: {
      counted: 'Counted, and refused with 413 past them.',
      off: 'Shown by showLimits and never refused.',
    },
  },
  'past-marker': {
    title: 'A list that goes on after an image that is not there',
    choices: {
      service: '400, as the service behind has it.',
      guide: 'An empty list, as the part on paging has it.',
    },
  },
  schedule: {
    title: 'Images that are made by themselves, of a server on which nobody has switched that on',
    choices: {
      prose: 'showScheduledImages answers 404, as the text beside the table has it.',
      table: 'It answers 200 with an empty schedule: the table of codes lists no 404.',
    },
  },
  account: {
    title: 'The state of the account behind the token',
    choices: {
      ready: 'As usual.',
      migrating: 'On its way to another cell of the cloud: every call answers 409.',
    },
  },
} as const satisfies Readonly<Record<string, Profile>>;

/** What a world chose. */
export const choiceOf = profileChoice('rackspace-servers', PROFILES);
