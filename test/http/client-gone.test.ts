import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DIALECTS } from '../../src/dialects/index.ts';
import { buildRoutes } from '../../src/dialects/routes.ts';
import { type Client, clientOf } from '../conformance/support.ts';
import { startEmulator } from '../support/emulator.ts';
import { entriesOf } from '../support/journal.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator());
});
afterEach(() => client.emulator.close());

const world = () => client.emulator.worlds.default;
const lastEntry = () => entriesOf(world(), { limit: 1 })[0];
const counted = () =>
  [...world().coverage.cells(), ...world().coverage.undocumented()].filter((cell) => cell.natural > 0);
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

/** Waits until a condition holds. */
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await turn();
};

/** Opens a connection and sends the head of a request, and the start of its body. */
function open(method: string, path: string, { headers = '', body = '' } = {}): Socket {
  const socket = connect(Number(new URL(client.emulator.url).port), '127.0.0.1').on('error', () => undefined);
  socket.write(`${method} ${path} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${client.token}\r\n${headers}\r\n${body}`);
  return socket;
}

const BODIES = buildRoutes(DIALECTS).operations.filter(({ operation }) => /post|put|patch/.test(operation.method));

const LEAVING: readonly (readonly [string, (socket: Socket) => void])[] = [
  ['closes the connection', (socket) => socket.end()],
  ['resets the connection', (socket) => socket.resetAndDestroy()],
];

describe.each(LEAVING)('A client that %s within its body', (_how, leave) => {
  test.each([
    ['announced in Content-Length', 'Content-Length: 1000\r\n', '{"a'],
    ['sent in chunks', 'Transfer-Encoding: chunked\r\n', '5\r\n{"a": \r\n'],
    ['that it is asked for', 'Content-Length: 1000\r\nExpect: 100-continue\r\n', '{"a'],
  ])(
    '%s gets no response, and nothing is counted, in every operation',
    async (_title, length, body) => {
      world().coverage.clear();
      for (const { name, operation, dialect } of BODIES) {
        const { recorded } = world().journal;
        const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, param) =>
          param === 'image_id' ? client.imageId('demo-private') : client.projectId,
        );
        const type = operation.body === 'stream' ? 'application/octet-stream' : 'application/json';
        const headers = `Content-Type: ${type}\r\n${length}`;
        const socket = open(operation.method.toUpperCase(), (operation.mount ?? dialect.contract.mount) + path, {
          headers,
          body,
        });
        // An upload that is rejected before its data is read gets its response while the client still sends.
        const response = once(socket, 'data').then(() => true);
        await once(socket, 'connect');
        if (operation.body === 'stream') {
          await Promise.race([response, turn().then(turn)]);
        }
        leave(socket);
        await until(() => world().journal.recorded > recorded);
        const entry = lastEntry();
        if (operation.body === 'stream' && entry?.status !== 0) continue;
        expect([name, entry]).toEqual([
          name,
          expect.objectContaining({ status: 0, source: 'natural', outcome: 'client gone' }),
        ]);
        expect(entry).not.toHaveProperty('failure');
      }
      const uploads = BODIES.filter(({ operation }) => operation.body === 'stream').map(({ id }) => id);
      expect(counted().filter(({ operation }) => !uploads.includes(operation))).toEqual([]);
    },
    120_000,
  );

  test.each([
    ['image-v2.uploadImageData', 'saving'],
    ['image-v2.stageImageData', 'uploading'],
    ['ims.uploadImage', 'saving'],
  ])('while the data of %s is read gets no 500, and the image has no data', async (name, status) => {
    const { dialect, operation } = client.operation(name);
    const created = await client.send('image-v2.createImage').send({ disk_format: 'raw', container_format: 'bare' });
    const { id } = created.body;
    const imageStatus = (): string | undefined => world().images.peek(id)?.status;
    world().coverage.clear();
    const { recorded } = world().journal;
    const socket = open('PUT', dialect.contract.mount + operation.path.replace('{image_id}', id), {
      headers: 'Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n',
      body: 'some bytes',
    });
    await until(() => imageStatus() === status);
    leave(socket);
    await until(() => world().journal.recorded > recorded);
    expect(lastEntry()).toMatchObject({ status: 0, source: 'natural', outcome: 'client gone' });
    expect(lastEntry()).not.toHaveProperty('failure');
    expect([imageStatus(), counted()]).toEqual(['queued', []]);
  });

  test('while a download is sent has not received its response', async () => {
    const { id } = await client.admin('post', '/images', {
      name: 'large',
      visibility: 'public',
      data: { virtual: { size: '1GiB' } },
    });
    world().coverage.clear();
    const { recorded } = world().journal;
    const socket = open('GET', `/image/v2/images/${id}/file`);
    await once(socket, 'data');
    socket.pause();
    leave(socket);
    await until(() => world().journal.recorded > recorded);
    await turn();
    expect(lastEntry()?.outcome).not.toBe('complete');
    expect([lastEntry()?.status, counted()]).toEqual([200, []]);
  });

  test('while a slow response is sent has not received it', async () => {
    await client.admin('post', '/faults', { match: { operation: 'image-v2.listImages' }, fault: { slow: 100 } });
    world().coverage.clear();
    const { recorded } = world().journal;
    const socket = open('GET', '/image/v2/images');
    await once(socket, 'data');
    leave(socket);
    await until(() => world().journal.recorded > recorded);
    await turn();
    expect(lastEntry()?.outcome).not.toBe('complete');
    expect([lastEntry()?.status, counted()]).toEqual([200, []]);
  });
});

test('A download that the client receives completely is counted', async () => {
  const { id } = await client.admin('post', '/images', {
    name: 'large',
    visibility: 'public',
    data: { virtual: { size: '8MiB' } },
  });
  const response = await client
    .send('image-v2.downloadImageData', { image_id: id })
    .buffer(true)
    .parse((incoming, done) => {
      incoming.on('data', () => undefined).on('end', () => done(null, undefined));
    });
  expect(response.status).toBe(200);
  expect(await client.cellOf('image-v2.downloadImageData', 200)).toMatchObject({ natural: 1 });
});

test('The responses to pipelined requests are counted', async () => {
  const request = `GET /image/v2/images?limit=1 HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${client.token}\r\n\r\n`;
  const socket = open('GET', '/image/v2/images', { body: request + request });
  let text = '';
  while (text.split('HTTP/1.1 200').length < 4) text += String((await once(socket, 'data'))[0]);
  socket.destroy();
  expect(await client.cellOf('image-v2.listImages', 200)).toMatchObject({ natural: 3 });
});
