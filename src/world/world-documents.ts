import type { ClockState } from '../domain/clock.ts';
import { type CollectionState, collectionOf } from '../domain/collection.ts';
import type { Store } from '../domain/data/store.ts';
import { restoreIds } from '../domain/ids.ts';
import { type CachedImage, restoreImageCache } from '../domain/images/image-cache.ts';
import type { Limits } from '../domain/limits.ts';
import type { MetadefRecord } from '../domain/metadefs/metadef.ts';
import { recordsOf, restoreMetadefs } from '../domain/metadefs/store.ts';
import type { Profiles } from '../domain/profiles.ts';
import type { ProgressRules } from '../domain/progress.ts';
import type { Server } from '../domain/servers/server.ts';
import { restoreServers } from '../domain/servers/server-trees.ts';
import type { Container, StoredObject } from '../domain/storage/object-store.ts';
import { containerKey, objectKey } from '../domain/storage/object-store.ts';
import type { Backup, Volume } from '../domain/storage/volume.ts';
import { restoreVolumes } from '../domain/storage/volumes.ts';
import type { Task } from '../domain/tasks/task.ts';
import { restoreTasks } from '../domain/tasks/task-trees.ts';
import { type FaultState, initialFaults } from '../faults/engine/engine.ts';
import { ScenarioSet } from '../faults/engine/scenario-set.ts';
import type { ScenarioLibrary } from '../faults/scenario-file/library.ts';
import { parseScenario } from '../faults/scenario-file/load.ts';
import { DEFAULT_STORES } from '../fixtures/default-stores.ts';
import type { ApplicationCredential } from '../identity/application-credentials/application-credential.ts';
import type { Directory } from '../identity/directory/directory.ts';
import { restoreIdentity } from '../identity/identity-state.ts';
import type { Token } from '../identity/tokens/token.ts';
import type { Collections, SavedState } from '../persistence/documents.ts';
import type { WorldState } from './world-state.ts';

/** What a world keeps beside its images: names of collections, and of the documents of the first. */
export const KEPT = {
  world: 'world',
  ids: 'ids',
  tokens: 'tokens',
  credentials: 'credentials',
  tasks: 'tasks',
  cache: 'cache',
  metadefs: 'metadefs',
  servers: 'servers',
  objects: 'objects',
  containers: 'containers',
  volumes: 'volumes',
  backups: 'backups',
} as const;

/** A scenario set as a JSON value. */
interface SavedScenarios {
  /** Put by somebody: as written; `null` for one that was removed. */
  readonly own: Readonly<Record<string, unknown>>;
  readonly playing: readonly {
    readonly name: string;
    readonly calls?: number;
    readonly until?: number;
    readonly since?: number;
    readonly isWanted: boolean;
  }[];
}

/** Scenarios of a world, and which of them play, as a JSON value. */
export function savedScenarios({ scenarios }: FaultState): SavedScenarios {
  return {
    own: Object.fromEntries([...(scenarios?.own ?? [])].map(([name, scenario]) => [name, scenario?.document ?? null])),
    playing: [...(scenarios?.enabled ?? [])].map(([name, { calls, until, since, isWanted }]) => ({
      name,
      ...(calls !== undefined && { calls }),
      ...(until !== undefined && { until }),
      ...(since !== undefined && { since }),
      isWanted,
    })),
  };
}

/** What a world is made of, as documents. */
export function toDocuments(state: WorldState): SavedState {
  const { identity, ids } = state;
  const documents = new Map<string, Map<string, unknown>>([
    [
      KEPT.world,
      new Map<string, unknown>([
        ['seed', typeof ids === 'string' ? ids : ids.seed],
        ['limits', state.limits],
        ['clock', state.clock],
        ['directory', identity.directory],
        ['scenarios', savedScenarios(state.faults)],
        ['progress', state.progress ?? {}],
        ['profiles', state.profiles ?? {}],
        ['stores', state.stores ?? DEFAULT_STORES],
      ]),
    ],
  ]);
  if (typeof ids !== 'string') documents.set(KEPT.ids, new Map(ids.counters.entries()));
  if (identity.tokens !== undefined) documents.set(KEPT.tokens, new Map(identity.tokens.tokens.entries()));
  if (identity.credentials !== undefined) documents.set(KEPT.credentials, new Map(identity.credentials.byId.entries()));
  if (state.tasks !== undefined) documents.set(KEPT.tasks, new Map(state.tasks.tasks.entries()));
  if (state.cache !== undefined) documents.set(KEPT.cache, new Map(state.cache.cached.entries()));
  if (state.metadefs !== undefined) documents.set(KEPT.metadefs, new Map(recordsOf(state.metadefs)));
  if (state.servers !== undefined) documents.set(KEPT.servers, new Map(state.servers.servers.tree.entries()));
  if (state.objects !== undefined) {
    documents.set(KEPT.objects, new Map(state.objects.objects.tree.entries()));
    documents.set(KEPT.containers, new Map(state.objects.containers.tree.entries()));
  }
  if (state.volumes !== undefined) {
    documents.set(KEPT.volumes, new Map(state.volumes.volumes.tree.entries()));
    documents.set(KEPT.backups, new Map(state.volumes.backups.tree.entries()));
  }
  return { images: state.images, documents };
}

/** What documents say that a world is made of. */
export function toWorldState(saved: SavedState, library: ScenarioLibrary): WorldState {
  const { documents } = saved;
  const world = documents.get(KEPT.world) ?? new Map<string, unknown>();
  const seed = world.get('seed') as string;
  return {
    images: saved.images,
    identity: restoreIdentity(
      world.get('directory') as Directory,
      valuesOf<Token>(documents, KEPT.tokens),
      valuesOf<ApplicationCredential>(documents, KEPT.credentials),
    ),
    ids: restoreIds(seed, (documents.get(KEPT.ids) ?? new Map()) as ReadonlyMap<string, number>),
    limits: world.get('limits') as Limits,
    clock: world.get('clock') as ClockState,
    faults: restoreFaults(seed, world.get('scenarios') as SavedScenarios, library),
    progress: (world.get('progress') ?? {}) as ProgressRules,
    profiles: (world.get('profiles') ?? {}) as Profiles,
    stores: (world.get('stores') ?? DEFAULT_STORES) as readonly Store[],
    cache: restoreImageCache(valuesOf<CachedImage>(documents, KEPT.cache)),
    metadefs: restoreMetadefs(valuesOf<MetadefRecord>(documents, KEPT.metadefs)),
    tasks: restoreTasks(valuesOf<Task>(documents, KEPT.tasks)),
    servers: restoreServers(valuesOf<Server>(documents, KEPT.servers)),
    objects: {
      objects: keyed(valuesOf<StoredObject>(documents, KEPT.objects), objectKey),
      containers: keyed(valuesOf<Container>(documents, KEPT.containers), containerKey),
    },
    volumes: restoreVolumes(valuesOf<Volume>(documents, KEPT.volumes), valuesOf<Backup>(documents, KEPT.backups)),
  };
}

const keyed = <T>(values: Iterable<T>, key: (value: T) => string): CollectionState<T> =>
  collectionOf([...values].map((value) => [key(value), value] as const));

const valuesOf = <T>(documents: Collections, name: string): Iterable<T> =>
  (documents.get(name)?.values() ?? []) as Iterable<T>;

function restoreFaults(seed: string, kept: SavedScenarios, library: ScenarioLibrary): FaultState {
  let scenarios = new ScenarioSet(library);
  for (const [name, document] of Object.entries(kept.own)) {
    scenarios =
      document === null
        ? scenarios.without(name)
        : scenarios.with(parseScenario(document, 'admin', library.operations));
  }
  for (const { name, ...rest } of kept.playing) {
    // A scenario file may have gone since; then there is nothing to play.
    const scenario = scenarios.get(name);
    if (scenario !== undefined) scenarios = scenarios.enabling({ scenario, ...rest });
  }
  return { ...initialFaults(seed, library), scenarios };
}
