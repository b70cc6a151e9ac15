import { Agent, request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Client, clientOf } from '../../conformance/support.ts';
import { NOON, startEmulator } from '../../support/emulator.ts';
import { entriesOf } from '../../support/journal.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator({ frozenAt: NOON }));
});
afterEach(() => client.emulator.close());

const REMOVE = 'rackspace-images.deleteImage';
const arm = (fault: object, more: object = {}) =>
  client.admin('post', '/faults', { match: { operation: REMOVE }, fault, ...more });
const remove = (name = 'demo-private') => client.send(REMOVE, { image_id: client.imageId(name) });
const isStored = (name = 'demo-private') =>
  client.emulator.worlds.default.images.peek(client.imageId(name))?.status !== 'deleted';

describe('an injected response', () => {
  test.each([
    ['seconds', 7, '7'],
    ['an HTTP date', { date: 7 }, 'Sat, 21 Nov 2026 12:00:07 GMT'],
    ['no value', 'absent', undefined],
    ['a malformed value', 'malformed', 'soon'],
    ['the malformed value of the rule', { malformed: '-3' }, '-3'],
  ])('sends Retry-After with %s', async (_title, retryAfter, expected) => {
    await arm({ answer: 413, retryAfter });
    const response = await remove();
    expect([response.status, response.headers['retry-after']]).toEqual([413, expected]);
  });

  test('has the error format of the dialect and the message of the rule', async () => {
    await arm({ answer: 503, message: 'Back at noon.' });
    const response = await remove();
    expect(response.headers['content-type']).toContain('json');
    expect(response.text).toContain('Back at noon.');
  });

  test('uses the body and headers of the rule instead of those of the dialect', async () => {
    await arm({ answer: 503, body: { broken: true }, headers: { 'X-Proxy': 'yes', 'Retry-After': null } });
    const json = await remove();
    expect([json.body, json.headers['x-proxy'], json.headers['retry-after']]).toEqual([
      { broken: true },
      'yes',
      undefined,
    ]);
    await arm({ answer: 503, body: '<html>', headers: { 'content-type': 'text/html' } });
    const html = await remove();
    expect([html.text, html.headers['content-type'], html.headers['content-length']]).toEqual([
      '<html>',
      'text/html',
      '6',
    ]);
  });

  test('prevents the effect by default and leaves it in place with phase "after"', async () => {
    await arm({ answer: 503 });
    expect((await remove()).status).toBe(503);
    expect(isStored()).toBe(true);
    await arm({ answer: 503 }, { phase: 'after' });
    expect((await remove()).status).toBe(503);
    expect(isStored()).toBe(false);
  });

  test('also replaces a natural error with phase "after"', async () => {
    await arm({ answer: 503 }, { phase: 'after' });
    expect((await remove('demo-protected')).status).toBe(503);
    expect(entriesOf(client.emulator.worlds.default, { limit: 1 })[0]?.failure).toBeUndefined();
  });

  test('is not sent to requests without a valid token', async () => {
    await arm({ answer: 503 });
    expect((await remove().set('X-Auth-Token', 'none')).status).toBe(401);
    expect((await remove()).status).toBe(503);
  });
});

describe('a delay', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** Runs pending I/O of the server without advancing the timers. */
  const flushIo = async (): Promise<void> => {
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  /** Sends a delete and returns once the server waits for a timer before it responds. */
  const removeUntilDelayed = async () => {
    const response: { status?: number } = {};
    const done = remove().then(({ status }) => {
      response.status = status;
    });
    while (jest.getTimerCount() === 0) await flushIo();
    return { response, done };
  };

  test('delays the response by its duration and changes nothing else', async () => {
    await arm({ delay: '3s' });
    const { response, done } = await removeUntilDelayed();
    jest.advanceTimersByTime(2999);
    await flushIo();
    expect([response.status, isStored()]).toEqual([undefined, true]);
    jest.advanceTimersByTime(1);
    await done;
    expect([response.status, isStored()]).toEqual([204, false]);
    expect(entriesOf(client.emulator.worlds.default, { limit: 1 })[0]).toMatchObject({
      status: 204,
      source: 'natural',
      fault: { scenario: 'fault-1', rule: 0 },
    });
  });

  test('precedes the injected response of the same rule', async () => {
    await arm({ delay: 30, answer: 503 });
    const { response, done } = await removeUntilDelayed();
    expect(response.status).toBeUndefined();
    jest.advanceTimersByTime(30);
    await done;
    expect([response.status, isStored()]).toEqual([503, true]);
  });

  test('follows the effect with phase "after"', async () => {
    await arm({ delay: 30 }, { phase: 'after' });
    const { response, done } = await removeUntilDelayed();
    expect([response.status, isStored()]).toEqual([undefined, false]);
    jest.advanceTimersByTime(30);
    await done;
    expect(response.status).toBe(204);
  });
});

describe('request headers', () => {
  test('Prefer: code=… selects the status if the operation documents it', async () => {
    expect((await remove().set('Prefer', 'code=413')).status).toBe(413);
    expect((await remove().set('Prefer', 'code=418')).status).toBe(204);
  });

  test('X-Sideglance-Scenario applies a scenario to that request only', async () => {
    expect((await remove().set('X-Sideglance-Scenario', 'over-limit-date')).headers['retry-after']).toBe(
      'Sat, 21 Nov 2026 12:00:01 GMT',
    );
    expect((await remove()).status).toBe(204);
  });

  test('an unknown X-Sideglance-Scenario returns 400 in the error format of the dialect', async () => {
    const response = await remove().set('X-Sideglance-Scenario', 'over-limit-dat');
    expect(response.status).toBe(400);
    expect(response.headers['content-type']).toContain('json');
    expect(JSON.stringify(response.body)).toContain('did you mean \\"over-limit-date\\"?');
    expect(isStored()).toBe(true);
  });
});

/** Sends `count` requests concurrently and counts their responses by status. */
async function countStatuses(count: number, path: string, method: string): Promise<ReadonlyMap<number, number>> {
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const statuses = new Map<number, number>();
  const { port } = new URL(client.emulator.url);
  const sendOne = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest(
        { host: '127.0.0.1', port, path, method, agent, headers: { 'X-Auth-Token': client.token } },
        (response) => {
          const status = response.statusCode ?? 0;
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          response.resume().on('end', resolve).on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end();
    });
  await Promise.all(Array.from({ length: count }, sendOne));
  agent.destroy();
  return statuses;
}

describe('counting is exact with 1,000 requests in flight', () => {
  const SHOW = 'rackspace-images.showImage';
  const put = (name: string, rules: readonly object[]) =>
    client.admin('put', `/scenarios/${name}`, { enabled: true, rules });
  const show = () => countStatuses(1000, `/rackspace/images/v2/images/${client.imageId('demo-private')}`, 'GET');

  test('for a range of requests', async () => {
    await put('first', [{ match: { operation: SHOW }, calls: { from: 101, to: 237 }, fault: { answer: 413 } }]);
    expect(await show()).toEqual(
      new Map([
        [200, 863],
        [413, 137],
      ]),
    );
    const { ruleHits } = await client.admin('get', '/scenarios/first');
    expect(ruleHits).toMatchObject([{ seen: 1000, fired: 137 }]);
  });

  test('for several rules of one scenario, with delays', async () => {
    await put('both', [
      { match: { operation: SHOW }, calls: { every: 4 }, fault: { answer: 503, delay: 5 } },
      { match: { operation: SHOW }, calls: { to: 50 }, fault: { answer: 413, delay: { uniform: { from: 0, to: 9 } } } },
    ]);
    expect(await show()).toEqual(
      new Map([
        [200, 700],
        [413, 50],
        [503, 250],
      ]),
    );
  });

  test('for one-off faults and scenarios enabled for a number of requests', async () => {
    await client.admin('post', '/faults', { match: { operation: SHOW }, fault: { answer: 500 }, calls: { to: 33 } });
    await put('limited', [{ match: { operation: SHOW }, fault: { answer: 503 } }]);
    await client.admin('post', '/scenarios/limited/enable', { calls: 77 });
    expect(await show()).toEqual(
      new Map([
        [200, 890],
        [500, 33],
        [503, 77],
      ]),
    );
  });
});
