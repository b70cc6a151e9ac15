import type { Call } from '../../contract/contract.ts';
import type { Image } from '../../domain/image.ts';
import { type Addresses, ImageViews } from '../nova/image-views.ts';
import { MAX_VERSION, MIN_VERSION } from './microversion.ts';
import { isOlder, NO_TENANT, plainPath } from './paths.ts';
import { ServerError } from './server-error.ts';

/** Properties whose text is JSON: disks, as clouds with another interface kept them. */
const JSON_PROPERTIES = ['mappings', 'block_device_mapping'] as const;

/** An image's properties as metadata. */
export function metadataOf(properties: Image['properties']): Readonly<Record<string, unknown>> {
  const found = JSON_PROPERTIES.filter((name) => Object.hasOwn(properties, name));
  if (found.length === 0) return properties;
  const metadata: Record<string, unknown> = { ...properties };
  for (const name of found) metadata[name] = parseJson(properties[name] ?? '');
  return metadata;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServerError('json.decoder.JSONDecodeError');
  }
}

/** Images as this API shows them. */
export const views = new ImageViews(metadataOf);

/** Where the addresses in answers to this call begin; a path without a tenant gives addresses without one. */
export function addressesOf(call: Call): Addresses {
  const tenant = call.params['tenant_id'];
  const part = tenant === undefined || tenant === NO_TENANT ? '' : `/${tenant}`;
  return {
    self: `${call.base}${isOlder(call) ? '/v2' : '/v2.1'}${part}`,
    bookmark: `${call.base}${part}`,
    images: `${call.root}/image`,
  };
}

const self = (call: Call, path: string): object => ({ rel: 'self', href: `${call.base}/${path}` });
const DESCRIPTION = { rel: 'describedby', type: 'text/html', href: 'http://docs.openstack.org/' };
const media = (version: string): readonly object[] => [
  { base: 'application/json', type: `application/vnd.openstack.compute+json;version=${version}` },
];

const older = { id: 'v2.0', status: 'SUPPORTED', version: '', min_version: '', updated: '2011-01-21T11:33:21Z' };
const current = {
  id: 'v2.1',
  status: 'CURRENT',
  version: MAX_VERSION,
  min_version: MIN_VERSION,
  updated: '2013-07-23T11:33:21Z',
};

/** `{versions}`, at the root. */
export const presentVersions = (call: Call): object => ({
  versions: [
    { ...older, links: [self(call, 'v2/')] },
    { ...current, links: [self(call, 'v2.1/')] },
  ],
});

/** `{version}` of v2.1, and of the v2.0 that it also answers for. */
export const presentVersion = (call: Call): object => ({
  version: { ...current, links: [self(call, 'v2.1/'), DESCRIPTION], 'media-types': media('2.1') },
});
export const presentOlderVersion = (call: Call): object => ({
  version: { ...older, links: [self(call, 'v2/'), DESCRIPTION], 'media-types': media('2') },
});

/** `{choices}`, for a root that is no version. */
export function presentChoices(call: Call): object {
  const rest = plainPath(call.path).slice(1);
  return {
    choices: [
      { id: 'v2.0', status: 'SUPPORTED', links: [self(call, `v2/${rest}`)], 'media-types': media('2') },
      { id: 'v2.1', status: 'CURRENT', links: [self(call, `v2.1/${rest}`)], 'media-types': media('2.1') },
    ],
  };
}
