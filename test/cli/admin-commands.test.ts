import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sideglance, startSideglance } from '../../src/index.ts';
import { run, startCli, untilOutput } from '../support/cli.ts';
import { login } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

const ID = '11111111-1111-4111-8111-111111111111';

let cloud: Sideglance;
beforeAll(async () => {
  cloud = await startSideglance({ fixtures: { images: [] } });
});
afterAll(() => cloud.close());
beforeEach(() => cloud.reset());

const command = (...args: string[]) => run([...args, '--url', cloud.url]);
const json = async (...args: string[]) => JSON.parse((await command(...args, '--json')).stdout);

describe('faults', () => {
  test('are armed by flags, by JSON and by a file, listed, and disarmed one by one and all at once', async () => {
    const armed = await command(
      'faults',
      'arm',
      '--operation',
      'image-v2.listImages',
      '--answer',
      '403',
      '--calls',
      '2',
    );
    expect(armed.stdout).toBe('fault-1 is armed in world default, for image-v2.listImages\n');
    const rule = { match: { operation: 'image-v2.*Image' }, fault: { delay: '5ms' } };
    expect(await json('faults', 'arm', JSON.stringify(rule))).toMatchObject({ id: 'fault-2' });
    await command('faults', 'arm', filesOf({ 'rule.json': rule })('rule.json'));
    await fetch(`${cloud.url}/image/v2/images`, { headers: { 'X-Auth-Token': await login(cloud.url) } });
    const { stdout } = await command('faults');
    expect(stdout).toMatch(/^ID +STATE +FIRED +SEEN +OPERATIONS\nfault-1 +armed +1 +1 +image-v2\.listImages\n/);
    expect(stdout).toMatch(/^fault-2 +armed +0 +0 +image-v2\.\w+, image-v2\.\w+, image-v2\.\w+ and \d+ more$/m);
    expect(await json('faults', 'list')).toEqual({ faults: cloud.faults.list() });
    expect((await command('faults', 'disarm', 'fault-1')).stdout).toBe('fault-1 disarmed in world default\n');
    expect(cloud.faults.list().map(({ id }) => id)).toEqual(['fault-2', 'fault-3']);
    await command('faults', 'disarm');
    expect((await command('faults')).stdout).toBe('no fault is armed\n');
  });

  test('are rejected with what is wrong', async () => {
    const undocumented = ['faults', 'arm', '--operation', 'image-v2.deleteImage', '--answer', '503'];
    const rejected = await command(...undocumented);
    expect([rejected.code, rejected.stderr]).toEqual([2, expect.stringContaining('/fault/answer')]);
    expect((await command(...undocumented, '--undocumented')).code).toBe(0);
    expect(await command('faults', 'arm')).toMatchObject({ code: 2, stderr: expect.stringContaining('--operation') });
    expect(await command('faults', 'arm', '{', '--answer', '403')).toMatchObject({ code: 2 });
    expect(await command('faults', 'disarm', 'fault-9')).toMatchObject({ code: 1 });
  });
});

test('held requests are listed, shown, let go and answered by hand', async () => {
  const ask = () => fetch(`${cloud.url}/image/v2/images`, { headers: { 'X-Auth-Token': token } });
  const untilHeld = async (): Promise<void> => {
    while (cloud.held.list().length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  const token = await login(cloud.url);
  expect((await command('held')).stdout).toBe('no request is held\n');
  await command('faults', 'arm', '--operation', 'image-v2.listImages', '--hold', '5m', '--calls', '2');
  const first = ask();
  await untilHeld();
  expect((await command('held', '--all-worlds')).stdout).toMatch(
    /^ID +WORLD +AT +UNTIL +OPERATION +REQUEST\nheld-1 +default +request +\S+ +image-v2\.listImages +GET \/image\/v2\/images\n$/,
  );
  expect(await json('held')).toEqual({ held: cloud.held.list() });
  expect(JSON.parse((await command('held', 'show', 'held-1')).stdout)).toEqual(cloud.held.show('held-1'));
  expect((await command('held', 'continue', 'held-1')).stdout).toBe('held-1 goes on\n');
  expect((await first).status).toBe(200);
  const second = ask();
  await untilHeld();
  expect(await command('held', 'respond', 'held-2')).toMatchObject({ code: 2 });
  expect(await command('held', 'respond', 'held-2', '{', '--answer', '403')).toMatchObject({ code: 2 });
  const undocumented = ['held', 'respond', 'held-2', '--answer', '503'];
  const rejected = await command(...undocumented);
  expect([rejected.code, rejected.stderr]).toEqual([2, expect.stringContaining('/fault/answer')]);
  expect((await command(...undocumented, '--undocumented')).stdout).toBe('held-2 is answered by hand\n');
  expect((await second).status).toBe(503);
  expect(await command('held', 'continue', 'held-2')).toMatchObject({ code: 1 });
});

test('clock shows and changes the time', async () => {
  expect((await command('clock', 'freeze', '2030-01-01T00:00:00Z')).stdout).toBe('2030-01-01T00:00:00.000Z (frozen)\n');
  expect((await command('clock', 'advance', '1h30m')).stdout).toBe('2030-01-01T01:30:00.000Z (frozen)\n');
  expect((await command('clock', 'set', '2031-01-01T00:00:00Z')).stdout).toBe('2031-01-01T00:00:00.000Z (frozen)\n');
  expect(await json('clock')).toEqual({ now: '2031-01-01T00:00:00.000Z', frozen: true });
  expect((await command('clock', 'resume')).stdout).not.toContain('frozen');
  expect(cloud.clock.read().frozen).toBe(false);
  for (const wrong of [
    ['set', 'noon'],
    ['freeze', 'noon'],
    ['advance', 'soon'],
  ]) {
    const rejected = await command('clock', ...wrong);
    const message = `value '${wrong[1]}' is invalid for argument`;
    expect(rejected).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  }
});

test('images are placed, listed, shown, patched and deleted', async () => {
  const placed = await command('images', 'place', JSON.stringify({ id: ID, name: 'one', owner: 'demo' }));
  expect(placed.stdout).toBe(`${ID}\n`);
  await command('images', 'place', filesOf({ 'image.json': { name: 'two', status: 'saving' } })('image.json'));
  expect((await command('images', '--name', 'one')).stdout).toMatch(
    new RegExp(`^ID +STATUS +VISIBILITY +SIZE +OWNER +NAME\n${ID} +active +shared +\\d+ +\\w+ +one\n$`),
  );
  expect((await command('images', '--limit', '1')).stdout).toMatch(/\nmore: --after \S+\n$/);
  expect((await json('images', '--status', 'saving')).images).toMatchObject([{ name: 'two' }]);
  expect((await command('images', 'patch', ID, '{"protected": true}')).stdout).toMatch(/^protected +true$/m);
  expect((await command('images', 'show', ID)).stdout).toMatch(/^name +one$/m);
  expect((await command('images', 'delete', ID)).stdout).toBe(`${ID} removed from world default\n`);
  expect((await command('images', '--name', 'one')).stdout).toBe('no image matches\n');
  expect((await json('images', 'show', ID)).status).toBe('deleted');
  expect(await command('images', 'show', 'none')).toMatchObject({ code: 1 });
});

test('tasks are listed, changed, advanced and ended', async () => {
  const headers = { 'X-Auth-Token': await login(cloud.url), 'Content-Type': 'application/json' };
  cloud.configuration.change({ progress: { import: { by: 'hand' } } });
  cloud.images.place({
    id: ID,
    name: 'one',
    status: 'queued',
    owner: 'demo',
    containerFormat: 'bare',
    diskFormat: 'raw',
  });
  await fetch(`${cloud.url}/image/v2/images/${ID}/stage`, {
    method: 'PUT',
    headers: { ...headers, 'Content-Type': 'application/octet-stream' },
    body: 'x',
  });
  await fetch(`${cloud.url}/image/v2/images/${ID}/import`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ method: { name: 'glance-direct' } }),
  });
  const [task] = (await json('tasks')).tasks;
  expect((await command('tasks', '--image', ID)).stdout).toMatch(
    new RegExp(`^ID +STATUS +PERCENT +TASK +IMAGE\n${task.id} +pending +0 +image-v2 \\w+ +${ID}\n$`),
  );
  expect((await command('tasks', 'advance', task.id)).stdout).toContain(`${task.id} is processing, `);
  expect((await json('tasks', 'patch', task.id, '{"by":"clock","seconds":90}')).pace).toMatchObject({ by: 'clock' });
  expect((await command('tasks', 'finish', task.id, '--fail', 'The disk is full.')).stdout).toMatch(
    / is failure, .*: .*The disk is full\./,
  );
  expect((await command('tasks', '--status', 'pending')).stdout).toBe('no task matches\n');
});

test('configuration is shown and changed', async () => {
  expect((await json('configuration', 'set', '{"quotas":{"images":10}}')).quotas).toMatchObject({ images: 10 });
  expect(JSON.parse((await command('configuration')).stdout)).toEqual(
    JSON.parse(JSON.stringify(cloud.configuration.read())),
  );
  expect((await command('configuration', 'set', '{"quota":{}}')).code).toBe(2);
});

describe('requests --follow', () => {
  const labelled = (label: string) =>
    fetch(`${cloud.url}/image/v2/images`, { headers: { 'X-Sideglance-Label': label } }).then((response) =>
      response.text(),
    );

  test('prints earlier requests and new ones that match, until it is stopped', async () => {
    await labelled('mine');
    const follower = startCli(['requests', '--follow', '--label', 'mine', '--url', cloud.url]);
    await untilOutput(follower, () => follower.output().includes('listImages'));
    await labelled('other');
    await labelled('mine');
    await untilOutput(follower, () => follower.output().trim().split('\n').length === 2);
    expect(follower.output()).toMatch(
      /^(\d+ +\S+Z +401 +natural +\d +image-v2\.listImages +GET \/image\/v2\/images\n){2}$/,
    );
    follower.stop();
    expect(await follower.finished).toMatchObject({ code: 0, stderr: '' });
  });

  test('prints JSON lines of all worlds', async () => {
    const world = cloud.worlds.create({ name: 'followed' });
    const follower = startCli(['requests', '-f', '--all-worlds', '--json', '--url', cloud.url]);
    await labelled('first');
    await fetch(`${world.url}/image/v2/images`);
    await untilOutput(follower, () => follower.output().trim().split('\n').length === 2);
    const requests = follower
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(requests).toMatchObject([
      { world: 'default', label: 'first', operation: 'image-v2.listImages' },
      { world: 'followed', operation: 'image-v2.listImages' },
    ]);
    follower.stop();
    await follower.finished;
    cloud.worlds.drop('followed');
  });

  test('fails for an unknown operation and without a server', async () => {
    expect(await command('requests', '--follow', '--operation', 'deleteImage')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"image-v2.deleteImage"'),
    });
    expect(await run(['requests', '--follow', '--url', 'http://127.0.0.1:1'])).toMatchObject({ code: 1 });
  });
});

test('requests are shown, labeled and cleared', async () => {
  expect((await command('requests', 'label', 'upload')).stdout).toBe('upload\n');
  await fetch(`${cloud.url}/image/v2/images`);
  expect((await command('requests', 'label')).stdout).toBe('upload\n');
  expect((await command('requests', 'label', '--remove')).stdout).toBe('new requests get no label\n');
  const shown = JSON.parse((await command('requests', 'show', '1')).stdout);
  expect(shown).toMatchObject({ operation: 'image-v2.listImages', label: 'upload', request: {}, response: {} });
  expect(await command('requests', 'show', '99')).toMatchObject({ code: 1, stderr: expect.stringContaining('99') });
  expect(JSON.parse((await command('requests', 'history')).stdout)).toMatchObject({ actions: expect.any(Array) });
  await command('requests', 'clear');
  expect(cloud.requests.list().requests).toEqual([]);
});

test('scenarios are put and deleted', async () => {
  const scenario = JSON.stringify({
    enabled: true,
    rules: [{ match: { operation: 'image-v2.listImages' }, fault: { answer: 403 } }],
  });
  expect((await command('scenarios', 'put', 'mine', scenario)).stdout).toBe('mine is enabled in world default\n');
  expect((await command('scenarios', 'delete', 'mine')).stdout).toBe('mine is deleted from world default\n');
  expect(await command('scenarios', 'delete', 'mine')).toMatchObject({ code: 1 });
  expect(await command('scenarios', 'put', 'mine', '{}')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('"rules" is missing'),
  });
});

test('changes and digests of images are printed, and coverage is cleared', async () => {
  await command('images', 'place', JSON.stringify({ id: ID, name: 'one', data: 'text' }));
  expect(JSON.parse((await command('images', 'changes')).stdout)).toMatchObject([{ before: null, after: { id: ID } }]);
  expect((await command('images', 'digest', ID)).stdout).toMatch(/^md5 +1cb251ec0d568de6a929b520c4aed8d1$/m);
  expect((await command('coverage', 'clear')).stdout).toBe('coverage of world default is cleared\n');
});

test('servers, containers, ports and retry tests are listed and changed', async () => {
  expect((await command('servers')).stdout).toBe('the world has no server\n');
  expect((await command('containers')).stdout).toBe('no container has a file\n');
  expect(await command('servers', 'patch', 'x', '{"locked":true}')).toMatchObject({ code: 1 });
  expect((await command('ports')).stdout).toMatch(/^NAME +PORT +STATE +CERTIFICATE\ncommon +\d+ +open +-\n$/);
  expect(await command('ports', 'set', 'comon', '{"state":"open"}')).toMatchObject({ code: 1 });
  expect((await command('ports', 'set', 'common', '{"state":"open"}')).stdout).toContain('open');
  const instructions = { 'image-v2.listImages': ['return-503'] };
  const created = await command('retry-tests', 'create', JSON.stringify({ instructions }));
  expect(created.stdout).toBe('retry-test-1\n');
  expect((await command('retry-tests')).stdout).toMatch(/\nretry-test-1 +running +image-v2\.listImages\n$/);
  expect(JSON.parse((await command('retry-tests', 'show', 'retry-test-1')).stdout)).toMatchObject({ instructions });
  expect((await command('retry-tests', 'delete', 'retry-test-1')).stdout).toBe('retry-test-1 is deleted\n');
});

test('a snapshot of a world is dropped, and a recording is saved', async () => {
  cloud.worlds.create({ name: 'kept' });
  await command('worlds', 'snapshot', 'kept', 'one');
  expect((await command('worlds', 'drop-snapshot', 'kept', 'one')).stdout).toBe(
    'snapshot one of world kept is dropped\n',
  );
  const wrong = await command('worlds', 'drop-snapshot', 'kept', 'one');
  expect(wrong).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Snapshot "one" of world "kept" does not exist.'),
  });
  cloud.worlds.drop('kept');
  const file = filesOf({ 'recording.json': '' })('recording.json');
  await command('recording', '--output', file);
  expect(JSON.parse((await command('recording')).stdout)).toMatchObject({ format: 'sideglance-recording' });
  expect((await run(['show', file])).code).toBe(0);
});
