import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  InputError,
  type OperationName,
  type RequestPattern,
  type Sideglance,
  startSideglance,
  type WorldControl,
} from '../../src/index.ts';
import { MATCHERS } from '../../src/testing/matchers.ts';
import { failureMessage, isFailure } from '../../src/testing/outcome.ts';
import { RUNNER_MATCHERS } from '../../src/testing/runner-matchers.ts';

const { toHaveMet, toHaveReceived, toHaveWaitedForRetryAfter, toHaveNoConductFindings } = MATCHERS;

let agent: Agent;
let cloud: Sideglance;
let world: WorldControl;
beforeEach(async () => {
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  cloud = await startSideglance({ journalSize: 20 });
  world = cloud.worlds.create({ name: 'w', fork: 'default' });
});
afterEach(() => {
  agent.destroy();
  return cloud.close();
});

/** Sends a request without a token and reads the whole response. All requests of a test use one connection. */
async function send(path: string, method = 'GET'): Promise<void> {
  const sent = request(`${world.url}${path}`, { method, agent, headers: { Accept: 'application/json' } }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
}

const IMAGE = '/image/v2/images/7d00932e-3f4a-4e5e-8a65-0b6a4c6f3f11';

/** Lets the next listing of images fail, with Retry-After. */
const overload = (retryAfter: number): unknown =>
  world.faults.arm({
    match: { operation: 'image-v2.listImages' },
    stage: 'before-auth',
    fault: { answer: 503, retryAfter },
    undocumented: true,
  });

test('toHaveMet holds for a response that the client received, by status, class and glob', async () => {
  await send(IMAGE, 'DELETE');
  expect(toHaveMet(world, 'image-v2.deleteImage', 401).result).toBe('yes');
  expect(toHaveMet(world, '*.deleteImage', '4xx').result).toBe('yes');
  expect(toHaveMet(cloud, 'image-v2.deleteImage', 401).result).toBe('no');
  const outcome = toHaveMet(world, 'image-v2.deleteImage', 409);
  expect(failureMessage(outcome, false)).toBe(
    'Expected: that the client received image-v2.deleteImage 409\nFound: it received\n  image-v2.deleteImage 401: once',
  );
});

test('toHaveMet holds for an undocumented response', async () => {
  overload(0);
  await send('/image/v2/images');
  expect(toHaveMet(world, 'image-v2.listImages', 503).result).toBe('yes');
});

test('toHaveMet names the nearest operation, and what a status can be', () => {
  expect(() => toHaveMet(world, 'image-v2.deletImage' as OperationName, 409)).toThrow(/image-v2\.deleteImage/);
  expect(() => toHaveMet(world, 'image-v2.deleteImage', 9)).toThrow(InputError);
  expect(() => toHaveMet(world, 'image-v2.deleteImage', 9)).toThrow(/found 9; allowed: a status from 100 to 599/);
});

test('toHaveReceived counts requests and lists near misses', async () => {
  await send(IMAGE, 'DELETE');
  const pattern: RequestPattern = { operation: 'image-v2.deleteImage', status: 204 };
  const outcome = toHaveReceived(world, pattern, { atLeast: 1, atMost: 2 });
  expect(outcome.result).toBe('no');
  expect(failureMessage(outcome, false)).toContain(
    'Expected: that Sideglance received at least 1 and at most 2 requests like {"operation":"image-v2.deleteImage","status":204}',
  );
  expect(outcome.found).toContain(`near miss #1: DELETE /w/w${IMAGE} -> 401\n    status: expected 204, found 401`);
  expect(toHaveReceived(world, { status: 401 }, { exactly: 1 }).result).toBe('yes');
});

test('toHaveReceived is inconclusive once the journal has dropped requests', async () => {
  for (let at = 0; at < 25; at += 1) await send(IMAGE);
  const outcome = toHaveReceived(world, { method: 'PUT' });
  expect(outcome.result).toBe('inconclusive');
  expect(isFailure(outcome, false)).toBe(true);
  expect(isFailure(outcome, true)).toBe(true);
  expect(failureMessage(outcome, false)).toMatch(/^Inconclusive: .*\n.*the journal has dropped requests/);
});

test('toHaveWaitedForRetryAfter fails for a client that did not wait, and names the requests', async () => {
  overload(60);
  await send('/image/v2/images');
  await send('/image/v2/images');
  const outcome = toHaveWaitedForRetryAfter(world);
  expect(outcome.result).toBe('no');
  expect(outcome.found).toMatch(/error retry-after-seconds-ignored: .* \(requests #1, #2\)/);
});

test('toHaveWaitedForRetryAfter holds for a client that waited', async () => {
  world.clock.freeze('2026-01-01T00:00:00Z');
  overload(60);
  await send('/image/v2/images');
  world.clock.advance('61s');
  await send('/image/v2/images');
  expect(toHaveWaitedForRetryAfter(world).result).toBe('yes');
});

test('toHaveWaitedForRetryAfter is inconclusive without a Retry-After', async () => {
  await send('/image/v2/images');
  const outcome = toHaveWaitedForRetryAfter(world);
  expect(outcome.result).toBe('inconclusive');
  expect(outcome.found).toContain('received no response with Retry-After');
});

test('toHaveNoConductFindings lists findings, without the ignored rules', async () => {
  overload(60);
  await send('/image/v2/images');
  await send('/image/v2/images');
  const outcome = toHaveNoConductFindings(world);
  expect(outcome.result).toBe('no');
  expect(outcome.found).toContain('retry-after-seconds-ignored');
  const ignore = world.conduct().findings.map(({ rule }) => rule);
  expect(toHaveNoConductFindings(world, { ignore }).result).toBe('yes');
});

test('toHaveNoConductFindings is inconclusive when the client sent nothing', () => {
  expect(toHaveNoConductFindings(world).result).toBe('inconclusive');
});

test('matchers of runners fail when inconclusive, also after not', () => {
  const { toHaveNoConductFindings: matcher } = RUNNER_MATCHERS;
  expect(matcher.call({ isNot: false }, world).pass).toBe(false);
  expect(matcher.call({ isNot: true }, world).pass).toBe(true);
});

test('matchers of runners reject what is no world', () => {
  const { toHaveMet: matcher } = RUNNER_MATCHERS;
  expect(() => matcher.call({}, 'w', 'image-v2.deleteImage', 409)).toThrow('toHaveMet: expected a world');
});
