import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { idIn, playing, statuses } from './shipped-support.ts';

const stage = playing();
const CODES = ['111', '396', '413', '523', '609', '614', '721'];

const show = async (image: string) => (await stage.player.on('image-v2.showImage', { image })).body;

/** An import into the Image API that was answered 202. */
async function imported(): Promise<string> {
  const image = await stage.player.queued();
  await stage.player.upload('image-v2.stageImageData', image);
  expect((await stage.player.on('image-v2.importImage', { image })).status).toBe(202);
  return image;
}

const tasksOf = async (image: string) => (await stage.player.on('image-v2.showImageTasks', { image })).body.tasks;

test.each(['image-v2.uploadImageData', 'ims.uploadImage'])(
  'upload-killed: the first by %s to each image kills it, and that is final',
  async (operation) => {
    const { player } = stage;
    await player.enable('upload-killed');
    const image = await player.queued();
    expect((await player.upload(operation, image)).status).toBe(204);
    expect([(await show(image)).status, (await show(image)).status]).toEqual(['saving', 'killed']);
    expect((await player.upload(operation, image)).status).toBe(409);
  },
);

describe('snapshot-fails: the first of each user is saving at two looks,', () => {
  test('then it is gone from compute-v2.1; the second is made', async () => {
    const { player } = stage;
    await player.enable('snapshot-fails');
    const make = () => player.on('compute-v2.1.createServerImage', { name: 'snapshot' });
    const image = idIn(await make());
    expect(await statuses(3, () => player.on('compute-v2.1.showImage', { image }))).toEqual([200, 200, 404]);
    expect((await player.on('compute-v2.1.showImage', { image: idIn(await make()) })).body.image.status).toBe('ACTIVE');
  });

  test('then it is ERROR at rackspace-servers; the second is made', async () => {
    const { player } = stage;
    await player.enable('snapshot-fails');
    const make = () => player.on('rackspace-servers.createServerImage', { name: 'snapshot' });
    const look = async (image: string): Promise<string> =>
      (await player.on('rackspace-servers.showImage', { image })).body.image.status;
    const image = idIn(await make());
    expect([await look(image), await look(image), await look(image)]).toEqual(['SAVING', 'SAVING', 'ERROR']);
    expect(await look(idIn(await make()))).toBe('ACTIVE');
  });

  test('then its job has failed in ims; the second is made', async () => {
    const { player } = stage;
    await player.enable('snapshot-fails');
    const { job_id } = (await player.on('ims.createCloudImage', { name: 'first' })).body;
    expect([(await stage.player.job(job_id)).status, (await stage.player.job(job_id)).status]).toEqual([
      'RUNNING',
      'RUNNING',
    ]);
    expect(await stage.player.job(job_id)).toMatchObject({ status: 'FAIL', error_code: 'IMG.0014' });
    const second = (await player.on('ims.createCloudImage', { name: 'second' })).body;
    expect((await stage.player.job(second.job_id)).status).toBe('SUCCESS');
  });
});

describe('import-fails-half-way: after half a minute', () => {
  test('one into image-v2 has failed with its message', async () => {
    const { player } = stage;
    await player.enable('import-fails-half-way');
    const image = await imported();
    await player.advance('29s');
    expect(await tasksOf(image)).toMatchObject([{ status: 'processing' }]);
    await player.advance('1s');
    expect(await tasksOf(image)).toMatchObject([{ status: 'failure', message: 'The store is full.' }]);
    expect((await show(image)).status).not.toBe('active');
  });

  test('one at rackspace-images has failed with its code, and there is no image', async () => {
    const { player } = stage;
    await player.enable('import-fails-half-way');
    const { id } = (await player.on('rackspace-images.createImportTask', { name: 'half' })).body;
    await player.advance('29s');
    expect((await stage.player.task(id)).status).toBe('processing');
    await player.advance('1s');
    expect(await stage.player.task(id)).toMatchObject({ status: 'failure', message: expect.stringMatching(/^721: /) });
  });

  test('one in ims has failed with its code', async () => {
    const { player } = stage;
    await player.enable('import-fails-half-way');
    const { job_id } = (await player.on('ims.quickImport')).body;
    await player.advance('29s');
    expect((await stage.player.job(job_id)).status).toBe('RUNNING');
    await player.advance('1s');
    expect(await stage.player.job(job_id)).toMatchObject({ status: 'FAIL', error_code: 'IMG.0057' });
  });
});

test('import-fails-with-each-code: each import says another code, and the eighth succeeds', async () => {
  const { player } = stage;
  await player.enable('import-fails-with-each-code');
  for (const code of CODES) {
    const { id } = (await player.on('rackspace-images.createImportTask', { name: `code-${code}` })).body;
    expect(await stage.player.task(id)).toMatchObject({
      status: 'failure',
      message: expect.stringMatching(new RegExp(`^${code}: `)),
    });
  }
  const { id } = (await player.on('rackspace-images.createImportTask', { name: 'good' })).body;
  expect((await stage.player.task(id)).status).toBe('success');
  expect(await player.count('good')).toBe(1);
});

test('import-disk-full: the first import of each user was answered 202 and has failed, the second is done', async () => {
  const { player } = stage;
  await player.enable('import-disk-full');
  const first = await imported();
  expect(await show(first)).toMatchObject({ os_glance_failed_import: expect.stringMatching(/./) });
  expect(await tasksOf(first)).toMatchObject([{ status: 'failure', message: 'The store is full.' }]);
  expect((await show(await imported())).status).toBe('active');
});

test('task-fails: a task of image-v2 is on its way at two looks, then says why it failed', async () => {
  const { player } = stage;
  await player.enable('task-fails');
  const admin = await player.as('admin');
  // What it would load is there: it fails because of the scenario alone.
  const source = createServer((_request, response) => response.end('bytes')).listen(0, '127.0.0.1');
  await once(source, 'listening');
  const { port } = source.address() as AddressInfo;
  const input = {
    import_from: `http://127.0.0.1:${port}/disk.raw`,
    import_from_format: 'raw',
    image_properties: { name: 'by-task', disk_format: 'raw', container_format: 'bare' },
  };
  const begin = async () => (await admin.client.send('image-v2.createTask').send({ type: 'import', input })).body;
  const look = async (id: string) => (await admin.client.send('image-v2.showTask', { task_id: id })).body;
  const { id, status } = await begin();
  expect([status, (await look(id)).status, (await look(id)).status]).toEqual(['pending', 'processing', 'processing']);
  expect(await look(id)).toMatchObject({ status: 'failure', message: 'The source cannot be read.' });
  await player.client.admin('post', '/scenarios/task-fails/disable');
  expect(await look((await begin()).id)).toMatchObject({ status: 'success' });
  source.close();
});

describe('export-fails:', () => {
  test('a task of rackspace-images is processing, then it has failed', async () => {
    const { player } = stage;
    await player.enable('export-fails');
    const { id } = (await player.on('rackspace-images.createExportTask')).body;
    expect([(await stage.player.task(id)).status, (await stage.player.task(id)).status]).toEqual([
      'processing',
      'failure',
    ]);
  });

  test('a job of ims is running, then it has failed, and there is no file', async () => {
    const { player } = stage;
    await player.enable('export-fails');
    const { job_id } = (await player.on('ims.exportImage')).body;
    expect((await stage.player.job(job_id)).status).toBe('RUNNING');
    expect(await stage.player.job(job_id)).toMatchObject({ status: 'FAIL', error_code: 'IMG.0069' });
    const { containers } = await player.client.admin('get', '/containers');
    expect(JSON.stringify(containers)).not.toContain('out.qcow2');
  });
});

test.each([
  ['ims.quickImport', 'IMG.0057'],
  ['ims.createCloudImage', 'IMG.0014'],
  ['ims.copyImage', 'IMG.0014'],
])('job-fails: one of %s is running, then it fails with %s', async (operation, code) => {
  const { player } = stage;
  await player.enable('job-fails');
  const { job_id } = (await player.on(operation)).body;
  expect((await stage.player.job(job_id)).status).toBe('RUNNING');
  expect(await stage.player.job(job_id)).toMatchObject({
    status: 'FAIL',
    error_code: code,
    fail_reason: expect.stringMatching(/./),
  });
});

test.each(['ims.quickImport', 'ims.createCloudImage', 'ims.copyImage'])(
  'job-fails-late: one of %s gets as far as 99 percent',
  async (operation) => {
    const { player } = stage;
    await player.enable('job-fails-late');
    const { job_id } = (await player.on(operation)).body;
    await player.advance('3500s');
    expect((await stage.player.job(job_id)).status).toBe('RUNNING');
    await player.advance('64s');
    expect(await stage.player.job(job_id)).toMatchObject({ status: 'FAIL', error_code: 'IMG.0061' });
  },
);

test('share-job-fails: the job was accepted, and nobody has become a member', async () => {
  const { player } = stage;
  await player.enable('share-job-fails');
  const admin = await player.as('admin');
  const image = player.client.imageId('demo-shared-pending');
  const before = (await player.on('ims.listImageMembers', { image })).body;
  const wish = { images: [image], projects: [admin.client.projectId] };
  const { job_id } = (await player.client.send('ims.addMembersBatch').send(wish)).body;
  expect((await stage.player.job(job_id)).status).toBe('RUNNING');
  expect(await stage.player.job(job_id)).toMatchObject({ status: 'FAIL', error_code: 'IMG.0088' });
  expect((await player.on('ims.listImageMembers', { image })).body).toEqual(before);
});
