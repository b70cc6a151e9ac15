import type { Release, ReleaseRanks } from './base/release.ts';
import type { Clock } from './domain/clock.ts';
import type { BlobStore, HashAlgorithm } from './domain/data/image-data.ts';
import type { Store } from './domain/data/store.ts';
import type { Ids } from './domain/ids.ts';
import type { ImageCache } from './domain/images/image-cache.ts';
import type { Images } from './domain/images/images.ts';
import type { Imports } from './domain/imports/imports.ts';
import type { Transfers } from './domain/imports/transfers.ts';
import type { Limits } from './domain/limits.ts';
import type { Metadefs } from './domain/metadefs/metadefs.ts';
import type { Profiles } from './domain/profiles.ts';
import type { RateLimits } from './domain/rate-limits.ts';
import type { Aggregates } from './domain/servers/aggregates.ts';
import type { Flavors } from './domain/servers/flavors.ts';
import type { Keypairs } from './domain/servers/keypairs.ts';
import type { QuotaLimits } from './domain/servers/quotas.ts';
import type { ServerGroups } from './domain/servers/server-groups.ts';
import type { Servers } from './domain/servers/servers.ts';
import type { ObjectStore } from './domain/storage/object-store.ts';
import type { Volumes } from './domain/storage/volumes.ts';
import type { Tasks } from './domain/tasks/tasks.ts';
import type { Identity } from './identity/identity.ts';

/** A world as the dialects see it: the cloud behind the APIs. */
export interface Cloud {
  /** Name of the world: `default`, or `<name>` of the path `/w/<name>`. */
  readonly name: string;
  readonly clock: Clock;
  /** Generates ids from the seed of the world. */
  readonly ids: Ids;
  /** Images, with the rules of the services: permissions, members, quotas, uploads. */
  readonly images: Images;
  /** Projects, users, credentials and tokens. */
  readonly identity: Identity;
  /** Stores image data. */
  readonly blobs: BlobStore;
  readonly limits: Limits;
  /** Asynchronous work and its progress. */
  readonly tasks: Tasks;
  /** Imports of data from elsewhere into images. */
  readonly imports: Imports;
  /** The image cache of Glance. */
  readonly cache: ImageCache;
  /** The catalog of metadata definitions. */
  readonly metadefs: Metadefs;
  /** Flavors that servers can be created with. */
  readonly flavors: Flavors;
  /** Public keys of users. */
  readonly keypairs: Keypairs;
  /** Quotas of the compute service: of classes, projects and users. */
  readonly quotas: QuotaLimits;
  /** Groups of servers. */
  readonly serverGroups: ServerGroups;
  /** Groups of compute hosts. */
  readonly aggregates: Aggregates;
  readonly servers: Servers;
  /** Containers with files, for imports and exports. */
  readonly objects: ObjectStore;
  /** Volumes and their backups. */
  readonly volumes: Volumes;
  /** Creates images from servers, volumes and other images. */
  readonly transfers: Transfers;
  /** Natural rate limits of the services. */
  readonly rateLimits: RateLimits;
  /** Where image data can be stored; empty for a single store without a name. */
  readonly stores: readonly Store[];
  /** Choices where the documents of a service disagree. */
  readonly profiles: Profiles;
  /** The release of the services. */
  readonly release: Release;
  /** The release of the world and of each dialect, as numbers to compare. */
  readonly releases: ReleaseRanks;
  /** Notes that a choice other than the default decided the response; absent outside of a request. */
  readonly noteProfile?: ((profile: string) => void) | undefined;
  /** Algorithm of the digest that is computed for new image data in addition to its MD5. */
  readonly hashing: HashAlgorithm;
}
