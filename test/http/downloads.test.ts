import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createDownloads } from '../../src/http/downloads.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

const serve = (listener: RequestListener): Promise<string> =>
  new Promise((resolve) => {
    const listening = createServer(listener).listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(listening.address() as AddressInfo).port}/image`);
    });
    server = listening;
  });

const read = async (downloads: ReturnType<typeof createDownloads>, url: string): Promise<number> => {
  const response = await downloads.request(url);
  if (response.kind !== 'data') throw new Error(`a redirect to ${response.address}`);
  let length = 0;
  for await (const chunk of response.stream as AsyncIterable<Buffer>) length += chunk.length;
  return length;
};

describe('downloads', () => {
  test.each([
    ['http://127.0.0.1:8080/image', true],
    ['http://localhost/image', true],
    ['https://[::1]:8443/image', true],
    ['http://mirror.example/image', true],
    ['http://MIRROR.example:8080/image', true],
    ['https://other.example/image', false],
    ['http://ports.example:8080/image', true],
    ['http://ports.example/image', false],
    ['http://ports.example:8081/image', false],
    ['http://web.example/image', true],
    ['https://web.example/image', false],
    ['http://[fd00::7]:8080/image', true],
    ['http://[fd00::7]/image', false],
    ['ftp://127.0.0.1/image', false],
    ['file:///etc/passwd', false],
    ['http://127.0.0.1:9292/__admin/worlds', false],
    ['http://127.0.0.1:9292/w/one/__admin', false],
    ['http://127.0.0.1:9292/x/../__ADMIN/requests?a=b', false],
    ['http://mirror.example/__admin/requests', false],
    ['no address', false],
  ])('of %s are allowed: %s', async (address, isAllowed) => {
    const hosts = ['mirror.example', 'ports.example:8080', 'web.example:80', '[fd00::7]:8080'];
    const downloads = createDownloads({ hosts });
    expect(downloads.allows(address)).toBe(isAllowed);
    if (!isAllowed) await expect(downloads.request(address)).rejects.toThrow('are not allowed');
  });

  test('of this machine need its address in the list when other machines can reach the server', () => {
    const downloads = createDownloads({ allowsLoopback: false, hosts: ['localhost:8080'] });
    expect(downloads.allows('http://127.0.0.1:8080/')).toBe(false);
    expect(downloads.allows('http://localhost:8080/')).toBe(true);
    expect(downloads.allows('http://localhost:22/')).toBe(false);
  });

  test('of other names that lead to this machine fail when other machines can reach the server', async () => {
    const { port } = new URL(await serve((_request, response) => response.end('here')));
    const hosts = ['mirror.example', '127.0.0.1', 'localhost'];
    const lookup: LookupFunction = (_name, { all }, callback) =>
      all === true ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);
    const reachable = createDownloads({ allowsLoopback: false, hosts, lookup });
    await expect(read(reachable, `http://mirror.example:${port}/`)).rejects.toThrow(
      'mirror.example is an address of this machine',
    );
    expect(await read(reachable, `http://localhost:${port}/`)).toBe(4);
    expect(await read(reachable, `http://127.0.0.1:${port}/`)).toBe(4);
    expect(await read(createDownloads({ hosts, lookup }), `http://mirror.example:${port}/`)).toBe(4);
  });

  test.each([
    ['an announced length', { 'Content-Length': '11' }],
    ['chunks', {}],
  ])('end with an error for more bytes than allowed, with %s', async (_title, headers) => {
    const url = await serve((_request, response) => response.writeHead(200, headers).end('eleven byte'));
    await expect(read(createDownloads({ maxBytes: 10 }), url)).rejects.toThrow('larger than 10 bytes');
    expect(await read(createDownloads({ maxBytes: 11 }), url)).toBe(11);
  });

  test.each([
    ['before it responds', () => undefined],
    ['within announced data', (_request, response) => response.writeHead(200, { 'Content-Length': '11' }).write('one')],
    ['within chunks', (_request, response) => response.writeHead(200).write('one')],
  ] as readonly [string, RequestListener][])('end with an error when a server stalls %s', async (_title, listener) => {
    const url = await serve(listener);
    await expect(read(createDownloads({ timeout: 200 }), url)).rejects.toThrow(/aborted|not complete in time/);
  });

  test('end without an error when the connection closes before the announced end', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': '11' });
      response.write('one', () => response.destroy());
    });
    expect(await read(createDownloads(), url)).toBe(3);
  });
});
