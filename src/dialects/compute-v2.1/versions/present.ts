import type { Call } from '../../../contract/contract.ts';
import { MIN_VERSION, maxVersionOf } from '../protocol/microversion.ts';
import { releaseOf } from '../protocol/releases.ts';

const self = (call: Call, path: string): object => ({ rel: 'self', href: `${call.base}/${path}` });
const DESCRIPTION = { rel: 'describedby', type: 'text/html', href: 'http://docs.openstack.org/' };
const mediaTypes = (version: string): readonly object[] => [
  { base: 'application/json', type: `application/vnd.openstack.compute+json;version=${version}` },
];

function legacyVersion(call: Call): object {
  const { status, updated } = releaseOf(call).legacy;
  return { id: 'v2.0', status, version: '', min_version: '', updated };
}

const currentVersion = (call: Call): object => ({
  id: 'v2.1',
  status: 'CURRENT',
  version: maxVersionOf(call),
  min_version: MIN_VERSION,
  updated: '2013-07-23T11:33:21Z',
});

/** `{versions}`, at the root. */
export const presentVersions = (call: Call): object => ({
  versions: [
    { ...legacyVersion(call), links: [self(call, 'v2/')] },
    { ...currentVersion(call), links: [self(call, 'v2.1/')] },
  ],
});

/** `{version}` of v2.1. */
export const presentVersion = (call: Call): object => ({
  version: { ...currentVersion(call), links: [self(call, 'v2.1/'), DESCRIPTION], 'media-types': mediaTypes('2.1') },
});

/** `{version}` of v2.0, at `/v2`. */
export const presentLegacyVersion = (call: Call): object => ({
  version: { ...legacyVersion(call), links: [self(call, 'v2/'), DESCRIPTION], 'media-types': mediaTypes('2') },
});

/** `{choices}`, for a path below no version. */
export function presentChoices(call: Call): object {
  const rest = call.path.slice(1);
  const { status } = releaseOf(call).legacy;
  return {
    choices: [
      { id: 'v2.0', status, links: [self(call, `v2/${rest}`)], 'media-types': mediaTypes('2') },
      { id: 'v2.1', status: 'CURRENT', links: [self(call, `v2.1/${rest}`)], 'media-types': mediaTypes('2.1') },
    ],
  };
}
