import { expect, test } from '@jest/globals';
import { presentRates, spendRate } from '../../../src/dialects/rackspace-servers/limits/rate-limits.ts';
import { createTestEmulator, NOON } from '../../support/emulator.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const ACCOUNT = { projectId: 'an account' };

test('allows at most 1000 createImage requests a day', () => {
  const { worlds } = createTestEmulator({ frozenAt: NOON });
  const world = worlds.default;
  const post = (path = '/servers/x/action', account = ACCOUNT) => spendRate(world, account, { method: 'POST', path });
  const postLimit = () => JSON.parse(JSON.stringify(presentRates(world, ACCOUNT)))[1].limit[0];
  for (let minute = 0; minute < 10; minute += 1) {
    for (let count = 0; count < 100; count += 1) expect(post()).toBeUndefined();
    world.clock.advance(MINUTE);
  }
  expect(post()).toBe(NOON + DAY);
  expect(postLimit()).toMatchObject({
    verb: 'POST',
    value: 1000,
    remaining: 0,
    'next-available': '2026-11-22T12:00:00Z',
  });
  // Each operation and each account has its own limit.
  expect(post('/images/x/metadata')).toBeUndefined();
  expect(post('/servers/x/action', { projectId: 'another account' })).toBeUndefined();
  world.clock.advance(DAY - 10 * MINUTE - 1);
  expect(post()).toBe(NOON + DAY);
  world.clock.advance(1);
  expect(post()).toBeUndefined();
  expect(postLimit().remaining).toBe(999);
});

test('the 1001st GET of a minute is rejected until the minute is over, and rejected requests do not count', () => {
  const { worlds } = createTestEmulator({ frozenAt: NOON });
  const world = worlds.default;
  const get = () => spendRate(world, ACCOUNT, { method: 'GET', path: '/images' });
  for (let count = 0; count < 1000; count += 1) expect(get()).toBeUndefined();
  for (let count = 0; count < 10; count += 1) expect(get()).toBe(NOON + MINUTE);
  // DELETE and PUT have no documented limit.
  expect(spendRate(world, ACCOUNT, { method: 'DELETE', path: '/images/x' })).toBeUndefined();
  expect(spendRate(world, ACCOUNT, { method: 'PUT', path: '/images/x/metadata/y' })).toBeUndefined();
  world.clock.advance(MINUTE);
  expect(get()).toBeUndefined();
});
