import type { Image } from '../image.ts';
import type { ImportRequest } from './import-request.ts';

/** How an import ends when some stores fail. */
export interface StoreOutcome {
  /** Whether the entire import fails. */
  readonly isFailure: boolean;
  /** Ids of the stores that contain the data afterwards. */
  readonly held: readonly string[];
  /** Ids of the stores that failed, up to the one at which the import stopped. */
  readonly failed: readonly string[];
  /** Ids of the stores that the import did not reach. */
  readonly pending: readonly string[];
  /** Changes to an image that has no other data. */
  readonly changes: Pick<Image, 'status' | 'sizeBytes'>;
}

/**
 * Works out how an import ends when some stores fail. If all stores must succeed, the first failure ends the import and
 * undoes what earlier stores took; otherwise the image is active as soon as one store has its data.
 * @param stores - ids in the order in which the service writes to them.
 */
export function outcomeOf(
  stores: readonly string[],
  failing: readonly string[],
  {
    request,
    sizeBytes,
  }: { readonly request: Pick<ImportRequest, 'method' | 'mustAllSucceed'>; readonly sizeBytes: number },
): StoreOutcome {
  const failed = stores.filter((id) => failing.includes(id));
  const held = stores.filter((id) => !failing.includes(id));
  if (request.mustAllSucceed === false || failed.length === 0) {
    // The source of a copy stays, even if no store takes the copy.
    const isFailure = held.length === 0 && request.method !== 'copy';
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
