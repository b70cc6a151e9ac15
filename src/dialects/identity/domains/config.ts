/** The configurations of domains, which the service stores and Sideglance does not apply. */
import type { Reply } from '../../../contract/contract.ts';
import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import { authorize, pathId, type RecordRequest, wrappedBody } from '../records/record-request.ts';
import { notFound } from '../request-error.ts';
import { NO_CONTENT, reply } from '../service-handler.ts';
import {
  assertConfig,
  type Config,
  type ConfigPart,
  defaultsOf,
  parseChange,
  partNotFound,
  pickPart,
  requestedPart,
  withoutSecrets,
} from './config-rules.ts';

const domainOf = (request: RecordRequest): string => pathId(request, 'domain_id');

const storedConfig = (request: RecordRequest): Config =>
  (request.records.get('domain-config', domainOf(request))?.['config'] as Config | undefined) ?? {};

/** Stores a configuration; its groups are in alphabetical order. */
function storeConfig(request: RecordRequest, config: Config): void {
  const id = domainOf(request);
  const groups = Object.entries(config).filter(([, options]) => Object.keys(options).length > 0);
  if (groups.length === 0) request.records.delete('domain-config', id);
  else request.records.put('domain-config', { id, domain_id: id, config: Object.fromEntries(groups.sort(byName)) });
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;

function assertDomain(request: RecordRequest): void {
  const id = domainOf(request);
  if (!request.records.has('domain', id)) notFound(`Could not find domain: ${id}.`);
}

const replyConfig = (status: number, config: object): Reply => reply(status, { config });

/** Shows a configuration, a group of it, or an option. */
export function showConfig(request: RecordRequest): Reply {
  authorize(request, 'get_domain_config', { policy: SYSTEM_READ });
  const part = requestedPart(request);
  const found = pickPart(withoutSecrets(storedConfig(request)), part);
  return replyConfig(200, found ?? partNotFound(domainOf(request), part));
}

/** Shows the defaults of all options, of a group, or of an option. */
export function showConfigDefaults(request: RecordRequest): Reply {
  authorize(request, 'get_domain_config_default', { policy: SYSTEM_READ });
  const part = requestedPart(request);
  return replyConfig(200, defaultsOf(part) ?? partNotFound('', part));
}

/** Replaces a configuration. */
export function replaceConfig(request: RecordRequest): Reply {
  authorize(request, 'create_domain_config', { policy: ADMIN });
  assertDomain(request);
  const config = wrappedBody(request, 'config');
  assertConfig(config);
  const isNew = Object.keys(storedConfig(request)).length === 0;
  storeConfig(request, config);
  return replyConfig(isNew ? 201 : 200, withoutSecrets(storedConfig(request)));
}

/** Changes options of a configuration, of a group, or one option; parts that are named have to be there. */
export function updateConfig(request: RecordRequest): Reply {
  authorize(request, 'update_domain_config', { policy: ADMIN });
  assertDomain(request);
  const part = requestedPart(request);
  const change = parseChange(wrappedBody(request, 'config'), part);
  const config = storedConfig(request);
  if (part.group !== undefined && pickPart(config, part) === undefined) partNotFound(domainOf(request), part);
  storeConfig(request, merge(config, change));
  return replyConfig(200, withoutSecrets(storedConfig(request)));
}

const merge = (config: Config, change: Config): Config => ({
  ...config,
  ...Object.fromEntries(Object.entries(change).map(([group, options]) => [group, { ...config[group], ...options }])),
});

/** Deletes a configuration, a group of it, or an option. */
export function deleteConfig(request: RecordRequest): Reply {
  authorize(request, 'delete_domain_config', { policy: ADMIN });
  assertDomain(request);
  const part = requestedPart(request);
  storeConfig(request, without(storedConfig(request), part, domainOf(request)));
  return NO_CONTENT;
}

/** Returns a configuration without a part. @throws RequestError 404 if it has no such group or option. */
function without(config: Config, { group, option }: ConfigPart, domainId: string): Config {
  if (group === undefined) return {};
  const { [group]: options, ...others } = config;
  if (options === undefined) return partNotFound(domainId, { group });
  if (option === undefined) return others;
  if (!Object.hasOwn(options, option)) return partNotFound(domainId, { group, option });
  return { ...others, [group]: Object.fromEntries(Object.entries(options).filter(([name]) => name !== option)) };
}
