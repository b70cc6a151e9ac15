import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, clientOf } from '../../conformance/support.ts';
import { startEmulator } from '../../support/emulator.ts';
import { entriesOf } from '../../support/journal.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator());
});
afterEach(() => client.emulator.close());

const useRelease = (release: string) =>
  client.admin('put', '/configuration', { profiles: { 'image-v2': { release } } });
const versions = async () => (await client.send('image-v2.listVersions')).body.versions;
const create = (body: object) => client.send('image-v2.createImage').send(body);
const show = async (name = 'demo-private') =>
  (await client.send('image-v2.showImage', { image_id: client.imageId(name) })).body;
const patch = (steps: readonly object[]) =>
  client
    .send('image-v2.updateImage', { image_id: client.imageId('demo-private') })
    .set('Content-Type', 'application/openstack-images-v2.1-json-patch')
    .send(JSON.stringify(steps));

describe('the list of versions', () => {
  test.each([
    ['zed', 'v2.16', []],
    ['queens', 'v2.6', []],
    ['newton', 'v2.4', ['v1.1 DEPRECATED', 'v1.0 DEPRECATED']],
    ['mitaka', 'v2.3', ['v1.1 SUPPORTED', 'v1.0 SUPPORTED']],
  ])('of %s starts at %s', async (release, newest, version1) => {
    await useRelease(release);
    const list: readonly { id: string; status: string; links: readonly { href: string }[] }[] = await versions();
    expect(list[0]).toMatchObject({ id: newest, status: 'CURRENT' });
    const old = list.filter(({ id }) => id.startsWith('v1'));
    expect(old.map(({ id, status }) => `${id} ${status}`)).toEqual(version1);
    for (const { links } of old) expect(links[0]?.href).toBe(`${client.emulator.url}/image/v1/`);
    const unrouted = await fetch(`${client.emulator.url}/image/v1/images`);
    expect([unrouted.status, await unrouted.json()]).toEqual([300, { versions: list }]);
  });
});

describe.each(['queens', 'newton', 'mitaka'])('images in %s', (release) => {
  beforeEach(() => useRelease(release));

  test('have neither os_hidden nor digests beside MD5 nor stores', async () => {
    const image = await show();
    expect(image).toHaveProperty('checksum');
    for (const name of ['os_hidden', 'os_hash_algo', 'os_hash_value', 'stores']) expect(image).not.toHaveProperty(name);
    const listed = (await client.send('image-v2.listImages')).body.images;
    expect(listed.some((one: object) => 'os_hidden' in one)).toBe(false);
  });

  test('accept os_hidden only as a property, whose value is a text', async () => {
    const refused = await create({ name: 'one', os_hidden: true });
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining("True is not of type 'string'")]);
    const hidden = { op: 'add', path: '/os_hidden', value: true };
    expect((await patch([{ op: 'replace', path: '/name', value: 'n' }, hidden])).status).toBe(400);
    expect((await patch([{ ...hidden, op: 'replace', value: 'yes' }])).status).toBe(409);
    expect((await patch([{ ...hidden, value: 'yes' }])).body.os_hidden).toBe('yes');
    expect((await patch([{ op: 'remove', path: '/os_hidden' }])).body).not.toHaveProperty('os_hidden');
  });

  test('can be created and changed otherwise', async () => {
    const created = await create({ name: 'one', visibility: 'private', os_distro: 'debian' });
    expect(created).toMatchObject({ status: 201, body: { name: 'one', visibility: 'private', os_distro: 'debian' } });
    expect((await patch([{ op: 'replace', path: '/name', value: 'other' }])).body.name).toBe('other');
  });

  test('have no stores to discover', async () => {
    expect((await client.send('image-v2.discoverStores')).status).toBe(404);
  });
});

describe.each(['newton', 'mitaka'])('before API 2.5, in %s', (release) => {
  beforeEach(() => useRelease(release));

  test.each(['shared', 'community'])('images cannot be %s', async (visibility) => {
    const refused = await create({ name: 'one', visibility });
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining(`'${visibility}' is not one of`)]);
    expect((await patch([{ op: 'replace', path: '/visibility', value: visibility }])).status).toBe(400);
  });

  test('shared images are shown as private', async () => {
    expect((await create({ name: 'one' })).body.visibility).toBe('private');
  });

  test('nothing can be imported', async () => {
    expect((await client.send('image-v2.discoverImport')).status).toBe(404);
    expect((await client.send('image-v2.importImage').send({ method: { name: 'glance-direct' } })).status).toBe(404);
    expect((await create({ name: 'one' })).headers['openstack-image-import-methods']).toBeUndefined();
  });
});

test('the journal names the release as the profile of a response', async () => {
  await useRelease('queens');
  await show();
  const [entry] = entriesOf(client.emulator.worlds.default, { operation: 'image-v2.showImage' });
  expect(JSON.stringify(entry)).toContain('image-v2/release: queens');
});
