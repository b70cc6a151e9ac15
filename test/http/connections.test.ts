import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { InputError, type Sideglance, type SideglanceOptions, startSideglance } from '../../src/index.ts';
import { sendRaw } from '../support/raw-socket.ts';

let cloud: Sideglance;
afterEach(() => cloud.close());

const start = async (options: SideglanceOptions = {}): Promise<number> => {
  cloud = await startSideglance(options);
  return cloud.port;
};

/** Reads up to and including the next text on a connection. */
async function readUntil(socket: Socket, text: string): Promise<string> {
  let read = '';
  while (!read.includes(text)) read += ((await once(socket, 'data')) as [Buffer])[0].toString('latin1');
  return read;
}

const versions = (headers = ''): string => `GET /image/versions HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;
const headersOf = (text: string): readonly string[] => text.split('\r\n\r\n', 1)[0]?.toLowerCase().split('\r\n') ?? [];
const connectionHeaders = (text: string): readonly string[] =>
  headersOf(text).filter((line) => line.startsWith('connection') || line.startsWith('keep-alive'));

describe('the headers about the connection', () => {
  test.each([
    ['nothing in a request', '', []],
    ['Connection: keep-alive', 'Connection: keep-alive\r\n', ['connection: keep-alive']],
    ['Connection: Keep-Alive', 'Connection: Keep-Alive\r\n', ['connection: keep-alive']],
    ['Connection: keep-alive, TE', 'Connection: keep-alive, TE\r\n', []],
    ['Connection: close', 'Connection: close\r\n', ['connection: close']],
  ])('after %s are those of Glance, without Keep-Alive', async (_asked, headers, expected) => {
    const socket = connect(await start(), '127.0.0.1');
    socket.write(versions(headers));
    expect(connectionHeaders(await readUntil(socket, ']}'))).toEqual(expected);
    socket.destroy();
  });

  test('close the connection of an HTTP/1.0 client unless it asks to keep it', async () => {
    const port = await start();
    const ask = async (headers: string): Promise<readonly string[]> => {
      const socket = connect(port, '127.0.0.1');
      socket.write(`GET /image/versions HTTP/1.0\r\nHost: x\r\n${headers}\r\n`);
      const read = await readUntil(socket, ']}');
      socket.destroy();
      return connectionHeaders(read);
    };
    expect(await ask('')).toEqual(['connection: close']);
    expect(await ask('Connection: keep-alive\r\n')).toEqual(['connection: keep-alive']);
  });
});

describe('an idle connection', () => {
  test('is closed after the time given as keepAlive, and serves several requests before', async () => {
    const socket = connect(await start({ keepAlive: '1s' }), '127.0.0.1');
    const closed = once(socket, 'close');
    for (let count = 0; count < 3; count += 1) {
      socket.write(versions());
      await readUntil(socket, ']}');
    }
    socket.resume();
    await closed;
  });

  test('stays open while a response is awaited', async () => {
    const port = await start({ keepAlive: '50ms' });
    cloud.faults.arm({ match: { operation: 'image-v2.listVersions' }, fault: { delay: 0.6 } });
    const { head } = await sendRaw(port, { method: 'GET', path: '/image/' });
    expect(head).toMatch(/^HTTP\/1\.1 300/);
  });

  test('is closed when an upload stops', async () => {
    const port = await start({ keepAlive: '50ms' });
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /identity/v3/auth/tokens HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    await once(socket.resume(), 'close');
  });

  test('can be closed after each response of one API', async () => {
    const port = await start({ keepAlive: { identity: 'close' } });
    const socket = connect(port, '127.0.0.1');
    socket.write(versions());
    expect(connectionHeaders(await readUntil(socket, ']}'))).toEqual([]);
    socket.write('GET /identity/v3 HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(connectionHeaders(await readUntil(socket, '}}'))).toEqual(['connection: close']);
    await once(socket.resume(), 'end');
  });

  test('can have another time for one API', async () => {
    const port = await start({ keepAlive: { ims: '100ms' } });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /ims/ HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket.resume(), 'close');
  });

  test('is never kept with keepAlive: close', async () => {
    const socket = connect(await start({ keepAlive: 'close' }), '127.0.0.1');
    socket.write(versions('Connection: keep-alive\r\n'));
    expect(connectionHeaders(await readUntil(socket, ']}'))).toEqual(['connection: close']);
    await once(socket.resume(), 'end');
  });
});

describe('a request', () => {
  test('gets 408 when it has not arrived within requestTimeout', async () => {
    const socket = connect(await start({ requestTimeout: '100ms' }), '127.0.0.1');
    socket.write('GET /image/versions HTTP/1.1\r\n');
    expect(await readUntil(socket, '\r\n\r\n')).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  });

  test('gets 408 when its body has not arrived within requestTimeout', async () => {
    const socket = connect(await start({ requestTimeout: '100ms' }), '127.0.0.1');
    const closed = once(socket, 'close');
    socket.write('POST /identity/v3/auth/tokens HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    expect(await readUntil(socket, '\r\n\r\n')).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\nConnection: close\r\n/);
    await closed;
  });

  test('gets 408 when its head has not arrived within headerTimeout, but may take longer for its body', async () => {
    const port = await start({ headerTimeout: '100ms' });
    const socket = connect(port, '127.0.0.1');
    const slow = connect(port, '127.0.0.1');
    slow.write('POST /identity/v3/auth/tokens HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{');
    socket.write('GET /image/versions HTTP/1.1\r\n');
    expect(await readUntil(socket, '\r\n\r\n')).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    slow.write('}');
    expect(await readUntil(slow, '\r\n\r\n')).toMatch(/^HTTP\/1\.1 4\d\d /);
    slow.destroy();
  });

  test('gets 400 when its head exceeds maxHeaderSize', async () => {
    const port = await start({ maxHeaderSize: 8192 });
    const { head } = await sendRaw(port, {
      method: 'GET',
      path: '/image/versions',
      headers: { 'X-Large': 'x'.repeat(9000) },
    });
    expect(head).toMatch(/^HTTP\/1\.1 400 Headers Too Large/);
  });

  test('can have 60,000 bytes of headers, in any number', async () => {
    const port = await start();
    const large = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`X-Large-${index}`, 'x'.repeat(12_000)]));
    const many = Object.fromEntries(Array.from({ length: 2500 }, (_, index) => [`X-Many-${index}`, '1']));
    for (const headers of [large, many]) {
      const { head } = await sendRaw(port, { method: 'GET', path: '/image/versions', headers });
      expect(head).toMatch(/^HTTP\/1\.1 200/);
    }
  });

  test('with more bytes of headers gets the 400 of Glance', async () => {
    const port = await start();
    const headers = Object.fromEntries(
      Array.from({ length: 6 }, (_, index) => [`X-Large-${index}`, 'x'.repeat(12_000)]),
    );
    const { head, ending } = await sendRaw(port, { method: 'GET', path: '/image/versions', headers });
    expect([head.split('\r\n')[0], ending]).toEqual([
      'HTTP/1.1 400 Headers Too Large',
      expect.stringMatching(/end|reset/),
    ]);
  });

  test.each<readonly [string, { readonly target?: number; readonly header?: number }, string]>([
    ['a request line of 8,191 bytes', { target: 8191 }, 'HTTP/1.1 200 OK'],
    ['a request line of 8,192 bytes', { target: 8192 }, 'HTTP/1.1 414 Request URI Too Long'],
    ['a header line of 16,383 bytes', { header: 16_383 }, 'HTTP/1.1 200 OK'],
    ['a header line of 16,384 bytes', { header: 16_384 }, 'HTTP/1.1 400 Header Line Too Long'],
  ])('with %s gets the response of Glance', async (_title, { target, header }, statusLine) => {
    const padded = (start: string, end: string, length: number): string =>
      start + 'x'.repeat(length - start.length - end.length) + end;
    const socket = connect(await start(), '127.0.0.1');
    const path = '/image/versions';
    const line = target === undefined ? `GET ${path} HTTP/1.1\r\n` : padded(`GET ${path}?`, ' HTTP/1.1\r\n', target);
    const more = header === undefined ? '' : padded('X-A: ', '\r\n', header);
    socket.write(`${line}Host: x\r\n${more}\r\n`);
    expect((await readUntil(socket, '\r\n\r\n')).split('\r\n')[0]).toBe(statusLine);
    socket.destroy();
  });

  test('that is not HTTP gets 400', async () => {
    const socket = connect(await start(), '127.0.0.1');
    socket.write('this is not HTTP\r\n\r\n');
    expect(await readUntil(socket, '\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  });
});

describe('the options', () => {
  test.each([
    [{ keepAlive: 'soon' }, '/keepAlive: is not valid'],
    [{ keepAlive: { identity: '-1s' } }, '/keepAlive: is not valid'],
    [{ keepAlive: '30d' }, '/keepAlive: is not valid'],
    [{ keepAlive: { identitty: 'close' } }, '/identitty: unknown API "identitty"; did you mean "identity"?'],
    [{ requestTimeout: 'close' }, '/requestTimeout: is not valid'],
  ])('%j are rejected', async (options, message) => {
    await start();
    const starting = startSideglance(options);
    await expect(starting).rejects.toThrow(InputError);
    await expect(starting).rejects.toThrow(message);
  });
});

test('connections beyond maxConnections are closed at once', async () => {
  const port = await start({ maxConnections: 2 });
  const kept = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  for (const socket of kept) {
    socket.write(versions());
    await readUntil(socket, ']}');
  }
  await once(connect(port, '127.0.0.1').resume(), 'close');
  for (const socket of kept) socket.destroy();
});

describe('requests that a client sends at once', () => {
  test('are answered in order, each after the response before it', async () => {
    const socket = connect(await start(), '127.0.0.1');
    cloud.faults.arm({ match: { operation: 'image-v2.listVersions' }, fault: { delay: 0.2 } });
    socket.write('GET /image/ HTTP/1.1\r\nHost: x\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n');
    const text = await readUntil(socket, 'GET / lists');
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 300', 'HTTP/1.1 404']);
    const { requests } = cloud.requests.list();
    expect(requests.map(({ status }) => status)).toEqual([300, 404]);
    socket.destroy();
  });

  test('are dropped once the client has left', async () => {
    const port = await start();
    cloud.faults.arm({ match: { operation: 'image-v2.listVersions' }, fault: { delay: '1m' } });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /image/ HTTP/1.1\r\nHost: x\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n');
    while (cloud.faults.list()[0]?.fired === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    const { head } = await sendRaw(port, { method: 'GET', path: '/other' });
    expect(head).toMatch(/^HTTP\/1\.1 404/);
    expect(cloud.requests.list().requests.map(({ url }) => url)).not.toContain('/nowhere');
  });
});
