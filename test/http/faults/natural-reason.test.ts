import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, clientOf } from '../../conformance/support.ts';
import { NOON, startEmulator } from '../../support/emulator.ts';

/** An id that no image has. */
const UNKNOWN_ID = '5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77';

describe('the reason for an injected error', () => {
  let client: Client;
  beforeAll(async () => {
    client = await clientOf(await startEmulator({ frozenAt: NOON }));
  });
  afterAll(() => client.emulator.close());
  beforeEach(() => client.admin('delete', '/faults'));

  const deleteImage = async (fault: object, name = 'demo-private'): Promise<string> => {
    await client.admin('post', '/faults', { match: { operation: 'image-v2.deleteImage' }, fault });
    const image_id = name === UNKNOWN_ID ? UNKNOWN_ID : client.imageId(name);
    const response = await client.send('image-v2.deleteImage', { image_id });
    return response.text;
  };

  test('is the first one of the operation, with the values of the request', async () => {
    expect(await deleteImage({ answer: 403 })).toContain(
      `Image ${client.imageId('demo-private')} is protected and cannot be deleted.`,
    );
    expect(await deleteImage({ answer: 403 }, UNKNOWN_ID)).toContain(`Image ${UNKNOWN_ID} is protected`);
  });

  test('is the one that the request itself has', async () => {
    expect(await deleteImage({ answer: 403 }, 'cirros-0.6.2-x86_64-disk')).toContain('You do not own this image');
  });

  test('is the one that the rule names', async () => {
    expect(await deleteImage({ answer: 403, problem: 'image-not-owned' }, 'demo-protected')).toContain(
      'You do not own this image',
    );
  });

  test('is the one with the code of the rule, or the meaning of the code', async () => {
    const create = async (fault: object): Promise<unknown> => {
      await client.admin('post', '/faults', { match: { operation: 'ims.createCloudImage' }, fault });
      const body = { name: 'created', instance_id: UNKNOWN_ID };
      return (await client.send('ims.createCloudImage').send(body)).body.error;
    };
    expect(await create({ answer: 400, code: 'IMG.0010' })).toEqual({
      code: 'IMG.0010',
      message: `The server ${UNKNOWN_ID} is image_uploading.`,
    });
    expect(await create({ answer: 400, code: 'IMG.0136' })).toEqual({
      code: 'IMG.0136',
      message: 'The server is being backed up.',
    });
    expect(await create({ answer: 400, code: 'IMG.0010', message: 'Later.' })).toEqual({
      code: 'IMG.0010',
      message: 'Later.',
    });
  });

  test('is the next one of the operation where a profile gives the first another status', async () => {
    client.emulator.worlds.default.setProfiles({ ims: { 'no-right': 'huaweicloud' } });
    await client.admin('post', '/faults', { match: { operation: 'ims.updateCloudImage' }, fault: { answer: 403 } });
    expect((await client.send('ims.updateCloudImage').send([])).body).toMatchObject({ error_code: 'APIGW.0310' });
    client.emulator.worlds.default.setProfiles({ ims: { 'no-right': 'otc' } });
  });

  test('leaves status and message of the rule alone', async () => {
    expect(await deleteImage({ answer: 403, message: 'Not today.' }, 'demo-protected')).toContain('Not today.');
  });

  test('is found for an upload without reading its data', async () => {
    await client.admin('post', '/faults', { match: { operation: 'image-v2.uploadImageData' }, fault: { answer: 400 } });
    const created = await client.send('image-v2.createImage').send({ name: 'created' });
    const response = await client
      .send('image-v2.uploadImageData', { image_id: created.body.id })
      .set({ 'Content-Type': 'application/octet-stream', 'X-Image-Meta-Store': 'nowhere' })
      .send('data');
    expect(response.text).toContain('Store for identifier nowhere not found');
  });

  test('is the rate limit where the rule says when to retry', async () => {
    const admin = await client.as('admin');
    const list = async (fault: object) => {
      await client.admin('post', '/faults', { match: { operation: 'image-v2.listTasks' }, fault });
      return admin.send('image-v2.listTasks');
    };
    const limited = await list({ answer: 413 });
    expect(limited.headers['retry-after']).toBe('Sat, 21 Nov 2026 12:01:00 GMT');
    expect((await list({ answer: 413, retryAfter: 7 })).headers['retry-after']).toBe('7');
    expect((await list({ answer: 413, retryAfter: 'absent' })).headers['retry-after']).toBeUndefined();
  });
});
