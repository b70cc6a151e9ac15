import type { Json } from '../base/json.ts';
import type { Contract } from '../contract/contract.ts';
import { mergedProfiles } from '../domain/profiles.ts';
import type { ProgressRules } from '../domain/progress.ts';
import { checkProgress, type KnownNames, parseProgress, presentProgress } from '../fixtures/progress-settings.ts';
import {
  checkProfiles,
  checkStores,
  namesIn,
  parseLimits,
  parseProfiles,
  parseStores,
  presentLimits,
  presentStores,
} from '../fixtures/settings.ts';
import { InputError } from '../input/input-error.ts';
import type { World } from '../world/world.ts';
import type { Settings } from '../world/worlds.ts';

/** What of a world is set rather than made, as fixtures write it. */
export interface Configuration {
  readonly limits?: Json;
  readonly quotas?: Json;
  readonly progress?: Json;
  readonly profiles?: Readonly<Record<string, Json>>;
  readonly stores?: readonly Json[];
}

/** The configuration of a world, all of them. */
export const readConfiguration = (world: World): Required<Configuration> => ({
  limits: presentLimits('limits', world.limits),
  quotas: presentLimits('quotas', world.limits),
  progress: presentProgress(world.progress),
  profiles: world.profiles,
  stores: presentStores(world.stores),
});

/**
 * Sets what is given; all of it or nothing.
 * @throws InputError for profiles and choices that there are not, stores that cannot be, and for progress that never comes
 * about.
 */
export function changeConfiguration(
  world: World,
  configuration: Configuration,
  contracts: readonly Contract[],
): Required<Configuration> {
  const { limits, progress, profiles, stores } = parseConfiguration(configuration, contracts, knownIn(world));
  if (limits !== undefined) world.setLimits(limits);
  if (progress !== undefined) world.setProgress(progress);
  if (profiles !== undefined) world.setProfiles(mergedProfiles(world.profiles, profiles));
  if (stores !== undefined) world.setStores(stores);
  return readConfiguration(world);
}

/** What there is in a world, as far as progress names it. */
const knownIn = ({ stores, identity }: World): KnownNames => ({
  stores: stores.map(({ id }) => id),
  projects: namesIn(identity.directory.projects),
  users: namesIn(identity.directory.users),
});

/**
 * A configuration as worlds take it; what is absent stays absent.
 * @param standing - what there is already; what is absent is not looked at.
 * @throws InputError as `changeConfiguration`.
 */
export function parseConfiguration(
  configuration: Configuration,
  contracts: readonly Contract[],
  standing: KnownNames = {},
): Settings {
  const { limits, quotas } = configuration;
  const stores = assertValidStores(configuration.stores);
  const known = stores === undefined ? standing : { ...standing, stores: stores.map(({ id }) => id) };
  const profiles = assertValidProfiles(configuration.profiles, contracts);
  const progress = assertValidProgress(configuration.progress, contracts, known);
  return {
    ...((limits ?? quotas) !== undefined && {
      limits: { ...parseLimits('limits', limits), ...parseLimits('quotas', quotas) },
    }),
    ...(progress !== undefined && { progress }),
    ...(profiles !== undefined && { profiles }),
    ...(stores !== undefined && { stores }),
  };
}

/** @throws InputError for a list that cannot be. */
function assertValidStores(stores: Configuration['stores']): ReturnType<typeof parseStores> | undefined {
  if (stores === undefined) return undefined;
  const parsed = parseStores(stores);
  const issues = checkStores(parsed, '/stores');
  if (issues.length > 0) throw new InputError('configuration', issues);
  return parsed;
}

/** @throws InputError for profiles and choices that there are not. */
function assertValidProfiles(
  profiles: Configuration['profiles'],
  contracts: readonly Contract[],
): ReturnType<typeof parseProfiles> | undefined {
  if (profiles === undefined) return undefined;
  const chosen = parseProfiles(profiles);
  const issues = checkProfiles(chosen, contracts, '/profiles');
  if (issues.length > 0) throw new InputError('configuration', issues);
  return chosen;
}

/** @throws InputError for APIs, types and codes that there are not, and for rules that never come to a task. */
function assertValidProgress(
  progress: Json | undefined,
  contracts: readonly Contract[],
  known: KnownNames,
): ProgressRules | undefined {
  if (progress === undefined) return undefined;
  const rules = parseProgress(progress);
  const issues = checkProgress(rules, contracts, '/progress', known);
  if (issues.length > 0) throw new InputError('configuration', issues);
  return rules;
}
