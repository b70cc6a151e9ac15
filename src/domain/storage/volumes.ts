import { GIBIBYTE } from '../../base/size.ts';
import type { Caller } from '../caller.ts';
import { Collection, type CollectionState, collectionOf } from '../collection.ts';
import type { StagedData } from '../image.ts';
import type { Backup, Volume } from './volume.ts';

/** State of the volumes and backups of a world, from which others can start. */
export interface VolumesState {
  readonly volumes: CollectionState<Volume>;
  readonly backups: CollectionState<Backup>;
}

const byId = <T extends { readonly id: string }>(values: Iterable<T>): CollectionState<T> =>
  collectionOf([...values].map((value) => [value.id, value] as const));

/** Restores the state of the volumes and backups of a world. */
export const restoreVolumes = (volumes: Iterable<Volume>, backups: Iterable<Backup>): VolumesState => ({
  volumes: byId(volumes),
  backups: byId(backups),
});

/** The volumes of one world and the backups of its servers, which images are created from. */
export class Volumes {
  readonly #volumes: Collection<Volume>;
  readonly #backups: Collection<Backup>;
  #byServer: ReadonlyMap<string | null, readonly Volume[]> | undefined;

  /** @param onBackup - called with each backup before it is stored, and with `null` for one that is removed. */
  constructor(state: VolumesState | undefined, onBackup?: (id: string, backup: Backup | null) => void) {
    this.#volumes = new Collection(state?.volumes);
    this.#backups = new Collection(state?.backups, onBackup);
  }

  /** The current state; costs the same for any number of volumes. */
  snapshot(): VolumesState {
    return { volumes: this.#volumes.snapshot(), backups: this.#backups.snapshot() };
  }

  /** Returns a volume of the caller's project. */
  volume(caller: Pick<Caller, 'projectId'>, id: string): Volume | undefined {
    return ownOnly(this.#volumes.get(id), caller);
  }

  /** Returns the volumes that are attached to a server. */
  attachedTo(serverId: string): readonly Volume[] {
    // Volumes come from fixtures and do not change, so that they are grouped once.
    this.#byServer ??= groupByServer(this.#volumes.under(''));
    return this.#byServer.get(serverId) ?? [];
  }

  /** Returns a backup of the caller's project. */
  backup(caller: Pick<Caller, 'projectId'>, id: string): Backup | undefined {
    return ownOnly(this.#backups.get(id), caller);
  }

  /** Stores a backup in place of its former value. */
  putBackup(backup: Backup): void {
    this.#backups.set(backup.id, backup);
  }

  /** Removes a backup; an unknown id is ignored. */
  removeBackup(id: string): void {
    this.#backups.delete(id);
  }
}

function groupByServer(volumes: Iterable<Volume>): ReadonlyMap<string | null, readonly Volume[]> {
  const groups = new Map<string | null, Volume[]>();
  for (const volume of volumes) {
    const group = groups.get(volume.serverId);
    if (group === undefined) groups.set(volume.serverId, [volume]);
    else group.push(volume);
  }
  return groups;
}

const ownOnly = <T extends { readonly projectId: string }>(
  value: T | undefined,
  { projectId }: Pick<Caller, 'projectId'>,
): T | undefined => (value?.projectId === projectId ? value : undefined);

/** Share of a disk that has been written, and that its image contains. */
const WRITTEN_SHARE = 1 / 16;

/** The content of an image of a disk: reproducible bytes, the same for the same id. */
export function contentOfDisk(id: string, sizeGibibytes: number): StagedData {
  const sizeBytes = Math.round(sizeGibibytes * GIBIBYTE * WRITTEN_SHARE);
  const seed = Number.parseInt(id.replaceAll('-', '').slice(0, 8), 16) || 0;
  return {
    data: { kind: 'virtual', sizeBytes, seed },
    sizeBytes,
    // Computing digests of this much data would take too long.
    md5: null,
    hash: null,
    virtualSizeBytes: sizeGibibytes * GIBIBYTE,
  };
}
