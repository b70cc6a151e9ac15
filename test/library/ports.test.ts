import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Sideglance, type SideglanceOptions, startSideglance } from '../../src/index.ts';

let cloud: Sideglance | undefined;
afterEach(async () => {
  await cloud?.close();
  cloud = undefined;
});

const start = async (options: SideglanceOptions = {}): Promise<Sideglance> => {
  cloud = await startSideglance(options);
  return cloud;
};

/** The status of a request, or the code of its error. */
const outcome = (url: string): Promise<string> =>
  fetch(url).then(
    async (response) => {
      await response.arrayBuffer();
      return String(response.status);
    },
    (error: { readonly cause?: NodeJS.ErrnoException }) => error.cause?.code ?? 'unknown',
  );
const put = (sideglance: Sideglance, path: string, body: object) =>
  fetch(`${sideglance.url}/__admin${path}`, { method: 'PUT', body: JSON.stringify(body) });

describe('a port', () => {
  test('refuses connections until it is opened', async () => {
    const sideglance = await start({ listen: { 'image-v2': 0 } });
    const image = `${sideglance.own['image-v2']}/`;
    expect(await outcome(image)).toBe('300');
    expect(await sideglance.ports.change('image-v2', { state: 'refusing' })).toMatchObject({ state: 'refusing' });
    expect(await outcome(image)).toBe('ECONNREFUSED');
    expect(await outcome(sideglance.url)).toBe('200');
    expect(await sideglance.ports.change('image-v2', { state: 'open' })).toMatchObject({ state: 'open' });
    expect(await outcome(image)).toBe('300');
  });

  test('refuses connections for a time', async () => {
    const sideglance = await start();
    const changed = await put(sideglance, '/ports/common', { state: 'refusing', for: '200ms' });
    expect(await changed.json()).toMatchObject({ name: 'common', port: sideglance.port, state: 'refusing' });
    expect(await outcome(sideglance.url)).toBe('ECONNREFUSED');
    while ((await outcome(sideglance.url)) !== '200') await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sideglance.ports.list()).toEqual([{ name: 'common', port: sideglance.port, state: 'open' }]);
  });

  test.each([
    ['without TLS', {}],
    ['with TLS', { tls: true }],
  ])('resets a number of connections, %s', async (_title, options) => {
    const sideglance = await start({ ...options, listen: { identity: 0 } });
    const address = new URL(sideglance.own['identity'] as string);
    await sideglance.ports.change('identity', { state: 'resetting', connections: 2 });
    const ending = async (): Promise<string> => {
      const socket = connect(Number(address.port), address.hostname);
      socket.on('error', () => undefined);
      socket.on('connect', () => socket.write('\r\n'));
      const code = await new Promise<string>((resolve) => {
        socket.on('close', (hadError) => resolve(hadError ? 'reset' : 'closed'));
        socket.setTimeout(300, () => resolve('open'));
      });
      socket.destroy();
      return code;
    };
    expect(await ending()).toBe('reset');
    expect(sideglance.ports.list()[1]).toMatchObject({ state: 'resetting', connectionsLeft: 1 });
    expect(await ending()).toBe('reset');
    expect(sideglance.ports.list()[1]).toMatchObject({ state: 'open' });
    expect(await ending()).not.toBe('reset');
  });

  test('stays closed while another process has it', async () => {
    const sideglance = await start({ listen: { ims: 0 } });
    const [, port] = sideglance.ports.list();
    await sideglance.ports.change('ims', { state: 'refusing' });
    const other = createServer().listen(port?.port, '127.0.0.1');
    await once(other, 'listening');
    await expect(sideglance.ports.change('ims', { state: 'open' })).rejects.toThrow('EADDRINUSE');
    other.close();
    await once(other, 'close');
    expect(await sideglance.ports.change('ims', { state: 'open' })).toMatchObject({ state: 'open' });
  });

  test('that refuses connections does not keep the process from closing', async () => {
    const sideglance = await start();
    await sideglance.ports.change('common', { state: 'refusing', for: '1h' });
    await sideglance.close();
  });
});

describe('a change of a port is rejected', () => {
  test.each<[string, string, object, number, string]>([
    ['for an unknown port', 'images', { state: 'open' }, 404, 'No port is called \\"images\\".'],
    ['without an effect', 'common', {}, 400, 'has too few members'],
    [
      'with connections that cannot be counted',
      'common',
      { state: 'refusing', connections: 3 },
      400,
      '/connections: has no effect',
    ],
    ['with a time for an open port', 'common', { state: 'open', for: '1s' }, 400, '/for: has no effect'],
    ['with a certificate without TLS', 'common', { certificate: 'expired' }, 400, '/certificate: has no effect'],
    [
      'that would lock out the admin API',
      'common',
      { state: 'refusing' },
      400,
      '/for: is missing: the admin API is on this port',
    ],
  ])('%s', async (_title, name, change, status, message) => {
    const sideglance = await start();
    const response = await put(sideglance, `/ports/${name}`, change);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(message);
  });
});
