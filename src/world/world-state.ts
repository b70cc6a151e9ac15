import type { Release } from '../base/release.ts';
import type { ClockState } from '../domain/clock.ts';
import type { Store } from '../domain/data/store.ts';
import type { IdsState } from '../domain/ids.ts';
import type { ImageStoreState } from '../domain/image-store/image-store.ts';
import type { ImageCacheState } from '../domain/images/image-cache.ts';
import type { Limits } from '../domain/limits.ts';
import type { MetadefsState } from '../domain/metadefs/store.ts';
import type { Profiles } from '../domain/profiles.ts';
import type { ProgressRules } from '../domain/progress.ts';
import type { RateLimitsState } from '../domain/rate-limits.ts';
import type { AggregatesState } from '../domain/servers/aggregates.ts';
import type { FlavorsState } from '../domain/servers/flavors.ts';
import type { KeypairsState } from '../domain/servers/keypairs.ts';
import type { QuotasState } from '../domain/servers/quotas.ts';
import type { ServerGroupsState } from '../domain/servers/server-groups.ts';
import type { ServersState } from '../domain/servers/server-trees.ts';
import type { ObjectStoreState } from '../domain/storage/object-store.ts';
import type { VolumesState } from '../domain/storage/volumes.ts';
import type { TasksState } from '../domain/tasks/task-trees.ts';
import type { Web } from '../domain/web.ts';
import type { FaultState } from '../faults/engine/engine.ts';
import type { IdentityState } from '../identity/identity-state.ts';

/**
 * The state of a world at one moment, by part. Immutable, so worlds and snapshots share it without a copy. The table `PARTS`
 * defines how each part is created, saved and restored.
 */
export interface WorldState {
  readonly clock: ClockState;
  readonly limits: Limits;
  readonly progress: ProgressRules;
  readonly profiles: Profiles;
  readonly release: Release;
  readonly stores: readonly Store[];
  readonly web: Web;
  readonly ids: IdsState;
  readonly imageStore: ImageStoreState;
  readonly tasks: TasksState;
  readonly cache: ImageCacheState;
  readonly metadefs: MetadefsState;
  readonly objects: ObjectStoreState;
  readonly volumes: VolumesState;
  readonly flavors: FlavorsState;
  readonly keypairs: KeypairsState;
  readonly quotas: QuotasState;
  readonly serverGroups: ServerGroupsState;
  readonly aggregates: AggregatesState;
  readonly servers: ServersState;
  readonly identity: IdentityState;
  readonly faults: FaultState;
  readonly rateLimits: RateLimitsState;
}

/** Name of a part of a world. */
export type PartName = keyof WorldState;
