import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RELEASES, type Release } from '../../src/base/release.ts';
import { createEmulator } from '../../src/emulator.ts';
import { defaultFixtures } from '../../src/fixtures/default-fixtures.ts';
import { type Client, clientOf } from '../conformance/support.ts';
import { startEmulator } from '../support/emulator.ts';
import { entriesOf } from '../support/journal.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator());
});
afterEach(() => client.emulator.close());

const world = () => client.emulator.worlds.default;
const lastEntry = () => entriesOf(world(), { limit: 1 })[0];
const postLocation = () => client.send('image-v2.addImageLocation').send({ url: 'http://127.0.0.1:9/none' });

describe('an operation that the release of the world does not have', () => {
  test.each([
    ['zed', 404],
    ['2025.1', 409],
    ['2026.2', 409],
  ] as const)('is no operation of %s, which returns %i', async (release, status) => {
    world().setRelease(release);
    expect((await postLocation()).status).toBe(status);
  });

  test('gets 405 where the release has other methods at the path, with those', async () => {
    world().setRelease('zed');
    const clean = await client.send('image-v2.cleanCache');
    expect([clean.status, clean.headers['allow']]).toEqual([405, 'DELETE, PUT']);
    world().setRelease('2026.2');
    expect((await client.send('image-v2.cleanCache')).status).toBe(403);
  });

  test('is named in the journal, with a hint and without a cell of the coverage', async () => {
    world().setRelease('zed');
    await postLocation();
    expect(lastEntry()).toMatchObject({
      operation: 'image-v2.addImageLocation',
      source: 'natural',
      hint: 'image-v2.addImageLocation exists from release 2025.1 on; the release of the service is zed',
    });
    expect(await client.cellOf('image-v2.addImageLocation', 404)).toMatchObject({ natural: 0, byProfile: 0 });
  });

  test('still returns what a rule injects', async () => {
    world().setRelease('zed');
    await client.admin('post', '/faults', {
      match: { operation: 'image-v2.addImageLocation' },
      fault: { answer: 403 },
    });
    expect((await postLocation()).status).toBe(403);
  });

  test('does not keep a path with a parameter from matching', async () => {
    world().setRelease('zed');
    const admin = await client.as('admin');
    await admin.send('image-v2.deleteCacheImage', { image_id: 'clean' });
    expect(lastEntry()?.operation).toBe('image-v2.deleteCacheImage');
    world().setRelease('2026.2');
    await admin.send('image-v2.deleteCacheImage', { image_id: 'clean' });
    expect(lastEntry()).toMatchObject({ operation: null, status: 405 });
  });
});

describe('the release of a world', () => {
  const newest = async () =>
    (await client.send('image-v2.listVersions')).body.versions.map(({ id }: { id: string }) => id);

  test.each([
    ['zed', ['v2.16', 'v2.15']],
    // As the service lists them.
    ['2025.1', ['v2.16', 'v2.15']],
    ['2026.2', ['v2.18', 'v2.17']],
  ] as const)('%s decides the versions of the Image API', async (release, first) => {
    world().setRelease(release);
    expect((await newest()).slice(0, 2)).toEqual(first);
    expect(lastEntry()?.source).toBe('natural');
  });

  test('decides which versions paths may name', async () => {
    const status = async (): Promise<number> => (await fetch(`${client.emulator.url}/image/v2.18/images`)).status;
    world().setRelease('2025.1');
    expect(await status()).toBe(300);
    world().setRelease('2026.2');
    expect(await status()).toBe(401);
  });

  test('gives profiles their default, and a choice takes precedence', async () => {
    const stage = () =>
      client
        .send('image-v2.stageImageData', { image_id: client.imageId('status-queued') })
        .set({ 'Content-Type': 'application/octet-stream', 'X-Openstack-Image-Size': '9' })
        .send('data');
    world().setRelease('2026.2');
    expect((await stage()).status).toBe(400);
    expect(lastEntry()?.source).toBe('natural');
    world().setProfiles({ 'image-v2': { 'size-header': 'ignored' } });
    expect((await stage()).status).toBe(204);
    expect(lastEntry()).toMatchObject({ source: 'by-profile', profiles: ['image-v2/size-header: ignored'] });
  });

  test('gives way to the release that a profile chooses for one API', async () => {
    world().setProfiles({ 'image-v2': { release: '2026.2' } });
    expect((await newest())[0]).toBe('v2.18');
    expect(lastEntry()).toMatchObject({ source: 'by-profile', profiles: ['image-v2/release: 2026.2'] });
    expect((await client.send('image-v2.showImage')).status).toBe(200);
    expect(lastEntry()?.source).toBe('natural');
  });

  test('is shown, changed, and kept by forks, snapshots and resets', async () => {
    const created = await client.admin('post', '/worlds', { name: 'new', release: '2026.2' });
    expect(created.release).toBe('2026.2');
    expect((await client.admin('get', '/worlds')).worlds).toEqual([
      expect.objectContaining({ name: 'default', release: 'zed' }),
      expect.objectContaining({ name: 'new', release: '2026.2' }),
    ]);
    const own = client.emulator.worlds.get('new');
    own?.setRelease('2025.1');
    expect((await client.admin('post', '/worlds', { name: 'copy', fork: 'new' })).release).toBe('2025.1');
    own?.reset();
    expect([own?.release, own?.releases['image-v2']]).toEqual(['2026.2', own?.releases.world]);
  });
});

describe('the release of new worlds', () => {
  const releasesOf = (option: Release | undefined, fixtures: Release | undefined) => {
    const { worlds } = createEmulator({
      fixtures: { ...defaultFixtures(), ...(fixtures !== undefined && { release: fixtures }) },
      ...(option !== undefined && { release: option }),
    });
    const other = worlds.create('other', { fixtures: { ...defaultFixtures(), release: '2025.1' } });
    return [worlds.default.release, worlds.create('seeded', { seed: 'x' }).release, other.release];
  };

  test.each([
    [undefined, undefined, ['zed', 'zed', '2025.1']],
    [undefined, '2026.2', ['2026.2', '2026.2', '2025.1']],
    ['2026.2', 'zed', ['2026.2', '2026.2', '2025.1']],
  ] as const)('with the option %s and %s in fixtures', (option, fixtures, expected) => {
    expect(releasesOf(option, fixtures)).toEqual(expected);
  });
});

test('a misspelt release is rejected with the nearest one', async () => {
  const response = await fetch(`${client.emulator.url}/__admin/worlds`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ release: '2026.1' }),
  });
  expect(response.status).toBe(400);
  const text = await response.text();
  for (const part of ['/release', '2026.1', 'did you mean \\"2025.1\\"', ...RELEASES]) expect(text).toContain(part);
});
