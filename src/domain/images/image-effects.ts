import type { Image } from '../image.ts';
import type { ImageStore } from '../image-store/image-store.ts';
import type { Effect } from '../tasks/task.ts';

/** Effects on images. The world applies all other effects. */
export type ImageEffect = Extract<Effect, { readonly kind: 'activate' | 'change' | 'remove' | 'staged' | 'member' }>;

/** The image after an effect of a task. */
export function afterEffect(image: Image, effect: ImageEffect, now: number): Image {
  switch (effect.kind) {
    case 'activate':
      return activated(image, effect.stores, now);
    case 'change':
      return changed(image, effect, now);
    case 'remove':
      return removed(image, now);
    case 'staged':
      return stagedFully(image, effect, now);
    case 'member':
      return shared(image, effect, now);
    default:
      return effect satisfies never;
  }
}

/** The image after its deletion: without data, members and tags. Its id stays in use. */
export function removed(image: Image, now: number): Image {
  const { staged: _staged, isReceiving: _isReceiving, ...rest } = image;
  return { ...rest, status: 'deleted', tags: [], members: [], data: null, updatedAt: now, deletedAt: now };
}

/** The image after an upload that brought no complete data. */
export function queuedAgain({ isReceiving: _isReceiving, ...image }: Image): Image {
  return { ...image, status: 'queued' };
}

/** Whether data of an image is arriving. */
export const isReceiving = (image: Image): boolean =>
  image.isReceiving === true && (image.status === 'saving' || image.status === 'uploading');

/** Applies an effect to an image; a deleted image is ignored. */
export function applyImageEffect(store: ImageStore, effect: ImageEffect, now: number): void {
  const image = store.get(effect.imageId);
  if (image === undefined || image.status === 'deleted') return;
  store.put(afterEffect(image, effect, now));
}

function activated(image: Image, stores: readonly string[] | undefined, now: number): Image {
  const { staged, ...rest } = image;
  if (staged === undefined) return { ...rest, status: 'active', updatedAt: now };
  return {
    ...rest,
    status: 'active',
    sizeBytes: staged.sizeBytes,
    virtualSizeBytes: staged.virtualSizeBytes,
    checksum: staged.md5,
    hashAlgorithm: staged.hash?.algorithm ?? null,
    hashValue: staged.hash?.value ?? null,
    data: staged.data,
    updatedAt: now,
    ...(stores !== undefined && { stores }),
  };
}

/** The image once all its data is staged, or has been lost. */
function stagedFully(image: Image, { isLost }: Extract<Effect, { readonly kind: 'staged' }>, now: number): Image {
  const { staged, ...rest } = image;
  if (image.status !== 'uploading' || staged?.isPartial === undefined) return image;
  if (isLost === true) return { ...rest, status: 'queued', updatedAt: now };
  const { isPartial: _isPartial, ...complete } = staged;
  return { ...rest, sizeBytes: complete.sizeBytes, staged: complete, updatedAt: now };
}

/** The image after a change of one member: it becomes shared with its first member, and private again without members. */
function shared(image: Image, effect: Extract<Effect, { readonly kind: 'member' }>, now: number): Image {
  const { memberId, status } = effect;
  // Members from before the image became private no longer count.
  const members = image.visibility === 'shared' ? image.members : [];
  if (status === null) {
    const remaining = members.filter((member) => member.memberId !== memberId);
    return { ...image, visibility: remaining.length === 0 ? 'private' : 'shared', members: remaining };
  }
  const known = members.find((member) => member.memberId === memberId);
  if (known !== undefined) {
    const updated = { ...known, status, updatedAt: now };
    return { ...image, members: members.map((member) => (member === known ? updated : member)) };
  }
  if (status !== 'pending') return image;
  const member = { memberId, status, createdAt: now, updatedAt: now };
  return { ...image, visibility: 'shared', members: [...members, member] };
}

function changed(image: Image, effect: Extract<Effect, { readonly kind: 'change' }>, now: number): Image {
  const { staged, ...rest } = image;
  const properties: Record<string, string> = { ...image.properties };
  for (const [key, value] of Object.entries(effect.properties ?? {})) {
    if (value === null) delete properties[key];
    else properties[key] = value;
  }
  return {
    ...rest,
    ...(staged !== undefined && effect.unstage === undefined && { staged }),
    ...effect.changes,
    properties,
    updatedAt: now,
  };
}
