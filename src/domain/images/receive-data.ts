import type { Readable } from 'node:stream';
import type { Caller } from '../caller.ts';
import type { BlobStore, HashAlgorithm, Received } from '../data/image-data.ts';
import type { ImageStore } from '../image-store/image-store.ts';
import type { Limits } from '../limits.ts';
import { DomainError } from '../problem.ts';

/** What receiving data needs of a world. */
export interface ReceivingDependencies {
  readonly store: ImageStore;
  readonly limits: () => Limits;
  readonly blobs: BlobStore;
  /** How the digest beside the MD5 is taken; the usual way when left out. */
  readonly hashing?: () => HashAlgorithm;
}

/** Whether a project may store so many bytes more. */
export function isRoomFor(
  { store, limits }: ReceivingDependencies,
  projectId: string | null,
  sizeBytes: number,
): boolean {
  const quota = limits().userStorageQuota;
  return quota === null || projectId === null || store.usage(projectId).bytes + sizeBytes <= quota;
}

/** @throws DomainError `over-quota` where the caller's project has no room for so many bytes. */
export function checkStorage({ store, limits }: ReceivingDependencies, caller: Caller, sizeBytes: number): void {
  const quota = limits().userStorageQuota;
  if (quota === null) return;
  const remaining = quota - store.usage(caller.projectId).bytes;
  if (sizeBytes > remaining) throw new DomainError({ kind: 'over-quota', sizeBytes, remaining });
}

/**
 * Holds the size that a client announces against what an image and a project may have.
 * @throws DomainError `over-quota`, `too-large`.
 */
export function checkAnnounced(parts: ReceivingDependencies, caller: Caller, announcedBytes: number | undefined): void {
  if (announcedBytes === undefined) return;
  checkStorage(parts, caller, announcedBytes);
  checkCap(parts, announcedBytes);
}

/**
 * Takes the data of one image in.
 * @param announcedBytes - the size that the client said.
 * @throws DomainError `too-large`, `wrong-size`.
 */
export async function receiveData(
  parts: ReceivingDependencies,
  stream: Readable,
  announcedBytes: number | undefined,
): Promise<Received> {
  const received = await parts.blobs.receive(stream, (total) => checkCap(parts, total), parts.hashing?.());
  if (announcedBytes !== undefined && received.sizeBytes !== announcedBytes) {
    throw new DomainError({ kind: 'wrong-size', expected: announcedBytes, actual: received.sizeBytes });
  }
  return received;
}

/** @throws DomainError `too-large` for more than one image may have. */
export function checkCap({ limits }: ReceivingDependencies, sizeBytes: number): void {
  const maximum = limits().imageSizeCap;
  if (sizeBytes > maximum) throw new DomainError({ kind: 'too-large', sizeBytes, maximum });
}
