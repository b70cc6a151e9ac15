import type { Profile } from '../../contract/contract.ts';
import { profileChoices } from '../shared/profile-choice.ts';
import { releaseProfile } from '../shared/release-choice.ts';

/** Differences between the references and the running services, with the behaviours that a world can choose from. */
export const PROFILES = {
  'version-list': {
    title: 'Status of the list of versions of Keystone',
    choices: {
      choice: '300 Multiple Choices, as the running service returns.',
      plain: '200, which the reference lists too.',
    },
  },
  checks: {
    title: 'Errors that the references list for nearly every operation, and that the running services return for few',
    choices: {
      running: 'Returned where the running services return them.',
      reference:
        'Returned wherever they are listed: 400 for a query that cannot be decoded or a body that is not JSON, 401 for ' +
        'an invalid token and 403 for an unscoped one even where no token is required, 404 for an unknown version in ' +
        'Accept, 406 for an Accept without JSON, 409 for a service token of another user, 413 over the limit of ' +
        'requests per minute, 415 for a body of another media type.',
    },
  },
  release: releaseProfile(
    { zed: 'API 3.14: Keystone 22.', '2025.1': 'API 3.14: Keystone 27.', '2026.2': 'API 3.14: Keystone 30.' },
    {},
  ),
} as const satisfies Readonly<Record<string, Profile>>;

/** Look up the choices of a world. */
export const { choiceOf, peekChoice, peekSince, since } = profileChoices('identity', PROFILES);
