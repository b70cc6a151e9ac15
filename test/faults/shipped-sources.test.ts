import { describe, expect, test } from '@jest/globals';
import { setUpScenarioClient } from './shipped-support.ts';

const context = setUpScenarioClient();

/** Data of the source, longer than the size at which any scenario ends it. */
const TEXT = 'data of an image '.repeat(100);
const ADDRESS = 'http://files.example.org/disk.img';
const FORMATS = { disk_format: 'raw', container_format: 'bare' };
const FAILED = { status: 'queued', size: null, os_glance_failed_import: 'store1' };

/** Outcome of an import: the status of the response and, if it was accepted, the image. */
interface Outcome {
  readonly status: number;
  readonly image: Record<string, unknown>;
}

const show = async (image: string) => (await context.client.send('image-v2.showImage', { image })).body;

/** Downloads the source into a new image by web-download. */
async function webDownload(): Promise<Outcome> {
  const { client } = context;
  await client.base.admin('put', '/configuration', { web: { [ADDRESS]: { text: TEXT } } });
  const { id } = (await client.base.send('image-v2.createImage').send(FORMATS)).body;
  const { status } = await client.base
    .send('image-v2.importImage', { image_id: id })
    .send({ method: { name: 'web-download', uri: ADDRESS } });
  return { status, image: await show(id) };
}

/** Downloads the source by an import task, and returns the task. */
async function importTask(): Promise<{ status: string; result: { image_id: string } | null; message: string }> {
  const { client } = context;
  await client.base.admin('put', '/configuration', { web: { [ADDRESS]: { text: TEXT } } });
  const admin = await client.as('admin');
  const input = { import_from: ADDRESS, import_from_format: 'raw', image_properties: FORMATS };
  const { id } = (await admin.base.send('image-v2.createTask').send({ type: 'import', input })).body;
  return (await admin.base.send('image-v2.showTask', { task_id: id })).body;
}

describe.each(['source-refused', 'source-unavailable'])('%s: the first web-download of a user', (scenario) => {
  test('fails, and the second one works', async () => {
    await context.client.enable(scenario);
    expect((await webDownload()).image).toMatchObject(FAILED);
    expect((await webDownload()).image).toMatchObject({ status: 'active', size: TEXT.length });
  });
});

test.each([
  'source-reset',
  'source-not-found',
  'source-redirects-too-often',
  'source-redirects-inside',
  'source-truncated',
  'source-without-length',
])('%s: a web-download is accepted and fails', async (scenario) => {
  await context.client.enable(scenario);
  expect(await webDownload()).toMatchObject({ status: 202, image: FAILED });
});

test.each(['source-reset', 'source-not-found', 'source-redirects-too-often', 'source-redirects-inside'])(
  '%s: an import task fails',
  async (scenario) => {
    await context.client.enable(scenario);
    const message = 'Task failed due to Internal Error';
    expect(await importTask()).toMatchObject({ status: 'failure', result: null, message });
  },
);

test.each([
  ['source-truncated', 1000],
  ['source-without-length', TEXT.length],
])('%s: an import task makes an active image of %i bytes', async (scenario, size) => {
  await context.client.enable(scenario);
  const { status, result } = await importTask();
  expect(status).toBe('success');
  expect(await show(result?.image_id ?? '')).toMatchObject({ status: 'active', size });
});

test('source-name-unknown: a web-download is rejected with 400', async () => {
  await context.client.enable('source-name-unknown');
  expect(await webDownload()).toMatchObject({ status: 400, image: { status: 'queued' } });
});

test('source-redirects: the import works', async () => {
  await context.client.enable('source-redirects');
  expect((await webDownload()).image).toMatchObject({ status: 'active', size: TEXT.length });
});

test.each([
  ['source-length-too-small', 1000],
  ['source-login-page', 70],
])('%s: the image becomes active with %i bytes', async (scenario, size) => {
  await context.client.enable(scenario);
  expect((await webDownload()).image).toMatchObject({ status: 'active', size });
});

test.each([
  ['source-slow', '25ms', '1ms', { status: 'active', size: TEXT.length }],
  ['source-starts-late', '59s', '1s', { status: 'active', size: TEXT.length }],
  ['source-times-out', '126s', '1s', FAILED],
])('%s: the image is importing by the clock of the world', async (scenario, almost, rest, end) => {
  const { client } = context;
  await client.enable(scenario);
  const { image } = await webDownload();
  expect(image).toMatchObject({ status: 'importing', os_glance_importing_to_stores: 'store1' });
  await client.advance(almost);
  expect(await show(image['id'] as string)).toMatchObject({ status: 'importing' });
  await client.advance(rest);
  expect(await show(image['id'] as string)).toMatchObject(end);
});
