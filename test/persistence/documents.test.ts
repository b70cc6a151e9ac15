import { spawn } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createBlobStore } from '../../src/domain/data/blob-store.ts';
import { Ids, restoreIds } from '../../src/domain/ids.ts';
import type { Image } from '../../src/domain/image.ts';
import { ImageStore } from '../../src/domain/image-store/image-store.ts';
import { InputError } from '../../src/input/input-error.ts';
import type { Collections } from '../../src/persistence/document-layer.ts';
import { Documents } from '../../src/persistence/documents.ts';
import type { SavedState, WorldDocuments } from '../../src/persistence/world-documents.ts';
import { SOURCES } from '../support/build.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'documents-test-'));
  file = join(directory, 'state.json');
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Opens the state file. Documents that had it open before are not closed, as if their process had been killed. */
const openDocuments = (path = file): Promise<Documents> => Documents.open(path);

function anImage(id: string, members: Partial<Image> = {}): Image {
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

const collections = (documents: Record<string, Record<string, unknown>>): Collections =>
  new Map(Object.entries(documents).map(([name, collection]) => [name, new Map(Object.entries(collection))]));

function anOrigin(images: readonly Image[], documents: Record<string, Record<string, unknown>> = {}): SavedState {
  const store = new ImageStore();
  for (const image of images) store.put(image);
  return { images: store.snapshot(), documents: collections(documents) };
}

/** A saved state as a plain object: names of images by id, and documents by collection and id. */
interface PlainState {
  readonly images: Record<string, string | null>;
  readonly documents: Record<string, Record<string, unknown>>;
}

const plainState = ({ images, documents }: SavedState): PlainState => ({
  images: Object.fromEntries([...new ImageStore(images).values()].map(({ id, name }) => [id, name])),
  documents: Object.fromEntries([...documents].map(([name, collection]) => [name, Object.fromEntries(collection)])),
});

/** All saved worlds as plain objects, by name. */
const savedWorlds = (documents: Documents): Record<string, { origin: PlainState; present: PlainState }> =>
  Object.fromEntries(
    documents
      .saved()
      .map(({ name, origin, present }) => [name, { origin: plainState(origin), present: plainState(present) }]),
  );

/** The ids of the present images of the default world, after the file is opened once more. */
const presentIds = async (): Promise<readonly string[]> =>
  Object.keys(savedWorlds(await openDocuments())['default']?.present.images ?? {});

const inputErrorOf = async (promise: Promise<unknown>): Promise<InputError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
};

describe('a reopened state file', () => {
  const origin = anOrigin([anImage('one'), anImage('two')], { world: { seed: 's' }, tokens: { t0: { user: 'u' } } });

  async function createChangedWorld(): Promise<WorldDocuments> {
    const documents = await openDocuments();
    const world = documents.create('default', origin);
    world.putImage(anImage('three'));
    world.putImage(anImage('two', { name: 'renamed' }));
    world.putDocument('tokens', 't1', { user: 'v', expires: 5 });
    world.putDocument('tokens', 't0', null);
    return world;
  }

  const changedWorld = {
    default: {
      origin: {
        images: { one: 'name of one', two: 'name of two' },
        documents: { world: { seed: 's' }, tokens: { t0: { user: 'u' } } },
      },
      present: {
        images: { one: 'name of one', two: 'renamed', three: 'name of three' },
        documents: { world: { seed: 's' }, tokens: { t1: { user: 'v', expires: 5 } } },
      },
    },
  };

  test('contains all changes when it was not closed', async () => {
    await createChangedWorld();
    expect(savedWorlds(await openDocuments())).toEqual(changedWorld);
    // The first reopening moved the changes of the log into the file.
    expect(savedWorlds(await openDocuments())).toEqual(changedWorld);
  });

  test('contains all changes when it was closed, and the log is deleted', async () => {
    const documents = await openDocuments();
    documents.create('default', origin).putImage(anImage('three'));
    await documents.close();
    expect(readdirSync(directory)).toEqual(['state.json']);
    expect(await presentIds()).toEqual(['one', 'three', 'two']);
  });

  test('contains every member of an image', async () => {
    const full = anImage('full', {
      status: 'deactivated',
      sizeBytes: 2 ** 41,
      deletedAt: 7,
      stores: ['fast', 'slow'],
      location: 'http://127.0.0.1/disk',
      staged: {
        data: { kind: 'virtual', sizeBytes: 3, seed: 1 },
        sizeBytes: 3,
        md5: 'a',
        hash: { algorithm: 'sha512', value: 'b' },
        virtualSizeBytes: null,
      },
      usedBy: ['server-1'],
      data: { kind: 'virtual', sizeBytes: 2 ** 41, seed: 7 },
      properties: { __proto__x: '1', 'a "b"\n': '\u{1f600}' },
    });
    (await openDocuments()).create('default', anOrigin([])).putImage(full);
    const [world] = (await openDocuments()).saved();
    expect(new ImageStore(world?.present.images).get('full')).toEqual(full);
  });

  test('contains a reset and the changes after it', async () => {
    const world = await createChangedWorld();
    world.reset();
    expect(savedWorlds(await openDocuments())['default']?.present).toEqual(changedWorld.default.origin);
    const reopened = (await openDocuments()).of('default');
    reopened.putImage(anImage('four'));
    expect(await presentIds()).toEqual(['four', 'one', 'two']);
  });

  test('does not contain a dropped world, even if the world changes afterwards', async () => {
    const documents = await openDocuments();
    const world = documents.create('short-lived', origin);
    documents.drop('short-lived');
    world.putImage(anImage('late'));
    world.putDocument('tokens', 'late', 1);
    world.reset();
    expect(savedWorlds(await openDocuments())).toEqual({});
  });

  test('continues the generated ids of a world', async () => {
    const documents = (await openDocuments()).create('default', anOrigin([]));
    const ids = new Ids('seed', (key, count) => documents.putDocument('counts', key, count));
    const earlier = [ids.next('image', 'p1', 'web'), ids.next('image', 'p1', 'web')];
    const [world] = (await openDocuments()).saved();
    const counts = world?.present.documents.get('counts') as ReadonlyMap<string, number>;
    const restored = new Ids(restoreIds('seed', counts));
    const next = restored.next('image', 'p1', 'web');
    expect(earlier).not.toContain(next);
    expect(next).toBe(ids.next('image', 'p1', 'web'));
  });
});

describe('forks', () => {
  test('share the images of their origin and log none of them', async () => {
    const documents = await openDocuments();
    const images = Array.from({ length: 300 }, (_, nth) => anImage(`image-${nth}`));
    const origin = anOrigin(images);
    documents.create('default', origin);
    const lengthBefore = readFileSync(`${file}.log`, 'utf8').length;
    for (let nth = 0; nth < 5; nth += 1) documents.create(`fork-${nth}`, origin, 'default').reset();
    documents.create('same', origin);
    const logged = readFileSync(`${file}.log`, 'utf8').slice(lengthBefore);
    expect(logged).not.toContain('image-');
    expect(logged.length).toBeLessThan(2000);
    const saved = savedWorlds(await openDocuments());
    for (const name of ['fork-0', 'fork-4', 'same'])
      expect(Object.keys(saved[name]?.present.images ?? {})).toHaveLength(300);
  });

  test('and their parents do not share later changes, before or after a restart', async () => {
    const documents = await openDocuments();
    const parent = documents.create('parent', anOrigin([anImage('a')], { tokens: { t: 1 } }));
    parent.putImage(anImage('b'));
    parent.putDocument('tokens', 'u', 2);
    const store = new ImageStore();
    store.put(anImage('a'));
    store.put(anImage('b'));
    const fork = documents.create(
      'fork',
      { images: store.snapshot(), documents: collections({ world: { seed: 'f' } }) },
      'parent',
    );
    parent.putImage(anImage('a', { name: 'changed in the parent' }));
    fork.putImage(anImage('b', { name: 'changed in the fork' }));
    fork.putDocument('tokens', 't', null);
    const expected = {
      parent: {
        origin: { images: { a: 'name of a' }, documents: { tokens: { t: 1 } } },
        present: { images: { a: 'changed in the parent', b: 'name of b' }, documents: { tokens: { t: 1, u: 2 } } },
      },
      fork: {
        origin: {
          images: { a: 'name of a', b: 'name of b' },
          documents: { tokens: { t: 1, u: 2 }, world: { seed: 'f' } },
        },
        present: {
          images: { a: 'name of a', b: 'changed in the fork' },
          documents: { tokens: { u: 2 }, world: { seed: 'f' } },
        },
      },
    };
    expect(savedWorlds(await openDocuments())).toEqual(expected);
    const reopened = await openDocuments();
    reopened.of('parent').reset();
    reopened.of('fork').reset();
    const saved = savedWorlds(await openDocuments());
    expect(saved['parent']?.present).toEqual(expected.parent.origin);
    expect(saved['fork']?.present).toEqual(expected.fork.origin);
  });

  test('any history of worlds is there again, whenever the process is killed or the file is written', async () => {
    let state = 12345;
    const below = (most: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return (state >>> 8) % most;
    };
    interface Model {
      origin: Record<string, string>;
      present: Record<string, string>;
      snapshots: Record<string, Record<string, string>>;
      handle: WorldDocuments;
    }
    const stateOf = (images: Record<string, string>): SavedState =>
      anOrigin(Object.entries(images).map(([id, name]) => anImage(id, { name })));
    let documents = await openDocuments();
    const model = new Map<string, Model>();
    const add = (name: string, images: Record<string, string>, from?: string): void => {
      const handle = documents.create(name, stateOf(images), from);
      model.set(name, { origin: { ...images }, present: { ...images }, snapshots: {}, handle });
    };
    type Names = Pick<Model, 'origin' | 'present' | 'snapshots'>;
    const check = (found: Documents, expected: ReadonlyMap<string, Names> = model): void => {
      const all = [...expected].map(([name, { origin, present, snapshots }]) => ({ name, origin, present, snapshots }));
      const saved = found.saved().map(({ name, origin, present, snapshots }) => ({
        name,
        origin: plainState(origin).images,
        present: plainState(present).images,
        snapshots: Object.fromEntries([...snapshots].map(([key, kept]) => [key, plainState(kept).images])),
      }));
      expect(saved).toEqual(expect.arrayContaining(all));
      expect(saved).toHaveLength(all.length);
    };
    add('w0', { a: '0', b: '0' });
    const compacting: Promise<void>[] = [];
    for (let step = 1; step <= 600; step += 1) {
      const names = [...model.keys()];
      const name = names[below(names.length)] as string;
      const world = model.get(name) as Model;
      const chance = below(46);
      if (chance < 24) {
        const id = 'abcdef'[below(6)] as string;
        world.handle.putImage(anImage(id, { name: String(step) }));
        world.present[id] = String(step);
      } else if (chance < 28) {
        world.handle.reset();
        world.present = { ...world.origin };
      } else if (chance < 31) add(`w${step}`, world.present, name);
      else if (chance < 33 && names.length > 1) {
        documents.drop(name);
        model.delete(name);
      } else if (chance < 36) compacting.push(documents.compact());
      else if (chance === 36) await new Promise((resolve) => setImmediate(resolve));
      else if (chance === 37) {
        await Promise.all(compacting.splice(0));
        documents = await openDocuments();
        check(documents);
        for (const [each, known] of model) known.handle = documents.of(each);
      } else if (chance >= 40 && chance < 43) {
        const key = 'xyz'[below(3)] as string;
        world.handle.snapshot(key, stateOf(world.present).images);
        world.snapshots[key] = { ...world.present };
      } else if (chance >= 43 && chance < 45) {
        const key = 'xyz'[below(3)] as string;
        world.handle.restore(key);
        world.present = { ...(world.snapshots[key] ?? world.present) };
      } else if (chance === 45) {
        const key = 'xyz'[below(3)] as string;
        world.handle.deleteSnapshot(key);
        delete world.snapshots[key];
      } else {
        // What a kill at this very moment, in the midst of writing maybe, would leave behind.
        const copy = join(directory, `copy-${step}`);
        mkdirSync(copy);
        for (const name of ['state.json', 'state.json.log', 'state.json.log.old']) {
          if (existsSync(join(directory, name))) copyFileSync(join(directory, name), join(copy, name));
        }
        const then = new Map(
          [...model].map(([each, { origin, present, snapshots }]) => [
            each,
            { origin, present: { ...present }, snapshots: { ...snapshots } },
          ]),
        );
        check(await openDocuments(join(copy, 'state.json')), then);
      }
    }
    await Promise.all(compacting);
    expect(model.size).toBeGreaterThan(2);
  });
});

describe('a process that is killed', () => {
  test('has kept every change whose call had returned', async () => {
    const script = `
      const sources = await import(${JSON.stringify(SOURCES)});
      const { Documents } = sources['src/persistence/documents.ts'];
      const documents = await Documents.open(${JSON.stringify(file)});
      const { ImageStore } = sources['src/domain/image-store/image-store.ts'];
      const world = documents.create('default', { images: new ImageStore().snapshot(), documents: new Map() });
      const image = ${JSON.stringify(anImage('x'))};
      for (let nth = 0; ; nth += 1) {
        world.putImage({ ...image, id: String(nth) });
        await new Promise((resolve) => process.stdout.write(nth + '\\n', resolve));
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    for await (const chunk of child.stdout) {
      told += chunk;
      if (told.length > 2000) child.kill('SIGKILL');
    }
    const ids = told.split('\n').slice(0, -1);
    expect(ids.length).toBeGreaterThan(300);
    const present = savedWorlds(await openDocuments())['default']?.present.images ?? {};
    expect(ids.filter((id) => !(id in present))).toEqual([]);
  });

  test('in the middle of a line loses that line alone', async () => {
    const world = (await openDocuments()).create('default', anOrigin([anImage('one')]));
    world.putImage(anImage('two'));
    appendFileSync(`${file}.log`, '["image",2,{"id":"thr');
    expect(await presentIds()).toEqual(['one', 'two']);
  });

  test('after the file was written, with the logs still there, changes nothing twice', async () => {
    const documents = await openDocuments();
    const world = documents.create('default', anOrigin([anImage('one')]));
    world.putImage(anImage('two'));
    const log = readFileSync(`${file}.log`, 'utf8');
    await documents.compact();
    world.reset();
    // As if the log that the file holds already could not be removed any more.
    writeFileSync(`${file}.log.old`, log);
    expect(savedWorlds(await openDocuments())['default']?.present.images).toEqual({ one: 'name of one' });
  });

  test('before the file was written finds both logs', async () => {
    const documents = await openDocuments();
    const world = documents.create('default', anOrigin([anImage('one')]));
    const before = readFileSync(file, 'utf8');
    const log = readFileSync(`${file}.log`, 'utf8');
    await documents.compact();
    world.putImage(anImage('two'));
    writeFileSync(file, before);
    writeFileSync(`${file}.log.old`, log);
    expect(await presentIds()).toEqual(['one', 'two']);
  });
});

describe('what is no state', () => {
  const good = async (): Promise<{ text: string; value: { layers: { images: Record<string, Image> }[] } }> => {
    const documents = await openDocuments();
    documents.create('default', anOrigin([anImage('one')]));
    await documents.close();
    const text = readFileSync(file, 'utf8');
    return { text, value: JSON.parse(text) as { layers: { images: Record<string, Image> }[] } };
  };

  test.each([
    ['half a file', (text: string) => text.slice(0, text.length / 2), ''],
    ['an empty file', () => '', ''],
    ['somebody else’s JSON', () => '{"posts": []}', '/sideglance'],
    ['a list', () => '[]', '/sideglance'],
    ['another format', (text: string) => text.replace('"format":1', '"format":2'), '/format'],
    ['a broken count', (text: string) => text.replace(/"generation":\d+/, '"generation":"x"'), '/generation'],
    ['a wrong status', (text: string) => text.replace('"active"', '"actve"'), '/layers/0/images/one/status'],
    ['a missing member', (text: string) => text.replace('"minRam":0,', ''), '/layers/0/images/one/minRam'],
    ['another id', (text: string) => text.replace('"id":"one"', '"id":"two"'), '/layers/0/images/one/id'],
    ['a parent that is not there', (text: string) => text.replace('"parent":null', '"parent":77'), '/layers/0'],
    ['a world of no layer', (text: string) => text.replace(/"origin":\d+/, '"origin":99'), '/worlds/0'],
  ])('%s is refused with its pointer', async (_, spoil, pointer) => {
    const { text } = await good();
    writeFileSync(file, spoil(text));
    const error = await inputErrorOf(openDocuments());
    expect(error.place).toBe(file);
    expect(error.issues.map((issue) => issue.pointer)).toContain(pointer);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test.each([
    ['that is no JSON', 'garbage'],
    ['of no known change', '["explode",1]'],
    ['of no layer', '["image",99,{}]'],
    ['of a wrong image', '["image",1,{"id":"x"}]'],
    ['that is no list', '{}'],
  ])('a whole line %s is refused with its number', async (_, line) => {
    (await openDocuments()).create('default', anOrigin([anImage('one')]));
    const lines = readFileSync(`${file}.log`, 'utf8').split('\n').length;
    appendFileSync(`${file}.log`, `${line}\n`);
    const error = await inputErrorOf(openDocuments());
    expect(error.place).toBe(`${file}.log`);
    expect(error.issues[0]?.line).toBe(lines);
  });

  test('a log whose file is gone is refused', async () => {
    (await openDocuments()).create('default', anOrigin([]));
    rmSync(file);
    expect((await inputErrorOf(openDocuments())).place).toBe(`${file}.log`);
  });

  test('a file in a directory that is not there is refused', async () => {
    expect((await inputErrorOf(openDocuments(join(directory, 'no', 'state.json')))).message).toContain('ENOENT');
  });

  test('a file that another process has is refused, until that is gone', async () => {
    writeFileSync(`${file}.lock`, `${process.ppid}\n`);
    expect((await inputErrorOf(openDocuments())).message).toContain(`in use by process ${process.ppid}`);
    for (const gone of ['999999999', `${process.ppid} 17`, '', 'nonsense']) {
      writeFileSync(`${file}.lock`, `${gone}\n`);
      await openDocuments();
    }
  });
});

describe('data', () => {
  const received = (bytes: number, blobs: ReturnType<typeof createBlobStore>): Promise<Image> =>
    blobs
      .receive(Readable.from([Buffer.alloc(bytes, 'x')]))
      .then(({ data, sizeBytes }) => anImage(`of ${bytes}`, { data, sizeBytes }));

  test.each([0, 10, 1024, 1025, 70_000, 5_000_000])('of %i bytes is there again', async (size) => {
    const documents = await openDocuments();
    const blobs = createBlobStore({ directory: documents.dataDirectory as string, memoryLimitBytes: 64 * 1024 });
    const world = documents.create('default', anOrigin([]));
    const image = await received(size, blobs);
    world.putImage(image);
    world.putImage({ ...image, name: 'renamed' });
    const files = (): string[] => (existsSync(`${file}.data`) ? readdirSync(`${file}.data`) : []);
    expect(files()).toHaveLength(size > 1024 ? 1 : 0);
    const again = await openDocuments();
    const [saved] = again.saved();
    blobs.sweep(again.data());
    const data = new ImageStore(saved?.present.images).get(image.id)?.data;
    expect((await buffer(blobs.open(data as NonNullable<typeof data>))).equals(Buffer.alloc(size, 'x'))).toBe(true);
  });

  test('that several images share is one value again', async () => {
    const documents = await openDocuments();
    const blobs = createBlobStore({ directory: documents.dataDirectory as string });
    const image = await received(5_000_000, blobs);
    const world = documents.create('default', anOrigin([image]));
    world.putImage({ ...image, name: 'renamed' });
    const [saved] = (await openDocuments()).saved();
    const [before, now] = [saved?.origin, saved?.present].map(
      (each) => new ImageStore(each?.images).get(image.id)?.data,
    );
    expect(now).toBe(before);
    expect(now).toEqual(image.data);
  });

  test('that is gone or cut is refused while an image needs it, and not missed otherwise', async () => {
    const documents = await openDocuments();
    const blobs = createBlobStore({ directory: documents.dataDirectory as string });
    const image = await received(5_000_000, blobs);
    const world = documents.create('default', anOrigin([]));
    world.putImage(image);
    const path = image.data?.kind === 'file' ? image.data.path : '';
    writeFileSync(path, 'cut');
    expect((await inputErrorOf(openDocuments())).message).toContain('is incomplete');
    rmSync(path);
    expect((await inputErrorOf(openDocuments())).message).toContain('is missing');
    world.putImage({ ...image, status: 'deleted', data: null });
    expect(savedWorlds(await openDocuments())['default']?.present.images).toEqual({
      'of 5000000': 'name of of 5000000',
    });
  });
});

test('documents in memory go along without a file', async () => {
  const documents = Documents.inMemory();
  const world = documents.create('default', anOrigin([anImage('a')]));
  world.putImage(anImage('b'));
  world.putDocument('tokens', 't', 1);
  expect(documents.dataDirectory).toBeUndefined();
  expect(savedWorlds(documents)['default']?.present).toEqual({
    images: { a: 'name of a', b: 'name of b' },
    documents: { tokens: { t: 1 } },
  });
  world.reset();
  expect(savedWorlds(documents)['default']?.present).toEqual({ images: { a: 'name of a' }, documents: {} });
  await documents.compact();
  await documents.close();
  expect(readdirSync(directory)).toEqual([]);
});
