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

/** Starts a copy in ims and returns its job. */
async function copyImage(name: string, by = client): Promise<{ status: string; error_code: string | null }> {
  const { job_id } = (await by.send('ims.copyImage').send({ name })).body;
  return (await by.send('ims.showJob', { job_id })).body;
}

describe('a progress fault', () => {
  test('applies to the task of one request, whose response stays natural', async () => {
    const match = { operation: 'ims.copyImage' };
    expect((await arm({ match, fault: { progress: { ...POLLED, fail: { code: 'IMG.0014' } } } })).status).toBe(201);
    const { job_id } = (await client.send('ims.copyImage').send({ name: 'one' })).body;
    const showJob = async () => (await client.send('ims.showJob', { job_id })).body;
    expect(await showJob()).toMatchObject({ status: 'RUNNING' });
    expect(await showJob()).toMatchObject({ status: 'FAIL', error_code: 'IMG.0014' });
    expect(await copyImage('two')).toMatchObject({ status: 'SUCCESS' });
    expect(await client.cellOf('ims.copyImage', 200)).toEqual(expect.objectContaining({ natural: 2, injected: 0 }));
    const { requests } = (await request(emulator.url).get('/__admin/requests?operation=ims.copyImage')).body;
    expect(requests[0]).toMatchObject({ source: 'natural', fault: { kind: 'progress' } });
    expect(requests[1].fault).toBeUndefined();
  });

  test('overrides the progress of the world for requests that match image, body, project and count', async () => {
    await client.admin('put', '/configuration', { progress: { copy: { by: 'hand' } } });
    const body = { '/name': 'quick-*' };
    const match = { operation: 'ims.copyImage', image: { name: 'demo-*' }, project: 'demo', body };
    await client.admin('post', '/faults', { match, calls: { only: [2] }, fault: { progress: { by: 'once' } } });
    const statuses = [];
    for (const name of ['quick-1', 'slow-1', 'quick-2', 'quick-3']) statuses.push((await copyImage(name)).status);
    expect(statuses).toEqual(['INIT', 'INIT', 'SUCCESS', 'INIT']);
  });

  test('works in a sequence of a scenario, with a delay before the response', async () => {
    const progress = { by: 'clock', seconds: 60 };
    const scenario = {
      description: 'The second and third image are saving for a minute. The third one fails after half of it.',
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
    for (let index = 0; index < 4; index += 1) {
      const body = { disk_format: 'raw', container_format: 'bare' };
      const { id } = (await client.send('image-v2.createImage').send(body)).body;
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

  test('combines with another fault of the same request: the response is lost, and the image is stuck', async () => {
    const match = { operation: 'image-v2.importImage' };
    await client.admin('post', '/faults', { match, fault: { progress: { by: 'hand' } } });
    await client.admin('post', '/faults', { match, phase: 'after', fault: { answer: 409 } });
    const imageBody = { disk_format: 'raw', container_format: 'bare' };
    const { id } = (await client.send('image-v2.createImage').send(imageBody)).body;
    const headers = { 'Content-Type': 'application/octet-stream' };
    await client.send('image-v2.stageImageData', { image_id: id }).set(headers).send('bytes');
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
  ])('is rejected for %s as %j', async (operation, progress, pointer, allowed) => {
    const response = await arm({ match: { operation }, fault: { progress } });
    expect(response.status).toBe(400);
    expect(response.body.error.issues[0]).toMatchObject({ pointer, allowed });
  });

  test('can be combined only with a delay', async () => {
    const fault = { progress: { by: 'once' }, answer: 409 };
    const response = await arm({ match: { operation: 'ims.copyImage' }, fault });
    expect(response.body.error.issues[0]).toMatchObject({ pointer: '/fault/answer', allowed: ['delay'] });
  });
});
