import type { ClockState } from '../domain/clock.ts';
import type { Store } from '../domain/data/store.ts';
import type { IdsState } from '../domain/ids.ts';
import type { ImageStoreState } from '../domain/image-store/image-store.ts';
import type { ImageCacheState } from '../domain/images/image-cache.ts';
import type { Limits } from '../domain/limits.ts';
import type { MetadefsState } from '../domain/metadefs/store.ts';
import type { Profiles } from '../domain/profiles.ts';
import type { ProgressRules } from '../domain/progress.ts';
import type { ServersState } from '../domain/servers/server-trees.ts';
import type { ObjectStoreState } from '../domain/storage/object-store.ts';
import type { VolumesState } from '../domain/storage/volumes.ts';
import type { TasksState } from '../domain/tasks/task-trees.ts';
import type { FaultState } from '../faults/engine/engine.ts';
import type { IdentityState } from '../identity/identity-state.ts';

/** Everything that makes a world what it is at one moment; never changes, and costs nothing to share. */
export interface WorldState {
  readonly images: ImageStoreState;
  readonly identity: IdentityState;
  readonly ids: IdsState | string;
  readonly limits: Limits;
  readonly clock: ClockState;
  readonly faults: FaultState;
  /** How what takes time gets on; at once where it is not said. */
  readonly progress?: ProgressRules;
  /** Which edition of a service to follow where its documents disagree. */
  readonly profiles?: Profiles;
  readonly tasks?: TasksState;
  /** Where image data can go; the usual two where it is not said. */
  readonly stores?: readonly Store[];
  readonly cache?: ImageCacheState;
  readonly metadefs?: MetadefsState;
  readonly servers?: ServersState;
  readonly objects?: ObjectStoreState;
  readonly volumes?: VolumesState;
}
