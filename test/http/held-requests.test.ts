import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, clientOf } from '../conformance/support.ts';
import { startEmulator } from '../support/emulator.ts';
import { entriesOf } from '../support/journal.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator());
});
afterEach(() => client.emulator.close());

const world = () => client.emulator.worlds.default;
const isStored = (): boolean => world().images.peek(client.imageId('demo-private'))?.status === 'active';

/** Waits until a condition holds. */
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
};

/** Sends a request to delete an image, and returns once that many requests are held. */
async function hold(count = 1): Promise<Socket> {
  const request = `DELETE /image/v2/images/${client.imageId('demo-private')} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${client.token}\r\n\r\n`;
  const socket = connect(Number(new URL(client.emulator.url).port), '127.0.0.1').on('error', () => undefined);
  socket.write(request);
  await until(() => world().clock.waiting === count);
  return socket;
}

const arm = (fault: object) =>
  client.admin('post', '/faults', { match: { operation: 'image-v2.deleteImage' }, calls: { from: 1 }, fault });

const DELAYS: readonly (readonly [string, object])[] = [
  ['for a duration', { delay: '600s' }],
  ['for a time of the clock', { delay: { clock: '600s' } }],
  ['before an injected response', { delay: '600s', answer: 403 }],
];

describe.each(DELAYS)('A request that is held %s', (_title, fault) => {
  test.each<readonly [string, (socket: Socket) => void]>([
    ['closes the connection', (socket) => socket.end()],
    ['resets the connection', (socket) => socket.resetAndDestroy()],
  ])('goes on at once when its client %s', async (_how, leave) => {
    await arm(fault);
    const socket = await hold();
    expect(isStored()).toBe(true);
    leave(socket);
    await until(() => world().journal.recorded > 0 && world().clock.waiting === 0);
    await until(() => entriesOf(world(), { operation: 'image-v2.deleteImage' }).length === 1);
    expect(isStored()).toBe('answer' in fault);
    const [entry] = entriesOf(world(), { operation: 'image-v2.deleteImage' });
    expect(entry?.outcome).toBe('client gone');
  });

  test('goes on at once when its world is reset', async () => {
    await arm(fault);
    const socket = await hold();
    world().reset();
    expect(world().clock.waiting).toBe(0);
    // The token of the request is from before the reset, but has been checked.
    const [response] = await once(socket, 'data');
    expect(String(response)).toMatch('answer' in fault ? /^HTTP\/1.1 403/ : /^HTTP\/1.1 204/);
    socket.destroy();
  });
});

test('Many held requests are freed with their connections', async () => {
  await arm({ delay: '600s' });
  const sockets: Socket[] = [];
  for (let count = 1; count <= 25; count += 1) sockets.push(await hold(count));
  for (const socket of sockets) socket.destroy();
  await until(() => world().clock.waiting === 0);
});

test('Held requests are freed when their world is dropped', async () => {
  const { emulator } = client;
  const other = emulator.worlds.create('other');
  const wait = other.clock.pause(600_000);
  emulator.worlds.drop('other');
  expect([await wait.done, other.clock.waiting]).toEqual([false, 0]);
});

test('Held requests are freed when the server is closed', async () => {
  await arm({ delay: '600s' });
  await hold();
  const { clock } = world();
  await client.emulator.close();
  await until(() => clock.waiting === 0);
  expect(clock.waiting).toBe(0);
});

test('A delay of a duration after one by the clock is not begun when the client has left', async () => {
  await client.admin('post', '/faults', {
    match: { operation: 'image-v2.deleteImage' },
    fault: { delay: { clock: '600s' } },
  });
  await arm({ delay: '600s' });
  const socket = await hold();
  socket.destroy();
  await until(() => world().clock.waiting === 0);
  expect(isStored()).toBe(false);
});
