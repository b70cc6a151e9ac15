import { afterEach, beforeEach, expect, test } from '@jest/globals';
import request from 'supertest';
import { startSideglance } from '../../src/index.ts';
import { type Client, clientOf } from '../conformance/support.ts';
import { startEmulator } from '../support/emulator.ts';
import { entriesOf } from '../support/journal.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator());
});
afterEach(() => client.emulator.close());

const world = () => client.emulator.worlds.default;
const lastId = (): number => entriesOf(world()).at(-1)?.id as number;
const natural = (id: number) => request(client.emulator.url).get(`/__admin/requests/${id}/natural`);
const isStored = (): boolean => world().images.peek(client.imageId('demo-private'))?.status === 'active';

test('The response without the rule is found out on a copy of the world, without an effect', async () => {
  const DELETE = 'image-v2.deleteImage';
  await client.admin('post', '/faults', { match: { operation: DELETE }, calls: 9, fault: { answer: 403 } });
  expect((await client.send(DELETE)).status).toBe(403);
  const id = lastId();
  const before = JSON.stringify(await client.admin('get', '/faults'));
  const { status, body } = await natural(id);
  expect([status, body.status, body.body]).toEqual([200, 204, undefined]);
  expect(Date.parse(body.time)).not.toBeNaN();
  expect(isStored()).toBe(true);
  expect(JSON.stringify(await client.admin('get', '/faults'))).toBe(before);
  expect([lastId(), world().journal.unanswered.size]).toEqual([id, 0]);
});

test('It is the response of now: what has happened since counts', async () => {
  const SHOW = 'image-v2.showImage';
  await client.admin('post', '/faults', { match: { operation: SHOW }, fault: { answer: 404 } });
  await client.send(SHOW);
  const id = lastId();
  const first = (await natural(id)).body;
  expect([first.status, JSON.parse(first.body.text).name]).toEqual([200, 'demo-private']);
  expect(first.headers).toContainEqual(expect.objectContaining({ name: 'Content-Type' }));
  await client.send('image-v2.deleteImage');
  expect((await natural(id)).body.status).toBe(404);
});

test('It has the body of the request, and does not show secrets', async () => {
  await client.admin('post', '/faults', { match: { operation: 'image-v2.createImage' }, fault: { cut: 'reset' } });
  await client
    .send('image-v2.createImage')
    .send({ name: 'new' })
    .catch(() => undefined);
  const { body } = await natural(lastId());
  expect([body.status, JSON.parse(body.body.text).name]).toEqual([201, 'new']);
  const [login] = entriesOf(world(), { operation: 'identity.authPasswordScoped' });
  const again = (await natural(login?.id as number)).body;
  const token = again.headers.find(({ name }: { readonly name: string }) => name === 'X-Subject-Token');
  expect([again.status, token.value]).toEqual([201, expect.stringMatching(/^sha256:/)]);
});

test('Requests that cannot be sent again get 409, and unknown ones 404', async () => {
  await client.send('image-v2.uploadImageData').set('Content-Type', 'application/octet-stream').send('data');
  const upload = await natural(lastId());
  expect([upload.status, upload.body.error.message]).toEqual([409, expect.stringContaining('uploads image data')]);
  await request(client.emulator.url).get('/image/v2/nowhere');
  expect((await natural(lastId())).status).toBe(409);
  expect((await natural(9999)).status).toBe(404);
});

test('A body that the journal has not stored as a whole gets 409', async () => {
  const cloud = await startSideglance({ journalBodies: 4 });
  try {
    const body = JSON.stringify({ auth: {} });
    await fetch(`${cloud.url}/identity/v3/auth/tokens`, { method: 'POST', body });
    await expect(cloud.requests.natural(1)).rejects.toMatchObject({ status: 409 });
  } finally {
    await cloud.close();
  }
});

test('Requests to a port of a single API are found', async () => {
  const cloud = await startSideglance({ listen: { identity: 0 } });
  try {
    const port = cloud.ports.list().find(({ name }) => name === 'identity')?.port;
    await fetch(`http://127.0.0.1:${port}/v3`);
    expect(await cloud.requests.natural(1)).toMatchObject({ status: 200 });
  } finally {
    await cloud.close();
  }
});
