import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { Agent, get as getEncrypted } from 'node:https';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Replay, type Sideglance, startReplay, startSideglance } from '../../src/index.ts';
import { run } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';

let cloud: Sideglance | undefined;
let replay: Replay | undefined;
afterEach(async () => {
  await cloud?.close();
  await replay?.close();
  [cloud, replay] = [undefined, undefined];
});

/** Sends a request on a connection of its own. Returns the status, or the code of the error. */
const send = (url: string, caFile?: string): Promise<number | string> =>
  new Promise((resolve) => {
    const options = { agent: false, headers: { 'User-Agent': 'client/1' } } as const;
    const sent =
      caFile === undefined
        ? get(url, options)
        : getEncrypted(url, { ...options, agent: new Agent({ keepAlive: false, ca: readFileSync(caFile) }) });
    sent.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode as number)));
    sent.on('error', ({ code = '' }: NodeJS.ErrnoException) => resolve(code));
  });

/** Writes the recording of the default world to a file. */
function recorded(from: Sideglance): string {
  const file = filesOf({})('recording.json');
  from.world().writeRecording(file, { kind: 'test', name: 'ports' });
  return file;
}

const VERSIONS = '/image/versions';

describe('a recording', () => {
  test('of connections that were reset is played again, between the same requests', async () => {
    cloud = await startSideglance({ port: 0 });
    const met = [await send(cloud.url + VERSIONS)];
    await cloud.ports.change('common', { state: 'resetting', connections: 2 });
    for (let count = 0; count < 3; count += 1) met.push(await send(cloud.url + VERSIONS));
    expect(met).toEqual([200, 'ECONNRESET', 'ECONNRESET', 200]);
    const file = recorded(cloud);
    const [port] = cloud.recording().ports ?? [];
    expect(port).toMatchObject({ name: 'common', state: 'open', dropped: 0 });
    expect(port?.events.map(({ kind, after }) => [kind, after])).toEqual([
      ['resetting', 1],
      ['reset', 1],
      ['reset', 1],
      ['open', 1],
    ]);
    const { stdout } = await run(['show', file]);
    expect(stdout).toMatch(
      /port common: resets connections\n.*: a connection is reset\n.*: a connection is reset\n.*accepts/,
    );
    replay = await startReplay(file);
    const again = [];
    for (let count = 0; count < 4; count += 1) again.push(await send(replay.cloud.url + VERSIONS));
    expect([again, replay.result().result]).toEqual([met, 'same']);
  });

  test('of a port that refused connections is played for as long', async () => {
    cloud = await startSideglance({ port: 0 });
    const first = await send(cloud.url + VERSIONS);
    await cloud.ports.change('common', { state: 'refusing', for: 1 });
    const met = [first, await send(cloud.url + VERSIONS)];
    while (cloud.ports.list().some(({ state }) => state !== 'open')) await new Promise(setImmediate);
    met.push(await send(cloud.url + VERSIONS));
    expect(met).toEqual([200, 'ECONNREFUSED', 200]);
    const file = recorded(cloud);
    expect((await run(['show', file])).stdout).toContain('port common: refuses connections; nobody sees how many\n');
    replay = await startReplay(file);
    const again = [await send(replay.cloud.url + VERSIONS), await send(replay.cloud.url + VERSIONS)];
    while (replay.cloud.ports.list().some(({ state }) => state !== 'open')) await new Promise(setImmediate);
    again.push(await send(replay.cloud.url + VERSIONS));
    expect([again, replay.result().result]).toEqual([met, 'same']);
  });

  test('of a port with TLS is played with the same certificates', async () => {
    cloud = await startSideglance({ port: 0, tls: true });
    const caFile = cloud.caFile as string;
    const met = [await send(cloud.url + VERSIONS, caFile)];
    await cloud.ports.change('common', { certificate: 'expired' });
    met.push(await send(cloud.url + VERSIONS, caFile));
    await cloud.ports.change('common', { certificate: 'valid' });
    met.push(await send(cloud.url + VERSIONS, caFile));
    expect(met).toEqual([200, 'CERT_HAS_EXPIRED', 200]);
    const [port] = cloud.recording().ports ?? [];
    expect(port).toMatchObject({ name: 'common', certificate: 'valid' });
    expect(port?.events).toContainEqual(
      expect.objectContaining({ kind: 'certificate', certificate: 'expired', connections: 1, after: 1 }),
    );
    const file = recorded(cloud);
    const { stdout } = await run(['show', file]);
    expect(stdout).toContain('\ntls       port common, certificate valid\n');
    expect(stdout).toContain('port common: presents the certificate expired\n');
    replay = await startReplay(file);
    expect(replay.cloud.url).toMatch(/^https:/);
    const ca = replay.cloud.caFile as string;
    const again = [];
    for (let count = 0; count < 3; count += 1) again.push(await send(replay.cloud.url + VERSIONS, ca));
    expect([again, replay.result().result]).toEqual([met, 'same']);
  });

  test('of a world without TLS at open ports has no ports', async () => {
    cloud = await startSideglance({ port: 0 });
    await send(cloud.url + VERSIONS);
    expect(cloud.recording()).not.toHaveProperty('ports');
  });

  test('of a port that the replay does not have says so', async () => {
    cloud = await startSideglance({ port: 0, listen: { 'image-v2': 0 } });
    const own = cloud.own['image-v2'] as string;
    await send(`${own}/versions`);
    await cloud.ports.change('image-v2', { state: 'resetting', connections: 1 });
    await send(`${own}/versions`);
    const file = recorded(cloud);
    replay = await startReplay(file);
    expect(replay.result().notes).toEqual([
      { request: 0, message: 'what happened at port image-v2 is not played again; give it a port with --listen' },
    ]);
  });
});
