import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { StorageFailure } from '../../src/domain/storage-failure.ts';
import type { Documents } from '../../src/persistence/documents.ts';
import type { WorldDocuments } from '../../src/persistence/world-documents.ts';
import { anImage, anOrigin, openDocuments, savedWorlds } from '../support/documents.ts';
import { filesOf } from '../support/files.ts';

let file: string;
let documents: Documents;
let world: WorldDocuments;

beforeEach(async () => {
  file = filesOf({})('state.json');
  documents = await openDocuments(file);
  world = documents.create('default', anOrigin([anImage('one')]));
  world.putImage(anImage('two'));
});

/** Makes a path unusable: neither a file nor an empty directory can take its place. */
const block = (path: string): void => void mkdirSync(join(path, 'in the way'), { recursive: true });

const imageIds = async (): Promise<readonly string[]> =>
  Object.keys(savedWorlds(await openDocuments(file))['default']?.present.images ?? {});

describe.each([
  [
    'the new log cannot be created',
    () => block(`${file}.log.new`),
    () => rmSync(`${file}.log.new`, { recursive: true }),
  ],
  ['the log cannot be renamed', () => block(`${file}.log.old`), () => rmSync(`${file}.log.old`, { recursive: true })],
  ['the file cannot be written', () => block(`${file}.new`), () => rmSync(`${file}.new`, { recursive: true })],
])('a compaction during which %s', (_, spoil, mend) => {
  test('fails, and later changes are still saved', async () => {
    spoil();
    await expect(documents.compact()).rejects.toThrow();
    world.putImage(anImage('three'));
    expect(documents.failure).toBeUndefined();
    mend();
    expect(await imageIds()).toEqual(['one', 'three', 'two']);
  });

  test('never writes to a file that others opened meanwhile', async () => {
    spoil();
    await expect(documents.compact()).rejects.toThrow();
    const others = Array.from({ length: 8 }, (_each, nth) => join(file, '..', `other-${nth}`));
    const descriptors = others.map((path) => openSync(path, 'w'));
    world.putImage(anImage('three'));
    for (const descriptor of descriptors) writeSync(descriptor, 'content');
    for (const descriptor of descriptors) closeSync(descriptor);
    expect(others.map((path) => readFileSync(path, 'utf8'))).toEqual(others.map(() => 'content'));
    mend();
  });

  test('is made up for by the next one', async () => {
    spoil();
    await expect(documents.compact()).rejects.toThrow();
    mend();
    world.putImage(anImage('three'));
    await documents.compact();
    world.putImage(anImage('four'));
    expect(existsSync(`${file}.log.old`)).toBe(false);
    expect(await imageIds()).toEqual(['four', 'one', 'three', 'two']);
  });

  test('at a stop keeps the log, which has all changes', async () => {
    spoil();
    await documents.close();
    mend();
    expect(readFileSync(`${file}.log`, 'utf8')).toMatch(/"closed"\]\n$/);
    expect(await imageIds()).toEqual(['one', 'two']);
  });
});

describe('a log that was removed', () => {
  test('loses nothing at the next compaction', async () => {
    rmSync(`${file}.log`);
    await documents.compact();
    world.putImage(anImage('three'));
    expect(await imageIds()).toEqual(['one', 'three', 'two']);
  });

  test('loses nothing at a stop', async () => {
    rmSync(`${file}.log`);
    await documents.close();
    expect(await imageIds()).toEqual(['one', 'two']);
  });

  test('is reported at a stop if the file cannot be written either', async () => {
    rmSync(`${file}.log`);
    block(`${file}.new`);
    await expect(documents.close()).rejects.toThrow(/its log was removed too, so changes .* are lost/);
  });
});

test('without its lock, nothing is written any more', async () => {
  rmSync(`${file}.lock`, { recursive: true });
  const before = readFileSync(`${file}.log`, 'utf8');
  expect(() => world.putImage(anImage('three'))).toThrow(StorageFailure);
  expect(documents.failure?.message).toContain('was removed, or another process took it');
  await expect(documents.compact()).rejects.toThrow(StorageFailure);
  await expect(documents.close()).rejects.toThrow(StorageFailure);
  expect(readFileSync(`${file}.log`, 'utf8')).toBe(before);
});

test('after a stop, changes are rejected', async () => {
  await documents.close();
  expect(() => world.putImage(anImage('late'))).toThrow('it is closed');
});

test('only the owner can read the file, the log and the data', async () => {
  world.putImage(anImage('large', { data: { kind: 'bytes', bytes: Buffer.alloc(5000) } }));
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
  const data = join(`${file}.data`, readdirSync(`${file}.data`)[0] ?? '');
  expect([file, `${file}.log`, `${file}.data`, data, `${file}.lock`].map(modeOf)).toEqual([
    '600',
    '600',
    '700',
    '600',
    '700',
  ]);
  await documents.compact();
  expect(modeOf(file)).toBe('600');
});
