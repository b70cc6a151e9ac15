import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../src/emulator.ts';
import { createTestEmulator } from '../support/emulator.ts';

let emulator: Emulator;
beforeEach(() => {
  emulator = createTestEmulator();
});
const admin = (method: 'get' | 'patch' | 'post', path: string) => request(emulator.app)[method](`/__admin${path}`);

interface NamedItem {
  readonly id: string;
  readonly name: string;
}
const idOf = async (name: string): Promise<string> => {
  const { servers } = (await admin('get', '/servers')).body as { readonly servers: readonly NamedItem[] };
  return servers.find((server) => server.name === name)?.id ?? '';
};

describe('Servers', () => {
  test('are listed with their state', async () => {
    const { servers } = (await admin('get', '/servers')).body;
    expect(servers).toHaveLength(emulator.worlds.default.servers.listAll().length);
    expect(servers).toContainEqual(
      expect.objectContaining({ name: 'web-1', status: 'ACTIVE', taskState: null, locked: false }),
    );
    expect(servers).toContainEqual(expect.objectContaining({ name: 'locked-1', locked: true, image: null }));
    expect(servers).toContainEqual(expect.objectContaining({ name: 'busy-1', taskState: 'image_uploading' }));
  });

  test('can be set to any state, and are reset with the world', async () => {
    const id = await idOf('web-1');
    const change = { status: 'SHUTOFF', taskState: 'image_snapshot', locked: true };
    const changed = await admin('patch', `/servers/${id}`).send(change);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ id, name: 'web-1', ...change });
    expect((await admin('get', '/servers')).body.servers).toContainEqual(changed.body);
    await admin('post', '/reset');
    expect((await admin('get', '/servers')).body.servers).toContainEqual(
      expect.objectContaining({ id, status: 'ACTIVE', taskState: null, locked: false }),
    );
  });

  test('reject invalid changes', async () => {
    const id = await idOf('web-1');
    const invalid = await admin('patch', `/servers/${id}`).send({ status: 'ASLEEP' });
    expect(invalid.status).toBe(400);
    expect(invalid.body.error).toMatchObject({ pointer: '/status', value: 'ASLEEP' });
    expect((await admin('patch', `/servers/${id}`).send({})).status).toBe(400);
    const missing = await admin('patch', '/servers/none').send({ locked: true });
    expect(missing.status).toBe(404);
    expect(missing.body.error.allowed).toContain(id);
  });
});

test('Containers are listed with their files', async () => {
  const { containers } = (await admin('get', '/containers')).body;
  const exportedFiles = containers.find(({ name }: NamedItem) => name === 'exports').objects;
  expect(containers).toContainEqual(expect.objectContaining({ name: 'empty', objects: [] }));
  expect(exportedFiles).toContainEqual({ name: 'my-image.vhd', size: 1024 ** 3, format: 'vhd' });
  expect(exportedFiles).toContainEqual({ name: 'notes.txt', size: 4096, format: null });
});
