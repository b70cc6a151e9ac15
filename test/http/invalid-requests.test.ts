import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Sideglance, type SideglanceOptions, startSideglance } from '../../src/index.ts';

let cloud: Sideglance;
afterEach(() => cloud.close());

/** Sends bytes to the server. Returns what it answers until it closes the connection. */
function exchange(bytes: string): Promise<string> {
  const socket = connect(cloud.port, '127.0.0.1');
  socket.write(bytes, 'latin1');
  return text(socket);
}

/** Sends bytes to a new server. */
async function send(bytes: string, options: SideglanceOptions = {}): Promise<string> {
  cloud = await startSideglance(options);
  return exchange(bytes);
}

const entriesOf = (world?: string) => cloud.world(world).requests.list().requests;

describe('bytes that are not a request', () => {
  test.each([
    [
      'a header with a blank in its name',
      'GET /image/v2/images HTTP/1.1\r\nHost : x\r\n\r\n',
      'GET',
      '/image/v2/images',
    ],
    ['an unknown method', 'GRAB /image/v2/images HTTP/1.1\r\nHost: x\r\n\r\n', 'GRAB', '/image/v2/images'],
    ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', '', ''],
  ])('are in the journal: %s', async (_what, bytes, method, url) => {
    expect(await send(bytes)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    const [entry, ...others] = entriesOf();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      method,
      url,
      status: 400,
      operation: null,
      source: 'natural',
      invalid: expect.stringMatching(/\(HPE_\w+\)$/),
      request: { headers: [] },
    });
    expect(entry?.response?.headers).toContainEqual({ name: 'Connection', value: 'close' });
  });

  test('are in the journal of the world that they name', async () => {
    cloud = await startSideglance({});
    cloud.worlds.create({ name: 'other' });
    await exchange('GET /w/other/image/v2/images HTTP/1.1\r\nHost : x\r\n\r\n');
    expect(entriesOf('other')).toHaveLength(1);
    expect(entriesOf()).toEqual([]);
  });

  test('do not show secrets of their URL', async () => {
    await send('GET /image/v2/images?token=gAAAAABsecret HTTP/1.1\r\nHost : x\r\n\r\n');
    expect(JSON.stringify(entriesOf())).not.toContain('gAAAAABsecret');
  });

  test('are counted after valid requests on the same connection', async () => {
    await send('GET /image/versions HTTP/1.1\r\nHost: x\r\n\r\nnonsense\r\n\r\n');
    const [valid, invalid] = entriesOf();
    expect(valid).toMatchObject({ status: 200, connection: { request: 1 } });
    expect(invalid).toMatchObject({ status: 400, connection: { id: valid?.connection.id, request: 2 } });
  });

  test('show as a 408 when the head does not arrive in time', async () => {
    expect(await send('GET /image/versions HTTP/1.1\r\n', { headerTimeout: '1s' })).toMatch(/^HTTP\/1\.1 408 /);
    expect(entriesOf()).toMatchObject([{ status: 408, invalid: expect.stringContaining('ERR_HTTP_REQUEST_TIMEOUT') }]);
  });
});
