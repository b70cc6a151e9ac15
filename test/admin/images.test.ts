import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sideglance, startSideglance } from '../../src/index.ts';
import { login } from '../support/emulator.ts';

const ID = '11111111-1111-4111-8111-111111111111';

let cloud: Sideglance;
beforeAll(async () => {
  cloud = await startSideglance({ fixtures: { images: [] } });
});
afterAll(() => cloud.close());
beforeEach(() => cloud.reset());

const admin = (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${cloud.url}/__admin${path}`, {
    method,
    ...(body !== undefined && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });

const deleteAsClient = async (id: string): Promise<number> => {
  const headers = { 'X-Auth-Token': await login(cloud.url) };
  return (await fetch(`${cloud.url}/image/v2/images/${id}`, { method: 'DELETE', headers })).status;
};

describe('images of the admin API', () => {
  test('are listed page by page, and selected by name, status, owner and visibility', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names) cloud.images.place({ name, owner: name < 'c' ? 'demo' : 'admin' });
    cloud.images.place({ name: 'saving', status: 'saving', owner: 'admin', visibility: 'private' });
    const page = async (query: string) =>
      (await (await admin('GET', `/images?${query}`)).json()) as {
        images: { name: string; id: string }[];
        next: string;
      };
    const first = await page('limit=4');
    const second = await page(`limit=4&after=${first.next}`);
    expect([first.images.length, second.images.length, second.next]).toEqual([4, 2, null]);
    const all = [...first.images, ...second.images];
    expect(all.map(({ name }) => name).sort()).toEqual([...names, 'saving']);
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort());
    expect((await page('limit=6')).next).toBeNull();
    expect((await page('name=b')).images).toMatchObject([{ name: 'b' }]);
    expect((await page('status=saving')).images).toMatchObject([{ name: 'saving' }]);
    expect((await page('owner=demo')).images).toHaveLength(2);
    expect((await page('visibility=private')).images).toHaveLength(1);
    expect(cloud.images.list({ owner: 'demo', name: 'a' })).toMatchObject([{ name: 'a' }]);
    expect((await admin('GET', '/images?status=actve')).status).toBe(400);
  });

  test('are shown by id, deleted ones too, which are listed only by their status', async () => {
    cloud.images.place({ id: ID, name: 'one', owner: 'demo' });
    expect(await (await admin('GET', `/images/${ID}`)).json()).toMatchObject({ id: ID, name: 'one', status: 'active' });
    expect(await deleteAsClient(ID)).toBe(204);
    expect(cloud.images.get(ID)).toMatchObject({ status: 'deleted' });
    expect(cloud.images.list()).toEqual([]);
    expect(cloud.images.list({ status: 'deleted' })).toMatchObject([{ id: ID }]);
    expect((await admin('GET', '/images/none')).status).toBe(404);
  });

  test('give their id back when they are removed', async () => {
    for (const name of ['first', 'second', 'third']) {
      expect((await admin('POST', '/images', { id: ID, name })).status).toBe(201);
      expect((await admin('POST', '/images', { id: ID, name })).status).toBe(409);
      expect((await admin('DELETE', `/images/${ID}`)).status).toBe(204);
      expect((await admin('DELETE', `/images/${ID}`)).status).toBe(404);
    }
  });

  test('that a client deleted stay deleted, until they are added again', async () => {
    cloud.images.place({ id: ID, name: 'one', owner: 'demo' });
    await deleteAsClient(ID);
    const response = await admin('PATCH', `/images/${ID}`, { status: 'active' });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('was deleted; add it again with POST /__admin/images');
    expect(cloud.images.get(ID).status).toBe('deleted');
    expect((await admin('POST', '/images', { id: ID, name: 'two' })).status).toBe(201);
    expect(cloud.images.get(ID)).toMatchObject({ name: 'two', status: 'active' });
  });
});

describe('one-off faults of the admin API', () => {
  test('take a number of calls, as scenarios do', async () => {
    const fault = cloud.faults.arm({ match: { operation: 'image-v2.listImages' }, calls: 2, fault: { answer: 403 } });
    const headers = { 'X-Auth-Token': await login(cloud.url) };
    const statuses = [];
    for (let sent = 0; sent < 3; sent += 1) {
      statuses.push((await fetch(`${cloud.url}/image/v2/images`, { headers })).status);
    }
    expect(statuses).toEqual([403, 403, 200]);
    expect(cloud.faults.list()).toMatchObject([{ id: fault.id, fired: 2, expired: true }]);
    const wrong = await admin('POST', '/faults', { match: { operation: '*' }, calls: 0, fault: { cut: 'reset' } });
    expect(wrong.status).toBe(400);
    expect(((await wrong.json()) as { error: object }).error).toMatchObject({ pointer: '/calls', value: 0 });
  });

  test('are disarmed one by one', async () => {
    const rule = { match: { operation: 'image-v2.listImages' }, fault: { answer: 403 } } as const;
    const [first, second] = [cloud.faults.arm(rule), cloud.faults.arm(rule)];
    expect((await admin('DELETE', `/faults/${first.id}`)).status).toBe(204);
    expect(cloud.faults.list().map(({ id }) => id)).toEqual([second.id]);
    const gone = await admin('DELETE', `/faults/${first.id}`);
    expect(gone.status).toBe(404);
    expect(((await gone.json()) as { error: object }).error).toMatchObject({ allowed: [second.id] });
  });

  test.each([
    ['deleteImage', ['image-v2.deleteImage', 'compute-v2.1.deleteImage', 'ims.deleteImage']],
    ['image-v2.delete', ['image-v2.deleteImage', 'image-v2.deleteTask']],
    ['image-v2.deletImage', ['image-v2.deleteImage']],
  ])('name the operations that %s may mean', async (operation, meant) => {
    const response = await admin('POST', '/faults', { match: { operation }, fault: { cut: 'reset' } });
    const { error } = (await response.json()) as { error: { message: string; allowed: string } };
    for (const name of meant) expect(error.message).toContain(`"${name}"`);
    expect(error.allowed).toContain('GET /__admin/contracts lists the operations');
  });
});

test('a scenario for a status that its operation does not document says which ones it does, and what to use', async () => {
  const response = await admin('POST', '/scenarios/image-v2.deleteImage.503/enable');
  expect(response.status).toBe(404);
  const { error } = (await response.json()) as { error: { message: string; allowed: readonly string[] } };
  expect(error.message).toMatch(
    /^503 is not documented for image-v2\.deleteImage \(204, 403, 404\): use scenario "[\w-]+".* or a rule with "undocumented: true"\.$/,
  );
  expect(error.allowed).toContain('image-v2.deleteImage.403');
  const [, name = ''] = /scenario "([\w-]+)"/.exec(error.message) ?? [];
  expect((await admin('POST', `/scenarios/${name}/enable`)).status).toBe(200);
});
