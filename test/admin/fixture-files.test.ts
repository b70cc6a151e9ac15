import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createEmulator } from '../../src/emulator.ts';
import { startSideglance } from '../../src/index.ts';

let root: string;
/** The folder whose files requests may name. */
let open: string;
let secret: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'fixture-files-'));
  open = join(root, 'open');
  mkdirSync(open);
  secret = join(root, 'secret.yaml');
  writeFileSync(secret, 'images: [{ name: secret }]\n');
  writeFileSync(join(open, 'disk.img'), 'bytes of the disk');
  writeFileSync(join(open, 'images.yaml'), 'images: [{ name: from-file, owner: demo, data: { file: disk.img } }]\n');
  writeFileSync(join(open, 'escapes.yaml'), 'images: [{ name: x, owner: demo, data: { file: ../secret.yaml } }]\n');
  symlinkSync(secret, join(open, 'link.yaml'));
  execFileSync('mkfifo', [join(open, 'pipe')]);
  writeFileSync(join(open, 'huge.img'), '');
  truncateSync(join(open, 'huge.img'), 64 * 2 ** 20 + 1);
});
afterAll(() => rmSync(root, { recursive: true }));

const create = async (fixtures: unknown) => {
  const { app, worlds } = createEmulator({ fixtureFolders: [open] });
  const { status, body } = await request(app).post('/__admin/worlds').send({ name: 'one', fixtures });
  return { status, body, exists: worlds.get('one') !== undefined };
};

const withFile = (file: string) => ({ images: [{ name: 'x', owner: 'demo', data: { file } }] });

describe('Fixtures that a request to the admin API names', () => {
  test('may be files below the folders that were declared, with data files below them', async () => {
    expect((await create(join(open, 'images.yaml'))).status).toBe(201);
    expect((await create([join(open, 'images.yaml')])).status).toBe(201);
    expect((await create(withFile(join(open, 'disk.img')))).status).toBe(201);
    expect((await create('suites')).status).toBe(201);
  });

  test.each([
    ['a file outside', () => secret],
    ['a file outside that does not exist', () => join(root, 'none.yaml')],
    ['a folder outside', () => root],
    ['a path that leaves the folder', () => `${open}/../secret.yaml`],
    ['a symbolic link to a file outside', () => join(open, 'link.yaml')],
    ['inline data outside', () => withFile('/etc/passwd')],
    ['inline data through a symbolic link', () => withFile(join(open, 'link.yaml'))],
    ['inline data at a path that leaves the folder', () => withFile(`${open}/../secret.yaml`)],
    ['data of a file that leaves the folder', () => join(open, 'escapes.yaml')],
  ])('cannot be %s', async (_title, fixtures) => {
    const { status, body, exists } = await create(fixtures());
    expect([status, exists]).toEqual([400, false]);
    expect(body.error.issues.at(-1)).toMatchObject({
      message: expect.stringContaining('--fixture-folders'),
      allowed: expect.arrayContaining([open]),
    });
  });

  test.each([
    ['a pipe', () => withFile(join(open, 'pipe')), 'is not a regular file'],
    ['a pipe as a fixture file', () => join(open, 'pipe'), 'is not a regular file'],
    ['a folder', () => withFile(open), 'is not a regular file'],
    ['a large file', () => withFile(join(open, 'huge.img')), 'is too large'],
    ['a missing file', () => withFile(join(open, 'none.img')), 'file not found'],
  ])('cannot be %s', async (_title, fixtures, message) => {
    const { status, body, exists } = await create(fixtures());
    expect([status, exists]).toEqual([400, false]);
    expect(body.error.issues.at(-1).message).toContain(message);
  });

  test('may be any file for callers in the same process, and below the folders of the server’s own fixtures', async () => {
    const cloud = await startSideglance({ fixtures: join(open, 'images.yaml') });
    try {
      expect(cloud.worlds.create({ name: 'free', fixtures: secret }).describe().name).toBe('free');
      const post = (fixtures: string) => request(cloud.url).post('/__admin/worlds').send({ fixtures });
      expect((await post(join(open, 'images.yaml'))).status).toBe(201);
      expect((await post(secret)).status).toBe(400);
    } finally {
      await cloud.close();
    }
  });
});

test.each([['none'], ['package.json']])('--fixture-folders rejects %s, which is no folder', async (folder) => {
  await expect(startSideglance({ fixtureFolders: [folder] })).rejects.toThrow('is not a folder');
});
