import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ImageStore } from '../../src/domain/image-store/image-store.ts';
import { Documents } from '../../src/persistence/documents.ts';
import { anImage, anOrigin } from '../support/documents.ts';
import type { Spoilt } from './spoiling.ts';

/** All worlds as text: what `Documents.saved` returns of them, with the digests of their data. */
export function contentOf(documents: Documents): string {
  const stateOf = (state: ReturnType<Documents['saved']>[number]['present']): object => ({
    images: [...new ImageStore(state.images).after()].map((image) => ({ ...image, data: dataOf(image.data) })),
    documents: [...state.documents].map(([name, all]) => [name, ...all]),
  });
  const worlds = documents.saved().map(({ name, origin, present, snapshots }) => ({
    name,
    origin: stateOf(origin),
    present: stateOf(present),
    snapshots: [...snapshots].map(([key, state]) => [key, stateOf(state)]),
  }));
  return JSON.stringify(worlds);
}

/** What stays the same of data when it moves from memory to a file. */
const dataOf = (data: ReturnType<typeof anImage>['data']): object | null => {
  if (data === null) return null;
  return { sizeBytes: data.kind === 'bytes' ? data.bytes.length : data.sizeBytes };
};

/** Writes state files with their logs into a directory, as a kill leaves them. Returns where they are. */
export async function writeSampleStates(directory: string): Promise<Spoilt> {
  const place = (name: string): string => {
    mkdirSync(join(directory, name));
    return join(directory, name, 'state');
  };
  const [file, other, earlier] = [place('first'), place('other'), place('earlier')];
  const documents = await writeState(file, 'first');
  await writeState(other, 'other');
  cpSync(join(directory, 'first'), join(directory, 'earlier'), { recursive: true });
  await documents.compact();
  addToLog(documents, 'later');
  for (const each of [file, other, earlier]) rmSync(`${each}.lock`, { recursive: true, force: true });
  return { file, other, earlier };
}

async function writeState(file: string, name: string): Promise<Documents> {
  const documents = await Documents.open(file, 'never');
  const images = ['a', 'b', 'c'].map((id) => anImage(`${name}-${id}`, { status: 'queued' }));
  documents.create('default', anOrigin(images, { world: { seed: name }, tokens: { t0: { user: name } } }));
  addToLog(documents, name);
  documents.create('second', anOrigin(images), 'default');
  documents.of('default').snapshot('before', anOrigin(images).images);
  await documents.compact();
  addToLog(documents, 'more');
  return documents;
}

function addToLog(documents: Documents, name: string): void {
  const world = documents.of('default');
  for (const [nth, letter] of ['x', 'y', 'z'].entries()) {
    const bytes = Buffer.alloc(3000, `${name} ${letter}`);
    world.putImage(anImage(`${name}-${letter}`, { status: 'queued', data: { kind: 'bytes', bytes } }));
    world.putDocument('tokens', `${name}-${letter}`, { user: letter, expires: nth });
  }
}
