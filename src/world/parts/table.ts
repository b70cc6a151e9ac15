import { DEFAULT_RELEASE, FIRST_RELEASE } from '../../base/release.ts';
import { REAL_TIME } from '../../domain/clock.ts';
import { collectionOf } from '../../domain/collection.ts';
import { Ids, restoreIds } from '../../domain/ids.ts';
import { ImageStore } from '../../domain/image-store/image-store.ts';
import { type CachedImage, ImageCache, restoreImageCache } from '../../domain/images/image-cache.ts';
import { DEFAULT_LIMITS } from '../../domain/limits.ts';
import type { MetadefRecord } from '../../domain/metadefs/metadef.ts';
import { Metadefs } from '../../domain/metadefs/metadefs.ts';
import { recordsOf, restoreMetadefs } from '../../domain/metadefs/store.ts';
import { RateLimits, type RateLimitsState } from '../../domain/rate-limits.ts';
import { type Aggregate, Aggregates, restoreAggregates } from '../../domain/servers/aggregates.ts';
import { Flavors, type OfferedFlavor, restoreFlavors } from '../../domain/servers/flavors.ts';
import { type Keypair, Keypairs, restoreKeypairs } from '../../domain/servers/keypairs.ts';
import { QuotaLimits, restoreQuotas, type SavedQuotas } from '../../domain/servers/quotas.ts';
import type { Server } from '../../domain/servers/server.ts';
import { restoreServerGroups, type ServerGroup, ServerGroups } from '../../domain/servers/server-groups.ts';
import { restoreServers } from '../../domain/servers/server-trees.ts';
import { Servers } from '../../domain/servers/servers.ts';
import {
  type Container,
  containerKey,
  ObjectStore,
  objectKey,
  type StoredObject,
} from '../../domain/storage/object-store.ts';
import type { Backup, Volume } from '../../domain/storage/volume.ts';
import { restoreVolumes, Volumes } from '../../domain/storage/volumes.ts';
import { restoreTasks } from '../../domain/tasks/task-trees.ts';
import { Tasks } from '../../domain/tasks/tasks.ts';
import { NO_WEB } from '../../domain/web.ts';
import { FaultEngine } from '../../faults/engine/engine.ts';
import { DEFAULT_STORES } from '../../fixtures/sections/stores.ts';
import type { ApplicationCredential } from '../../identity/application-credentials/application-credential.ts';
import { buildCatalogs } from '../../identity/directory/catalog.ts';
import type { Directory } from '../../identity/directory/directory.ts';
import { Identity } from '../../identity/identity.ts';
import { restoreIdentity } from '../../identity/identity-state.ts';
import { changesOf, type SavedRecord } from '../../identity/records/records-state.ts';
import type { Token } from '../../identity/tokens/token.ts';
import type { SavedState } from '../../persistence/world-documents.ts';
import { DEFAULT_WORLD } from '../world-name.ts';
import type { PartName, WorldState } from '../world-state.ts';
import { applyEffect } from './apply-effect.ts';
import { COLLECTIONS, documentsIn, keyed, seedOf, valuesOf, worldDocument } from './collections.ts';
import type { Part, SettingName, WorldParts } from './part.ts';
import { restoreFaults, type SavedScenarios, savedScenarios } from './scenarios.ts';
import { type TaskDocument, toTaskDocument, toTaskDocuments, toTasks } from './task-document.ts';
import { toWeb, toWebDocument, type WebDocument } from './web-document.ts';

const EMPTY_DIRECTORY: Directory = {
  domains: [],
  projects: [],
  users: [],
  roles: [],
  assignments: [],
  domainAssignments: [],
  systemAssignments: [],
  catalogs: { openstack: [], rackspace: [], huawei: [] },
  regions: { openstack: '', rackspace: '', huawei: '' },
};

/** Initial state of rate limits, without any requests. */
const NO_REQUESTS: RateLimitsState = collectionOf([]);

/** A part that is a plain value, replaced as a whole by `PartContext.setSetting`. */
const setting = <K extends SettingName>(name: K, initial: WorldState[K]): Part<WorldState[K], WorldState[K]> => ({
  initial: () => initial,
  create: (state) => state,
  snapshot: (value) => value,
  toDocuments: (state) => [[COLLECTIONS.world, name, state]],
  restore: (saved) => worldDocument(saved, name) ?? initial,
});

/** Returns the saved directory; adds the catalogs to that of a state file from before they were saved. */
function savedDirectory(saved: SavedState): Directory {
  const directory = worldDocument<Directory>(saved, 'directory') ?? EMPTY_DIRECTORY;
  if (directory.catalogs !== undefined) return directory;
  return { ...directory, catalogs: buildCatalogs(directory.regions, new Ids(seedOf(saved))) };
}

/** All parts of a world, in the order in which they are created. */
export const PARTS: { readonly [K in PartName]: Part<WorldState[K], WorldParts[K]> } = {
  clock: {
    initial: () => REAL_TIME,
    create(state, { clock }) {
      clock.restore(state);
      return clock;
    },
    snapshot: (clock) => clock.state,
    toDocuments: (state) => [[COLLECTIONS.world, 'clock', state]],
    restore: (saved) => worldDocument(saved, 'clock') ?? REAL_TIME,
  },
  limits: setting('limits', DEFAULT_LIMITS),
  progress: setting('progress', {}),
  profiles: setting('profiles', {}),
  release: {
    ...setting('release', DEFAULT_RELEASE),
    restore: (saved) => worldDocument(saved, 'release') ?? FIRST_RELEASE,
  },
  stores: setting('stores', DEFAULT_STORES),
  web: {
    initial: () => NO_WEB,
    create: (state) => state,
    snapshot: (web) => web,
    toDocuments: (state) => [[COLLECTIONS.world, 'web', toWebDocument(state)]],
    restore: (saved) => toWeb(worldDocument<WebDocument>(saved, 'web') ?? {}),
  },
  ids: {
    initial: (seed) => new Ids(seed).snapshot(),
    create: (state, { documents }) =>
      new Ids(state, (key, count) => documents.putDocument(COLLECTIONS.ids, key, count)),
    snapshot: (ids) => ids.snapshot(),
    *toDocuments({ seed, counters }) {
      yield [COLLECTIONS.world, 'seed', seed];
      yield* documentsIn(COLLECTIONS.ids, counters.entries());
    },
    restore: (saved) =>
      restoreIds(seedOf(saved), (saved.documents.get(COLLECTIONS.ids) ?? new Map()) as ReadonlyMap<string, number>),
  },
  imageStore: {
    initial: () => new ImageStore().snapshot(),
    create: (state, { documents }) => new ImageStore(state, (image) => documents.putImage(image)),
    snapshot: (store) => store.snapshot(),
    // `SavedState.images` refers to the state itself.
    toDocuments: () => [],
    restore: ({ images }) => images,
  },
  tasks: {
    initial: () => restoreTasks([]),
    create(state, context) {
      const { clock, parts, documents } = context;
      return new Tasks(state, {
        clock,
        ids: parts.ids,
        progress: () => parts.progress,
        setProgress: (progress) => context.setSetting('progress', progress),
        names: {
          image: (id) => parts.imageStore.get(id)?.name,
          project: (id) => parts.identity.index.project(id)?.name,
          user: (id) => parts.identity.index.user(id)?.name,
        },
        isGone: (imageId) => parts.imageStore.isDeleted(imageId),
        apply: (effect) => applyEffect(context, effect),
        onPut: (task) => documents.putDocument(COLLECTIONS.tasks, task.id, toTaskDocument(task)),
        onDrop: (id) => documents.putDocument(COLLECTIONS.tasks, id, null),
      });
    },
    snapshot: (tasks) => tasks.snapshot(),
    toDocuments: ({ tasks }) => documentsIn(COLLECTIONS.tasks, toTaskDocuments(tasks.entries())),
    restore: (saved) => restoreTasks(toTasks(valuesOf<TaskDocument>(saved, COLLECTIONS.tasks))),
  },
  cache: {
    initial: () => restoreImageCache([]),
    create: (state, { clock, parts, documents, dependencies }) =>
      new ImageCache(state, {
        api: dependencies.conventions.cache.api,
        clock,
        tasks: parts.tasks,
        peek: (imageId) => parts.imageStore.get(imageId),
        onChange: (imageId, entry) => documents.putDocument(COLLECTIONS.cache, imageId, entry),
      }),
    snapshot: (cache) => cache.snapshot(),
    toDocuments: ({ cached }) => documentsIn(COLLECTIONS.cache, cached.entries()),
    restore: (saved) => restoreImageCache(valuesOf<CachedImage>(saved, COLLECTIONS.cache)),
  },
  metadefs: {
    initial: () => restoreMetadefs([]),
    create: (state, { clock, documents }) =>
      new Metadefs(state, { clock, onChange: (id, record) => documents.putDocument(COLLECTIONS.metadefs, id, record) }),
    snapshot: (metadefs) => metadefs.snapshot(),
    toDocuments: (state) => documentsIn(COLLECTIONS.metadefs, recordsOf(state)),
    restore: (saved) => restoreMetadefs(valuesOf<MetadefRecord>(saved, COLLECTIONS.metadefs)),
  },
  objects: {
    initial: () => ({ objects: collectionOf([]), containers: collectionOf([]) }),
    create: (state, { documents }) =>
      new ObjectStore(state, {
        object: (key, object) => documents.putDocument(COLLECTIONS.objects, key, object),
        container: (key, container) => documents.putDocument(COLLECTIONS.containers, key, container),
      }),
    snapshot: (objects) => objects.snapshot(),
    *toDocuments({ objects, containers }) {
      yield* documentsIn(COLLECTIONS.objects, objects.tree.entries());
      yield* documentsIn(COLLECTIONS.containers, containers.tree.entries());
    },
    restore: (saved) => ({
      objects: keyed(valuesOf<StoredObject>(saved, COLLECTIONS.objects), objectKey),
      containers: keyed(valuesOf<Container>(saved, COLLECTIONS.containers), containerKey),
    }),
  },
  volumes: {
    initial: () => restoreVolumes([], []),
    create: (state, { documents }) =>
      new Volumes(state, (id, backup) => documents.putDocument(COLLECTIONS.backups, id, backup)),
    snapshot: (volumes) => volumes.snapshot(),
    *toDocuments({ volumes, backups }) {
      yield* documentsIn(COLLECTIONS.volumes, volumes.tree.entries());
      yield* documentsIn(COLLECTIONS.backups, backups.tree.entries());
    },
    restore: (saved) =>
      restoreVolumes(valuesOf<Volume>(saved, COLLECTIONS.volumes), valuesOf<Backup>(saved, COLLECTIONS.backups)),
  },
  flavors: {
    initial: () => restoreFlavors([]),
    create: (state, { documents }) =>
      new Flavors(state, (id, flavor) => documents.putDocument(COLLECTIONS.flavors, id, flavor)),
    snapshot: (flavors) => flavors.snapshot(),
    toDocuments: ({ flavors }) => documentsIn(COLLECTIONS.flavors, flavors.tree.entries()),
    restore: (saved) => restoreFlavors(valuesOf<OfferedFlavor>(saved, COLLECTIONS.flavors)),
  },
  keypairs: {
    initial: () => restoreKeypairs([]),
    create: (state, { documents }) =>
      new Keypairs(state, (key, keypair) => documents.putDocument(COLLECTIONS.keypairs, key, keypair)),
    snapshot: (keypairs) => keypairs.snapshot(),
    toDocuments: ({ keypairs }) => documentsIn(COLLECTIONS.keypairs, keypairs.tree.entries()),
    restore: (saved) => restoreKeypairs(valuesOf<Keypair>(saved, COLLECTIONS.keypairs)),
  },
  quotas: {
    initial: () => restoreQuotas([]),
    create: (state, { documents }) =>
      new QuotaLimits(state, (key, saved) => documents.putDocument(COLLECTIONS.quotas, key, saved)),
    snapshot: (quotas) => quotas.snapshot(),
    toDocuments: ({ tree }) => documentsIn(COLLECTIONS.quotas, tree.entries()),
    restore: (saved) => restoreQuotas(valuesOf<SavedQuotas>(saved, COLLECTIONS.quotas)),
  },
  serverGroups: {
    initial: () => restoreServerGroups([]),
    create: (state, { documents }) =>
      new ServerGroups(state, (id, group) => documents.putDocument(COLLECTIONS.serverGroups, id, group)),
    snapshot: (groups) => groups.snapshot(),
    toDocuments: ({ groups }) => documentsIn(COLLECTIONS.serverGroups, groups.tree.entries()),
    restore: (saved) => restoreServerGroups(valuesOf<ServerGroup>(saved, COLLECTIONS.serverGroups)),
  },
  aggregates: {
    initial: () => restoreAggregates([]),
    create: (state, { documents }) =>
      new Aggregates(state, (key, aggregate) => documents.putDocument(COLLECTIONS.aggregates, key, aggregate)),
    snapshot: (aggregates) => aggregates.snapshot(),
    toDocuments: ({ aggregates }) => documentsIn(COLLECTIONS.aggregates, aggregates.tree.entries()),
    restore: (saved) => restoreAggregates(valuesOf<Aggregate>(saved, COLLECTIONS.aggregates)),
  },
  servers: {
    initial: () => restoreServers([]),
    create: (state, { clock, parts, services, documents, dependencies }) =>
      new Servers(state, {
        clock,
        ids: parts.ids,
        tasks: parts.tasks,
        images: services.images,
        transfers: services.transfers,
        blobs: dependencies.blobs,
        conventions: dependencies.conventions.snapshots,
        onChange: (id, server) => documents.putDocument(COLLECTIONS.servers, id, server),
        onDelete: (id, server) => documents.putDocument(COLLECTIONS.deletedServers, id, server),
      }),
    snapshot: (servers) => servers.snapshot(),
    *toDocuments({ servers, deleted }) {
      yield* documentsIn(COLLECTIONS.servers, servers.tree.entries());
      yield* documentsIn(COLLECTIONS.deletedServers, deleted.tree.entries());
    },
    restore: (saved) =>
      restoreServers(valuesOf<Server>(saved, COLLECTIONS.servers), valuesOf<Server>(saved, COLLECTIONS.deletedServers)),
  },
  identity: {
    initial: () => ({ directory: EMPTY_DIRECTORY }),
    create: (state, { name, clock, parts, documents }) =>
      new Identity(state, {
        clock,
        ids: parts.ids,
        limits: () => parts.limits,
        ...(name !== DEFAULT_WORLD && { world: name }),
        listeners: {
          token: (id, token) => documents.putDocument(COLLECTIONS.tokens, id, token),
          credential: (id, credential) => documents.putDocument(COLLECTIONS.credentials, id, credential),
          record: (key, saved) => documents.putDocument(COLLECTIONS.records, key, saved),
        },
      }),
    snapshot: (identity) => identity.snapshot(),
    *toDocuments({ directory, records, tokens, credentials }) {
      yield [COLLECTIONS.world, 'directory', directory];
      if (records !== undefined) yield* documentsIn(COLLECTIONS.records, changesOf(records));
      yield* documentsIn(COLLECTIONS.tokens, tokens?.tokens.entries() ?? []);
      yield* documentsIn(COLLECTIONS.credentials, credentials?.byId.entries() ?? []);
    },
    restore: (saved) =>
      restoreIdentity({
        directory: savedDirectory(saved),
        records: valuesOf<SavedRecord>(saved, COLLECTIONS.records),
        tokens: valuesOf<Token>(saved, COLLECTIONS.tokens),
        credentials: valuesOf<ApplicationCredential>(saved, COLLECTIONS.credentials),
      }),
  },
  faults: {
    initial: (seed) => ({ seed }),
    create: (state, { clock, unusedFaults, documents }) => {
      const engine: FaultEngine = new FaultEngine(state, clock, unusedFaults, () =>
        documents.putDocument(COLLECTIONS.world, 'scenarios', savedScenarios(engine.snapshot())),
      );
      return engine;
    },
    snapshot: (faults) => faults.snapshot(),
    toDocuments: (state) => [[COLLECTIONS.world, 'scenarios', savedScenarios(state)]],
    restore: (saved, library) =>
      restoreFaults(seedOf(saved), worldDocument<SavedScenarios>(saved, 'scenarios'), library),
  },
  rateLimits: {
    initial: () => NO_REQUESTS,
    create: (state, { clock }) => new RateLimits(state, clock),
    snapshot: (rateLimits) => rateLimits.snapshot(),
    // Not saved, because a write for each request would cost too much.
    toDocuments: () => [],
    restore: () => NO_REQUESTS,
  },
};
