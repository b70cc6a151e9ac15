import type { Caller } from '../caller.ts';
import { Collection, type CollectionState, collectionOf } from '../collection.ts';
import type { StagedData } from '../image.ts';
import type { Backup, Volume } from './volume.ts';

/** State of the volumes and backups of a world, to start others from. */
export interface VolumesState {
  readonly volumes: CollectionState<Volume>;
  readonly backups: CollectionState<Backup>;
}

const byId = <T extends { readonly id: string }>(values: Iterable<T>): CollectionState<T> =>
  collectionOf([...values].map((value) => [value.id, value] as const));

/** The state of the volumes and backups of a world. */
export const restoreVolumes = (volumes: Iterable<Volume>, backups: Iterable<Backup>): VolumesState => ({
  volumes: byId(volumes),
  backups: byId(backups),
});

/** The volumes of one world and the backups of its servers, as far as images are made of them. */
export class Volumes {
  readonly #volumes: Collection<Volume>;
  readonly #backups: Collection<Backup>;

  /** @param keepBackup - is given each backup before it is put in, and `null` for one that goes. */
  constructor(state: VolumesState | undefined, keepBackup?: (id: string, backup: Backup | null) => void) {
    this.#volumes = new Collection(state?.volumes);
    this.#backups = new Collection(state?.backups, keepBackup);
  }

  snapshot(): VolumesState {
    return { volumes: this.#volumes.snapshot(), backups: this.#backups.snapshot() };
  }

  /** The volume, where the caller's project has it. */
  volume(caller: Pick<Caller, 'projectId'>, id: string): Volume | undefined {
    return ownOnly(this.#volumes.get(id), caller);
  }

  /** The backup, where the caller's project has it. */
  backup(caller: Pick<Caller, 'projectId'>, id: string): Backup | undefined {
    return ownOnly(this.#backups.get(id), caller);
  }

  putBackup(backup: Backup): void {
    this.#backups.set(backup.id, backup);
  }

  /** Removes a backup; one that is gone stays so. */
  removeBackup(id: string): void {
    this.#backups.delete(id);
  }
}

const ownOnly = <T extends { readonly projectId: string }>(
  value: T | undefined,
  { projectId }: Pick<Caller, 'projectId'>,
): T | undefined => (value?.projectId === projectId ? value : undefined);

/** How much of a disk its image holds: the rest was never written to. */
const WRITTEN = 1 / 16;

/** What an image of a disk holds: reproducible bytes, the same for the same id. */
export function contentOfDisk(id: string, sizeGibibytes: number): StagedData {
  const sizeBytes = Math.round(sizeGibibytes * 1024 ** 3 * WRITTEN);
  const seed = Number.parseInt(id.replaceAll('-', '').slice(0, 8), 16) || 0;
  return {
    data: { kind: 'virtual', sizeBytes, seed },
    sizeBytes,
    // Of so much data digests would take too long.
    md5: null,
    hash: null,
    virtualSizeBytes: sizeGibibytes * 1024 ** 3,
  };
}
