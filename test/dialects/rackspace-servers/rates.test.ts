import { expect, test } from '@jest/globals';
import { presentRates, spendRate } from '../../../src/dialects/rackspace-servers/limits/rate-limits.ts';
import { createTestEmulator, NOON } from '../../support/emulator.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const ACCOUNT = { projectId: 'an account' };

test('a thousand images of servers can be created in a day, and no more', () => {
  const { worlds } = createTestEmulator({ frozenAt: NOON });
  const world = worlds.default;
  const post = (path = '/servers/x/action', account = ACCOUNT) => spendRate(world, account, { method: 'POST', path });
  const lefts = () => JSON.parse(JSON.stringify(presentRates(world, ACCOUNT)))[1].limit[0];
  for (let minute = 0; minute < 10; minute += 1) {
    for (let call = 0; call < 100; call += 1) expect(post()).toBeUndefined();
    world.clock.advance(MINUTE);
  }
  expect(post()).toBe(NOON + DAY);
  expect(lefts()).toMatchObject({ verb: 'POST', value: 1000, remaining: 0, 'next-available': '2026-11-22T12:00:00Z' });
  // Other operations and other accounts have limits of their own.
  expect(post('/images/x/metadata')).toBeUndefined();
  expect(post('/servers/x/action', { projectId: 'another account' })).toBeUndefined();
  world.clock.advance(DAY - 10 * MINUTE - 1);
  expect(post()).toBe(NOON + DAY);
  world.clock.advance(1);
  expect(post()).toBeUndefined();
  expect(lefts().remaining).toBe(999);
});

test('the 1001st GET of a minute is rejected until the minute is over, and rejected requests do not count', () => {
  const { worlds } = createTestEmulator({ frozenAt: NOON });
  const world = worlds.default;
  const get = () => spendRate(world, ACCOUNT, { method: 'GET', path: '/images' });
  for (let call = 0; call < 1000; call += 1) expect(get()).toBeUndefined();
  for (let call = 0; call < 10; call += 1) expect(get()).toBe(NOON + MINUTE);
  // DELETE and PUT have no documented limit.
  expect(spendRate(world, ACCOUNT, { method: 'DELETE', path: '/images/x' })).toBeUndefined();
  expect(spendRate(world, ACCOUNT, { method: 'PUT', path: '/images/x/metadata/y' })).toBeUndefined();
  world.clock.advance(MINUTE);
  expect(get()).toBeUndefined();
});
