import type { Readable } from 'node:stream';
import type { Caller } from '../caller.ts';
import type { BlobStore, HashAlgorithm, Received } from '../data/image-data.ts';
import type { ImageStore } from '../image-store/image-store.ts';
import type { Limits } from '../limits.ts';
import { DomainError } from '../problem.ts';
import { DataStorageFull } from '../storage-failure.ts';

/** What receiving data uses of its world. */
export interface ReceivingDependencies {
  readonly store: ImageStore;
  readonly limits: () => Limits;
  readonly blobs: BlobStore;
  /** Algorithm of the digest beside the MD5. Default: that of the blob store. */
  readonly hashing?: () => HashAlgorithm;
}

/** Whether a project may store this many more bytes. */
export function isRoomFor(
  { store, limits }: ReceivingDependencies,
  projectId: string | null,
  sizeBytes: number,
): boolean {
  const quota = limits().userStorageQuota;
  return quota === null || projectId === null || store.usage(projectId).bytes + sizeBytes <= quota;
}

/**
 * Checks that a project has storage left for data of this size.
 * @throws DomainError `over-quota` if the caller's project may not store this many more bytes.
 */
export function checkStorage({ store, limits }: ReceivingDependencies, caller: Caller, sizeBytes: number): void {
  const quota = limits().userStorageQuota;
  if (quota === null) return;
  const remaining = quota - store.usage(caller.projectId).bytes;
  if (sizeBytes > remaining) throw new DomainError({ kind: 'over-quota', sizeBytes, remaining });
}

/**
 * Checks the size that a client announces against the limits of an image and of the project.
 * @throws DomainError `over-quota`, `too-large`.
 */
export function checkAnnounced(
  dependencies: ReceivingDependencies,
  caller: Caller,
  announcedBytes: number | undefined,
): void {
  if (announcedBytes === undefined) return;
  checkStorage(dependencies, caller, announcedBytes);
  checkCap(dependencies, announcedBytes);
}

/**
 * Receives the data of one image.
 * @param announcedBytes - size that the client announced.
 * @throws DomainError `too-large`, `wrong-size`.
 */
export async function receiveData(
  dependencies: ReceivingDependencies,
  stream: Readable,
  announcedBytes: number | undefined,
): Promise<Received> {
  const { blobs, hashing } = dependencies;
  const received = await blobs.receive(stream, (total) => checkCap(dependencies, total), hashing?.());
  if (announcedBytes !== undefined && received.sizeBytes !== announcedBytes) {
    throw new DomainError({ kind: 'wrong-size', expected: announcedBytes, actual: received.sizeBytes });
  }
  return received;
}

/** Returns the problem of an upload to a full medium; other errors as they are. */
export const uploadProblem = (error: unknown): unknown =>
  error instanceof DataStorageFull ? new DomainError({ kind: 'storage-full' }) : error;

/**
 * Checks data against the maximum size of an image.
 * @throws DomainError `too-large` for more bytes than one image may have.
 */
export function checkCap({ limits }: ReceivingDependencies, sizeBytes: number): void {
  const maximum = limits().imageSizeCap;
  if (sizeBytes > maximum) throw new DomainError({ kind: 'too-large', sizeBytes, maximum });
}
