import type { Caller } from '../caller.ts';
import { defaultStoreOf, type Store } from '../data/store.ts';
import type { Image } from '../image.ts';
import { canChange } from '../images/image-rules.ts';
import { DomainError, type ImportObstacle } from '../problem.ts';
import type { ImportMethod, ImportRequest } from './import-request.ts';
import type { ImportsDependencies } from './imports-dependencies.ts';

/** The error of a rejected import. */
export const importRejected = (imageId: string, reason: ImportObstacle, subject?: string): DomainError =>
  new DomainError({ kind: 'import-rejected', imageId, reason, ...(subject !== undefined && { subject }) });

/**
 * Checks a request to import into an image, in the order of the service.
 * @returns ids of the target stores.
 * @throws DomainError `import-rejected`, `image-not-owned`, `not-allowed`.
 */
export function checkImport(
  { stores, sources, conventions }: ImportsDependencies,
  caller: Caller,
  { image, request }: { readonly image: Image; readonly request: ImportRequest },
): readonly string[] {
  const { method } = request;
  const obstacle = STATUS_OBSTACLES[method](image.status);
  if (obstacle !== undefined) throw importRejected(image.id, obstacle);
  if (method !== 'copy') checkFormats(image);
  if (method === 'copy' && !caller.isAdmin) {
    throw new DomainError({ kind: 'not-allowed', action: 'copy-image', subject: image.id });
  }
  if (!canChange(caller, image)) throw new DomainError({ kind: 'image-not-owned', imageId: image.id });
  const targets = targetStores(stores(), image, request);
  const address = method === 'download' ? (request.uri?.() ?? '') : undefined;
  if (address !== undefined && !sources.allows(address, caller.source)) {
    throw importRejected(image.id, 'address', address);
  }
  if (image.properties[conventions.properties.task] !== undefined) throw importRejected(image.id, 'other-task');
  return targets;
}

/** What prevents an import in each status of an image. */
const STATUS_OBSTACLES: { readonly [M in ImportMethod]: (status: Image['status']) => ImportObstacle | undefined } = {
  copy: (status) => (status === 'active' ? undefined : 'not-active'),
  staged: (status) => (status === 'active' ? 'already-active' : status === 'uploading' ? undefined : 'not-staged'),
  download: (status) => (status === 'active' ? 'already-active' : status === 'queued' ? undefined : 'not-queued'),
};

function checkFormats(image: Image): void {
  for (const format of ['containerFormat', 'diskFormat'] as const) {
    if (image[format] === null) throw importRejected(image.id, 'format-missing', format);
  }
}

/** Ids of the stores that contain the data of an image. */
export function holdingStores(image: Image, known: readonly Store[]): readonly string[] {
  const defaultStore = defaultStoreOf(known);
  return image.stores ?? (defaultStore === undefined ? [] : [defaultStore]);
}

function targetStores(known: readonly Store[], image: Image, request: ImportRequest): readonly string[] {
  const { method, allStores, stores: requestedStores } = request;
  const requested = requestedStores?.();
  if (allStores === true && requested !== undefined) throw importRejected(image.id, 'stores-and-all-stores');
  const holding = method === 'copy' ? holdingStores(image, known) : [];
  if (allStores === true) {
    return known.filter(({ id, isReadOnly }) => isReadOnly !== true && !holding.includes(id)).map(({ id }) => id);
  }
  const targets = requested ?? [defaultStoreOf(known) ?? []].flat();
  const unknown = requested?.find((store) => known.every(({ id }) => id !== store));
  if (unknown !== undefined) throw importRejected(image.id, 'unknown-store', unknown);
  const occupied = targets.find((store) => holding.includes(store));
  if (occupied !== undefined) throw importRejected(image.id, 'already-there', occupied);
  return targets;
}
