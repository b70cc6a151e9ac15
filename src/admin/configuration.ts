import type { Json } from '../base/json.ts';
import type { Contract } from '../contract/contract.ts';
import { mergedProfiles } from '../domain/profiles.ts';
import type { ProgressRules } from '../domain/progress.ts';
import { namesIn } from '../fixtures/reading/named.ts';
import { parseLimits, presentLimits } from '../fixtures/sections/limits.ts';
import { checkProfiles, parseProfiles } from '../fixtures/sections/profiles.ts';
import { checkProgress } from '../fixtures/sections/progress/check.ts';
import type { KnownNames } from '../fixtures/sections/progress/check-match.ts';
import { parseProgress, presentProgress } from '../fixtures/sections/progress/progress.ts';
import { parseRelease } from '../fixtures/sections/release.ts';
import { checkStores, parseStores, presentStores } from '../fixtures/sections/stores.ts';
import { parseWeb, presentWeb } from '../fixtures/sections/web.ts';
import { InputError } from '../input/input-error.ts';
import type { Fixtures } from '../input/types/fixtures.ts';
import type { World } from '../world/world.ts';
import type { Settings } from '../world/worlds.ts';

/** The settings of a world, as in fixture files. */
export type Configuration = Pick<
  Fixtures,
  'limits' | 'quotas' | 'progress' | 'profiles' | 'release' | 'stores' | 'web'
>;

/** Returns the whole configuration of a world. */
export const readConfiguration = (world: World): Required<Configuration> => ({
  limits: presentLimits('limits', world.limits),
  quotas: presentLimits('quotas', world.limits),
  progress: presentProgress(world.progress),
  profiles: world.profiles,
  release: world.release,
  stores: presentStores(world.stores) as NonNullable<Configuration['stores']>,
  web: presentWeb(world.web),
});

/**
 * Changes the given members. An invalid member leaves everything unchanged.
 * @throws InputError for unknown profiles and choices, invalid stores, and progress rules that can never match.
 */
export function changeConfiguration(
  world: World,
  configuration: Configuration,
  contracts: readonly Contract[],
): Required<Configuration> {
  const settings = parseConfiguration(configuration, contracts, namesKnownTo(world));
  const { limits, progress, profiles, release, stores, web } = settings;
  if (limits !== undefined) world.setLimits(limits);
  if (progress !== undefined) world.setProgress(progress);
  if (profiles !== undefined) world.setProfiles(mergedProfiles(world.profiles, profiles));
  if (release !== undefined) world.setRelease(release);
  if (stores !== undefined) world.setStores(stores);
  if (web !== undefined) world.setWeb({ ...world.web, ...web });
  return readConfiguration(world);
}

/** The names in a world that progress rules may use. */
const namesKnownTo = ({ stores, identity }: World): KnownNames => ({
  stores: stores.map(({ id }) => id),
  projects: namesIn(identity.directory.projects),
  users: namesIn(identity.directory.users),
});

/**
 * Converts a configuration to the settings of a world; omitted members stay absent.
 * @param existing - names that exist already; kinds of names that are absent are not checked.
 * @throws InputError as `changeConfiguration`.
 */
export function parseConfiguration(
  configuration: Configuration,
  contracts: readonly Contract[],
  existing: KnownNames = {},
): Settings {
  const { limits, quotas, release, web } = configuration;
  const stores = assertValidStores(configuration.stores);
  const known = stores === undefined ? existing : { ...existing, stores: stores.map(({ id }) => id) };
  const profiles = assertValidProfiles(configuration.profiles, contracts);
  const progress = assertValidProgress(configuration.progress, contracts, known);
  return {
    ...((limits ?? quotas) !== undefined && {
      limits: { ...parseLimits('limits', limits), ...parseLimits('quotas', quotas) },
    }),
    ...(progress !== undefined && { progress }),
    ...(profiles !== undefined && { profiles }),
    ...(release !== undefined && { release: parseRelease(release) }),
    ...(stores !== undefined && { stores }),
    ...(web !== undefined && { web: parseWeb(web, { place: 'configuration', directory: null }) }),
  };
}

/** @throws InputError for an invalid list. */
function assertValidStores(stores: Configuration['stores']): ReturnType<typeof parseStores> | undefined {
  if (stores === undefined) return undefined;
  const parsed = parseStores(stores);
  const issues = checkStores(parsed, '/stores');
  if (issues.length > 0) throw new InputError('configuration', issues);
  return parsed;
}

/** @throws InputError for unknown profiles and choices. */
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

/** @throws InputError for unknown APIs, types and codes, and for rules that can never match. */
function assertValidProgress(
  progress: Json | undefined,
  contracts: readonly Contract[],
  known: KnownNames,
): ProgressRules | undefined {
  if (progress === undefined) return undefined;
  const rules = parseProgress(progress);
  const issues = checkProgress(rules, { contracts, pointer: '/progress', known });
  if (issues.length > 0) throw new InputError('configuration', issues);
  return rules;
}
