/** Checks of domain configurations, with Keystone's messages. */

import { isObject, type Json } from '../../../base/json.ts';
import { ownMember } from '../../../base/own-member.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { badRequest, forbidden, notFound } from '../request-error.ts';
import { CONFIG_DEFAULTS, SECRET_OPTIONS } from './config-defaults.ts';

/** Options by group. */
export type Config = Readonly<Record<string, Json>>;

/** A part of a configuration: all of it, a group, or an option of a group. */
export interface ConfigPart {
  readonly group?: string | undefined;
  readonly option?: string | undefined;
}

/** Returns the part that a path names. @throws RequestError 403 if the service has no such group or option. */
export function requestedPart({ call }: RecordRequest): ConfigPart {
  const { group, option } = call.params;
  if (group !== undefined) assertGroup(group);
  if (group !== undefined && option !== undefined) assertOption(group, option);
  return { group, option };
}

function invalid(message: string): never {
  forbidden(`Invalid domain specific configuration: ${message}`);
}

function assertGroup(group: string): void {
  if (!Object.hasOwn(CONFIG_DEFAULTS, group)) {
    invalid(`Group ${group} is not supported for domain specific configurations.`);
  }
}

const isSecret = (group: string, option: string): boolean =>
  ownMember(SECRET_OPTIONS, group)?.includes(option) === true;

function assertOption(group: string, option: string): void {
  if (isSecret(group, option) || Object.hasOwn(CONFIG_DEFAULTS[group] ?? {}, option)) return;
  invalid(`Option ${option} in group ${group} is not supported for domain specific configurations.`);
}

/** Checks a configuration that a client sends. @throws RequestError. */
export function assertConfig(config: unknown): asserts config is Config {
  const members = assertNotEmpty(config);
  for (const [group, options] of Object.entries(members)) {
    if (!isObject(options) || Object.keys(options).length === 0) {
      invalid(`The value of group ${group} specified in the config should be a dictionary of options.`);
    }
    assertGroup(group);
    for (const option of Object.keys(options)) assertOption(group, option);
  }
}

function assertNotEmpty(config: unknown): Json {
  if (typeof config === 'number' && config !== 0) badRequest("'int' object is not iterable");
  if (!isObject(config) || Object.keys(config).length === 0) invalid('No options specified.');
  return config;
}

/** Reads the change of a part from what a client sends, as options by group. @throws RequestError. */
export function parseChange(config: unknown, { group, option }: ConfigPart): Config {
  const members = assertNotEmpty(config);
  const names = Object.keys(members);
  const change = group !== undefined && option !== undefined ? { [group]: members } : members;
  assertConfig(change);
  if (group !== undefined && option === undefined) assertOnlyGroup(names, group);
  if (group !== undefined && option !== undefined) assertOnlyOption(names, group, option);
  return change;
}

function assertOnlyGroup(names: readonly string[], group: string): void {
  if (names.length > 1) {
    invalid(`Trying to update group ${group}, so that, and only that, group must be specified in the config.`);
  }
  if (names[0] !== group) {
    invalid(`request to update group ${group}, but config provided contains group ${names[0] ?? ''} instead.`);
  }
}

function assertOnlyOption(names: readonly string[], group: string, option: string): void {
  const what = `Trying to update option ${option} in group ${group}`;
  if (names.length > 1) invalid(`${what}, so that, and only that, option must be specified  in the config.`);
  if (names[0] !== option) invalid(`${what}, but config provided contains option ${names[0] ?? ''} instead.`);
}

/** Returns a configuration without its secret options. */
export const withoutSecrets = (config: Config): Config =>
  Object.fromEntries(
    Object.entries(config).map(([group, options]) => [
      group,
      Object.fromEntries(Object.entries(options).filter(([option]) => !isSecret(group, option))),
    ]),
  );

/** Returns a part of a configuration, as replies show it; `undefined` if the configuration lacks it. */
export function pickPart(config: Config, { group, option }: ConfigPart): Json | undefined {
  if (group === undefined) return Object.keys(config).length === 0 ? undefined : config;
  const options = config[group];
  if (option === undefined) return options && { [group]: options };
  return options !== undefined && Object.hasOwn(options, option) ? { [option]: options[option] } : undefined;
}

/** Rejects a request for a part that a configuration lacks. @throws RequestError 404. */
export function partNotFound(domainId: string, { group, option }: ConfigPart): never {
  const what =
    group === undefined
      ? 'any options'
      : option === undefined
        ? `group ${group}`
        : `option ${option} in group ${group}`;
  notFound(`Could not find ${what} in domain configuration for domain ${domainId}.`);
}

/** Returns the defaults of a part. @throws RequestError 403 for a secret option. */
export function defaultsOf({ group, option }: ConfigPart): Json | undefined {
  if (group !== undefined && option !== undefined && isSecret(group, option)) {
    invalid(`Reading the default for option ${option} in group ${group} is not supported.`);
  }
  return pickPart(CONFIG_DEFAULTS, { group, option });
}
