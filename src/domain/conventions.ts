import type { HashAlgorithm } from './data/image-data.ts';
import type { ImportConventions } from './imports/import-conventions.ts';
import type { Profiles } from './profiles.ts';
import type { SnapshotConventions } from './servers/snapshot-conventions.ts';

/** What the domain takes from the doubled services: names and sentences that it writes into images and tasks. */
export interface ServiceConventions {
  readonly imports: ImportConventions;
  readonly snapshots: SnapshotConventions;
  readonly cache: {
    /** Dialect that the tasks of the image cache belong to. */
    readonly api: string;
  };
  /** Algorithm of the digest beside the MD5, as the profiles of a world choose it. */
  hashAlgorithm(profiles: Profiles): HashAlgorithm;
}
