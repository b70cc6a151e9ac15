import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SourceBehavior } from '../../../src/domain/web.ts';
import { NOON } from '../../support/emulator.ts';
import { type Body, type Cloud, createCloud, messageOf } from './support.ts';

const FILES = 'http://files.example.org';
const FORMATS = { disk_format: 'raw', container_format: 'bare' };
const ACTIVE = { status: 'active', os_glance_failed_import: '' };
const FAILED = { status: 'queued', size: null, os_glance_failed_import: 'store1' };
const MESSAGE = 'Task failed due to Internal Error';

let cloud: Cloud;
beforeEach(() => {
  cloud = createCloud();
  world().setClock({ frozenAt: NOON, offset: 0 });
});

const world = () => cloud.emulator.worlds.default;
const bytes = (text: string): SourceBehavior => ({ data: { kind: 'bytes', bytes: Buffer.from(text) } });
const DISK = bytes('bytes of a disk');
const SIZE = 15;

/** Adds entries to the web of the default world, by path below `FILES` or by address. */
function setWeb(entries: Readonly<Record<string, SourceBehavior>>): void {
  const named = Object.entries(entries).map(([path, entry]) => [path.startsWith('/') ? FILES + path : path, entry]);
  world().setWeb({ ...world().web, ...Object.fromEntries(named) });
}

const addressOf = (path: string): string => (path.startsWith('/') ? FILES + path : path);
const show = async (id: string): Promise<Body> => (await cloud.send('GET', `/v2/images/${id}`)).body;

async function startDownload(
  path: string,
): Promise<{ readonly id: string; readonly status: number; readonly text: string }> {
  const { id } = await cloud.create(FORMATS);
  const body = { method: { name: 'web-download', uri: addressOf(path) } };
  const response = await cloud.send('POST', `/v2/images/${id}/import`, { body });
  return { id, status: response.status, text: messageOf(response) };
}

/** Imports by web-download, and returns the image. */
async function download(path: string): Promise<Body> {
  const { id, status } = await startDownload(path);
  expect(status).toBe(202);
  return show(id);
}

/** Imports by a task, and returns the task as it is read once. */
async function importTask(path: string): Promise<Body> {
  const input = {
    import_from: addressOf(path),
    import_from_format: 'raw',
    image_properties: { name: 'by task', ...FORMATS },
  };
  const body = { type: 'import', input };
  const response = await cloud.send('POST', '/v2/tasks', { user: 'admin', body });
  expect(response.status).toBe(201);
  return (await cloud.send('GET', `/v2/tasks/${response.body.id}`, { user: 'admin' })).body;
}

const sizeOf = async (task: Body): Promise<number> =>
  (await cloud.send('GET', `/v2/images/${task.result.image_id}`, { user: 'admin' })).body.size;

describe('A file elsewhere', () => {
  test('is imported by each of the ways that download', async () => {
    setWeb({ '/disk': DISK });
    const image = await download('/disk');
    expect(image).toMatchObject({ ...ACTIVE, size: SIZE, checksum: '2f9d8f6497ad948adfdd1662c6eefccf' });
    const task = await importTask('/disk');
    expect(task).toMatchObject({ status: 'success', message: '' });
    expect(await sizeOf(task)).toBe(SIZE);
    const { id } = await cloud.create(FORMATS);
    cloud.emulator.worlds.default.setRelease('2025.1');
    const response = await cloud.send('POST', `/v2/images/${id}/locations`, { body: { url: `${FILES}/disk` } });
    expect(response.status).toBe(202);
    expect(await show(id)).toMatchObject({ status: 'active', size: SIZE, checksum: image.checksum });
    expect((await cloud.send('GET', `/v2/images/${id}/file`)).body.toString()).toBe('bytes of a disk');
  });

  test('can be virtual data of any size', async () => {
    setWeb({ '/large': { data: { kind: 'virtual', sizeBytes: 2 ** 41, seed: 7 } } });
    expect(await download('/large')).toMatchObject({ status: 'queued', os_glance_failed_import: 'store1' });
    world().setLimits({ imageSizeCap: 2 ** 42 });
    expect(await download('/large')).toMatchObject({ ...ACTIVE, size: 2 ** 41, checksum: null });
  });

  test('is found by its address, then by the first pattern, whatever the spelling of the host', async () => {
    setWeb({
      '/*': bytes('1'),
      '/images/*': bytes('22'),
      '/images/a?b=c': bytes('333'),
      'http://*/q?*': bytes('4444'),
    });
    const sizes = [];
    for (const path of [
      '/x',
      '/images/x',
      '/images/a?b=c',
      'HTTP://FILES.example.org:80/images/a?b=c#part',
      'http://h/q?x',
    ]) {
      sizes.push((await download(path)).size);
    }
    expect(sizes).toEqual([1, 1, 3, 3, 4]);
    expect((await startDownload('http://h/qx')).status).toBe(400);
  });

  test('stays unknown where no entry matches', async () => {
    setWeb({ '/disk': DISK });
    expect(await startDownload('/other')).toMatchObject({
      status: 400,
      text: `URI for web-download does not pass filtering: ${FILES}/other`,
    });
  });

  test('belongs to its world: forks have it, and a reset restores what the fixtures had', async () => {
    const { web } = world();
    setWeb({ '/disk': DISK });
    const fork = cloud.emulator.worlds.fork('fork', world());
    expect(fork.web).toBe(world().web);
    setWeb({ '/disk': { error: 'refused' } });
    expect(fork.web[`${FILES}/disk`]).toEqual(DISK);
    world().reset();
    expect(world().web).toBe(web);
    expect(web).not.toHaveProperty([`${FILES}/disk`]);
  });
});

describe('A source that gives no data', () => {
  test.each<[string, SourceBehavior]>([
    ['refuses the connection', { error: 'refused' }],
    ['resets the connection', { error: 'reset' }],
    ['returns 404', { status: 404 }],
    ['returns 304', { status: 304 }],
    ['redirects to an address that is not allowed', { redirect: 'http://192.0.2.1/disk' }],
    ['redirects to a file', { redirect: 'file:///etc/passwd' }],
    ['redirects to itself', { redirect: '/source' }],
    ['redirects too often', { ...DISK, redirects: 11 }],
  ])('and %s fails each import with the same message', async (_title, source) => {
    setWeb({ '/source': source });
    const image = await download('/source');
    expect(image).toMatchObject(FAILED);
    const { tasks } = (await cloud.send('GET', `/v2/images/${image.id}/tasks`)).body;
    expect(tasks).toMatchObject([{ status: 'failure', message: MESSAGE, result: null }]);
    expect(await importTask('/source')).toMatchObject({ status: 'failure', message: MESSAGE, result: null });
    expect(await cloud.names('?name=by%20task', 'admin')).toEqual([]);
    const { id } = await cloud.create(FORMATS);
    cloud.emulator.worlds.default.setRelease('2025.1');
    const location = await cloud.send('POST', `/v2/images/${id}/locations`, { body: { url: `${FILES}/source` } });
    expect(location.status).toBe(400);
  });

  test('because its host has no address is rejected', async () => {
    setWeb({ '/source': { error: 'dns' } });
    expect(await startDownload('/source')).toMatchObject({
      status: 400,
      text: `URI for web-download does not pass filtering: ${FILES}/source`,
    });
  });

  test('and does not respond fails once the connection is given up', async () => {
    setWeb({ '/source': { error: 'timeout' }, '/short': { error: 'timeout', seconds: 10 } });
    const first = await download('/source');
    const second = await download('/short');
    expect([first.status, second.status]).toEqual(['importing', 'importing']);
    world().setClock({ frozenAt: NOON + 10_000, offset: 0 });
    expect([(await show(first.id)).status, (await show(second.id)).status]).toEqual(['importing', 'queued']);
    world().setClock({ frozenAt: NOON + 127_000, offset: 0 });
    expect(await show(first.id)).toMatchObject(FAILED);
  });
});

describe('A source', () => {
  test('may redirect to other entries, up to ten times', async () => {
    setWeb({ '/disk': DISK, '/moved': { redirect: '/disk' }, '/far': { redirect: 'moved', redirects: 8 } });
    for (const path of ['/moved', '/far']) expect(await download(path)).toMatchObject({ ...ACTIVE, size: SIZE });
  });

  test('that ends early fails a web-download, and an import task takes what came', async () => {
    setWeb({ '/cut': { ...DISK, truncateAfter: 5 } });
    expect(await download('/cut')).toMatchObject(FAILED);
    expect(await sizeOf(await importTask('/cut'))).toBe(5);
  });

  test.each([
    ['more', 20, FAILED, SIZE],
    ['less', 4, { ...ACTIVE, size: 4 }, 4],
    ['no', null, FAILED, SIZE],
  ])('that announces %s bytes does what it does to the service', async (_title, contentLength, image, size) => {
    setWeb({ '/disk': { ...DISK, contentLength } });
    expect(await download('/disk')).toMatchObject(image);
    expect(await sizeOf(await importTask('/disk'))).toBe(size);
  });

  test('that is slow keeps its import running by the clock of the world', async () => {
    setWeb({ '/slow': { ...DISK, bytesPerSecond: 3, seconds: 2 } });
    const { id, status } = await download('/slow');
    expect(status).toBe('importing');
    const task = await importTask('/slow');
    expect(task.status).toBe('processing');
    world().setClock({ frozenAt: NOON + 6999, offset: 0 });
    expect((await show(id)).status).toBe('importing');
    world().setClock({ frozenAt: NOON + 7000, offset: 0 });
    expect(await show(id)).toMatchObject({ ...ACTIVE, size: SIZE });
    const ended = await cloud.send('GET', `/v2/tasks/${task.id}`, { user: 'admin' });
    expect(ended.body.status).toBe('success');
  });

  test('that is slow yields to a progress that is not the clock', async () => {
    setWeb({ '/slow': { ...DISK, bytesPerSecond: 3 } });
    world().setProgress({ import: { pace: { by: 'polls', polls: 1 } } });
    const image = await download('/slow');
    expect([image.status, (await show(image.id)).status]).toEqual(['importing', 'active']);
  });

  test('may hold something else than an image', async () => {
    setWeb({ '/page': bytes('<!DOCTYPE html>') });
    expect(await download('/page')).toMatchObject({ ...ACTIVE, size: 15 });
  });
});

describe('A real source', () => {
  let server: Server;
  let url: string;
  beforeEach(async () => {
    server = createServer((request, response) => {
      const { socket } = response;
      const send = (head: string): void => {
        socket?.end(`HTTP/1.1 ${head}\r\nConnection: close\r\n\r\n0123456789`);
      };
      if (request.url === '/ok') return send('200 OK\r\nContent-Length: 10');
      if (request.url === '/partial') return send('206 Partial Content\r\nContent-Length: 10');
      if (request.url === '/short') return send('200 OK\r\nContent-Length: 20');
      if (request.url === '/long') return send('200 OK\r\nContent-Length: 4');
      if (request.url === '/endless') return send('200 OK');
      if (request.url === '/away')
        return send('302 Found\r\nContent-Length: 0\r\nLocation: http://files.example.org/disk');
      const hops = Number(request.url?.slice(1));
      if (hops > 0) return send(`302 Found\r\nContent-Length: 0\r\nLocation: ${hops === 1 ? '/ok' : `/${hops - 1}`}`);
      send('404 Not Found');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });

  test.each([
    ['/ok', { ...ACTIVE, size: 10 }, 10],
    ['/partial', { ...ACTIVE, size: 10 }, 10],
    ['/short', FAILED, 10],
    ['/long', { ...ACTIVE, size: 4 }, 4],
    ['/endless', FAILED, 10],
    ['/10', { ...ACTIVE, size: 10 }, 10],
    ['/11', FAILED, null],
  ])('at %s ends as at the service', async (path, image, size) => {
    expect(await download(url + path)).toMatchObject(image);
    const task = await importTask(url + path);
    expect(task.status === 'success' ? await sizeOf(task) : null).toBe(size);
  });

  test('redirects to an entry, and an entry to a real source', async () => {
    setWeb({ '/disk': DISK, '/back': { redirect: `${url}/ok` } });
    expect(await download(`${url}/away`)).toMatchObject({ ...ACTIVE, size: SIZE });
    expect(await download('/back')).toMatchObject({ ...ACTIVE, size: 10 });
  });

  test('is damaged by a rule, also behind a redirect', async () => {
    world().changeScenarios((faults) => faults.enable('source-length-too-small'));
    setWeb({ '/back': { redirect: `${url}/ok` } });
    for (const path of [`${url}/ok`, '/back']) expect(await download(path)).toMatchObject(FAILED);
    expect(await sizeOf(await importTask('/back'))).toBe(10);
  });
});

test.each(['http', 'https'])('an import of CirrOS from its %s address needs no network', async (scheme) => {
  const image = await download(`${scheme}://download.cirros-cloud.net/0.6.2/cirros-0.6.2-x86_64-disk.img`);
  expect(image).toMatchObject({ ...ACTIVE, size: 132 });
});
