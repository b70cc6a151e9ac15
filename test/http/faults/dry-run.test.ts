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

describe('A success that a rule gives', () => {
  test('says what the call would have been answered, and leaves nothing of it', async () => {
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

  test('under another status has the same body', async () => {
    const natural = await client.send('compute-v2.1.listImages');
    await arm('compute-v2.1.listImages', { answer: 203 });
    const answer = await client.send('compute-v2.1.listImages');
    expect([answer.status, answer.body]).toEqual([203, natural.body]);
    expect(answer.body.images.length).toBeGreaterThan(3);
  });

  test('gives no token that is good', async () => {
    const body = {
      auth: {
        identity: {
          methods: ['password'],
          password: { user: { name: 'demo', domain: { name: 'Default' }, password: 'secret' } },
        },
      },
    };
    await arm('identity.authPasswordUnscoped', { answer: 201 });
    const answer = await client.send('identity.authPasswordUnscoped').send(body);
    expect([answer.status, answer.body.token.user.name]).toEqual([201, 'demo']);
    const token = answer.headers['x-subject-token'] as string;
    expect(world().identity.callerOf(token)).toBeUndefined();
  });

  test('for a call that would be refused says what it can', async () => {
    await arm('ims.createCloudImage', { answer: 200 });
    const answer = await client.send('ims.createCloudImage').send({ name: 'nothing to make it of' });
    expect([answer.status, Object.keys(answer.body)]).toEqual([200, ['job_id']]);
  });

  test('for an image that would be refused tells of one all the same', async () => {
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
  )('for image-v2.%s that would be refused is as its document has it', async (id, { success, response }) => {
    const gone = '6f9c2d3b-2f6c-4c3b-9a53-0d3e5a3f8a11';
    await arm(`image-v2.${id}`, { answer: success });
    const { status, body } = await client.send(`image-v2.${id}`, { image_id: gone, member_id: gone, task_id: gone });
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(response as object);
    validate(body);
    expect([status, validate.errors]).toEqual([success, null]);
  });

  test('after the effect is that of the call', async () => {
    await arm('image-v2.createImage', { answer: 201 }, { phase: 'after' });
    const { body } = await client.send('image-v2.createImage').send({ name: 'one' });
    expect((await client.send('image-v2.showImage', { image_id: body.id })).body.name).toBe('one');
  });

  test('takes the headers of the rule', async () => {
    await arm('image-v2.showImage', { answer: 200, headers: { 'X-Cache': 'HIT', 'Content-Type': 'text/plain' } });
    const answer = await client.send('image-v2.showImage', { image_id: client.imageId('demo-private') });
    expect([answer.headers['x-cache'], answer.headers['content-type']]).toEqual(['HIT', 'text/plain']);
    expect(JSON.parse(answer.text).name).toBe('demo-private');
  });

  test('fetches nothing from elsewhere', async () => {
    const made = await client.send('image-v2.createImage').send({ disk_format: 'raw', container_format: 'bare' });
    await arm('image-v2.importImage', { answer: 202 });
    const answer = await client
      .send('image-v2.importImage', { image_id: made.body.id })
      .send({ method: { name: 'web-download', uri: 'http://127.0.0.1:9/none' } });
    expect(answer.status).toBe(202);
    expect((await client.send('image-v2.showImage', { image_id: made.body.id })).body.status).toBe('queued');
  });
});
