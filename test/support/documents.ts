import { rmSync } from 'node:fs';
import type { Image } from '../../src/domain/image.ts';
import { ImageStore } from '../../src/domain/image-store/image-store.ts';
import { InputError } from '../../src/input/input-error.ts';
import type { Collections } from '../../src/persistence/document-layer.ts';
import { Documents } from '../../src/persistence/documents.ts';
import type { SavedState } from '../../src/persistence/world-documents.ts';

/** Opens a state file. Documents that had it open before are not closed: without their lock, they are as those of a killed process. */
export async function openDocuments(file: string): Promise<Documents> {
  rmSync(`${file}.lock`, { recursive: true, force: true });
  return Documents.open(file);
}

/** Returns an image. */
export function anImage(id: string, members: Partial<Image> = {}): Image {
  return {
    id,
    name: `name of ${id}`,
    owner: 'p1',
    status: 'active',
    visibility: 'shared',
    isProtected: false,
    isHidden: false,
    containerFormat: 'bare',
    diskFormat: 'raw',
    minDisk: 0,
    minRam: 0,
    sizeBytes: 5,
    virtualSizeBytes: null,
    checksum: null,
    hashAlgorithm: null,
    hashValue: null,
    createdAt: 1,
    updatedAt: 2,
    deletedAt: null,
    tags: ['a', 'b'],
    properties: { os: 'linux' },
    members: [{ memberId: 'p2', status: 'accepted', createdAt: 3, updatedAt: 4 }],
    data: null,
    usedBy: [],
    ...members,
  };
}

/** Returns documents by collection and id. */
export const collections = (documents: Record<string, Record<string, unknown>>): Collections =>
  new Map(Object.entries(documents).map(([name, collection]) => [name, new Map(Object.entries(collection))]));

/** Returns a state with images and documents. */
export function anOrigin(
  images: readonly Image[],
  documents: Record<string, Record<string, unknown>> = {},
): SavedState {
  const store = new ImageStore();
  for (const image of images) store.put(image);
  return { images: store.snapshot(), documents: collections(documents) };
}

/** A saved state as a plain object: names of images by id, and documents by collection and id. */
export interface PlainState {
  readonly images: Record<string, string | null>;
  readonly documents: Record<string, Record<string, unknown>>;
}

/** Converts a saved state to a plain object. */
export const plainState = ({ images, documents }: SavedState): PlainState => ({
  images: Object.fromEntries([...new ImageStore(images).after()].map(({ id, name }) => [id, name])),
  documents: Object.fromEntries([...documents].map(([name, collection]) => [name, Object.fromEntries(collection)])),
});

/** All saved worlds as plain objects, by name. */
export const savedWorlds = (documents: Documents): Record<string, { origin: PlainState; present: PlainState }> =>
  Object.fromEntries(
    documents
      .saved()
      .map(({ name, origin, present }) => [name, { origin: plainState(origin), present: plainState(present) }]),
  );

/** Returns the `InputError` that a promise rejects with. */
export const inputErrorOf = async (promise: Promise<unknown>): Promise<InputError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof InputError) return error;
  throw new Error(`expected an InputError, got ${String(error)}`);
};
