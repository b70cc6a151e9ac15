import type { Image } from '../image.ts';
import type { ImportRequest } from './import-request.ts';

/** How an import ends that some stores do not take. */
export interface ImportEnding {
  /** Whether it fails as a whole. */
  readonly isFailure: boolean;
  /** Stores that have the data then. */
  readonly held: readonly string[];
  /** Stores that failed, as far as the service got. */
  readonly failed: readonly string[];
  /** Stores that it did not get to. */
  readonly pending: readonly string[];
  /** What becomes of an image that has no data but this. */
  readonly changes: Pick<Image, 'status' | 'sizeBytes'>;
}

/**
 * Where data goes of which some stores refuse to take any. Where all must succeed, the first that does not ends it,
 * and what others have taken by then is taken back; else the image is there as soon as one has it.
 * @param stores - in the order in which the service goes to them.
 */
export function endingOf(
  stores: readonly string[],
  failing: readonly string[],
  { wish, sizeBytes }: { readonly wish: Pick<ImportRequest, 'method' | 'mustAllSucceed'>; readonly sizeBytes: number },
): ImportEnding {
  const failed = stores.filter((id) => failing.includes(id));
  const held = stores.filter((id) => !failing.includes(id));
  if (wish.mustAllSucceed === false || failed.length === 0) {
    // Of a copy there is the image all the same.
    const isFailure = held.length === 0 && wish.method !== 'copy-image';
    return { isFailure, held, failed, pending: [], changes: { status: 'queued', sizeBytes: null } };
  }
  const at = stores.indexOf(failed[0] as string);
  return {
    isFailure: true,
    held: [],
    failed: failed.slice(0, 1),
    pending: stores.slice(at + 1),
    changes: { status: 'importing', sizeBytes: at === 0 ? sizeBytes : null },
  };
}
