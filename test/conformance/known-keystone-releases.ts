import type { KnownDifference } from './known-differences.ts';

const LIST = 'identity-release-26-keystone';
const NEWER = ['2025.1', '2026.2'] as const;

/** Intended differences of the list about releases of Keystone. */
export const KNOWN_KEYSTONE_RELEASES: readonly KnownDifference[] = [
  {
    list: LIST,
    releases: NEWER,
    steps: [
      'users-limit-1',
      'users-limit-2',
      'users-marker',
      'users-marker-only',
      'users-limit-negative',
      'users-limit-huge',
      'users-sort',
      'users-unknown-filter',
    ],
    reason: 'Users are listed by id, and ids are random.',
    since: '2026-12-01',
  },
  {
    list: LIST,
    releases: ['zed'],
    steps: [
      'users-limit-0',
      'users-limit-1',
      'users-limit-2',
      'users-marker',
      'users-marker-only',
      'users-marker-unknown',
      'users-limit-negative',
      'users-limit-text',
      'users-limit-huge',
      'users-sort',
      'users-unknown-filter',
      'users-enabled-text',
    ],
    reason: 'The recorded cloud has the users of its services besides.',
    since: '2026-12-01',
  },
  {
    list: LIST,
    releases: ['zed'],
    steps: ['ac-auth'],
    what: 'body/token/expires_at',
    reason: 'The time in the request has a fraction of a second, which the recording did not have.',
    since: '2026-12-01',
  },
  {
    list: LIST,
    releases: NEWER,
    steps: ['projects-limit-1'],
    reason: 'Projects are listed by id, and ids are random.',
    since: '2026-12-01',
  },
  {
    list: LIST,
    releases: ['2026.2'],
    steps: ['roles-limit-1'],
    reason: 'The roles of an installation are listed in another order, which their creation decides.',
    since: '2026-12-01',
  },
  {
    list: LIST,
    steps: ['users-name-filter', 'user-self'],
    reason: 'The user demo of the default fixtures has an email address; the one of the recorded service has none.',
    since: '2026-12-01',
  },
  {
    list: LIST,
    releases: NEWER,
    steps: ['users-limit-text', 'user-enabled-text'],
    reason: 'The recorded service fails with an exception and breaks off; Sideglance refuses the value with 400.',
    since: '2026-12-01',
  },
  {
    list: LIST,
    steps: ['v2'],
    reason: 'Version 2.0 is supported for older clients; the recorded service no longer has it.',
    since: '2026-12-01',
  },
  {
    list: LIST,
    steps: ['oauth2-token'],
    reason: 'Tokens of OAuth 2.0 are not supported.',
    since: '2026-12-01',
  },
  {
    list: LIST,
    steps: ['ac-images-after-delete'],
    reason: 'The image service of the recording still has the token in its cache.',
    since: '2026-12-01',
  },
];
