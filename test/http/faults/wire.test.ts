import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, clientOf } from '../../conformance/support.ts';
import { NOON, startEmulator } from '../../support/emulator.ts';
import { type RawAnswer, type RawRequest, sendRaw } from '../../support/raw-socket.ts';

const DATA = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251));
/** As long as a test waits for what must not come. */
const PATIENCE = 150;

let client: Client;
let imageId: string;
beforeEach(async () => {
  client = await clientOf(await startEmulator({ frozenAt: NOON }));
  imageId = await made('of-bytes');
  const stored = await client
    .send('image-v2.uploadImageData', { image_id: imageId })
    .set('Content-Type', 'application/octet-stream')
    .send(DATA);
  expect(stored.status).toBe(204);
});
afterEach(() => client.emulator.close());

async function made(name: string): Promise<string> {
  const answer = await client.send('image-v2.createImage').send({ name, disk_format: 'raw', container_format: 'bare' });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

const arm = (operation: string, fault: object | undefined, more: object = {}) =>
  client.admin('post', '/faults', { match: { operation: `image-v2.${operation}` }, ...(fault && { fault }), ...more });

const raw = (method: string, path: string, more: Partial<RawRequest> = {}): Promise<RawAnswer> =>
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
const lastEntry = () => client.emulator.worlds.default.journal.query({ limit: 1 })[0];
const lengthIn = ({ head }: RawAnswer) => Number(/^content-length: (\d+)/im.exec(head)?.[1]);
/** Whether a head has come, and so much of its body. */
const hasBody = (length: number) => (text: string) => {
  const mark = text.indexOf('\r\n\r\n');
  return mark !== -1 && text.length - mark - 4 >= length;
};
const bytesOf = (text: string) => [...Buffer.from(text, 'latin1')];

describe('A fault of a call that came before the answer to another one on its connection', () => {
  test.each([
    ['a reset', { cut: 'reset' }, 'reset', ''],
    ['an end in the body', { cut: { after: 4 } }, 'end', '{"na'],
    ['a slow body', { slow: 100_000 }, 'end', '}'],
    ['a stall that ends', { stall: { for: 1 } }, 'end', '}'],
    ['a wrong length', { corrupt: { length: 5 } }, 'end', '}'],
  ])('waits for its turn: %s', async (_title, fault, ending, last) => {
    const show = `GET /image/v2/images/${imageId} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${client.token}\r\n`;
    const mine = { operation: 'image-v2.showImage', header: { 'X-Call': '2' } };
    await client.admin('post', '/faults', {
      match: { operation: 'image-v2.showImage', header: { 'X-Call': '1' } },
      fault: { delay: 30 },
    });
    await client.admin('post', '/faults', { match: mine, fault });
    const answer = await raw('GET', `/v2/images/${imageId}`, {
      headers: { Connection: 'keep-alive', 'X-Call': '1' },
      body: [`${show}X-Call: 2\r\nConnection: close\r\n\r\n`],
    });
    expect(answer.text.startsWith('HTTP/1.1 200 OK')).toBe(true);
    expect([answer.ending, answer.text.split('HTTP/1.1 200 OK').length]).toEqual([ending, last === '' ? 2 : 3]);
    expect(answer.text.endsWith(last)).toBe(true);
  });
});

describe('A connection is cut', () => {
  test.each([
    ['by a reset', 'reset', 'reset'],
    ['in good order, without an answer', 'empty', 'end'],
  ])('%s, before anything happened', async (_title, cut, ending) => {
    await arm('deleteImage', { cut });
    expect(await remove()).toMatchObject({ text: '', ending });
    expect(statusOf()).toBe('active');
    expect(lastEntry()).toMatchObject({ status: 0, fault: { kind: 'cut' } });
    expect(await client.met('image-v2.deleteImage', 204)).toMatchObject({ natural: 0, injected: 0 });
  });

  test('after the effect, which stays', async () => {
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
  ])('in a body of JSON, by %s', async (by, ending) => {
    await arm('showImage', { cut: { after: 10, by } });
    const answer = await show();
    expect([answer.body.length, answer.ending]).toEqual([10, ending]);
    expect(lengthIn(answer)).toBeGreaterThan(100);
  });

  test('in the data of an image', async () => {
    await arm('downloadImageData', { cut: { after: 300 } });
    const answer = await download();
    expect([lengthIn(answer), bytesOf(answer.body)]).toEqual([1000, [...DATA.subarray(0, 300)]]);
  });

  test('in data that is made as it is read, a long way in', async () => {
    imageId = client.imageId('demo-2tib');
    await arm('downloadImageData', { cut: { after: 3_000_001 } });
    const answer = await download();
    expect([answer.body.length, answer.ending]).toEqual([3_000_001, 'end']);
  });

  test('past the end of the body, which is then whole', async () => {
    await arm('downloadImageData', { cut: { after: 5000 } });
    expect(await download()).toMatchObject({ body: DATA.toString('latin1'), ending: 'end' });
  });

  test('in an answer that the rule gives', async () => {
    await arm('showImage', { answer: 404, cut: { after: 4 } });
    const answer = await show();
    expect([answer.head.split('\r\n')[0], answer.body.length]).toEqual(['HTTP/1.1 404 Not Found', 4]);
  });
});

describe('A client that does not wait', () => {
  test('has not met the answer that a delay held back', async () => {
    const { journal } = client.emulator.worlds.default;
    const shown = () => client.met('image-v2.showImage', 200);
    const before = await shown();
    const recorded = journal.recorded;
    await arm('showImage', { delay: 100 });
    await show({ patience: 20 });
    while (journal.recorded === recorded) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(lastEntry()).toMatchObject({ operation: 'image-v2.showImage', status: 200, fault: { kind: 'delay' } });
    expect(await shown()).toEqual(before);
  });
});

describe('What comes is no HTTP', () => {
  test('from the first byte on', async () => {
    await arm('showImage', { cut: 'garbage' });
    const answer = await show();
    expect([answer.text.startsWith('HTTP'), answer.text.length > 10, answer.ending]).toEqual([false, true, 'end']);
  });

  test('where the size of a chunk should stand', async () => {
    await arm('showImage', { cut: 'chunk' });
    const answer = await show();
    expect(answer.head).toMatch(/^transfer-encoding: chunked$/im);
    expect(lengthIn(answer)).toBeNaN();
    const [size, chunk, next] = answer.body.split('\r\n');
    expect([Number.parseInt(size as string, 16), next]).toEqual([chunk?.length, 'not-a-size']);
  });
});

describe('An answer stalls', () => {
  test('for good, with nothing done', async () => {
    await arm('deleteImage', { stall: true });
    expect(await raw('DELETE', `/v2/images/${imageId}`, { patience: PATIENCE })).toMatchObject({
      text: '',
      ending: 'silence',
    });
    expect(statusOf()).toBe('active');
  });

  test('within the body, for good', async () => {
    await arm('downloadImageData', { stall: { after: 300 } });
    const answer = await download({ patience: PATIENCE, until: hasBody(300) });
    expect([bytesOf(answer.body), answer.ending]).toEqual([[...DATA.subarray(0, 300)], 'silence']);
  });

  test('after the head', async () => {
    await arm('showImage', { stall: { after: 0 } });
    const answer = await show({ patience: PATIENCE, until: hasBody(0) });
    expect([answer.head.startsWith('HTTP/1.1 200'), answer.body, answer.ending]).toEqual([true, '', 'silence']);
  });

  test.each([
    ['before the head', { for: '20ms' }],
    ['within the body', { after: 300, for: '20ms' }],
  ])('%s, for a while, and then comes whole', async (_title, stall) => {
    await arm('downloadImageData', { stall });
    const answer = await download();
    expect(answer).toMatchObject({ body: DATA.toString('latin1'), ending: 'end' });
    expect(await client.met('image-v2.downloadImageData', 200)).toMatchObject({ natural: 1 });
  });
});

test('A slow answer comes whole, at its rate', async () => {
  await arm('downloadImageData', { slow: 5000 });
  const started = performance.now();
  const answer = await download();
  expect(answer).toMatchObject({ body: DATA.toString('latin1'), ending: 'end' });
  expect(performance.now() - started).toBeGreaterThan(150);
});

describe('An answer is not true:', () => {
  test('its checksum, in a header and in JSON', async () => {
    const { checksum } = JSON.parse((await show()).body);
    await arm('downloadImageData', { corrupt: 'checksum' });
    const told = /^content-md5: (.*)$/im.exec((await download()).head)?.[1];
    expect([told?.length, told === checksum]).toEqual([32, false]);
    await arm('showImage', { corrupt: 'checksum' });
    const shown = JSON.parse((await show()).body);
    expect(shown.checksum).toMatch(/^[0-9a-f]{32}$/);
    expect(shown.checksum).not.toBe(checksum);
    expect(await client.met('image-v2.showImage', 200)).toMatchObject({ natural: 1, injected: 0 });
  });

  test('half of the JSON is missing', async () => {
    await arm('showImage', { corrupt: 'json' });
    const answer = await show();
    expect(lengthIn(answer)).toBe(answer.body.length);
    expect(() => JSON.parse(answer.body)).toThrow();
  });

  test.each([
    ['/name', { unexpected: 'of-bytes' }],
    ['/size', '1000'],
    ['/tags', {}],
    ['/protected', 'no'],
    ['/virtual_size', '1000'],
    ['/os_hidden', 'no'],
  ])('%s has another type', async (pointer, expected) => {
    await arm('showImage', { corrupt: { type: pointer } });
    const { body } = await show();
    expect(JSON.parse(body)[pointer.slice(1)]).toEqual(expected);
  });

  test('a byte is another one, and the stored data is not', async () => {
    await arm('downloadImageData', { corrupt: { flip: 700 } });
    const answer = await download();
    const wrong = bytesOf(answer.body).flatMap((byte, at) => (byte === DATA[at] ? [] : [at]));
    expect(wrong).toEqual([700]);
    expect((await download()).body).toBe(DATA.toString('latin1'));
  });

  test.each([
    [5, 1005],
    [-400, 600],
  ])('its length is off by %i', async (length, told) => {
    await arm('downloadImageData', { corrupt: { length } });
    const answer = await download();
    expect([lengthIn(answer), answer.ending]).toEqual([told, 'end']);
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
    id = await made('upload');
  });

  test.each([
    ['comes in slowly', { slow: { bytesPerSecond: 20_000, on: 'request' } }],
    ['stalls for a while', { stall: { after: 500, for: '20ms', on: 'request' } }],
  ])('%s and is whole in the end', async (_title, fault) => {
    await arm('uploadImageData', fault);
    expect((await upload(id)).head).toContain('204');
    expect(await shown(id)).toMatchObject({ status: 'active', size: 1000 });
  });

  test.each([
    ['close', 'end'],
    ['reset', 'reset'],
  ])('is cut by %s, and the image has no data', async (by, ending) => {
    await arm('uploadImageData', { cut: { after: 500, by, on: 'request' } });
    expect(await upload(id)).toMatchObject({ text: '', ending });
    while (statusOf(id) === 'saving') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await shown(id)).toMatchObject({ status: 'queued', size: null });
  });

  test('that stalls for good leaves the image saving, until the client goes', async () => {
    await arm('uploadImageData', { stall: { after: 500, on: 'request' } });
    let seen = statusOf(id);
    const answer = upload(id, {
      patience: PATIENCE,
      until: () => {
        seen = statusOf(id);
        return seen === 'saving';
      },
    });
    expect(await answer).toMatchObject({ text: '', ending: 'silence' });
    expect(seen).toBe('saving');
  });

  test('is answered before it is whole', async () => {
    await arm('uploadImageData', { answer: 413, received: 300 });
    const answer = await upload(id, { body: [DATA.subarray(0, 400)], patience: PATIENCE, until: hasBody(0) });
    expect(answer.head).toContain('413');
    expect(statusOf(id)).toBe('queued');
  });

  test('is answered before any of it was asked for', async () => {
    await arm('uploadImageData', { answer: 503, received: 0 });
    expect((await upload(id, { body: [], patience: PATIENCE, until: hasBody(0) })).head).toContain('503');
  });

  test.each([
    ['slow', { slow: { bytesPerSecond: 100_000, on: 'request' } }],
    ['stalled', { stall: { after: 5000, on: 'request' } }],
    ['cut', { cut: { after: 5000, on: 'request' } }],
  ])('that is %s and refused is let go with its client, and the next call is answered', async (_title, fault) => {
    await arm('uploadImageData', fault);
    const refused = await upload('11111111-1111-4111-8111-111111111111', { patience: PATIENCE, until: hasBody(0) });
    expect(refused.head).toContain('404');
    expect((await show()).head).toContain('200');
  });
});

describe('An effect', () => {
  const names = (): Promise<readonly string[]> =>
    client.send('image-v2.listImages').then(({ body }) => body.images.map(({ name }: { name: string }) => name));

  test('takes place twice, and the client hears the second answer', async () => {
    await arm('deleteImage', undefined, { phase: 'twice' });
    expect((await remove()).head).toContain('404');
    expect(statusOf()).toBe('deleted');
    await arm('createImage', undefined, { phase: 'twice' });
    await made('double');
    expect((await names()).filter((name) => name === 'double')).toHaveLength(2);
  });

  test('takes place twice under an answer of the rule', async () => {
    await arm('createImage', { answer: 503 }, { phase: 'twice', undocumented: true });
    expect((await client.send('image-v2.createImage').send({ name: 'double' })).status).toBe(503);
    expect((await names()).filter((name) => name === 'double')).toHaveLength(2);
  });

  test('comes late by the clock, after the answer that all went well', async () => {
    await arm('deleteImage', undefined, { phase: { late: { seconds: 30 } } });
    expect((await remove()).head).toContain('204');
    await client.admin('put', '/clock', { advance: 29 });
    expect((await client.send('image-v2.showImage', { image_id: imageId })).status).toBe(200);
    await client.admin('put', '/clock', { advance: 1 });
    expect((await client.send('image-v2.showImage', { image_id: imageId })).status).toBe(404);
  });

  test('comes late by polls, of its image alone', async () => {
    await arm('deleteImage', { answer: 403 }, { phase: { late: { polls: 2 } } });
    expect((await remove()).head).toContain('403');
    const shown = async (id: string) => (await client.send('image-v2.showImage', { image_id: id })).status;
    for (let reads = 0; reads < 5; reads += 1) expect(await shown(client.imageId('demo-shared'))).toBe(200);
    expect([await shown(imageId), await shown(imageId), await shown(imageId)]).toEqual([200, 200, 404]);
  });

  test.each([
    ['behind', [{ fault: { delay: 1 } }, { phase: 'twice' }]],
    ['before', [{ phase: 'twice' }, { fault: { delay: 1 } }]],
  ])('twice takes place twice %s a rule that only waits', async (_title, rules) => {
    for (const rule of rules) await arm('createImage', undefined, rule);
    expect((await client.send('image-v2.createImage').send({ name: 'two' })).status).toBe(201);
    expect((await names()).filter((name) => name === 'two')).toHaveLength(2);
    expect(client.emulator.worlds.default.faults.armed().map(({ taken }) => taken)).toEqual([1, 1]);
  });

  test('that makes something comes late by reads of that API', async () => {
    await arm('createImage', { cut: 'reset' }, { phase: { late: { polls: 1 } } });
    const answer = await raw('POST', '/v2/images', {
      headers: { 'Content-Type': 'application/json', 'Content-Length': 15 },
      body: ['{"name":"late"}'],
    });
    expect(answer).toMatchObject({ text: '', ending: 'reset' });
    expect(await names()).not.toContain('late');
    expect(await names()).toContain('late');
  });

  test('that makes something late is answered with what there will be', async () => {
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

  test('that is still to come is gone with a reset', async () => {
    await arm('deleteImage', undefined, { phase: { late: { seconds: 30 } } });
    imageId = client.imageId('demo-private');
    await remove();
    await client.admin('post', '/reset');
    await client.admin('put', '/clock', { advance: 60 });
    client.emulator.worlds.default.applyDueChanges();
    expect(statusOf()).toBe('active');
  });
});

describe('A rule is refused', () => {
  const refusal = async (rule: object): Promise<string> => {
    const answer = await fetch(`${client.emulator.url}/__admin/faults`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(rule),
    });
    expect(answer.status).toBe(400);
    return answer.text();
  };
  const match = { operation: 'image-v2.deleteImage' };

  test.each<[string, object, readonly string[]]>([
    ['two things on the wire', { match, fault: { cut: 'reset', slow: 5 } }, ['/fault/cut', 'already']],
    [
      'an upload where there is none',
      { match, fault: { slow: { bytesPerSecond: 5, on: 'request' } } },
      ['accepts none'],
    ],
    ['bytes of no upload', { match, fault: { answer: 403, received: 5 } }, ['accepts none']],
    ['members of an answer without one', { match, fault: { cut: 'reset', message: 'no' } }, ['/fault/message']],
    ['an unknown cut', { match, fault: { cut: 'half' } }, ['/fault/cut', 'reset']],
    ['a wrong length that is right', { match, fault: { corrupt: { length: 0 } } }, ['/fault/corrupt/length']],
    [
      'an upload twice',
      { match: { operation: 'image-v2.uploadImageData' }, phase: 'twice' },
      ['/phase', 'can be read only once'],
    ],
    [
      'late, and slow',
      { match, fault: { slow: 5 }, phase: { late: { polls: 1 } } },
      ["requires the operation's own response"],
    ],
    ['late by nothing', { match, phase: { late: {} } }, ['/phase/late']],
    [
      'late, with several answers',
      { match: { operation: ['image-v2.deleteImage', 'image-v2.createImage'] }, phase: { late: { polls: 1 } } },
      ['has no fault'],
    ],
  ])('that says %s', async (_title, rule, expected) => {
    const text = await refusal(rule);
    for (const part of expected) expect(text).toContain(part);
  });
});
