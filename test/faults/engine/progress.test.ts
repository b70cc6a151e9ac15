import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { type Client, clientOf } from '../../conformance/support.ts';
import { NOON, type StartedEmulator, startEmulator } from '../../support/emulator.ts';

let emulator: StartedEmulator;
let client: Client;
beforeEach(async () => {
  emulator = await startEmulator({ frozenAt: NOON });
  client = await clientOf(emulator);
});
afterEach(() => emulator.close());

const arm = (rule: object) => request(emulator.url).post('/__admin/faults').send(rule);
const POLLED = { by: 'polls', polls: 1 };

/** Begins a copy in ims, and answers what its job says when it is looked at. */
async function copied(name: string, by = client): Promise<{ status: string; error_code: string | null }> {
  const { job_id } = (await by.send('ims.copyImage').send({ name })).body;
  return (await by.send('ims.showJob', { job_id })).body;
}

describe('A fault of progress', () => {
  test('is for what one call begins, and the call has its own answer', async () => {
    const match = { operation: 'ims.copyImage' };
    expect((await arm({ match, fault: { progress: { ...POLLED, fail: { code: 'IMG.0014' } } } })).status).toBe(201);
    const { job_id } = (await client.send('ims.copyImage').send({ name: 'one' })).body;
    const look = async () => (await client.send('ims.showJob', { job_id })).body;
    expect(await look()).toMatchObject({ status: 'RUNNING' });
    expect(await look()).toMatchObject({ status: 'FAIL', error_code: 'IMG.0014' });
    expect(await copied('two')).toMatchObject({ status: 'SUCCESS' });
    expect(await client.met('ims.copyImage', 200)).toEqual(expect.objectContaining({ natural: 2, injected: 0 }));
    const { requests } = (await request(emulator.url).get('/__admin/requests?operation=ims.copyImage')).body;
    expect(requests[0]).toMatchObject({ source: 'natural', fault: { kind: 'progress' } });
    expect(requests[1].fault).toBeUndefined();
  });

  test('wins over the progress of the world, and is for what the rule says of image, body, project and count', async () => {
    await client.admin('put', '/configuration', { progress: { copy: { by: 'hand' } } });
    const body = { '/name': 'quick-*' };
    const match = { operation: 'ims.copyImage', image: { name: 'demo-*' }, project: 'demo', body };
    await client.admin('post', '/faults', { match, calls: { only: [2] }, fault: { progress: { by: 'once' } } });
    const seen = [];
    for (const name of ['quick-1', 'slow-1', 'quick-2', 'quick-3']) seen.push((await copied(name)).status);
    expect(seen).toEqual(['INIT', 'INIT', 'SUCCESS', 'INIT']);
  });

  test('plays in scenarios, in a sequence, with a delay before the answer', async () => {
    const progress = { by: 'clock', seconds: 60 };
    const scenario = {
      description: 'The second and third image are stuck, the third one in vain.',
      rules: [
        {
          match: { operation: 'image-v2.uploadImageData' },
          sequence: ['pass', { progress, delay: 1 }, { progress: { ...progress, fail: { at: 50 } } }, 'pass'],
        },
      ],
    };
    await client.admin('put', '/scenarios/stuck-saving', scenario);
    await client.admin('post', '/scenarios/stuck-saving/enable');
    const statuses = async (ids: readonly string[]): Promise<readonly string[]> =>
      Promise.all(
        ids.map(async (image_id) => (await client.send('image-v2.showImage', { image_id })).body.status as string),
      );
    const ids: string[] = [];
    for (let nth = 0; nth < 4; nth += 1) {
      const made = { disk_format: 'raw', container_format: 'bare' };
      const { id } = (await client.send('image-v2.createImage').send(made)).body;
      const sent = client.send('image-v2.uploadImageData', { image_id: id });
      expect((await sent.set('Content-Type', 'application/octet-stream').send('bytes')).status).toBe(204);
      ids.push(id);
    }
    expect(await statuses(ids)).toEqual(['active', 'saving', 'saving', 'active']);
    await client.admin('put', '/clock', { advance: 30 });
    expect(await statuses(ids)).toEqual(['active', 'saving', 'killed', 'active']);
    await client.admin('put', '/clock', { advance: 30 });
    expect(await statuses(ids)).toEqual(['active', 'active', 'killed', 'active']);
  });

  test('holds beside another fault of the same call: the answer is lost, and the image stuck', async () => {
    const match = { operation: 'image-v2.importImage' };
    await client.admin('post', '/faults', { match, fault: { progress: { by: 'hand' } } });
    await client.admin('post', '/faults', { match, phase: 'after', fault: { answer: 409 } });
    const made = { disk_format: 'raw', container_format: 'bare' };
    const { id } = (await client.send('image-v2.createImage').send(made)).body;
    const octets = { 'Content-Type': 'application/octet-stream' };
    await client.send('image-v2.stageImageData', { image_id: id }).set(octets).send('bytes');
    const sent = client.send('image-v2.importImage', { image_id: id }).send({ method: { name: 'glance-direct' } });
    expect((await sent).status).toBe(409);
    const { body } = await client.send('image-v2.showImage', { image_id: id });
    expect(body).toMatchObject({ status: 'uploading', os_glance_import_task: expect.any(String) });
  });

  test.each([
    ['ims.showImageSchema', { by: 'once' }, '/fault/progress', expect.arrayContaining(['ims.copyImage'])],
    ['identity.authToken', { by: 'once' }, '/fault/progress', 'an operation of another API'],
    [
      'ims.copyImage',
      { by: 'once', fail: { code: '721' } },
      '/fault/progress/fail/code',
      expect.arrayContaining(['IMG.0014']),
    ],
    ['image-v2.importImage', { by: 'once', fail: { code: '721' } }, '/fault/progress/fail/code', 'a message'],
    [
      '*.createImportTask',
      { by: 'once', fail: { code: '712' } },
      '/fault/progress/fail/code',
      expect.arrayContaining(['721']),
    ],
    [
      'image-v2.createTask',
      { by: 'once', fail: { stores: ['store1'] } },
      '/fault/progress/fail/stores',
      ['image-v2.importImage'],
    ],
    ['ims.copyImage', { by: 'magic' }, '/fault/progress/by', ['once', 'polls', 'clock', 'hand']],
  ])('of %s as %j is refused', async (operation, progress, pointer, allowed) => {
    const answer = await arm({ match: { operation }, fault: { progress } });
    expect(answer.status).toBe(400);
    expect(answer.body.error.issues[0]).toMatchObject({ pointer, allowed });
  });

  test('stands alone, but for a delay', async () => {
    const fault = { progress: { by: 'once' }, answer: 409 };
    const answer = await arm({ match: { operation: 'ims.copyImage' }, fault });
    expect(answer.body.error.issues[0]).toMatchObject({ pointer: '/fault/answer', allowed: ['delay'] });
  });
});
