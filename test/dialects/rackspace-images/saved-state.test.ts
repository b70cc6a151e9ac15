import { afterEach, expect, test } from '@jest/globals';
import request from 'supertest';
import { type Sideglance, type SideglanceOptions, startSideglance } from '../../../src/index.ts';
import { login } from '../../support/emulator.ts';
import { filesOf } from '../../support/files.ts';

const FIXTURES = {
  containers: [
    {
      name: 'files',
      project: 'demo',
      objects: [
        { name: 'one.vhd', size: '1MiB', seed: 7 },
        { name: 'bad.vhd', flaw: '614' },
      ],
    },
  ],
};

const clouds: Sideglance[] = [];
const start = async (options: SideglanceOptions): Promise<Sideglance> => {
  const cloud = await startSideglance(options);
  clouds.push(cloud);
  return cloud;
};
afterEach(async () => {
  await Promise.all(clouds.splice(0).map((cloud) => cloud.close()));
});

const TASKS = '/rackspace/images/v2/tasks';
const importOf = (name: string): object => ({
  type: 'import',
  input: { image_properties: { name: 'imported' }, import_from: `files/${name}` },
});

/** Starts a task. */
async function startTask(cloud: Sideglance, body: object): Promise<string> {
  const token = await login(cloud.url);
  const response = await request(cloud.url).post(TASKS).set('X-Auth-Token', token).send(body);
  expect(response.status).toBe(201);
  return response.body.id;
}

/** Returns a task. */
const showTask = async (cloud: Sideglance, id: string) =>
  (
    await request(cloud.url)
      .get(`${TASKS}/${id}`)
      .set('X-Auth-Token', await login(cloud.url))
  ).body;

test('fixtures can contain files in containers', async () => {
  const cloud = await start({ fixtures: FIXTURES });
  expect(await showTask(cloud, await startTask(cloud, importOf('one.vhd')))).toMatchObject({ status: 'success' });
  expect(await showTask(cloud, await startTask(cloud, importOf('bad.vhd')))).toMatchObject({
    status: 'failure',
    message: expect.stringMatching(/^614: /),
  });
});

test('exported files and running tasks survive a restart with saved state', async () => {
  const state = filesOf({ 'fixtures.json': JSON.stringify(FIXTURES) })('state.json');
  const before = await startSideglance({ fixtures: FIXTURES, state });
  const { image_id: image } = (await showTask(before, await startTask(before, importOf('one.vhd')))).result;
  const exportBody = { type: 'export', input: { image_uuid: image, receiving_swift_container: 'files' } };
  const exported = await showTask(before, await startTask(before, exportBody));
  expect(exported.result).toEqual({ export_location: `files/${image}.vhd` });
  await request(before.url)
    .put('/__admin/configuration')
    .send({ progress: { import: { by: 'polls', polls: 1 } } });
  const running = await startTask(before, importOf('one.vhd'));
  await before.close();

  const after = await start({ fixtures: FIXTURES, state });
  expect(await showTask(after, exported.id)).toEqual(exported);
  expect((await showTask(after, running)).status).toBe('processing');
  expect((await showTask(after, running)).status).toBe('success');
  const again = await startTask(after, importOf(`${image}.vhd`));
  await showTask(after, again);
  expect((await showTask(after, again)).status).toBe('success');
  after.world().reset();
  const missing = await startTask(after, importOf(`${image}.vhd`));
  expect((await showTask(after, missing)).message).toContain('not found');
});
