import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Slicer } from '../../../src/http/faults/throttle.ts';
import { type Client, clientOf } from '../../conformance/support.ts';
import { NOON, startEmulator } from '../../support/emulator.ts';
import { entriesOf } from '../../support/journal.ts';
import { type RawRequest, type RawResponse, sendRaw } from '../../support/raw-socket.ts';

const DATA = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251));
/** Milliseconds without data after which a test considers a connection silent. */
const SILENCE_MS = 150;

let client: Client;
let imageId: string;
beforeEach(async () => {
  client = await clientOf(await startEmulator({ frozenAt: NOON }));
  imageId = await createImage('of-bytes');
  const stored = await client
    .send('image-v2.uploadImageData', { image_id: imageId })
    .set('Content-Type', 'application/octet-stream')
    .send(DATA);
  expect(stored.status).toBe(204);
});
afterEach(() => client.emulator.close());

async function createImage(name: string): Promise<string> {
  const response = await client
    .send('image-v2.createImage')
    .send({ name, disk_format: 'raw', container_format: 'bare' });
  expect(response.status).toBe(201);
  return response.body.id;
}

const arm = (operation: string, fault: object | undefined, more: object = {}) =>
  client.admin('post', '/faults', { match: { operation: `image-v2.${operation}` }, ...(fault && { fault }), ...more });

const raw = (method: string, path: string, more: Partial<RawRequest> = {}): Promise<RawResponse> =>
  sendRaw(Number(new URL(client.emulator.url).port), {
    method,
    path: `/image${path}`,
    ...more,
    headers: { 'X-Auth-Token': client.token, ...more.headers },
  });
const show = (more?: Partial<RawRequest>) => raw('GET', `/v2/images/${imageId}`, more);
const download = (more?: Partial<RawRequest>) => raw('GET', `/v2/images/${imageId}/file`, more);
const remove = () => raw('DELETE', `/v2/images/${imageId}`);

const statusOf = (id = imageId) => client.emulator.worlds.default.images.peek(id)?.status;
const lastEntry = () => entriesOf(client.emulator.worlds.default, { limit: 1 })[0];
const lengthIn = ({ head }: RawResponse) => Number(/^content-length: (\d+)/im.exec(head)?.[1]);
/** Matches once the head and `length` bytes of the body were received. */
const hasBytes = (length: number) => (text: string) => {
  const mark = text.indexOf('\r\n\r\n');
  return mark !== -1 && text.length - mark - 4 >= length;
};
const bytesOf = (text: string) => [...Buffer.from(text, 'latin1')];

describe('A fault of a pipelined request', () => {
  test.each([
    ['a reset', { cut: 'reset' }, 'reset', ''],
    ['a close in the body', { cut: { after: 4 } }, 'end', '{"na'],
    ['a slow body', { slow: 100_000 }, 'end', '}'],
    ['a stall that ends', { stall: { for: 1 } }, 'end', '}'],
    ['a body in slices', { slice: { bytes: 8, delay: 1 } }, 'end', '}'],
    ['a late close', { slowClose: 10 }, 'end', '}'],
    ['a wrong length', { corrupt: { length: 5 } }, 'end', '}'],
  ])('applies after the response to the previous request: %s', async (_title, fault, ending, last) => {
    const showLines = `GET /image/v2/images/${imageId} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${client.token}\r\n`;
    const secondRequest = { operation: 'image-v2.showImage', header: { 'X-Call': '2' } };
    await client.admin('post', '/faults', {
      match: { operation: 'image-v2.showImage', header: { 'X-Call': '1' } },
      fault: { delay: 30 },
    });
    await client.admin('post', '/faults', { match: secondRequest, fault });
    const response = await raw('GET', `/v2/images/${imageId}`, {
      headers: { Connection: 'keep-alive', 'X-Call': '1' },
      body: [`${showLines}X-Call: 2\r\nConnection: close\r\n\r\n`],
    });
    expect(response.text.startsWith('HTTP/1.1 200 OK')).toBe(true);
    expect([response.ending, response.text.split('HTTP/1.1 200 OK').length]).toEqual([ending, last === '' ? 2 : 3]);
    expect(response.text.endsWith(last)).toBe(true);
  });
});

describe('The connection is cut', () => {
  test.each([
    ['by a reset', 'reset', 'reset'],
    ['by a close', 'empty', 'end'],
  ])('%s, without a response or an effect', async (_title, cut, ending) => {
    await arm('deleteImage', { cut });
    expect(await remove()).toMatchObject({ text: '', ending });
    expect(statusOf()).toBe('active');
    expect(lastEntry()).toMatchObject({ status: 0, fault: { kind: 'cut' } });
    expect(await client.cellOf('image-v2.deleteImage', 204)).toMatchObject({ natural: 0, injected: 0 });
  });

  test('after the effect with phase "after"', async () => {
    await arm('deleteImage', { cut: 'reset' }, { phase: 'after' });
    expect(await remove()).toMatchObject({ text: '', ending: 'reset' });
    expect(statusOf()).toBe('deleted');
    expect(lastEntry()).toMatchObject({ status: 204, fault: { kind: 'cut' } });
  });

  test('in the head', async () => {
    await arm('showImage', { cut: { after: 12, of: 'head' } });
    expect(await show()).toMatchObject({ text: 'HTTP/1.1 200', ending: 'end' });
  });

  test.each([
    ['close', 'end'],
    ['reset', 'reset'],
  ])('in a JSON body, by %s', async (by, ending) => {
    await arm('showImage', { cut: { after: 10, by } });
    const response = await show();
    expect([response.body.length, response.ending]).toEqual([10, ending]);
    expect(lengthIn(response)).toBeGreaterThan(100);
  });

  test('in image data', async () => {
    await arm('downloadImageData', { cut: { after: 300 } });
    const response = await download();
    expect([lengthIn(response), bytesOf(response.body)]).toEqual([1000, [...DATA.subarray(0, 300)]]);
  });

  test('in virtual image data, far behind the start', async () => {
    imageId = client.imageId('demo-2tib');
    await arm('downloadImageData', { cut: { after: 3_000_001 } });
    const response = await download();
    expect([response.body.length, response.ending]).toEqual([3_000_001, 'end']);
  });

  test('only after the whole body when the position is past its end', async () => {
    await arm('downloadImageData', { cut: { after: 5000 } });
    expect(await download()).toMatchObject({ body: DATA.toString('latin1'), ending: 'end' });
  });

  test('in an injected response', async () => {
    await arm('showImage', { answer: 404, cut: { after: 4 } });
    const response = await show();
    expect([response.head.split('\r\n')[0], response.body.length]).toEqual(['HTTP/1.1 404 Not Found', 4]);
  });
});

describe('A client that disconnects', () => {
  test('during a delay is journaled but not counted in the coverage', async () => {
    const { journal } = client.emulator.worlds.default;
    const shown = () => client.cellOf('image-v2.showImage', 200);
    /** Disconnects during a delay of this many milliseconds. Returns how many responses the coverage counts. */
    const countWith = async (delay: number): Promise<number> => {
      const { recorded } = journal;
      const before = await shown();
      await arm('showImage', { delay });
      await show({ silenceMs: 20 });
      while (journal.recorded === recorded) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(lastEntry()).toMatchObject({ operation: 'image-v2.showImage', status: 200, fault: { kind: 'delay' } });
      return (await shown()).natural - before.natural;
    };
    // On a busy machine a short delay may end before the client disconnects.
    let delay = 100;
    while ((await countWith(delay)) > 0 && delay < 100_000) delay *= 10;
    expect(delay).toBeLessThan(100_000);
  });
});

describe('The response is not valid HTTP', () => {
  test('from the first byte', async () => {
    await arm('showImage', { cut: 'garbage' });
    const response = await show();
    expect([response.text.startsWith('HTTP'), response.text.length > 10, response.ending]).toEqual([
      false,
      true,
      'end',
    ]);
  });

  test('in the size of the second chunk', async () => {
    await arm('showImage', { cut: 'chunk' });
    const response = await show();
    expect(response.head).toMatch(/^transfer-encoding: chunked$/im);
    expect(lengthIn(response)).toBeNaN();
    const [size, chunk, next] = response.body.split('\r\n');
    expect([Number.parseInt(size as string, 16), next]).toEqual([chunk?.length, 'not-a-size']);
  });
});

describe('A response stalls', () => {
  test('forever, without an effect', async () => {
    await arm('deleteImage', { stall: true });
    expect(await raw('DELETE', `/v2/images/${imageId}`, { silenceMs: SILENCE_MS })).toMatchObject({
      text: '',
      ending: 'silence',
    });
    expect(statusOf()).toBe('active');
  });

  test('forever within the body', async () => {
    await arm('downloadImageData', { stall: { after: 300 } });
    const response = await download({ silenceMs: SILENCE_MS, until: hasBytes(300) });
    expect([bytesOf(response.body), response.ending]).toEqual([[...DATA.subarray(0, 300)], 'silence']);
  });

  test('forever after the head', async () => {
    await arm('showImage', { stall: { after: 0 } });
    const response = await show({ silenceMs: SILENCE_MS, until: hasBytes(0) });
    expect([response.head.startsWith('HTTP/1.1 200'), response.body, response.ending]).toEqual([true, '', 'silence']);
  });

  test.each([
    ['before the head', { for: '20ms' }],
    ['within the body', { after: 300, for: '20ms' }],
  ])('%s for a duration and is then complete', async (_title, stall) => {
    await arm('downloadImageData', { stall });
    const response = await download();
    expect(response).toMatchObject({ body: DATA.toString('latin1'), ending: 'end' });
    expect(await client.cellOf('image-v2.downloadImageData', 200)).toMatchObject({ natural: 1 });
  });
});

test('A slow response is complete and arrives at the rate of the rule', async () => {
  await arm('downloadImageData', { slow: 5000 });
  const started = performance.now();
  const response = await download();
  expect(response).toMatchObject({ body: DATA.toString('latin1'), ending: 'end' });
  expect(performance.now() - started).toBeGreaterThan(150);
});

describe('A response in slices', () => {
  test('is complete, and comes in packets of its own', async () => {
    await arm('downloadImageData', { slice: { bytes: 100, variation: 20, delay: 2 } });
    const started = performance.now();
    const response = await download();
    expect(response).toMatchObject({ body: DATA.toString('latin1'), ending: 'end' });
    // Each slice is preceded by a pause, which timers do not shorten by more than a millisecond.
    expect(performance.now() - started).toBeGreaterThan(DATA.length / 120);
    expect(await client.cellOf('image-v2.downloadImageData', 200)).toMatchObject({ natural: 1 });
  });

  test('has slices of the same sizes each time, between the limits', async () => {
    const sizesOf = async (): Promise<readonly number[]> => {
      const slicer = new Slicer({ bytes: 100, variation: 20, milliseconds: 0 });
      const sizes: number[] = [];
      slicer.on('data', (slice: Buffer) => sizes.push(slice.length));
      slicer.end(Buffer.alloc(5000));
      await once(slicer, 'end');
      return sizes;
    };
    const sizes = await sizesOf();
    expect(await sizesOf()).toEqual(sizes);
    const whole = sizes.slice(0, -1);
    expect(Math.min(...whole)).toBeGreaterThanOrEqual(80);
    expect(Math.max(...whole)).toBeLessThanOrEqual(120);
    expect(new Set(whole).size).toBeGreaterThan(10);
  });
});

test('A connection that closes late is announced to close, stays open for the time, and is then closed', async () => {
  await arm('showImage', { slowClose: 150 });
  const socket = connect(Number(new URL(client.emulator.url).port), '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.write(`GET /image/v2/images/${imageId} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${client.token}\r\n\r\n`);
  await once(socket, 'data');
  const answered = performance.now();
  await once(socket, 'end');
  expect(performance.now() - answered).toBeGreaterThan(100);
  expect(text).toMatch(/^connection: close/im);
  expect(text.trimEnd().endsWith('}')).toBe(true);
  expect(lastEntry()).toMatchObject({ status: 200, outcome: 'complete', fault: { kind: 'slowClose' } });
});

describe('A corrupt response', () => {
  test('has a wrong checksum in the header of a download and in JSON', async () => {
    const { checksum } = JSON.parse((await show()).body);
    await arm('downloadImageData', { corrupt: 'checksum' });
    const contentMd5 = /^content-md5: (.*)$/im.exec((await download()).head)?.[1];
    expect([contentMd5?.length, contentMd5 === checksum]).toEqual([32, false]);
    await arm('showImage', { corrupt: 'checksum' });
    const shown = JSON.parse((await show()).body);
    expect(shown.checksum).toMatch(/^[0-9a-f]{32}$/);
    expect(shown.checksum).not.toBe(checksum);
    expect(await client.cellOf('image-v2.showImage', 200)).toMatchObject({ natural: 1, injected: 0 });
  });

  test('has truncated JSON', async () => {
    await arm('showImage', { corrupt: 'json' });
    const response = await show();
    expect(lengthIn(response)).toBe(response.body.length);
    expect(() => JSON.parse(response.body)).toThrow();
  });

  test.each([
    ['/name', { unexpected: 'of-bytes' }],
    ['/size', '1000'],
    ['/tags', {}],
    ['/protected', 'no'],
    ['/virtual_size', '1000'],
    ['/os_hidden', 'no'],
  ])('has another type at %s', async (pointer, expected) => {
    await arm('showImage', { corrupt: { type: pointer } });
    const { body } = await show();
    expect(JSON.parse(body)[pointer.slice(1)]).toEqual(expected);
  });

  test('has one flipped byte, while the stored data is unchanged', async () => {
    await arm('downloadImageData', { corrupt: { flip: 700 } });
    const response = await download();
    const differences = bytesOf(response.body).flatMap((byte, at) => (byte === DATA[at] ? [] : [at]));
    expect(differences).toEqual([700]);
    expect((await download()).body).toBe(DATA.toString('latin1'));
  });

  test.each([
    [5, 1005],
    [-400, 600],
  ])('has a Content-Length that differs by %i', async (length, expectedLength) => {
    await arm('downloadImageData', { corrupt: { length } });
    const response = await download();
    expect([lengthIn(response), response.ending]).toEqual([expectedLength, 'end']);
  });
});

describe('An upload', () => {
  const upload = (id: string, more: Partial<RawRequest> = {}) =>
    raw('PUT', `/v2/images/${id}/file`, {
      body: [DATA.subarray(0, 400), DATA.subarray(400)],
      ...more,
      headers: { 'Content-Type': 'application/octet-stream', 'Content-Length': 1000 },
    });
  const shown = async (image: string) => (await client.send('image-v2.showImage', { image_id: image })).body;
  let id: string;
  beforeEach(async () => {
    id = await createImage('upload');
  });

  test.each([
    ['is read slowly', { slow: { bytesPerSecond: 20_000, on: 'request' } }],
    ['is read in slices', { slice: { bytes: 100, delay: 1, on: 'request' } }],
    ['stalls for a duration', { stall: { after: 500, for: '20ms', on: 'request' } }],
  ])('%s and is then complete', async (_title, fault) => {
    await arm('uploadImageData', fault);
    expect((await upload(id)).head).toContain('204');
    expect(await shown(id)).toMatchObject({ status: 'active', size: 1000 });
  });

  test.each([
    ['close', 'end'],
    ['reset', 'reset'],
  ])('is cut by %s, which leaves the image without data', async (by, ending) => {
    await arm('uploadImageData', { cut: { after: 500, by, on: 'request' } });
    expect(await upload(id)).toMatchObject({ text: '', ending });
    while (statusOf(id) === 'saving') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await shown(id)).toMatchObject({ status: 'queued', size: null });
  });

  test('that stalls forever leaves the image saving', async () => {
    await arm('uploadImageData', { stall: { after: 500, on: 'request' } });
    let status = statusOf(id);
    const uploading = upload(id, {
      silenceMs: SILENCE_MS,
      until: () => {
        status = statusOf(id);
        return status === 'saving';
      },
    });
    expect(await uploading).toMatchObject({ text: '', ending: 'silence' });
    expect(status).toBe('saving');
  });

  test('receives an injected error before its body is complete', async () => {
    await arm('uploadImageData', { answer: 413, received: 300 });
    const response = await upload(id, { body: [DATA.subarray(0, 400)], silenceMs: SILENCE_MS, until: hasBytes(0) });
    expect(response.head).toContain('413');
    expect(statusOf(id)).toBe('queued');
  });

  const uploadChunked = (image: string) =>
    raw('PUT', `/v2/images/${image}/file`, {
      body: ['3e8\r\n', DATA, '\r\n0\r\n\r\n'],
      headers: { 'Content-Type': 'application/octet-stream', 'Transfer-Encoding': 'chunked' },
    });

  test.each([
    ['with its size announced', () => upload(id)],
    ['in chunks', () => uploadChunked(id)],
  ])('that is shorter than the bytes of the rule is stored, %s', async (_title, send) => {
    await arm('uploadImageData', { answer: 413, received: '2kB' });
    expect((await send()).head).toContain('204');
    expect(await shown(id)).toMatchObject({ status: 'active', size: 1000 });
    const [entry] = entriesOf(client.emulator.worlds.default, { operation: 'image-v2.uploadImageData', limit: 1 });
    expect([entry?.source, entry?.fault]).toEqual(['natural', undefined]);
  });

  test('that arrives in chunks is refused after the bytes of the rule', async () => {
    await arm('uploadImageData', { answer: 413, received: '1kB' });
    expect((await uploadChunked(id)).head).toContain('413');
    expect(await shown(id)).toMatchObject({ status: 'queued', size: null });
  });

  test('that brings all bytes of the rule is refused after it took effect in phase "after"', async () => {
    await arm('uploadImageData', { answer: 413, received: 1000 }, { phase: 'after' });
    expect((await upload(id)).head).toContain('413');
    expect(await shown(id)).toMatchObject({ status: 'active', size: 1000 });
  });

  test('gets the response of the rule for its bytes, although the service rejects it unread', async () => {
    await arm('uploadImageData', { answer: 413, received: 300 }, { calls: {} });
    const missing = '11111111-1111-4111-8111-111111111111';
    expect((await upload(missing)).head).toContain('413');
    await client.admin('delete', '/faults');
    await arm('uploadImageData', { answer: 413, received: 1001 });
    expect((await upload(missing)).head).toContain('404');
  });

  test('whose client disconnects before the bytes of the rule is not stored', async () => {
    await arm('uploadImageData', { answer: 413, received: 2000 });
    await upload(id, { body: [DATA.subarray(0, 400)], silenceMs: SILENCE_MS });
    while (statusOf(id) === 'saving') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(statusOf(id)).toBe('queued');
  });

  test('matches a rule by its announced size', async () => {
    await arm(
      'uploadImageData',
      { answer: 413 },
      { match: { operation: 'image-v2.uploadImageData', size: { over: 1000 } } },
    );
    expect((await upload(id)).head).toContain('204');
    const other = await createImage('other');
    await client.admin('delete', '/faults');
    await arm(
      'uploadImageData',
      { answer: 413 },
      { match: { operation: 'image-v2.uploadImageData', size: { over: 999 } } },
    );
    expect((await upload(other)).head).toContain('413');
  });

  test('receives an injected error before any of its body is read', async () => {
    await arm('uploadImageData', { answer: 503, received: 0 });
    expect((await upload(id, { body: [], silenceMs: SILENCE_MS, until: hasBytes(0) })).head).toContain('503');
  });

  test.each([
    ['slow', { slow: { bytesPerSecond: 100_000, on: 'request' } }],
    ['sliced', { slice: { bytes: 500, delay: 1, on: 'request' } }],
    ['stalled', { stall: { after: 5000, on: 'request' } }],
    ['cut', { cut: { after: 5000, on: 'request' } }],
  ])('that is %s and rejected ends with its client, and the server handles the next request', async (_title, fault) => {
    await arm('uploadImageData', fault);
    const rejected = await upload('11111111-1111-4111-8111-111111111111', {
      silenceMs: SILENCE_MS,
      until: hasBytes(0),
    });
    expect(rejected.head).toContain('404');
    expect((await show()).head).toContain('200');
  });
});

describe('An effect', () => {
  const names = (): Promise<readonly string[]> =>
    client.send('image-v2.listImages').then(({ body }) => body.images.map(({ name }: { name: string }) => name));

  test('takes place twice, and the client receives the second response', async () => {
    await arm('deleteImage', undefined, { phase: 'twice' });
    expect((await remove()).head).toContain('404');
    expect(statusOf()).toBe('deleted');
    await arm('createImage', undefined, { phase: 'twice' });
    await createImage('double');
    expect((await names()).filter((name) => name === 'double')).toHaveLength(2);
  });

  test('takes place twice when the rule injects a response', async () => {
    await arm('createImage', { answer: 503 }, { phase: 'twice', undocumented: true });
    expect((await client.send('image-v2.createImage').send({ name: 'double' })).status).toBe(503);
    expect((await names()).filter((name) => name === 'double')).toHaveLength(2);
  });

  test('takes place late by the clock, after a successful response', async () => {
    await arm('deleteImage', undefined, { phase: { late: { seconds: 30 } } });
    expect((await remove()).head).toContain('204');
    await client.admin('put', '/clock', { advance: 29 });
    expect((await client.send('image-v2.showImage', { image_id: imageId })).status).toBe(200);
    await client.admin('put', '/clock', { advance: 1 });
    expect((await client.send('image-v2.showImage', { image_id: imageId })).status).toBe(404);
  });

  test('takes place late after reads of its image', async () => {
    await arm('deleteImage', { answer: 403 }, { phase: { late: { polls: 2 } } });
    expect((await remove()).head).toContain('403');
    const shown = async (id: string) => (await client.send('image-v2.showImage', { image_id: id })).status;
    for (let reads = 0; reads < 5; reads += 1) expect(await shown(client.imageId('demo-shared'))).toBe(200);
    expect([await shown(imageId), await shown(imageId), await shown(imageId)]).toEqual([200, 200, 404]);
  });

  test.each([
    ['after', [{ fault: { delay: 1 } }, { phase: 'twice' }]],
    ['before', [{ phase: 'twice' }, { fault: { delay: 1 } }]],
  ])('takes place twice with the rule %s a rule that only delays', async (_title, rules) => {
    for (const rule of rules) await arm('createImage', undefined, rule);
    expect((await client.send('image-v2.createImage').send({ name: 'two' })).status).toBe(201);
    expect((await names()).filter((name) => name === 'two')).toHaveLength(2);
    expect(client.emulator.worlds.default.faults.armed().map(({ fired }) => fired)).toEqual([1, 1]);
  });

  test('of createImage takes place late after reads of the Image API', async () => {
    await arm('createImage', { cut: 'reset' }, { phase: { late: { polls: 1 } } });
    const response = await raw('POST', '/v2/images', {
      headers: { 'Content-Type': 'application/json', 'Content-Length': 15 },
      body: ['{"name":"late"}'],
    });
    expect(response).toMatchObject({ text: '', ending: 'reset' });
    expect(await names()).not.toContain('late');
    expect(await names()).toContain('late');
  });

  test('of createImage that takes place late returns the image as it will be created', async () => {
    await arm('createImage', undefined, { phase: { late: { polls: 1 } } });
    const { body, headers, status } = await client.send('image-v2.createImage').send({ name: 'late', tags: ['a'] });
    expect([status, body.name, body.tags, body.status]).toEqual([201, 'late', ['a'], 'queued']);
    expect(headers['location']).toMatch(new RegExp(`/v2/images/${body.id}$`));
    expect(await names()).not.toContain('late');
    const shown = await client.send('image-v2.showImage', { image_id: body.id });
    expect([shown.status, shown.body]).toEqual([
      200,
      { ...body, created_at: expect.any(String), updated_at: expect.any(String) },
    ]);
  });

  test('that is still pending is dropped by a reset', async () => {
    await arm('deleteImage', undefined, { phase: { late: { seconds: 30 } } });
    imageId = client.imageId('demo-private');
    await remove();
    await client.admin('post', '/reset');
    await client.admin('put', '/clock', { advance: 60 });
    client.emulator.worlds.default.applyDueChanges();
    expect(statusOf()).toBe('active');
  });
});

describe('Rule validation', () => {
  const rejectionOf = async (rule: object): Promise<string> => {
    const response = await fetch(`${client.emulator.url}/__admin/faults`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(rule),
    });
    expect(response.status).toBe(400);
    return response.text();
  };
  const match = { operation: 'image-v2.deleteImage' };

  test.each<[string, object, readonly string[]]>([
    [
      'two faults of the connection',
      { match, fault: { cut: 'reset', slow: 5 } },
      ['/fault/cut', 'cannot be combined with'],
    ],
    [
      'slices without a byte',
      { match, fault: { slice: { bytes: 5, variation: 5 } } },
      ['/fault/slice/variation', 'less than 5'],
    ],
    [
      'a slow upload of an operation without an upload',
      { match, fault: { slow: { bytesPerSecond: 5, on: 'request' } } },
      ['accepts none'],
    ],
    [
      'received bytes of an operation without an upload',
      { match, fault: { answer: 403, received: 5 } },
      ['accepts none'],
    ],
    ['a message without an injected response', { match, fault: { cut: 'reset', message: 'no' } }, ['/fault/message']],
    ['an unknown cut', { match, fault: { cut: 'half' } }, ['/fault/cut', 'reset']],
    ['a length that differs by 0', { match, fault: { corrupt: { length: 0 } } }, ['/fault/corrupt/length']],
    [
      'an upload with phase "twice"',
      { match: { operation: 'image-v2.uploadImageData' }, phase: 'twice' },
      ['/phase', 'can be read only once'],
    ],
    [
      'a late effect with a slow response',
      { match, fault: { slow: 5 }, phase: { late: { polls: 1 } } },
      ["requires the operation's own response"],
    ],
    ['a late effect without a time', { match, phase: { late: {} } }, ['/phase/late']],
    [
      'a late effect without a fault for several operations',
      { match: { operation: ['image-v2.deleteImage', 'image-v2.createImage'] }, phase: { late: { polls: 1 } } },
      ['has no fault'],
    ],
  ])('rejects %s', async (_title, rule, expected) => {
    const text = await rejectionOf(rule);
    for (const part of expected) expect(text).toContain(part);
  });
});
