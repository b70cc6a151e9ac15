import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { compile } from '../../src/contract/schema.ts';
import { openRecording, type Sideglance, startSideglance, type WorldControl } from '../../src/index.ts';
import { packageFile } from '../../src/input/package-files.ts';
import { RECORDING_SCHEMA } from '../../src/recording/schema.ts';
import { login, NOON } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

let cloud: Sideglance;
let world: WorldControl;
beforeEach(async () => {
  cloud = await startSideglance({ port: 0 });
  world = cloud.worlds.create({ name: 'recorded', clock: new Date(NOON).toISOString(), label: 'a test' });
});
afterEach(() => cloud.close());

/** Creates an image, meets a fault and deletes the image. */
async function session(): Promise<string> {
  const token = await login(cloud.url, { world: world.name });
  const headers = { 'X-Auth-Token': token, 'Content-Type': 'application/json' };
  const images = `${world.url}/image/v2/images`;
  const created = await fetch(images, { method: 'POST', headers, body: JSON.stringify({ name: 'mine' }) });
  const { id } = (await created.json()) as { id: string };
  world.faults.arm({ match: { operation: 'image-v2.deleteImage' }, fault: { answer: 403 } });
  await fetch(`${images}/${id}`, { method: 'DELETE', headers });
  await fetch(`${images}/${id}`, { method: 'DELETE', headers });
  return id;
}

const fileOf = (text: string): string => filesOf({ 'recording.json': text })('recording.json');

/** Replaces the first match in a file. */
function edit(file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(file, 'utf8');
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  writeFileSync(file, edited);
}

/** Writes the recording of the world to a file. */
function written(): string {
  const file = fileOf('');
  world.writeRecording(file, { kind: 'test', name: 'deletes', verdict: 'fail', error: 'expected 204' });
  return file;
}

describe('a recording', () => {
  test('fits its schema, which is published', async () => {
    await session();
    const recording = JSON.parse(readFileSync(written(), 'utf8'));
    expect(compile(RECORDING_SCHEMA)(recording)).toEqual([]);
    expect(JSON.parse(readFileSync(packageFile('schemas/recording.schema.json'), 'utf8'))).toEqual(RECORDING_SCHEMA);
  });

  test('has the requests with decisions and the time of the machine', async () => {
    await session();
    const { requests } = world.recording();
    expect(requests.map(({ operation, status }) => [operation, status])).toEqual([
      ['identity.authPasswordScoped', 201],
      ['image-v2.createImage', 201],
      ['image-v2.deleteImage', 403],
      ['image-v2.deleteImage', 204],
    ]);
    expect(requests[2]?.decision).toMatchObject({ fault: { kind: 'answer', status: 403 }, phase: 'before' });
    expect(requests[3]).not.toHaveProperty('decision');
    expect(requests[0]?.time).toBe(NOON);
    expect(Math.abs(Date.now() - (requests[0]?.started ?? 0))).toBeLessThan(60_000);
  });

  test('has the state of an image before and after each request', async () => {
    const id = await session();
    const { start, changes } = world.recording();
    expect(start.images.map((image) => image.id)).not.toContain(id);
    const states = changes.filter(({ image }) => image.id === id);
    expect(states.map(({ after, image }) => [after, image.status])).toEqual([
      [1, 'queued'],
      [3, 'deleted'],
    ]);
  });

  test('has what the admin API changed, and between which requests', async () => {
    await session();
    world.requests.verify({ requests: {} });
    const { actions } = world.recording();
    expect(actions).toMatchObject([
      { after: 2, operation: 'armFault', body: { match: { operation: 'image-v2.deleteImage' } } },
    ]);
  });

  test('shows no password or token of the client', async () => {
    const token = await login(cloud.url, { world: world.name });
    const { start: _start, ...rest } = world.recording();
    const text = JSON.stringify(rest);
    expect(text).not.toContain(token);
    expect(text).not.toContain('\\"password\\":\\"secret\\"');
  });

  test('begins where the journal was cleared, in the state of that moment', async () => {
    const id = await session();
    world.requests.clear();
    expect(world.recording()).toMatchObject({ requests: [], actions: [], changes: [] });
    expect(world.recording().start.images.find((image) => image.id === id)?.status).toBe('deleted');
    world.reset();
    expect(world.recording().start.images.map((image) => image.id)).not.toContain(id);
  });

  test('says what the journal dropped', async () => {
    const small = await startSideglance({ port: 0, journalSize: 2 });
    for (let count = 0; count < 3; count += 1) await fetch(`${small.url}/image/v2/images`);
    expect(small.recording()).toMatchObject({ recorded: 3, dropped: { requests: 1 } });
    await small.close();
  });

  test('comes from the admin API with what its query says, a line for each request', async () => {
    await session();
    const response = await fetch(`${world.url}/__admin/recording?kind=case&name=c1&verdict=fail`);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ about: { kind: 'case', name: 'c1', verdict: 'fail' }, recorded: 4 });
    expect(text.split('"requests":[\n')[1]?.split('\n')).toHaveLength(7);
  });
});

describe('a file', () => {
  test('is read request by request', async () => {
    await session();
    const recording = openRecording(written());
    expect(recording.head).toMatchObject({ about: { name: 'deletes', error: 'expected 204' }, recorded: 4 });
    expect(recording.size).toBe(4);
    expect(recording.at(2)).toEqual(world.recording().requests[2]);
    expect([...recording.requests()]).toEqual(world.recording().requests);
    recording.close();
  });

  test('may be formatted otherwise', async () => {
    await session();
    for (const space of [undefined, 2]) {
      const recording = openRecording(fileOf(JSON.stringify(world.recording(), undefined, space)));
      expect([...recording.requests()]).toEqual(world.recording().requests);
    }
  });

  test('that is cut off is rejected with the place', async () => {
    await session();
    const file = written();
    const text = readFileSync(file, 'utf8');
    for (const cut of [2, 20, 86]) {
      writeFileSync(file, text.slice(0, -cut));
      expect(() => openRecording(file)).toThrow(/line \d+, \/requests\/4: the recording is cut off after 4 requests/);
    }
    writeFileSync(file, text.slice(0, -200));
    expect(() => openRecording(file)).toThrow(/line \d+, \/requests\/3: the recording is cut off after 3 requests/);
    writeFileSync(file, text.slice(0, 200));
    expect(() => openRecording(file)).toThrow(/cut off after 0 requests/);
    writeFileSync(file, JSON.stringify(world.recording()).slice(0, -200));
    expect(() => openRecording(file)).toThrow(/the file is cut off/);
    writeFileSync(file, '');
    expect(() => openRecording(file)).toThrow(/the file is cut off/);
  });

  test.each([
    [
      '{"format":"sideglance-recording","version":3}',
      /\/version: was written by a newer version.*found 3; allowed: up to 2/,
    ],
    ['{"log":{"version":"1.2"}}', /\/format: is not a recording, but an HTTP archive; found null/],
    ['{"format":"sideglance-coverage/1"}', /\/format: is not a recording, but a coverage report/],
    ['{"requests":[],"recorded":0}', /but a page of the journal/],
    ['[]', /\/format: is not a recording; found null; allowed: sideglance-recording/],
    ['no JSON', /is not valid JSON: .*found "no JSON"; allowed: a recording that Sideglance wrote/],
    ['{"format":"sideglance-recording","version":1}', /the member "start" is missing/],
  ])('with the content %s is rejected', (text, message) => {
    expect(() => openRecording(fileOf(text))).toThrow(message);
  });

  test('with an invalid request is rejected with line, place, found and allowed', async () => {
    await session();
    const file = written();
    writeFileSync(file, readFileSync(file, 'utf8').replace('"outcome":"complete"', '"outcome":"done"'));
    expect(() => openRecording(file)).toThrow(
      /line \d+, \/requests\/0\/outcome: is not an allowed value.*; found "done"; allowed: complete, faulty/,
    );
    edit(file, /"digest":"[^"]*"/, '"digest":"edited"');
    const recording = openRecording(file);
    expect(() => recording.at(0)).toThrow(/line \d+, \/requests\/0\/outcome: is not an allowed value/);
    expect(recording.at(1).status).toBe(201);
    recording.close();
  });

  test.each<[string, string | RegExp, string]>([
    ['a request', '"name\\":\\"mine', '"name\\":\\"mime'],
    ['the state at the start', '"status":"active"', '"status":"queued"'],
    ['the verdict', '"verdict":"fail"', '"verdict":"pass"'],
    ['the number of a request that is left out', /\{"id":3,.*\n/, ''],
    ['a request that is there twice', /\n(\{"id":3,.*\n)/, '\n$1$1'],
    ['the digest', /"digest":"sha256:./, '"digest":"sha256:x'],
  ])('that was changed in %s is rejected with line, found and allowed, in any layout', async (_what, from, to) => {
    await session();
    const file = written();
    const digest = /"digest":"([^"]*)"/.exec(readFileSync(file, 'utf8'))?.[1];
    edit(file, from, to);
    const lines = readFileSync(file, 'utf8').split('\n').length - 1;
    const message = new RegExp(
      `line ${lines}, /digest: is not the digest of the content.*; found "sha256:.*"; allowed: "sha256:[0-9a-f]{64}", or "edited" if`,
    );
    expect(() => openRecording(file)).toThrow(message);
    const whole = fileOf(JSON.stringify(JSON.parse(readFileSync(file, 'utf8')), undefined, 2));
    expect(() => openRecording(whole)).toThrow(/\/digest: is not the digest of the content/);
    edit(file, /"digest":"[^"]*"/, '"digest":"edited"');
    const recording = openRecording(file);
    expect([recording.integrity, digest]).toEqual(['edited', expect.stringMatching(/^sha256:/)]);
    recording.close();
  });

  test('without its digest is rejected, unless it is of the version that had none', async () => {
    await session();
    const file = written();
    edit(file, /\],\n"digest":.*\n/, ']}\n');
    expect(() => openRecording(file)).toThrow(/\/digest: is missing.*allowed: "sha256:/);
    edit(file, '"version":2', '"version":1');
    const recording = openRecording(file);
    expect([recording.integrity, recording.size]).toEqual(['unknown', 4]);
    recording.close();
  });

  test('with text after its end is rejected', async () => {
    await session();
    const file = written();
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"id":5}\n`);
    expect(() => openRecording(file)).toThrow(/the recording has ended before this line; found "{\\"id\\":5}"/);
  });

  test('with a server address that is no URL is rejected', () => {
    const recording = world.recording();
    const text = JSON.stringify({ ...recording, world: { ...recording.world, root: '' } });
    expect(() => openRecording(fileOf(text))).toThrow(/\/world\/root: .*found ""; allowed: /);
  });

  test('that does not exist is rejected', () => {
    expect(() => openRecording('/nowhere/recording.json')).toThrow('file not found');
  });
});
