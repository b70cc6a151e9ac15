/** A file server from which clouds import, with files that are there, missing, redirected or broken. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The file at most addresses. */
export const FILE = Buffer.alloc(65_536);
/** An image as a captive portal returns it. */
export const PAGE = Buffer.from('<!DOCTYPE html><title>Log in</title><p>Log in to use this network.</p>');

/** A qcow2 disk of 1 MiB, with nothing in it. */
export const DISK = Buffer.concat([
  Buffer.from('514649fb000000030000000000000000000000000000001000000000001000000000000000000001', 'hex'),
  Buffer.from('00000000000300000000000000010000', 'hex'),
  Buffer.from('00000001000000000000000000000000000000000000000000000000000000000000000000000000', 'hex'),
  Buffer.from('000000040000006800000000000000000000000000000000', 'hex'),
  Buffer.alloc(262_144 - 120),
]);

/** The header of a qcow2 disk, and zero bytes. */
const HEADER = Buffer.concat([
  Buffer.from('514649fb00000003000000000000000000000000000000100000000000100000', 'hex'),
  Buffer.alloc(65_504),
]);

type Respond = (response: ServerResponse, argument: string) => void;

const send = (response: ServerResponse, headers: Readonly<Record<string, string | number>>, data: Buffer): void => {
  response.writeHead(200, headers);
  response.end(data);
};

/** What each address returns, by the first part of its path. */
const FILES: Readonly<Record<string, Respond>> = {
  'image.bin': (response) => send(response, { 'Content-Length': FILE.length }, FILE),
  'image.qcow2': (response) => send(response, { 'Content-Length': HEADER.length }, HEADER),
  'disk.qcow2': (response) => send(response, { 'Content-Length': DISK.length }, DISK),
  page: (response) => send(response, { 'Content-Type': 'text/html', 'Content-Length': PAGE.length }, PAGE),
  empty: (response) => send(response, { 'Content-Length': 0 }, Buffer.alloc(0)),
  status: (response, status) => {
    response.writeHead(Number(status), { 'Content-Type': 'text/plain' });
    response.end('no image');
  },
  /** Redirects so many times. */
  redirects: (response, left) => {
    const count = Number(left);
    response.writeHead(302, { Location: count > 1 ? `/redirects/${count - 1}` : '/image.bin', 'Content-Length': 0 });
    response.end();
  },
  'redirect-inside': (response) => {
    response.writeHead(302, { Location: 'http://169.254.169.254/latest/meta-data', 'Content-Length': 0 });
    response.end();
  },
  /** Closes the connection before the announced end. */
  truncated: (response) => {
    response.writeHead(200, { 'Content-Length': FILE.length, Connection: 'close' });
    response.write(FILE.subarray(0, 1000), () => response.socket?.end());
  },
  /** Announces less than it sends. */
  'announced-short': (response) => {
    response.socket?.end(
      Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n'), FILE]),
    );
  },
  'no-length': (response) => {
    response.socket?.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n'), FILE]));
  },
  reset: (response) => {
    response.socket?.resetAndDestroy();
  },
  closed: (response) => {
    response.socket?.end();
  },
};

/** A running file server. */
export interface FileServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the server; every other address returns 404. */
export async function startFileServer(port = 0): Promise<FileServer> {
  const server = createServer((request, response) => {
    const [name = '', argument = ''] = (request.url ?? '').slice(1).split('/');
    const respond = FILES[name];
    if (respond !== undefined) return respond(response, argument);
    response.statusCode = 404;
    response.end('not found');
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
