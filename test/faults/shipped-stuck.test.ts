import { describe, expect, test } from '@jest/globals';
import { idIn, playing } from './shipped-support.ts';

const stage = playing();
const UPLOADS = ['image-v2.uploadImageData', 'ims.uploadImage'];

/** Status of an image at each of some looks. */
async function looks(count: number, image: string): Promise<readonly string[]> {
  const seen: string[] = [];
  for (let number = 0; number < count; number += 1) {
    seen.push((await stage.player.on('image-v2.showImage', { image })).body.status);
  }
  return seen;
}

describe.each(UPLOADS)('An upload by %s', (operation) => {
  test('stuck-saving: is taken in, and its image is saving until somebody moves it', async () => {
    const { player } = stage;
    await player.enable('stuck-saving');
    const image = await player.queued();
    expect((await player.upload(operation, image)).status).toBe(204);
    await player.advance('50m');
    expect(new Set(await looks(20, image))).toEqual(new Set(['saving']));
    const [{ id }] = (await player.client.admin('get', `/tasks?image=${image}`)).tasks;
    await player.client.admin('post', `/tasks/${id}/finish`);
    expect(await looks(1, image)).toEqual(['active']);
  });

  test('slow-saving: is found saving three times, then active', async () => {
    const { player } = stage;
    await player.enable('slow-saving');
    const image = await player.queued();
    expect((await player.upload(operation, image)).status).toBe(204);
    expect(await looks(4, image)).toEqual(['saving', 'saving', 'saving', 'active']);
  });
});

describe.each(['compute-v2.1', 'rackspace-servers'])('An image of a server, made by %s,', (api) => {
  const make = () => stage.player.on(`${api}.createServerImage`, { name: 'snapshot' });

  test('stuck-snapshot: is saving for ever, and the server takes no other', async () => {
    const { player } = stage;
    await player.enable('stuck-snapshot');
    const image = idIn(await make());
    await player.advance('50m');
    for (let number = 0; number < 10; number += 1) {
      expect((await player.on(`${api}.showImage`, { image })).body.image.status).toBe('SAVING');
    }
    expect((await make()).status).toBe(409);
  });

  test('slow-snapshot: is saving for five minutes, then active', async () => {
    const { player } = stage;
    await player.enable('slow-snapshot');
    const image = idIn(await make());
    await player.advance('299s');
    expect(await looks(1, image)).toEqual(['saving']);
    await player.advance('1s');
    expect(await looks(1, image)).toEqual(['active']);
  });
});

describe('A job of ims', () => {
  test('stuck-snapshot: is never done', async () => {
    const { player } = stage;
    await player.enable('stuck-snapshot');
    const { job_id } = (await player.on('ims.createCloudImage')).body;
    await player.advance('50m');
    expect(['INIT', 'RUNNING']).toContain((await stage.player.job(job_id)).status);
  });

  test('slow-snapshot: is done after five minutes', async () => {
    const { player } = stage;
    await player.enable('slow-snapshot');
    const { job_id } = (await player.on('ims.createCloudImage')).body;
    await player.advance('299s');
    expect((await stage.player.job(job_id)).status).toBe('RUNNING');
    await player.advance('1s');
    expect((await stage.player.job(job_id)).status).toBe('SUCCESS');
  });

  test.each(['createCloudImage', 'quickImport', 'copyImage', 'exportImage'])(
    'slow-jobs: %s is done after a minute',
    async (operation) => {
      const { player } = stage;
      await player.enable('slow-jobs');
      const { job_id } = (await player.on(`ims.${operation}`)).body;
      await player.advance('59s');
      expect((await stage.player.job(job_id)).status).toBe('RUNNING');
      await player.advance('1s');
      expect((await stage.player.job(job_id)).status).toBe('SUCCESS');
    },
  );

  test.each([
    ['stuck-import', 'quickImport'],
    ['stuck-export', 'exportImage'],
  ])('%s: %s is never done', async (name, operation) => {
    const { player } = stage;
    await player.enable(name);
    const { job_id } = (await player.on(`ims.${operation}`)).body;
    await player.advance('50m');
    expect(['INIT', 'RUNNING']).toContain((await stage.player.job(job_id)).status);
  });

  test('slow-import: is running at three looks, then it is done', async () => {
    const { player } = stage;
    await player.enable('slow-import');
    const { job_id } = (await player.on('ims.quickImport')).body;
    const seen: string[] = [];
    for (let number = 0; number < 4; number += 1) seen.push((await stage.player.job(job_id)).status);
    expect(seen).toEqual(['RUNNING', 'RUNNING', 'RUNNING', 'SUCCESS']);
  });
});

describe('An import into the Image API', () => {
  async function begun(): Promise<string> {
    const image = await stage.player.queued();
    await stage.player.upload('image-v2.stageImageData', image);
    expect((await stage.player.on('image-v2.importImage', { image })).status).toBe(202);
    return image;
  }

  test('stuck-import: never ends, and there can be no other', async () => {
    await stage.player.enable('stuck-import');
    const image = await begun();
    await stage.player.advance('50m');
    expect(new Set(await looks(20, image))).not.toContain('active');
    expect((await stage.player.on('image-v2.importImage', { image })).status).toBe(409);
  });

  test('slow-import: is importing at three looks, then active', async () => {
    await stage.player.enable('slow-import');
    expect(await looks(4, await begun())).toEqual(['importing', 'importing', 'importing', 'active']);
  });

  test('stuck-staging: its data is taken in for ever', async () => {
    const { player } = stage;
    await player.enable('stuck-staging');
    const image = await player.queued();
    expect((await player.upload('image-v2.stageImageData', image)).status).toBe(204);
    await player.advance('50m');
    expect(new Set(await looks(20, image))).toEqual(new Set(['uploading']));
  });
});

describe('A task of rackspace-images', () => {
  test.each([
    ['stuck-import', 'createImportTask'],
    ['stuck-export', 'createExportTask'],
  ])('%s: never ends, begun by %s', async (name, operation) => {
    const { player } = stage;
    await player.enable(name);
    const { id } = (await player.on(`rackspace-images.${operation}`)).body;
    await player.advance('1h');
    expect(['pending', 'processing']).toContain((await stage.player.task(id)).status);
    expect((await player.client.admin('get', '/tasks')).tasks).toHaveLength(1);
  });

  test('slow-import: is processing at three looks, then it has succeeded', async () => {
    const { player } = stage;
    await player.enable('slow-import');
    const { id } = (await player.on('rackspace-images.createImportTask', { name: 'slow' })).body;
    const seen: string[] = [];
    for (let number = 0; number < 4; number += 1) seen.push((await stage.player.task(id)).status);
    expect(seen).toEqual(['processing', 'processing', 'processing', 'success']);
    expect(await player.count('slow')).toBe(1);
  });
});
