/** The json-home document, which lists the resources of the API. */
import type { Json } from '../../../base/json.ts';
import type { ProfiledCloud } from '../../shared/profile-choice.ts';
import { since } from '../profiles.ts';
import { RELATIONS } from './relations.ts';

const JSON_HOME = 'application/json-home';

const DOCUMENTATION = 'https://docs.openstack.org/api/openstack-identity/3';

/** Names of parameters in the documentation, where they differ from those in paths. */
const PARAMETER_NAMES: Readonly<Record<string, string>> = {
  group: 'config_group',
  option: 'config_option',
  value: 'tag_value',
  prior_role_id: 'role_id',
  implied_role_id: 'role_id',
};

/** Parameters that the documentation of an extension describes. */
const EXTENSION_PARAMETERS: Readonly<Record<string, string>> = {
  protocol_id: 'OS-FEDERATION',
  idp_id: 'OS-FEDERATION',
  mapping_id: 'OS-FEDERATION',
  sp_id: 'OS-FEDERATION',
  service_provider_id: 'OS-FEDERATION',
  endpoint_group_id: 'OS-EP-FILTER',
  consumer_id: 'OS-OAUTH1',
  request_token_id: 'OS-OAUTH1',
  access_token_id: 'OS-OAUTH1',
  trust_id: 'OS-TRUST',
};

/** What releases changed of `RELATIONS`. */
function relationsOf(cloud: ProfiledCloud): typeof RELATIONS {
  if (!since(cloud, '2025.1')) return RELATIONS;
  const { core, 'OS-FEDERATION': federation } = RELATIONS;
  const serviceProvider = '/OS-FEDERATION/service_providers/{service_provider_id}';
  return {
    ...RELATIONS,
    core: { ...core, ...(since(cloud, '2026.2') && { user_tokens: '/users/{user_id}/tokens' }) },
    'OS-FEDERATION': { ...federation, service_provider: serviceProvider },
  };
}

const baseOf = (extension: string | undefined): string =>
  extension === undefined ? DOCUMENTATION : `${DOCUMENTATION}/ext/${extension}/1.0`;

const parameterUrl = (name: string): string =>
  `${baseOf(EXTENSION_PARAMETERS[name])}/param/${PARAMETER_NAMES[name] ?? name}`;

/** A path as the document shows it. @param prefix - what comes before it: `/v3` in the document of the root. */
function presentPath(path: string, prefix: string): Json {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  if (parameters.length === 0) return { href: prefix + path };
  const variables = Object.fromEntries(parameters.map((name) => [name, parameterUrl(name)]));
  return { 'href-template': prefix + path, 'href-vars': variables };
}

/** The json-home document. @param prefix - what comes before each path: `/v3` in the document of the root. */
export function presentJsonHome(prefix: string, cloud: ProfiledCloud): Json {
  const resources = Object.entries(relationsOf(cloud)).flatMap(([extension, relations]) =>
    Object.entries(relations).map(([name, path]): readonly [string, Json] => [
      `${baseOf(extension === 'core' ? undefined : extension)}/rel/${name}`,
      {
        ...presentPath(path, prefix),
        ...(/^\/(registered_)?limits/.test(path) && { hints: { status: 'experimental' } }),
      },
    ]),
  );
  return { resources: Object.fromEntries(resources) };
}

/** Returns whether an Accept header prefers the json-home document to JSON. */
export function prefersJsonHome(accept: string | undefined): boolean {
  const qualities = new Map((accept ?? '').split(',').map(parseRange));
  return (qualities.get(JSON_HOME) ?? 0) > (qualities.get('application/json') ?? 0);
}

/** The media type and quality of a part of an Accept header. */
function parseRange(range: string): readonly [type: string, quality: number] {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length);
  return [type, quality === undefined ? 1 : Number(quality)];
}

/** Media type of the json-home document. */
export const JSON_HOME_TYPE = { 'Content-Type': JSON_HOME } as const;
