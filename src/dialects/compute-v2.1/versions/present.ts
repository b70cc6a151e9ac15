import type { Call } from '../../../contract/contract.ts';
import { MAX_VERSION, MIN_VERSION } from '../protocol/microversion.ts';

const self = (call: Call, path: string): object => ({ rel: 'self', href: `${call.base}/${path}` });
const DESCRIPTION = { rel: 'describedby', type: 'text/html', href: 'http://docs.openstack.org/' };
const mediaTypes = (version: string): readonly object[] => [
  { base: 'application/json', type: `application/vnd.openstack.compute+json;version=${version}` },
];

const V2 = { id: 'v2.0', status: 'SUPPORTED', version: '', min_version: '', updated: '2011-01-21T11:33:21Z' };
const V21 = {
  id: 'v2.1',
  status: 'CURRENT',
  version: MAX_VERSION,
  min_version: MIN_VERSION,
  updated: '2013-07-23T11:33:21Z',
};

/** `{versions}`, at the root. */
export const presentVersions = (call: Call): object => ({
  versions: [
    { ...V2, links: [self(call, 'v2/')] },
    { ...V21, links: [self(call, 'v2.1/')] },
  ],
});

/** `{version}` of v2.1. */
export const presentVersion = (call: Call): object => ({
  version: { ...V21, links: [self(call, 'v2.1/'), DESCRIPTION], 'media-types': mediaTypes('2.1') },
});

/** `{version}` of v2.0, at `/v2`. */
export const presentLegacyVersion = (call: Call): object => ({
  version: { ...V2, links: [self(call, 'v2/'), DESCRIPTION], 'media-types': mediaTypes('2') },
});

/** `{choices}`, for a path below no version. */
export function presentChoices(call: Call): object {
  const rest = call.path.slice(1);
  return {
    choices: [
      { id: 'v2.0', status: 'SUPPORTED', links: [self(call, `v2/${rest}`)], 'media-types': mediaTypes('2') },
      { id: 'v2.1', status: 'CURRENT', links: [self(call, `v2.1/${rest}`)], 'media-types': mediaTypes('2.1') },
    ],
  };
}
