import { statSync } from 'node:fs';
import type { Steps } from '../base/slices.ts';
import type { ImageData } from '../domain/data/image-data.ts';
import { ImageStore } from '../domain/image-store/image-store.ts';
import type { ScenarioLibrary } from '../faults/scenario-file/library.ts';
import { InputError } from '../input/input-error.ts';
import { checkImageDocument, type DataDocument, toDocument, toImage } from '../persistence/image-document.ts';
import { toDocuments, toWorldState } from '../world/parts/parts.ts';
import type { WorldState } from '../world/world-state.ts';
import type { RecordingFile } from './read-recording.ts';
import type { StartState } from './recording.ts';

/** Limit of the image data in one recording, in bytes. */
const MAX_DATA = 8 * 2 ** 20;

/** Converts the state of a world to documents. */
export function* toStartState(state: WorldState): Steps<StartState> {
  const { images, documents } = toDocuments(state);
  const references = new DataReferences();
  const converted: StartState['images'][number][] = [];
  for (const image of images.base.images.values()) {
    converted.push(toDocument(image, references.toDocument));
    yield;
  }
  return {
    images: converted,
    documents: Object.fromEntries([...documents].map(([name, all]) => [name, Object.fromEntries(all)])),
    scenarios: [...(state.faults.scenarios?.enabled.values() ?? [])].map(({ scenario }) => scenario.document),
  };
}

/**
 * Restores the state at the start of a recording; the inverse of `toStartState`.
 * @throws InputError for an invalid state.
 */
export function fromStartState({ file, head }: RecordingFile, library: ScenarioLibrary): WorldState {
  const { images, documents } = head.start;
  const issues = images.flatMap((image, index) => checkImageDocument(image, `/start/images/${index}`));
  if (issues.length > 0) throw new InputError(file, issues);
  const store = new ImageStore();
  for (const image of images) store.put(toImage(image, toData, ''));
  const collections = new Map(
    Object.entries(documents).map(([name, all]) => [name, new Map(Object.entries(all))] as const),
  );
  try {
    return toWorldState({ images: store.snapshot(), documents: collections }, library);
  } catch (error) {
    const message = `cannot be restored: ${(error as Error).message}`;
    throw new InputError(file, [{ pointer: '/start/documents', message, allowed: 'the state that Sideglance wrote' }]);
  }
}

/** Writes image data into documents: small data as it is; for larger data only its size, so that a replay has other bytes. */
class DataReferences {
  #left = MAX_DATA;

  readonly toDocument = (data: ImageData): DataDocument => {
    if (data.kind !== 'bytes') return data;
    const sizeBytes = data.bytes.length;
    if (sizeBytes > this.#left) return { kind: 'virtual', sizeBytes, seed: 0 };
    this.#left -= sizeBytes;
    return { kind: 'inline', base64: data.bytes.toString('base64') };
  };
}

function toData(document: DataDocument): ImageData {
  if (document.kind === 'virtual') return document;
  if (document.kind === 'inline') return { kind: 'bytes', bytes: Buffer.from(document.base64, 'base64') };
  const { sizeBytes } = document;
  // Uploads of an earlier process are gone, and so may be files of fixtures.
  const isThere = document.kind === 'file' && statSync(document.path, { throwIfNoEntry: false })?.size === sizeBytes;
  return isThere ? document : { kind: 'virtual', sizeBytes, seed: 0 };
}
