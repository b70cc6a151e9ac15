import type { Caller } from '../caller.ts';
import type { Image } from '../image.ts';
import { DomainError } from '../problem.ts';
import type { NewImage } from './image-changes.ts';
import { checkMinimums, checkPropertyQuota, checkRecord, checkTagQuota, checkTexts, projectOf } from './image-rules.ts';
import type { ImagesDependencies } from './images-dependencies.ts';
import { excessOf } from './quotas.ts';

/** Options of `Images.create`. */
export interface CreateOptions {
  /** Read-only attributes that the client tried to set, under the client's names for them. */
  readonly attempted?: readonly string[];
}

/** Fractions of a millisecond that order images created at the same time. */
const FRACTIONS = 4096;

/** Creates an image without data. See `Images.create`. */
export function createImage(
  dependencies: ImagesDependencies,
  caller: Caller,
  { request, attempted = [] }: CreateOptions & { readonly request: NewImage },
): Image {
  const owner = request.owner === undefined ? projectOf(caller) : request.owner;
  checkPermission(caller, request, owner);
  checkAttributes(dependencies, request, attempted);
  // The image counts for the project that creates it, regardless of its owner.
  const { projectId } = caller;
  const excess = owner === null ? undefined : excessOf(dependencies, { projectId, what: 'images', delta: 1 });
  if (excess !== undefined) throw new DomainError(excess);
  if (request.id !== undefined && dependencies.store.isTaken(request.id)) {
    throw new DomainError({ kind: 'image-exists', imageId: request.id });
  }
  checkTexts(request);
  const createdAt = nextMoment(dependencies, owner);
  const id = request.id ?? nextId(dependencies, owner, request.name ?? '');
  const image: Image = { id, ...attributesOf(request), ...WITHOUT_CONTENT, owner, createdAt, updatedAt: createdAt };
  dependencies.store.put(image);
  return image;
}

function checkPermission(caller: Caller, request: NewImage, owner: string | null): void {
  if (caller.isAdmin) return;
  if (request.visibility === 'public') throw new DomainError({ kind: 'not-allowed', action: 'publicize' });
  if (owner === projectOf(caller)) return;
  throw new DomainError({ kind: 'not-allowed', action: 'create-for', ...(owner !== null && { subject: owner }) });
}

function checkAttributes(
  { limits }: ImagesDependencies,
  request: NewImage,
  [readOnly]: NonNullable<CreateOptions['attempted']>,
): void {
  checkTagQuota(request.tags, limits());
  if (readOnly !== undefined) throw new DomainError({ kind: 'read-only', attribute: readOnly });
  checkMinimums(request);
  checkPropertyQuota(request.properties, limits());
  checkRecord(request);
}

function nextMoment({ clock, ids }: ImagesDependencies, owner: string | null): number {
  // While the clock is frozen, images that other projects create must not affect the time.
  const sequence = clock.state.frozenAt === null ? ['creation'] : ['creation', owner ?? ''];
  return clock.now() + (ids.ordinal(...sequence) % FRACTIONS) / FRACTIONS;
}

function nextId({ ids, store }: ImagesDependencies, owner: string | null, name: string): string {
  for (;;) {
    const id = ids.next('image', owner ?? '', name);
    if (!store.isTaken(id)) return id;
  }
}

/** Attributes that clients set, with the defaults of the absent ones. */
const attributesOf = (request: NewImage): Required<Omit<NewImage, 'id' | 'owner'>> => ({
  name: request.name ?? null,
  visibility: request.visibility ?? 'shared',
  isProtected: request.isProtected ?? false,
  isHidden: request.isHidden ?? false,
  containerFormat: request.containerFormat ?? null,
  diskFormat: request.diskFormat ?? null,
  minDisk: request.minDisk ?? 0,
  minRam: request.minRam ?? 0,
  tags: request.tags === undefined ? [] : [...new Set(request.tags)],
  properties: request.properties ?? {},
});

/** Attributes of an image that has no data, members or users yet. */
const WITHOUT_CONTENT = {
  status: 'queued',
  sizeBytes: null,
  virtualSizeBytes: null,
  checksum: null,
  hashAlgorithm: null,
  hashValue: null,
  deletedAt: null,
  members: [],
  data: null,
  usedBy: [],
} as const satisfies Partial<Image>;
