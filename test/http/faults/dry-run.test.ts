import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import type { Operation } from '../../../src/contract/contract.ts';
import { contract as imageContract } from '../../../src/dialects/image-v2/contract.ts';
import { type Client, clientOf } from '../../conformance/support.ts';
import { NOON, startEmulator } from '../../support/emulator.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator({ frozenAt: NOON }));
});
afterEach(() => client.emulator.close());

const arm = (operation: string, fault: object, more: object = {}) =>
  client.admin('post', '/faults', { match: { operation }, fault, ...more });
const world = () => client.emulator.worlds.default;
const imageCount = () =>
  client
    .send('image-v2.listImages')
    .query('limit=1000')
    .then(({ body }) => body.images.length);

describe('A success injected by a rule', () => {
  test('has the body of the natural response and changes nothing in the world', async () => {
    const before = await imageCount();
    const tasks = [...world().tasks.list({ owner: null })].length;
    await arm('image-v2.createImage', { answer: 201 });
    const { status, body, headers } = await client.send('image-v2.createImage').send({ name: 'one', min_disk: 3 });
    expect([status, body.name, body.min_disk, headers['location']]).toEqual([
      201,
      'one',
      3,
      expect.stringContaining(body.id),
    ]);
    expect((await client.send('image-v2.showImage', { image_id: body.id })).status).toBe(404);
    expect([await imageCount(), [...world().tasks.list({ owner: null })].length]).toEqual([before, tasks]);
  });

  test.each(['image-v2', 'compute-v2.1', 'rackspace-images', 'rackspace-servers', 'ims'])(
    'deletes nothing in %s',
    async (dialect) => {
      const image_id = client.imageId('demo-private');
      await arm(`${dialect}.deleteImage`, { answer: 204 });
      expect((await client.send(`${dialect}.deleteImage`, { image_id })).status).toBe(204);
      expect((await client.send(`${dialect}.showImage`, { image_id })).status).toBe(200);
    },
  );

  test('with another status has the same body', async () => {
    const natural = await client.send('compute-v2.1.listImages');
    await arm('compute-v2.1.listImages', { answer: 203 });
    const response = await client.send('compute-v2.1.listImages');
    expect([response.status, response.body]).toEqual([203, natural.body]);
    expect(response.body.images.length).toBeGreaterThan(3);
  });

  test('returns a token that is not valid', async () => {
    const body = {
      auth: {
        identity: {
          methods: ['password'],
          password: { user: { name: 'demo', domain: { name: 'Default' }, password: 'secret' } },
        },
      },
    };
    await arm('identity.authPasswordUnscoped', { answer: 201 });
    const response = await client.send('identity.authPasswordUnscoped').send(body);
    expect([response.status, response.body.token.user.name]).toEqual([201, 'demo']);
    const token = response.headers['x-subject-token'] as string;
    expect(world().identity.callerOf(token)).toBeUndefined();
  });

  test('of a request that would fail has a sample body', async () => {
    await arm('ims.createCloudImage', { answer: 200 });
    const response = await client.send('ims.createCloudImage').send({ name: 'no source' });
    expect([response.status, Object.keys(response.body)]).toEqual([200, ['job_id']]);
  });

  test('of a createImage request that would fail describes the requested image', async () => {
    await client.admin('put', '/configuration', { quotas: { images: 0 } });
    expect((await client.send('image-v2.createImage').send({ name: 'one' })).status).toBe(413);
    await arm('image-v2.createImage', { answer: 201 });
    const { status, body, headers } = await client.send('image-v2.createImage').send({ name: 'one' });
    expect([status, body.name, body.status, body.owner]).toEqual([201, 'one', 'queued', client.projectId]);
    expect(headers['location']).toMatch(new RegExp(`/v2/images/${body.id}$`));
    expect((await client.send('image-v2.showImage', { image_id: body.id })).status).toBe(404);
  });

  test.each(
    Object.entries(imageContract.operations as Readonly<Record<string, Operation>>).flatMap(([id, operation]) =>
      operation.response === undefined || id === 'createImage' ? [] : [[id, operation] as const],
    ),
  )('of an image-v2.%s request that would fail matches the documented schema', async (id, { success, response }) => {
    const missingId = '6f9c2d3b-2f6c-4c3b-9a53-0d3e5a3f8a11';
    await arm(`image-v2.${id}`, { answer: success });
    const { status, body } = await client.send(`image-v2.${id}`, {
      image_id: missingId,
      member_id: missingId,
      task_id: missingId,
    });
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(response as object);
    validate(body);
    expect([status, validate.errors]).toEqual([success, null]);
  });

  test('with phase "after" is the natural response, and the effect stays', async () => {
    await arm('image-v2.createImage', { answer: 201 }, { phase: 'after' });
    const { body } = await client.send('image-v2.createImage').send({ name: 'one' });
    expect((await client.send('image-v2.showImage', { image_id: body.id })).body.name).toBe('one');
  });

  test('has the headers of the rule', async () => {
    await arm('image-v2.showImage', { answer: 200, headers: { 'X-Cache': 'HIT', 'Content-Type': 'text/plain' } });
    const response = await client.send('image-v2.showImage', { image_id: client.imageId('demo-private') });
    expect([response.headers['x-cache'], response.headers['content-type']]).toEqual(['HIT', 'text/plain']);
    expect(JSON.parse(response.text).name).toBe('demo-private');
  });

  test('does not download anything', async () => {
    const created = await client.send('image-v2.createImage').send({ disk_format: 'raw', container_format: 'bare' });
    await arm('image-v2.importImage', { answer: 202 });
    const response = await client
      .send('image-v2.importImage', { image_id: created.body.id })
      .send({ method: { name: 'web-download', uri: 'http://127.0.0.1:9/none' } });
    expect(response.status).toBe(202);
    expect((await client.send('image-v2.showImage', { image_id: created.body.id })).body.status).toBe('queued');
  });
});
