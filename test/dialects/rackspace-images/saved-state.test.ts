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

const started: Sideglance[] = [];
const start = async (options: SideglanceOptions): Promise<Sideglance> => {
  const cloud = await startSideglance(options);
  started.push(cloud);
  return cloud;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((cloud) => cloud.close()));
});

const TASKS = '/rackspace/images/v2/tasks';
const importOf = (name: string): object => ({
  type: 'import',
  input: { image_properties: { name: 'made' }, import_from: `files/${name}` },
});

/** Starts a task. */
async function begin(cloud: Sideglance, body: object): Promise<string> {
  const token = await login(cloud.url);
  const answer = await request(cloud.url).post(TASKS).set('X-Auth-Token', token).send(body);
  expect(answer.status).toBe(201);
  return answer.body.id;
}

/** Returns a task. */
const shown = async (cloud: Sideglance, id: string) =>
  (
    await request(cloud.url)
      .get(`${TASKS}/${id}`)
      .set('X-Auth-Token', await login(cloud.url))
  ).body;

test('fixtures can contain files', async () => {
  const cloud = await start({ fixtures: FIXTURES });
  expect(await shown(cloud, await begin(cloud, importOf('one.vhd')))).toMatchObject({ status: 'success' });
  expect(await shown(cloud, await begin(cloud, importOf('bad.vhd')))).toMatchObject({
    status: 'failure',
    message: expect.stringMatching(/^614: /),
  });
});

test('written files and running tasks survive a restart with saved state', async () => {
  const state = filesOf({ 'fixtures.json': JSON.stringify(FIXTURES) })('state.json');
  const before = await startSideglance({ fixtures: FIXTURES, state });
  const { image_id: image } = (await shown(before, await begin(before, importOf('one.vhd')))).result;
  const wish = { type: 'export', input: { image_uuid: image, receiving_swift_container: 'files' } };
  const written = await shown(before, await begin(before, wish));
  expect(written.result).toEqual({ export_location: `files/${image}.vhd` });
  await request(before.url)
    .put('/__admin/configuration')
    .send({ progress: { import: { by: 'polls', polls: 1 } } });
  const running = await begin(before, importOf('one.vhd'));
  await before.close();

  const after = await start({ fixtures: FIXTURES, state });
  expect(await shown(after, written.id)).toEqual(written);
  expect((await shown(after, running)).status).toBe('processing');
  expect((await shown(after, running)).status).toBe('success');
  const again = await begin(after, importOf(`${image}.vhd`));
  await shown(after, again);
  expect((await shown(after, again)).status).toBe('success');
  after.world().reset();
  const gone = await begin(after, importOf(`${image}.vhd`));
  expect((await shown(after, gone)).message).toContain('not found');
});
