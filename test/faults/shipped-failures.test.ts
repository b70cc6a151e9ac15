import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { createdImageId, setUpScenarioClient, statuses } from './shipped-support.ts';

const context = setUpScenarioClient();
const CODES = ['111', '396', '413', '523', '609', '614', '721'];

const show = async (image: string) => (await context.client.send('image-v2.showImage', { image })).body;

/** Starts an import through the Image API, which returns 202. */
async function startImport(): Promise<string> {
  const image = await context.client.createQueuedImage();
  await context.client.upload('image-v2.stageImageData', image);
  expect((await context.client.send('image-v2.importImage', { image })).status).toBe(202);
  return image;
}

const tasksOf = async (image: string) => (await context.client.send('image-v2.showImageTasks', { image })).body.tasks;

test.each(['image-v2.uploadImageData', 'ims.uploadImage'])(
  'upload-killed: the first upload by %s leaves the image killed for good',
  async (operation) => {
    const { client } = context;
    await client.enable('upload-killed');
    const image = await client.createQueuedImage();
    expect((await client.upload(operation, image)).status).toBe(204);
    expect([(await show(image)).status, (await show(image)).status]).toEqual(['saving', 'killed']);
    expect((await client.upload(operation, image)).status).toBe(409);
  },
);

describe('snapshot-fails: the first snapshot of each user is saving for two polls', () => {
  test('then compute-v2.1 returns 404; the second snapshot succeeds', async () => {
    const { client } = context;
    await client.enable('snapshot-fails');
    const create = () => client.send('compute-v2.1.createServerImage', { name: 'snapshot' });
    const image = createdImageId(await create());
    expect(await statuses(3, () => client.send('compute-v2.1.showImage', { image }))).toEqual([200, 200, 404]);
    expect(
      (await client.send('compute-v2.1.showImage', { image: createdImageId(await create()) })).body.image.status,
    ).toBe('ACTIVE');
  });

  test('then rackspace-servers shows ERROR; the second snapshot succeeds', async () => {
    const { client } = context;
    await client.enable('snapshot-fails');
    const create = () => client.send('rackspace-servers.createServerImage', { name: 'snapshot' });
    const statusOf = async (image: string): Promise<string> =>
      (await client.send('rackspace-servers.showImage', { image })).body.image.status;
    const image = createdImageId(await create());
    expect([await statusOf(image), await statusOf(image), await statusOf(image)]).toEqual([
      'SAVING',
      'SAVING',
      'ERROR',
    ]);
    expect(await statusOf(createdImageId(await create()))).toBe('ACTIVE');
  });

  test('then its ims job fails; the second snapshot succeeds', async () => {
    const { client } = context;
    await client.enable('snapshot-fails');
    const { job_id } = (await client.send('ims.createCloudImage', { name: 'first' })).body;
    expect([(await client.showJob(job_id)).status, (await client.showJob(job_id)).status]).toEqual([
      'RUNNING',
      'RUNNING',
    ]);
    expect(await client.showJob(job_id)).toMatchObject({ status: 'FAIL', error_code: 'IMG.0014' });
    const second = (await client.send('ims.createCloudImage', { name: 'second' })).body;
    expect((await client.showJob(second.job_id)).status).toBe('SUCCESS');
  });
});

describe('import-fails-half-way: after 30 seconds', () => {
  test('an import of image-v2 fails with a message', async () => {
    const { client } = context;
    await client.enable('import-fails-half-way');
    const image = await startImport();
    await client.advance('29s');
    expect(await tasksOf(image)).toMatchObject([{ status: 'processing' }]);
    await client.advance('1s');
    expect(await tasksOf(image)).toMatchObject([{ status: 'failure', message: 'The store is full.' }]);
    expect((await show(image)).status).not.toBe('active');
  });

  test('an import task of rackspace-images fails with a code and creates no image', async () => {
    const { client } = context;
    await client.enable('import-fails-half-way');
    const { id } = (await client.send('rackspace-images.createImportTask', { name: 'half' })).body;
    await client.advance('29s');
    expect((await client.showTask(id)).status).toBe('processing');
    await client.advance('1s');
    expect(await client.showTask(id)).toMatchObject({ status: 'failure', message: expect.stringMatching(/^721: /) });
  });

  test('an import job of ims fails with a code', async () => {
    const { client } = context;
    await client.enable('import-fails-half-way');
    const { job_id } = (await client.send('ims.quickImport')).body;
    await client.advance('29s');
    expect((await client.showJob(job_id)).status).toBe('RUNNING');
    await client.advance('1s');
    expect(await client.showJob(job_id)).toMatchObject({ status: 'FAIL', error_code: 'IMG.0057' });
  });
});

test('import-fails-with-each-code: seven imports fail with one code each, and the eighth succeeds', async () => {
  const { client } = context;
  await client.enable('import-fails-with-each-code');
  for (const code of CODES) {
    const { id } = (await client.send('rackspace-images.createImportTask', { name: `code-${code}` })).body;
    expect(await client.showTask(id)).toMatchObject({
      status: 'failure',
      message: expect.stringMatching(new RegExp(`^${code}: `)),
    });
  }
  const { id } = (await client.send('rackspace-images.createImportTask', { name: 'good' })).body;
  expect((await client.showTask(id)).status).toBe('success');
  expect(await client.countImages('good')).toBe(1);
});

test('import-disk-full: the first import of each user returns 202 and then fails, the second succeeds', async () => {
  const { client } = context;
  await client.enable('import-disk-full');
  const first = await startImport();
  expect(await show(first)).toMatchObject({ os_glance_failed_import: expect.stringMatching(/./) });
  expect(await tasksOf(first)).toMatchObject([{ status: 'failure', message: 'The store is full.' }]);
  expect((await show(await startImport())).status).toBe('active');
});

test('task-fails: a task of image-v2 is processing for two polls, then fails with a message', async () => {
  const { client } = context;
  await client.enable('task-fails');
  const admin = await client.as('admin');
  // The source exists, so that only the scenario makes the task fail.
  const source = createServer((_request, response) => response.end('bytes')).listen(0, '127.0.0.1');
  await once(source, 'listening');
  const { port } = source.address() as AddressInfo;
  const input = {
    import_from: `http://127.0.0.1:${port}/disk.raw`,
    import_from_format: 'raw',
    image_properties: { name: 'by-task', disk_format: 'raw', container_format: 'bare' },
  };
  const createTask = async () => (await admin.base.send('image-v2.createTask').send({ type: 'import', input })).body;
  const showTask = async (id: string) => (await admin.base.send('image-v2.showTask', { task_id: id })).body;
  const { id, status } = await createTask();
  expect([status, (await showTask(id)).status, (await showTask(id)).status]).toEqual([
    'pending',
    'processing',
    'processing',
  ]);
  expect(await showTask(id)).toMatchObject({ status: 'failure', message: 'The source cannot be read.' });
  await client.base.admin('post', '/scenarios/task-fails/disable');
  expect(await showTask((await createTask()).id)).toMatchObject({ status: 'success' });
  source.close();
});

describe('export-fails', () => {
  test('a task of rackspace-images is processing, then fails', async () => {
    const { client } = context;
    await client.enable('export-fails');
    const { id } = (await client.send('rackspace-images.createExportTask')).body;
    expect([(await client.showTask(id)).status, (await client.showTask(id)).status]).toEqual(['processing', 'failure']);
  });

  test('a job of ims is running, then fails without an exported file', async () => {
    const { client } = context;
    await client.enable('export-fails');
    const { job_id } = (await client.send('ims.exportImage')).body;
    expect((await client.showJob(job_id)).status).toBe('RUNNING');
    expect(await client.showJob(job_id)).toMatchObject({ status: 'FAIL', error_code: 'IMG.0069' });
    const { containers } = await client.base.admin('get', '/containers');
    expect(JSON.stringify(containers)).not.toContain('out.qcow2');
  });
});

test.each([
  ['ims.quickImport', 'IMG.0057'],
  ['ims.createCloudImage', 'IMG.0014'],
  ['ims.copyImage', 'IMG.0014'],
])('job-fails: a job of %s is running, then fails with %s', async (operation, code) => {
  const { client } = context;
  await client.enable('job-fails');
  const { job_id } = (await client.send(operation)).body;
  expect((await client.showJob(job_id)).status).toBe('RUNNING');
  expect(await client.showJob(job_id)).toMatchObject({
    status: 'FAIL',
    error_code: code,
    fail_reason: expect.stringMatching(/./),
  });
});

test.each(['ims.quickImport', 'ims.createCloudImage', 'ims.copyImage'])(
  'job-fails-late: a job of %s runs for 3564 seconds before it fails',
  async (operation) => {
    const { client } = context;
    await client.enable('job-fails-late');
    const { job_id } = (await client.send(operation)).body;
    await client.advance('3500s');
    expect((await client.showJob(job_id)).status).toBe('RUNNING');
    await client.advance('64s');
    expect(await client.showJob(job_id)).toMatchObject({ status: 'FAIL', error_code: 'IMG.0061' });
  },
);

test('share-job-fails: the job is accepted, fails and adds no members', async () => {
  const { client } = context;
  await client.enable('share-job-fails');
  const admin = await client.as('admin');
  const image = client.base.imageId('demo-shared-pending');
  const before = (await client.send('ims.listImageMembers', { image })).body;
  const body = { images: [image], projects: [admin.base.projectId] };
  const { job_id } = (await client.base.send('ims.addMembersBatch').send(body)).body;
  expect((await client.showJob(job_id)).status).toBe('RUNNING');
  expect(await client.showJob(job_id)).toMatchObject({ status: 'FAIL', error_code: 'IMG.0088' });
  expect((await client.send('ims.listImageMembers', { image })).body).toEqual(before);
});
