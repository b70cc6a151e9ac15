import type { Json } from '../base/json.ts';
import { Work } from '../base/slices.ts';
import { didYouMean } from '../contract/nearest.ts';
import { toSeconds } from '../domain/clock.ts';
import type { Image, ImageStatus } from '../domain/image.ts';
import { contentOfImage } from '../domain/imports/image-copy.ts';
import { projectIds } from '../fixtures/sections/directory/build.ts';
import { buildImage } from '../fixtures/sections/images/build.ts';
import { HOLDS_DATA } from '../fixtures/sections/images/data.ts';
import { type ImageContext, type ImageFixture, parseImage } from '../fixtures/sections/images/parse.ts';
import type { Directory } from '../identity/directory/directory.ts';
import { InputError, type InputIssue } from '../input/input-error.ts';
import type { World } from '../world/world.ts';
import { AdminError, alreadyExists, notFound } from './problems.ts';

/** An image, as the admin API shows it: the members of a fixture, with projects by id. */
export interface ImageView {
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly status: string;
  readonly visibility: string;
  readonly protected: boolean;
  readonly hidden: boolean;
  readonly containerFormat: string | null;
  readonly diskFormat: string | null;
  readonly minDisk: number;
  readonly minRam: number;
  /** Bytes. */
  readonly size: number | null;
  readonly virtualSize: number | null;
  readonly checksum: string | null;
  readonly hashAlgorithm: string | null;
  readonly hashValue: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
  readonly tags: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
  readonly members: readonly { readonly project: string; readonly status: string }[];
  readonly usedBy: readonly string[];
}

/** Converts an image to the form that the admin API shows. */
export const presentImage = (image: Image): ImageView => ({
  id: image.id,
  name: image.name,
  owner: image.owner,
  status: image.status,
  visibility: image.visibility,
  protected: image.isProtected,
  hidden: image.isHidden,
  containerFormat: image.containerFormat,
  diskFormat: image.diskFormat,
  minDisk: image.minDisk,
  minRam: image.minRam,
  size: image.sizeBytes,
  virtualSize: image.virtualSizeBytes,
  checksum: image.checksum,
  hashAlgorithm: image.hashAlgorithm,
  hashValue: image.hashValue,
  createdAt: toSeconds(image.createdAt),
  updatedAt: toSeconds(image.updatedAt),
  deletedAt: image.deletedAt === null ? null : toSeconds(image.deletedAt),
  tags: image.tags,
  properties: image.properties,
  members: image.members.map(({ memberId, status }) => ({ project: memberId, status })),
  usedBy: image.usedBy,
});

/** An image that differs from the one with which the world started; `before` is `null` for a new image. */
export interface ImageChangeView {
  readonly before: ImageView | null;
  /** A deleted image has the status `deleted`. */
  readonly after: ImageView;
}

/** Lists the images that differ from those with which the world started, or to which it was reset or restored. */
export const listImageChanges = (world: World): Work<{ readonly changes: readonly ImageChangeView[] }> =>
  new Work(function* () {
    const changes: ImageChangeView[] = [];
    for (const { before, after } of world.images.differences()) {
      yield;
      changes.push({ before: before === undefined ? null : presentImage(before), after: presentImage(after) });
    }
    return { changes };
  });

const REQUEST: ImageContext = { place: 'image', pointer: '', directory: null };

/** Selects images; all given members must match. */
export interface ImageFilter {
  readonly name?: string;
  readonly status?: ImageStatus;
  /** Id or name of the project that owns the image. */
  readonly owner?: string;
  readonly visibility?: string;
  /** Only images with a higher id. */
  readonly after?: string;
  /** Maximum number of images; 100 when omitted. */
  readonly limit?: number;
}

/** A page of images. */
export interface ImageList {
  /** In the order of their ids. */
  readonly images: readonly ImageView[];
  /** The value of `after` for the next page; `null` if there is none. */
  readonly next: string | null;
}

/** Number of images when `limit` is omitted. */
const DEFAULT_LIMIT = 100;

/** Lists images of all projects, in the order of their ids. Deleted ones are listed only when the filter names their status. */
export function listImages(
  world: World,
  { limit = DEFAULT_LIMIT, after, owner, ...equal }: ImageFilter,
): Work<ImageList> {
  return new Work(function* () {
    world.applyDueChanges();
    const project = owner === undefined ? undefined : projectIds(directoryOf(world).projects)(owner);
    const found: ImageView[] = [];
    for (const image of world.images.all(after)) {
      yield;
      if (project !== undefined && image.owner !== project) continue;
      if (!isSelected(image, equal)) continue;
      if (found.length === limit) return { images: found, next: found.at(-1)?.id ?? null };
      found.push(presentImage(image));
    }
    return { images: found, next: null };
  });
}

function isSelected(
  image: Image,
  { name, status, visibility }: Omit<ImageFilter, 'limit' | 'after' | 'owner'>,
): boolean {
  if (status === undefined ? image.status === 'deleted' : image.status !== status) return false;
  return (name === undefined || image.name === name) && (visibility === undefined || image.visibility === visibility);
}

/**
 * Adds an image with any status.
 * @throws InputError for an invalid image.
 * @throws AdminError 409 for an id that is in use.
 */
export function placeImage(world: World, value: Json): Image {
  const fixture = parseImage(value, REQUEST);
  assertKnownProjects(fixture, world);
  // The id of a deleted image is free here: a service would not give it out again, but a test may need it.
  if (fixture.id !== undefined && world.images.isTaken(fixture.id) && !world.images.isDeleted(fixture.id)) {
    throw alreadyExists(`Image ${fixture.id} exists already; change it with PATCH.`, {
      pointer: '/id',
      found: fixture.id,
    });
  }
  const image = buildImage(fixture, imageDependencies(world));
  world.images.place(image);
  return image;
}

/**
 * Changes the given members of an image. Removes its data when the new status has none.
 * @throws InputError for an invalid change.
 * @throws AdminError 404 for an unknown image, and for a deleted one, which stays deleted.
 */
export function changeImage(world: World, imageId: string, value: Json): Image {
  const before = existingImage(world, imageId);
  if (before.status === 'deleted') {
    throw notFound(`Image ${imageId} was deleted; add it again with POST /__admin/images.`, {
      pointer: '',
      found: imageId,
      allowed: 'an image that is not deleted',
    });
  }
  const patch = parseImage({ status: before.status, ...value }, REQUEST);
  assertKnownProjects(patch, world);
  const status = patch.status ?? before.status;
  const isNewData = patch.data !== undefined || patch.sizeBytes !== undefined;
  const data = isNewData || !HOLDS_DATA.has(status) ? undefined : contentOfImage(before);
  const merged: ImageFixture = {
    ...fixtureOf(before),
    ...(data !== undefined && { data, ...digestsOf(before) }),
    ...(!HOLDS_DATA.has(status) && before.sizeBytes !== null && { sizeBytes: before.sizeBytes }),
    updatedAt: world.clock.now(),
    ...patch,
  };
  const image = buildImage(merged, imageDependencies(world));
  world.images.place(image);
  return image;
}

/**
 * Removes an image, even when it is protected or in use.
 * @throws AdminError 404 for an unknown image.
 */
export function removeImage(world: World, imageId: string): void {
  const image = existingImage(world, imageId);
  if (image.status === 'deleted') throw noSuchImage(imageId);
  const now = world.clock.now();
  world.images.place({ ...image, status: 'deleted', deletedAt: now, updatedAt: now, data: null, usedBy: [] });
}

/**
 * Finds an image, even a deleted one.
 * @throws AdminError 404 for an unknown image.
 */
export function existingImage(world: World, imageId: string): Image {
  const image = world.images.peek(imageId);
  if (image === undefined) throw noSuchImage(imageId);
  return image;
}

const noSuchImage = (imageId: string): AdminError =>
  new AdminError(404, `Image ${imageId} does not exist in this world.`);

const directoryOf = (world: World): Directory => world.identity.directory;

const imageDependencies = (world: World) => ({
  ids: world.ids,
  projectId: projectIds(directoryOf(world).projects),
  now: world.clock.now(),
});

/** Converts an image to a fixture without data. */
const fixtureOf = (image: Image) => ({
  id: image.id,
  name: image.name,
  ...(image.owner !== null && { owner: image.owner }),
  status: image.status,
  visibility: image.visibility,
  isProtected: image.isProtected,
  isHidden: image.isHidden,
  containerFormat: image.containerFormat,
  diskFormat: image.diskFormat,
  minDisk: image.minDisk,
  minRam: image.minRam,
  createdAt: image.createdAt,
  tags: image.tags,
  properties: image.properties,
  members: image.members.map(({ memberId, status }) => ({ project: memberId, status })),
  usedBy: image.usedBy,
});

const digestsOf = (image: Image) => ({
  virtualSizeBytes: image.virtualSizeBytes,
  checksum: image.checksum,
  hashAlgorithm: image.hashAlgorithm,
  hashValue: image.hashValue,
});

/** @throws InputError for unknown project names. Unknown ids are allowed: they may belong to another cloud. */
function assertKnownProjects(fixture: ImageFixture, world: World): void {
  const { projects } = directoryOf(world);
  const known = new Set(projects.flatMap(({ id, name }) => [id, name]));
  const issues: InputIssue[] = [];
  const check = (project: string | undefined, pointer: string): void => {
    if (project === undefined || known.has(project) || /^[0-9a-f-]{32,36}$/i.test(project)) return;
    const names = projects.map(({ name }) => name);
    const message = `unknown project "${project}"${didYouMean(project, names)}`;
    issues.push({ pointer, message, found: project, allowed: names });
  };
  check(fixture.owner, '/owner');
  fixture.members?.forEach(({ project }, index) => void check(project, `/members/${index}/project`));
  if (issues.length > 0) throw new InputError('image', issues);
}
