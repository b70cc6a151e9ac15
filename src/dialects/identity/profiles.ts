import type { Profile } from '../../contract/contract.ts';
import { profileChoice } from '../shared/profile-choice.ts';

/** Points on which reference and running service differ, and a world can take either side. */
export const PROFILES = {
  'version-list': {
    title: 'The status of the list of versions of Keystone',
    choices: {
      choice: 'A choice of several, 300, as the running service answers.',
      plain: 'A list like any other, 200, which the reference has too.',
    },
  },
  checks: {
    title: 'Answers that the references list for nearly every call alike, and that the running service gives on few',
    choices: {
      running: 'Given where the running service gives them.',
      reference:
        'Given wherever they are listed: 400 for a query that cannot be decoded or a body that is no JSON, 401 for a bad ' +
        'token and 403 for an unscoped one also where none is needed, 404 for a version that Accept asks for and that ' +
        'there is not, 406 for an Accept without JSON, 409 for a service token of another user, 413 past the calls of ' +
        'a minute, 415 for a body of another media type.',
    },
  },
} as const satisfies Readonly<Record<string, Profile>>;

/** What a world chose. */
export const choiceOf = profileChoice('identity', PROFILES);
