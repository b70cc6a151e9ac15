import { spawn } from 'node:child_process';
import {
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
import { Documents } from '../../src/persistence/documents.ts';
import type { SavedState, WorldDocuments } from '../../src/persistence/world-documents.ts';
import { SOURCES } from '../support/build.ts';
import {
  anImage,
  anOrigin,
  collections,
  inputErrorOf,
  openDocuments as openState,
  plainState,
  savedWorlds,
} from '../support/documents.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'documents-test-'));
  file = join(directory, 'state.json');
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Opens the state file as after a kill. */
const openDocuments = (path = file): Promise<Documents> => openState(path);

/** The ids of the present images of the default world, after the file is opened once more. */
const presentIds = async (): Promise<readonly string[]> =>
  Object.keys(savedWorlds(await openDocuments())['default']?.present.images ?? {});

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
      locations: [{ store: 'web', address: 'http://127.0.0.1/disk', metadata: { note: 'elsewhere' } }],
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
    const unsaved = new Ids('seed');
    const earlier = [ids, ids].map((each) => each.next('image', 'p1', 'web'));
    const expected = [unsaved, unsaved, unsaved].map((each) => each.next('image', 'p1', 'web'));
    const [world] = (await openDocuments()).saved();
    const counts = world?.present.documents.get('counts') as ReadonlyMap<string, number>;
    const restored = new Ids(restoreIds('seed', counts));
    const next = restored.next('image', 'p1', 'web');
    expect(earlier).not.toContain(next);
    expect([...earlier, next]).toEqual(expected);
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

  test('are restored after any sequence of changes, compactions and kills', async () => {
    let randomState = 12345;
    const randomBelow = (max: number): number => {
      randomState = (Math.imul(randomState, 1103515245) + 12345) >>> 0;
      return (randomState >>> 8) % max;
    };
    const randomOf = (values: string): string => values.charAt(randomBelow(values.length));
    /** What a world should contain: names of images by id. */
    interface ExpectedWorld {
      origin: Record<string, string>;
      present: Record<string, string>;
      snapshots: Record<string, Record<string, string>>;
    }
    interface TestedWorld extends ExpectedWorld {
      documents: WorldDocuments;
    }
    const stateOf = (images: Record<string, string>): SavedState =>
      anOrigin(Object.entries(images).map(([id, name]) => anImage(id, { name })));
    let documents = await openDocuments();
    const worlds = new Map<string, TestedWorld>();
    const add = (name: string, images: Record<string, string>, from?: string): void => {
      const created = documents.create(name, stateOf(images), from);
      worlds.set(name, { origin: { ...images }, present: { ...images }, snapshots: {}, documents: created });
    };
    const check = (found: Documents, expected: ReadonlyMap<string, ExpectedWorld> = worlds): void => {
      const all = [...expected].map(([name, { origin, present, snapshots }]) => ({ name, origin, present, snapshots }));
      const saved = found.saved().map(({ name, origin, present, snapshots }) => ({
        name,
        origin: plainState(origin).images,
        present: plainState(present).images,
        snapshots: Object.fromEntries([...snapshots].map(([key, state]) => [key, plainState(state).images])),
      }));
      expect(saved).toEqual(expect.arrayContaining(all));
      expect(saved).toHaveLength(all.length);
    };
    /** Checks what a kill at this moment would leave behind, possibly while the state file is being written. */
    const checkCopy = async (name: string): Promise<void> => {
      const copy = join(directory, name);
      mkdirSync(copy);
      for (const each of ['state.json', 'state.json.log', 'state.json.log.old']) {
        if (existsSync(join(directory, each))) copyFileSync(join(directory, each), join(copy, each));
      }
      const expected = new Map(
        [...worlds].map(([each, { origin, present, snapshots }]) => [
          each,
          { origin, present: { ...present }, snapshots: { ...snapshots } },
        ]),
      );
      check(await openDocuments(join(copy, 'state.json')), expected);
    };
    add('w0', { a: '0', b: '0' });
    const compactions: Promise<void>[] = [];
    for (let step = 1; step <= 600; step += 1) {
      const names = [...worlds.keys()];
      const name = names[randomBelow(names.length)] as string;
      const world = worlds.get(name) as TestedWorld;
      const action = randomBelow(46);
      if (action < 24) {
        const id = randomOf('abcdef');
        world.documents.putImage(anImage(id, { name: String(step) }));
        world.present[id] = String(step);
      } else if (action < 28) {
        world.documents.reset();
        world.present = { ...world.origin };
      } else if (action < 31) add(`w${step}`, world.present, name);
      else if (action < 33 && names.length > 1) {
        documents.drop(name);
        worlds.delete(name);
      } else if (action < 36) compactions.push(documents.compact());
      else if (action === 36) await new Promise((resolve) => setImmediate(resolve));
      else if (action === 37) {
        await Promise.all(compactions.splice(0));
        documents = await openDocuments();
        check(documents);
        for (const [each, tested] of worlds) tested.documents = documents.of(each);
      } else if (action >= 40 && action < 43) {
        const key = randomOf('xyz');
        world.documents.snapshot(key, stateOf(world.present).images);
        world.snapshots[key] = { ...world.present };
      } else if (action >= 43 && action < 45) {
        const key = randomOf('xyz');
        world.documents.restore(key);
        world.present = { ...(world.snapshots[key] ?? world.present) };
      } else if (action === 45) {
        const key = randomOf('xyz');
        world.documents.deleteSnapshot(key);
        delete world.snapshots[key];
      } else await checkCopy(`copy-${step}`);
    }
    await Promise.all(compactions);
    expect(worlds.size).toBeGreaterThan(2);
  });
});

describe('after a kill', () => {
  test('every change is restored whose method had returned', async () => {
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
    let output = '';
    for await (const chunk of child.stdout) {
      output += chunk;
      if (output.length > 2000) child.kill('SIGKILL');
    }
    const ids = output.split('\n').slice(0, -1);
    expect(ids.length).toBeGreaterThan(300);
    const present = savedWorlds(await openDocuments())['default']?.present.images ?? {};
    expect(ids.filter((id) => !(id in present))).toEqual([]);
  });

  test('in the middle of a line, only that line is lost', async () => {
    const world = (await openDocuments()).create('default', anOrigin([anImage('one')]));
    world.putImage(anImage('two'));
    const text = readFileSync(`${file}.log`, 'utf8');
    const records = text.trimEnd();
    const half = '["12345678",9,0,"image",2,{"id":"thr';
    writeFileSync(`${file}.log`, `${records}\n${half}${text.slice(records.length + 1 + half.length)}`);
    expect(await presentIds()).toEqual(['one', 'two']);
  });

  test('that left a log whose changes are in the state file, no change is applied twice', async () => {
    const documents = await openDocuments();
    const world = documents.create('default', anOrigin([anImage('one')]));
    world.putImage(anImage('two'));
    const log = readFileSync(`${file}.log`, 'utf8');
    await documents.compact();
    world.reset();
    // The process was killed before it could delete this log.
    writeFileSync(`${file}.log.old`, log);
    expect(savedWorlds(await openDocuments())['default']?.present.images).toEqual({ one: 'name of one' });
  });

  test('before the state file was written, the changes of both logs are restored', async () => {
    const documents = await openDocuments();
    const world = documents.create('default', anOrigin([anImage('one')]));
    const fileBefore = readFileSync(file, 'utf8');
    const log = readFileSync(`${file}.log`, 'utf8');
    await documents.compact();
    world.putImage(anImage('two'));
    writeFileSync(file, fileBefore);
    writeFileSync(`${file}.log.old`, log);
    expect(await presentIds()).toEqual(['one', 'two']);
  });
});

describe('a state file', () => {
  test('that was deleted is reported with the path of its log', async () => {
    (await openDocuments()).create('default', anOrigin([]));
    rmSync(file);
    expect((await inputErrorOf(openDocuments())).place).toBe(`${file}.log`);
  });

  test('in a directory that does not exist is rejected', async () => {
    expect((await inputErrorOf(openDocuments(join(directory, 'no', 'state.json')))).message).toContain('ENOENT');
  });
});

describe('image data', () => {
  const upload = async (bytes: number, blobs: ReturnType<typeof createBlobStore>): Promise<Image> => {
    const { data, sizeBytes } = await blobs.receive(Readable.from([Buffer.alloc(bytes, 'x')]));
    return anImage(`image-${bytes}`, { data, sizeBytes });
  };

  test.each([0, 10, 1024, 1025, 70_000, 5_000_000])('of %i bytes is restored', async (size) => {
    const documents = await openDocuments();
    const blobs = createBlobStore({ directory: documents.dataDirectory as string, memoryLimitBytes: 64 * 1024 });
    const world = documents.create('default', anOrigin([]));
    const image = await upload(size, blobs);
    world.putImage(image);
    world.putImage({ ...image, name: 'renamed' });
    const files = (): string[] => (existsSync(`${file}.data`) ? readdirSync(`${file}.data`) : []);
    expect(files()).toHaveLength(size > 1024 ? 1 : 0);
    const reopened = await openDocuments();
    const [saved] = reopened.saved();
    blobs.sweep(reopened.data());
    const data = new ImageStore(saved?.present.images).get(image.id)?.data;
    expect((await buffer(blobs.open(data as NonNullable<typeof data>))).equals(Buffer.alloc(size, 'x'))).toBe(true);
  });

  test('that several images share is restored as one value', async () => {
    const documents = await openDocuments();
    const blobs = createBlobStore({ directory: documents.dataDirectory as string });
    const image = await upload(5_000_000, blobs);
    const world = documents.create('default', anOrigin([image]));
    world.putImage({ ...image, name: 'renamed' });
    const [saved] = (await openDocuments()).saved();
    const [original, present] = [saved?.origin, saved?.present].map(
      (state) => new ImageStore(state?.images).get(image.id)?.data,
    );
    expect(present).toBe(original);
    expect(present).toEqual(image.data);
  });

  test('whose file is missing or incomplete is rejected only while an image needs it', async () => {
    const documents = await openDocuments();
    const blobs = createBlobStore({ directory: documents.dataDirectory as string });
    const image = await upload(5_000_000, blobs);
    const world = documents.create('default', anOrigin([]));
    world.putImage(image);
    const path = image.data?.kind === 'file' ? image.data.path : '';
    const bytes = readFileSync(path);
    writeFileSync(path, 'incomplete');
    expect((await inputErrorOf(openDocuments())).message).toContain('is incomplete');
    writeFileSync(path, Buffer.alloc(bytes.length));
    expect((await inputErrorOf(openDocuments())).message).toContain('its checksum differs');
    rmSync(path);
    expect((await inputErrorOf(openDocuments())).message).toContain('is missing');
    writeFileSync(path, bytes);
    (await openDocuments()).of('default').putImage({ ...image, status: 'deleted', data: null });
    rmSync(path);
    expect(savedWorlds(await openDocuments())['default']?.present.images).toEqual({
      'image-5000000': 'name of image-5000000',
    });
  });
});

test('documents in memory are readable and write no file', async () => {
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
