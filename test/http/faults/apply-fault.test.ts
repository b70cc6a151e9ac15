import { Agent, request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Client, clientOf } from '../../conformance/support.ts';
import { NOON, startEmulator } from '../../support/emulator.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator({ frozenAt: NOON }));
});
afterEach(() => client.emulator.close());

const REMOVE = 'rackspace-images.deleteImage';
const arm = (fault: object, more: object = {}) =>
  client.admin('post', '/faults', { match: { operation: REMOVE }, fault, ...more });
const remove = (name = 'demo-private') => client.send(REMOVE, { image_id: client.imageId(name) });
const exists = (name = 'demo-private') =>
  client.emulator.worlds.default.images.peek(client.imageId(name))?.status !== 'deleted';

describe('an injected answer', () => {
  test.each([
    ['seconds', 7, '7'],
    ['an HTTP date', { date: 7 }, 'Sat, 21 Nov 2026 12:00:07 GMT'],
    ['nothing', 'absent', undefined],
    ['what is neither', 'malformed', 'soon'],
    ['what the rule says', { malformed: '-3' }, '-3'],
  ])('has in Retry-After %s', async (_title, retryAfter, expected) => {
    await arm({ answer: 413, retryAfter });
    const answer = await remove();
    expect([answer.status, answer.headers['retry-after']]).toEqual([413, expected]);
  });

  test('is worded by the dialect, with the message of the rule', async () => {
    await arm({ answer: 503, message: 'Back at noon.' });
    const answer = await remove();
    expect(answer.headers['content-type']).toContain('json');
    expect(answer.text).toContain('Back at noon.');
  });

  test('has the body and headers of the rule in place of those of the dialect', async () => {
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

  test('leaves no effect, and after the effect leaves it', async () => {
    await arm({ answer: 503 });
    expect((await remove()).status).toBe(503);
    expect(exists()).toBe(true);
    await arm({ answer: 503 }, { phase: 'after' });
    expect((await remove()).status).toBe(503);
    expect(exists()).toBe(false);
  });

  test('stands in for a refusal too, when it comes after the effect', async () => {
    await arm({ answer: 503 }, { phase: 'after' });
    expect((await remove('demo-protected')).status).toBe(503);
    expect(client.emulator.worlds.default.journal.query({ limit: 1 })[0]?.failure).toBeUndefined();
  });

  test('is no answer to those who are not let in', async () => {
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

  /** Lets the server do what it can do without the time passing. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  /** Sends a delete, of which only the time can now say when it is answered. */
  const waiting = async () => {
    const answer: { status?: number } = {};
    const done = remove().then(({ status }) => {
      answer.status = status;
    });
    while (jest.getTimerCount() === 0) await settle();
    return { answer, done };
  };

  test('holds the answer back for as long as it says and changes nothing else', async () => {
    await arm({ delay: '3s' });
    const { answer, done } = await waiting();
    jest.advanceTimersByTime(2999);
    await settle();
    expect([answer.status, exists()]).toEqual([undefined, true]);
    jest.advanceTimersByTime(1);
    await done;
    expect([answer.status, exists()]).toEqual([204, false]);
    expect(client.emulator.worlds.default.journal.query({ limit: 1 })[0]).toMatchObject({
      status: 204,
      source: 'natural',
      fault: { scenario: 'fault-1', rule: 0 },
    });
  });

  test('comes before an injected answer that has one', async () => {
    await arm({ delay: 30, answer: 503 });
    const { answer, done } = await waiting();
    expect(answer.status).toBeUndefined();
    jest.advanceTimersByTime(30);
    await done;
    expect([answer.status, exists()]).toEqual([503, true]);
  });

  test('may come after the effect', async () => {
    await arm({ delay: 30 }, { phase: 'after' });
    const { answer, done } = await waiting();
    expect([answer.status, exists()]).toEqual([undefined, false]);
    jest.advanceTimersByTime(30);
    await done;
    expect(answer.status).toBe(204);
  });
});

describe('a request', () => {
  test('gets the code that it prefers, where that is documented', async () => {
    expect((await remove().set('Prefer', 'code=413')).status).toBe(413);
    expect((await remove().set('Prefer', 'code=418')).status).toBe(204);
  });

  test('plays the scenario that it names, alone', async () => {
    expect((await remove().set('X-Sideglance-Scenario', 'over-limit-date')).headers['retry-after']).toBe(
      'Sat, 21 Nov 2026 12:00:01 GMT',
    );
    expect((await remove()).status).toBe(204);
  });

  test('that names no scenario there is hears so, in the words of the dialect', async () => {
    const answer = await remove().set('X-Sideglance-Scenario', 'over-limit-dat');
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toContain('json');
    expect(JSON.stringify(answer.body)).toContain('did you mean \\"over-limit-date\\"?');
    expect(exists()).toBe(true);
  });
});

/** Statuses of so many requests, all of them on their way at once. */
async function inFlight(count: number, path: string, method: string): Promise<ReadonlyMap<number, number>> {
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const statuses = new Map<number, number>();
  const { port } = new URL(client.emulator.url);
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest(
        { host: '127.0.0.1', port, path, method, agent, headers: { 'X-Auth-Token': client.token } },
        (answer) => {
          const status = answer.statusCode ?? 0;
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          answer.resume().on('end', resolve).on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end();
    });
  await Promise.all(Array.from({ length: count }, one));
  agent.destroy();
  return statuses;
}

describe('counting is exact with 1,000 requests in flight', () => {
  const SHOW = 'rackspace-images.showImage';
  const put = (name: string, rules: readonly object[]) =>
    client.admin('put', `/scenarios/${name}`, { enabled: true, rules });
  const show = () => inFlight(1000, `/rackspace/images/v2/images/${client.imageId('demo-private')}`, 'GET');

  test('for a range of calls', async () => {
    await put('first', [{ match: { operation: SHOW }, calls: { from: 101, to: 237 }, fault: { answer: 413 } }]);
    expect(await show()).toEqual(
      new Map([
        [200, 863],
        [413, 137],
      ]),
    );
    const { ruleHits } = await client.admin('get', '/scenarios/first');
    expect(ruleHits).toMatchObject([{ seen: 1000, taken: 137 }]);
  });

  test('for rules behind one another, waits and all', async () => {
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

  test('for one-off faults and scenarios enabled for so many calls', async () => {
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
