import type { Contract } from '../contract/contract.ts';
import { InputError } from '../domain/input-error.ts';
import type { ProgressRules } from '../domain/progress.ts';
import { checkProgress, parseProgress, presentProgress } from '../fixtures/progress-settings.ts';
import {
  checkProfiles,
  parseLimits,
  parseProfiles,
  parseStores,
  presentLimits,
  presentStores,
} from '../fixtures/settings.ts';
import type { World } from '../world.ts';

type Json = Readonly<Record<string, unknown>>;

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
 * @throws InputError for profiles and choices that there are not, and for progress that never comes about.
 */
export function changeConfiguration(
  world: World,
  configuration: Configuration,
  contracts: readonly Contract[],
): Required<Configuration> {
  const { limits, quotas, progress, profiles, stores } = configuration;
  const chosen = demandProfiles(profiles, contracts);
  const rules = demandProgress(progress, contracts);
  if (limits !== undefined || quotas !== undefined) {
    world.setLimits({ ...parseLimits('limits', limits), ...parseLimits('quotas', quotas) });
  }
  if (rules !== undefined) world.setProgress(rules);
  if (chosen !== undefined) {
    const merged = Object.entries(chosen).map(([dialect, own]) => [dialect, { ...world.profiles[dialect], ...own }]);
    world.setProfiles({ ...world.profiles, ...Object.fromEntries(merged) });
  }
  if (stores !== undefined) world.setStores(parseStores(stores));
  return readConfiguration(world);
}

/** @throws InputError for profiles and choices that there are not. */
export function demandProfiles(
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
export function demandProgress(progress: Json | undefined, contracts: readonly Contract[]): ProgressRules | undefined {
  if (progress === undefined) return undefined;
  const rules = parseProgress(progress);
  const issues = checkProgress(rules, contracts, '/progress');
  if (issues.length > 0) throw new InputError('configuration', issues);
  return rules;
}
