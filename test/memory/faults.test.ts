import { beforeEach, expect, test } from '@jest/globals';
import { createRetryTest, deleteRetryTest, listRetryTests, showRetryTest } from '../../src/admin/retry-tests.ts';
import type { Emulator } from '../../src/emulator.ts';
import { parseArmedFault, parseScenario } from '../../src/faults/scenario-file/load.ts';
import type { World } from '../../src/world/world.ts';
import { createTestEmulator, NOON } from '../support/emulator.ts';

let emulator: Emulator;
let world: World;
beforeEach(() => {
  emulator = createTestEmulator({ frozenAt: NOON });
  world = emulator.worlds.default;
});

const RULE = { match: { operation: 'image-v2.showImage' }, fault: { answer: 404 } };
const arm = (rule: object = RULE): string =>
  world.faults.arm(parseArmedFault({ ...RULE, ...rule }, 'test', emulator.known)).id;

test('One-off faults that the clock has ended are forgotten, though no request met them', () => {
  for (let at = 0; at < 3000; at += 1) arm({ calls: { until: '1s' } });
  const lasting = arm();
  world.clock.advance(2000);
  for (let at = 0; at < 5000; at += 1) arm({ calls: { until: '1s' } });
  const armed = world.faults.armed();
  // A thousand expired ones can still be read.
  expect(armed.filter(({ isExpired }) => isExpired).length).toBeLessThanOrEqual(1000);
  expect(armed.length).toBeLessThanOrEqual(6001);
  expect(world.faults.armedFault(lasting)).toMatchObject({ isExpired: false, seen: 0 });
});

test('Scenarios that a world added and removed leave nothing behind; a removed one of the library stays removed', () => {
  for (let at = 0; at < 500; at += 1) {
    const scenario = { scenario: `own-${at}`, description: 'A scenario.', enabled: true, rules: [RULE] };
    world.faults.put(parseScenario(scenario, 'test', emulator.known));
    world.faults.remove(`own-${at}`);
  }
  world.faults.remove('delete-conflict');
  expect([...(world.snapshot().faults.scenarios?.own ?? [])]).toEqual([['delete-conflict', null]]);
  expect(world.faults.scenario('delete-conflict')).toBeUndefined();
});

test('Completed retry tests are forgotten beyond a thousand; others stay, and no id is given twice', () => {
  const create = (): string =>
    createRetryTest(world, { instructions: { 'image-v2.showImage': ['return-503'] } }, emulator.known).id;
  const lasting = create();
  const ids = new Set([lasting]);
  for (let at = 0; at < 2500; at += 1) {
    const { id } = createRetryTest(world, { instructions: {} }, emulator.known);
    ids.add(id);
  }
  deleteRetryTest(world, [...ids].at(-2) ?? '');
  ids.add(create());
  expect(ids.size).toBe(2502);
  expect(listRetryTests(world).length).toBeLessThanOrEqual(1000);
  expect(showRetryTest(world, lasting)).toMatchObject({ id: lasting, completed: false });
});
