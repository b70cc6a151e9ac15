import { describe, expect, test } from '@jest/globals';
import { createdImageId, setUpScenarioClient } from './shipped-support.ts';

const context = setUpScenarioClient();
const UPLOADS = ['image-v2.uploadImageData', 'ims.uploadImage'];

/** Polls an image and returns the status of each response. */
async function pollStatus(count: number, image: string): Promise<readonly string[]> {
  const received: string[] = [];
  for (let number = 0; number < count; number += 1) {
    received.push((await context.client.send('image-v2.showImage', { image })).body.status);
  }
  return received;
}

describe.each(UPLOADS)('an upload by %s', (operation) => {
  test('stuck-saving: returns 204, and the image is saving until its task is finished by hand', async () => {
    const { client } = context;
    await client.enable('stuck-saving');
    const image = await client.createQueuedImage();
    expect((await client.upload(operation, image)).status).toBe(204);
    await client.advance('50m');
    expect(new Set(await pollStatus(20, image))).toEqual(new Set(['saving']));
    const [{ id }] = (await client.base.admin('get', `/tasks?image=${image}`)).tasks;
    await client.base.admin('post', `/tasks/${id}/finish`);
    expect(await pollStatus(1, image)).toEqual(['active']);
  });

  test('slow-saving: the image is saving for three polls, then active', async () => {
    const { client } = context;
    await client.enable('slow-saving');
    const image = await client.createQueuedImage();
    expect((await client.upload(operation, image)).status).toBe(204);
    expect(await pollStatus(4, image)).toEqual(['saving', 'saving', 'saving', 'active']);
  });
});

describe.each(['compute-v2.1', 'rackspace-servers'])('an image created from a server by %s', (api) => {
  const create = () => context.client.send(`${api}.createServerImage`, { name: 'snapshot' });

  test('stuck-snapshot: is saving forever, and the server rejects another snapshot with 409', async () => {
    const { client } = context;
    await client.enable('stuck-snapshot');
    const image = createdImageId(await create());
    await client.advance('50m');
    for (let number = 0; number < 10; number += 1) {
      expect((await client.send(`${api}.showImage`, { image })).body.image.status).toBe('SAVING');
    }
    expect((await create()).status).toBe(409);
  });

  test('slow-snapshot: is saving for five minutes, then active', async () => {
    const { client } = context;
    await client.enable('slow-snapshot');
    const image = createdImageId(await create());
    await client.advance('299s');
    expect(await pollStatus(1, image)).toEqual(['saving']);
    await client.advance('1s');
    expect(await pollStatus(1, image)).toEqual(['active']);
  });
});

describe('a job of ims', () => {
  test('stuck-snapshot: never finishes', async () => {
    const { client } = context;
    await client.enable('stuck-snapshot');
    const { job_id } = (await client.send('ims.createCloudImage')).body;
    await client.advance('50m');
    expect(['INIT', 'RUNNING']).toContain((await client.showJob(job_id)).status);
  });

  test('slow-snapshot: finishes after five minutes', async () => {
    const { client } = context;
    await client.enable('slow-snapshot');
    const { job_id } = (await client.send('ims.createCloudImage')).body;
    await client.advance('299s');
    expect((await client.showJob(job_id)).status).toBe('RUNNING');
    await client.advance('1s');
    expect((await client.showJob(job_id)).status).toBe('SUCCESS');
  });

  test.each(['createCloudImage', 'quickImport', 'copyImage', 'exportImage'])(
    'slow-jobs: %s finishes after a minute',
    async (operation) => {
      const { client } = context;
      await client.enable('slow-jobs');
      const { job_id } = (await client.send(`ims.${operation}`)).body;
      await client.advance('59s');
      expect((await client.showJob(job_id)).status).toBe('RUNNING');
      await client.advance('1s');
      expect((await client.showJob(job_id)).status).toBe('SUCCESS');
    },
  );

  test.each([
    ['stuck-import', 'quickImport'],
    ['stuck-export', 'exportImage'],
  ])('%s: %s never finishes', async (name, operation) => {
    const { client } = context;
    await client.enable(name);
    const { job_id } = (await client.send(`ims.${operation}`)).body;
    await client.advance('50m');
    expect(['INIT', 'RUNNING']).toContain((await client.showJob(job_id)).status);
  });

  test('slow-import: is running for three polls, then succeeds', async () => {
    const { client } = context;
    await client.enable('slow-import');
    const { job_id } = (await client.send('ims.quickImport')).body;
    const received: string[] = [];
    for (let number = 0; number < 4; number += 1) received.push((await client.showJob(job_id)).status);
    expect(received).toEqual(['RUNNING', 'RUNNING', 'RUNNING', 'SUCCESS']);
  });
});

describe('an import into the Image API', () => {
  async function startImport(): Promise<string> {
    const image = await context.client.createQueuedImage();
    await context.client.upload('image-v2.stageImageData', image);
    expect((await context.client.send('image-v2.importImage', { image })).status).toBe(202);
    return image;
  }

  test('stuck-import: never finishes, and another import returns 409', async () => {
    await context.client.enable('stuck-import');
    const image = await startImport();
    await context.client.advance('50m');
    expect(new Set(await pollStatus(20, image))).not.toContain('active');
    expect((await context.client.send('image-v2.importImage', { image })).status).toBe(409);
  });

  test('slow-import: is importing for three polls, then active', async () => {
    await context.client.enable('slow-import');
    expect(await pollStatus(4, await startImport())).toEqual(['importing', 'importing', 'importing', 'active']);
  });

  test('stuck-staging: the image is uploading forever', async () => {
    const { client } = context;
    await client.enable('stuck-staging');
    const image = await client.createQueuedImage();
    expect((await client.upload('image-v2.stageImageData', image)).status).toBe(204);
    await client.advance('50m');
    expect(new Set(await pollStatus(20, image))).toEqual(new Set(['uploading']));
  });
});

describe('a task of rackspace-images', () => {
  test.each([
    ['stuck-import', 'createImportTask'],
    ['stuck-export', 'createExportTask'],
  ])('%s: a task of %s never finishes', async (name, operation) => {
    const { client } = context;
    await client.enable(name);
    const { id } = (await client.send(`rackspace-images.${operation}`)).body;
    await client.advance('1h');
    expect(['pending', 'processing']).toContain((await client.showTask(id)).status);
    expect((await client.base.admin('get', '/tasks')).tasks).toHaveLength(1);
  });

  test('slow-import: is processing for three polls, then succeeds', async () => {
    const { client } = context;
    await client.enable('slow-import');
    const { id } = (await client.send('rackspace-images.createImportTask', { name: 'slow' })).body;
    const received: string[] = [];
    for (let number = 0; number < 4; number += 1) received.push((await client.showTask(id)).status);
    expect(received).toEqual(['processing', 'processing', 'processing', 'success']);
    expect(await client.countImages('slow')).toBe(1);
  });
});
