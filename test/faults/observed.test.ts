import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { OBSERVED } from '../../src/faults/observed.ts';
import { type Client, clientOf } from '../conformance/support.ts';
import { NOON, startEmulator } from '../support/emulator.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator({ frozenAt: NOON }));
});
afterEach(() => client.emulator.close());

const SHOW = 'image-v2.showImage';
const arm = (fault: object) => client.admin('post', '/faults', { match: { operation: SHOW }, fault });

/** Whether a response has all bytes that Content-Length announces. */
function isComplete(text: string): boolean {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  return body.length >= Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? Number.POSITIVE_INFINITY);
}

/** Sends one request over a TCP connection and returns all bytes of the response. */
function receive(): Promise<string> {
  const { port } = new URL(client.emulator.url);
  const path = `/image/v2/images/${client.imageId('demo-private')}`;
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      // Some proxies keep the connection open.
      if (isComplete(text)) socket.end();
    });
    socket.on('error', reject).on('close', () => resolve(text));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nX-Auth-Token: ${client.token}\r\nConnection: close\r\n\r\n`);
  });
}

const NGINX_504 = [
  'HTTP/1.1 504 Gateway Time-out',
  'Server: nginx/1.22.1',
  'Date: Sat, 21 Nov 2026 12:00:00 GMT',
  'Content-Type: text/html',
  'Content-Length: 167',
  'Connection: keep-alive',
  '',
  '<html>',
  '<head><title>504 Gateway Time-out</title></head>',
  '<body>',
  '<center><h1>504 Gateway Time-out</h1></center>',
  '<hr><center>nginx/1.22.1</center>',
  '</body>',
  '</html>',
  '',
];

const HAPROXY_429 = [
  'HTTP/1.1 429 Too Many Requests',
  'content-length: 117',
  'cache-control: no-cache',
  'content-type: text/html',
  '',
  '<html><body><h1>429 Too Many Requests</h1>\nYou have sent too many requests in a given amount of time.\n</body></html>\n',
];

/** Parses a response into status line, headers (sorted, in lower case) and body. */
function parse(text: string): { readonly line: string; readonly headers: readonly string[]; readonly body: string } {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [line = '', ...headers] = head.split('\r\n');
  // Headers of the connection are not part of the recorded response.
  const endToEnd = headers.filter((header) => !/^(connection|keep-alive):/i.test(header));
  return { line, headers: endToEnd.map((header) => header.toLowerCase()).sort(), body: rest.join('\r\n\r\n') };
}

describe('an observed response', () => {
  test.each([
    ['nginx-504', NGINX_504],
    ['haproxy-429', HAPROXY_429],
  ])('%s is sent byte for byte as the proxy sends it, without headers of the service', async (observed, recorded) => {
    await arm({ answer: { observed } });
    expect(parse(await receive())).toEqual(parse(recorded.join('\r\n')));
  });

  test.each(OBSERVED.map(({ name, status, reason }) => ({ name, status, reason })))(
    '$name has its status, reason, body and Content-Length',
    async ({ name, status, reason }) => {
      await arm({ answer: { observed: name } });
      const { line, headers, body } = parse(await receive());
      expect(line).toBe(`HTTP/1.1 ${status} ${reason}`);
      expect(headers).toContain(`content-length: ${body.length}`);
      expect(body.length).toBeGreaterThan(50);
      expect(headers.join()).not.toContain('openstack');
    },
  );

  test('has no body for HEAD', async () => {
    const match = { operation: 'identity.checkToken' };
    await client.admin('post', '/faults', { match, fault: { answer: { observed: 'nginx-502' } } });
    const response = await client.send('identity.checkToken');
    expect([response.status, response.text, response.headers['content-length']]).toEqual([502, undefined, '157']);
  });

  test('can be sent after the effect, like a gateway time-out', async () => {
    const match = { operation: 'image-v2.deleteImage' };
    await client.admin('post', '/faults', { match, phase: 'after', fault: { answer: { observed: 'haproxy-504' } } });
    const remove = () => client.send('image-v2.deleteImage');
    expect((await remove()).status).toBe(504);
    expect((await remove()).status).toBe(404);
  });

  test('takes headers and Retry-After from the rule', async () => {
    await arm({ answer: { observed: 'nginx-503' }, retryAfter: { date: 9 }, headers: { server: null, Via: '1.1 x' } });
    const response = await client.send(SHOW);
    expect(response.headers).toMatchObject({ 'retry-after': 'Sat, 21 Nov 2026 12:00:09 GMT', via: '1.1 x' });
    expect(response.headers['server']).toBeUndefined();
    await arm({ answer: { observed: 'repose-429' }, retryAfter: 'absent' });
    expect((await client.send(SHOW)).headers['retry-after']).toBeUndefined();
  });

  test('is journalled as injected and counted separately from documented responses', async () => {
    const match = { operation: 'ims.deleteImage' };
    await client.admin('post', '/faults', { match, fault: { answer: { observed: 'nginx-503' } } });
    expect(client.operation('ims.deleteImage').operation.statuses).toContain(503);
    expect((await client.send('ims.deleteImage')).status).toBe(503);
    const { observed } = await client.admin('get', '/coverage');
    expect(observed).toEqual([{ dialect: 'ims', operation: 'deleteImage', answer: 'nginx-503', injected: 1 }]);
    expect(await client.cellOf('ims.deleteImage', 503)).toMatchObject({ natural: 0, injected: 0 });
    const { requests } = await client.admin('get', '/requests?operation=ims.deleteImage');
    expect(requests[0]).toMatchObject({ status: 503, source: 'injected', fault: { kind: 'observed' } });
    await client.admin('post', '/reset');
    expect((await client.admin('get', '/coverage')).observed).toEqual([]);
  });
});

describe('a limit over HTTP', () => {
  const limit = (operation: string) =>
    client.admin('put', '/scenarios/limit', {
      enabled: true,
      rules: [{ match: { operation }, fault: { limit: { requests: 2, per: '1m' } } }],
    });
  const advance = (time: string) => client.admin('put', '/clock', { advance: time });

  test.each([
    ['rackspace-servers.showImage', 413, 'Sat, 21 Nov 2026 12:00:30 GMT', /"retryAfter":"2026-11-21T12:00:30Z"/],
    ['rackspace-images.showImage', 413, 'Sat, 21 Nov 2026 12:00:30 GMT', /"retryAfter":"2026-11-21T12:00:30Z"/],
    ['image-v2.showImage', 429, 'Sat, 21 Nov 2026 12:00:30 GMT', /"retryAfter" : "2026-11-21T12:00:30Z"/],
    ['compute-v2.1.showImage', 429, 'Sat, 21 Nov 2026 12:00:30 GMT', /"code" : 429/],
  ])(
    '%s: returns %i with Retry-After %s, and accepts a request at that time',
    async (operation, status, retryAfter, body) => {
      await limit(operation);
      for (let number = 0; number < 2; number += 1) expect((await client.send(operation)).status).toBe(200);
      const limited = await client.send(operation);
      expect([limited.status, limited.headers['retry-after']]).toEqual([status, retryAfter]);
      expect(limited.text).toMatch(body);
      const { requests } = await client.admin('get', '/requests?source=injected');
      expect(requests[0].fault).toEqual({ scenario: 'limit', rule: 0, kind: 'limit', phase: 'before' });
      await advance('29s');
      expect((await client.send(operation)).status).toBe(status);
      await advance('1s');
      expect((await client.send(operation)).status).toBe(200);
      expect((await client.send(operation)).status).toBe(status);
    },
  );

  test.each([
    ['image-v2.showImage', 413, '30'],
    ['compute-v2.1.showImage', 413, '30'],
    ['ims.showImage', 429, '30'],
    ['identity.getCatalog', 503, '30'],
    ['rackspace-images.showImage', 503, 'Sat, 21 Nov 2026 12:00:30 GMT'],
  ])(
    '%s: returns the %i of the rule with the time until the next token in Retry-After: %s',
    async (operation, answer, wait) => {
      await client.admin('put', '/scenarios/limit', {
        enabled: true,
        rules: [{ match: { operation }, fault: { limit: { requests: 1, per: '30s' }, answer }, undocumented: true }],
      });
      await client.send(operation);
      const limited = await client.send(operation);
      expect([limited.status, limited.headers['retry-after']]).toEqual([answer, wait]);
    },
  );

  test('returns seconds in Retry-After with the over-limit profile "faults" of Rackspace', async () => {
    await client.admin('put', '/configuration', { profiles: { 'rackspace-servers': { 'over-limit': 'faults' } } });
    const operation = 'rackspace-servers.showImage';
    await limit(operation);
    for (let number = 0; number < 2; number += 1) await client.send(operation);
    await advance('500ms');
    const limited = await client.send(operation);
    expect([limited.status, limited.headers['retry-after']]).toEqual([413, '30']);
    expect(limited.text).toContain('"retryAt":"2026-11-21T12:00:30Z"');
  });

  test('accepts exactly as many concurrent requests of 16 clients as the bucket holds', async () => {
    await client.admin('put', '/scenarios/limit', {
      enabled: true,
      rules: [{ match: { operation: SHOW }, fault: { limit: { requests: 37, per: '1m', by: 'project' } } }],
    });
    const statuses = await Promise.all(
      Array.from({ length: 16 }, async (_, number) => {
        const received: number[] = [];
        for (let request = 0; request < 10; request += 1) {
          received.push((await client.send(SHOW).set('User-Agent', `client ${number}`)).status);
        }
        return received;
      }),
    );
    expect(statuses.flat().filter((status) => status === 200)).toHaveLength(37);
    expect(statuses.flat().filter((status) => status === 429)).toHaveLength(160 - 37);
  });
});
