import { describe, expect, test } from '@jest/globals';
import { Clock } from '../../../src/domain/clock.ts';
import { FaultEngine, initialFaults } from '../../../src/faults/engine/engine.ts';
import type { Scenario } from '../../../src/faults/fault.ts';
import { ScenarioLibrary } from '../../../src/faults/scenario-file/library.ts';
import { InputError } from '../../../src/input/input-error.ts';
import { armedFault, engineWith, OPERATIONS, outcomes, rule, scenario, stateOf, subject } from '../support.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const answer = (status: number) => ({ fault: { answer: status } });

describe('calls of a rule', () => {
  test.each([
    ['fires for all requests', {}, '409 409 409 409 409 409'],
    ['fires from the third request on', { from: 3 }, '- - 409 409 409 409'],
    ['fires up to the second request', { to: 2 }, '409 409 - - - -'],
    ['fires from the second to the fourth request', { from: 2, to: 4 }, '- 409 409 409 - -'],
    ['fires for every second request', { every: 2 }, '- 409 - 409 - 409'],
    ['fires for every second request from the third on', { every: 2, from: 3 }, '- - - 409 - 409'],
    ['fires only for the second and the fifth request', { only: [2, 5] }, '- 409 - - 409 -'],
  ])('%s', (_title, calls, expected) => {
    expect(outcomes(engineWith([rule({ ...answer(409), calls })]), 6)).toBe(expected);
  });

  test('counts requests for each image separately', () => {
    const engine = engineWith([rule({ ...answer(409), calls: { per: 'image', to: 1 } })]);
    expect(outcomes(engine, 2, { imageId: 'a' })).toBe('409 -');
    expect(outcomes(engine, 2, { imageId: 'b' })).toBe('409 -');
    expect(engine.report('one')?.rules[0]).toMatchObject({ seen: 4, fired: 2 });
  });

  test.each([
    ['project', { projectId: 'a' }, { projectId: 'b' }],
    ['user', { userId: 'a' }, { userId: 'b' }],
  ])('counts requests of each %s separately', (per, one, other) => {
    const engine = engineWith([rule({ ...answer(409), calls: { per, to: 1 } })]);
    expect(outcomes(engine, 2, { caller: one })).toBe('409 -');
    expect(outcomes(engine, 2, { caller: other })).toBe('409 -');
  });

  test('tells clients apart by user and User-Agent, not by token', () => {
    const engine = engineWith([rule({ ...answer(409), calls: { per: 'client', to: 1 } })]);
    const clientOf = (agent: string, token: string) => ({
      caller: { userId: 'u', token },
      headers: { 'user-agent': agent },
    });
    expect(outcomes(engine, 1, clientOf('sdk', 't1'))).toBe('409');
    expect(outcomes(engine, 1, clientOf('cli', 't1'))).toBe('409');
    expect(outcomes(engine, 1, clientOf('sdk', 't2'))).toBe('-');
  });

  test('drops the counters of the oldest images after 10,000', () => {
    const engine = engineWith([rule({ ...answer(409), calls: { per: 'image', to: 1 } })]);
    for (let number = 0; number < 10_001; number += 1) engine.decide(subject({ imageId: `image-${number}` }));
    expect(outcomes(engine, 1, { imageId: 'image-10000' })).toBe('-');
    expect(outcomes(engine, 1, { imageId: 'image-0' })).toBe('409');
  });

  test('derives chance from the seed: the same requests in every run, about as many as configured', () => {
    const chance = rule({ ...answer(409), calls: { chance: 0.25 } });
    const first = outcomes(engineWith([chance]), 400);
    expect(outcomes(engineWith([chance]), 400)).toBe(first);
    expect(outcomes(engineWith([chance], undefined, 'other seed'), 400)).not.toBe(first);
    const fired = first.split('409').length - 1;
    expect(fired).toBeGreaterThan(70);
    expect(fired).toBeLessThan(130);
  });

  test('draws for each image separately, so that requests for other images change nothing', () => {
    const chance = rule({ ...answer(409), calls: { per: 'image', chance: 0.5 } });
    const alone = engineWith([chance]);
    const interleaved = engineWith([chance]);
    const results: string[] = [];
    for (let number = 0; number < 20; number += 1) {
      outcomes(interleaved, 3, { imageId: 'neighbor' });
      results.push(outcomes(interleaved, 1, { imageId: 'mine' }));
    }
    expect(results.join(' ')).toBe(outcomes(alone, 20, { imageId: 'mine' }));
  });
});

describe('sequences', () => {
  const steps = [{ answer: 409 }, 'pass', { answer: 503 }];
  test.each([
    ['passes requests after the last step by default', steps, '409 - 503 - - - -'],
    ['passes requests after the last step when it ends in pass', [...steps, 'pass'], '409 - 503 - - - -'],
    ['starts over when it ends in repeat', [...steps, 'repeat'], '409 - 503 409 - 503 409'],
    ['stays at the last step when it ends in last', [...steps, 'last'], '409 - 503 503 503 503 503'],
  ])('%s', (_title, sequence, expected) => {
    expect(outcomes(engineWith([rule({ sequence })]), 7)).toBe(expected);
  });

  test('advances with each request that the rule fires for, for each image separately', () => {
    const engine = engineWith([
      rule({ sequence: [{ answer: 409 }, { answer: 503 }], calls: { per: 'image', every: 2 } }),
    ]);
    expect(outcomes(engine, 5, { imageId: 'a' })).toBe('- 409 - 503 -');
    expect(outcomes(engine, 2, { imageId: 'b' })).toBe('- 409');
  });
});

describe('delays', () => {
  const delays = (delay: unknown, seed = 'seed') => {
    const engine = engineWith([rule({ fault: { delay } })], undefined, seed);
    return Array.from({ length: 200 }, () => engine.decide(subject())?.delayMilliseconds ?? -1);
  };

  test.each([
    [40, 40],
    ['250ms', 250],
    ['1.5s', 1500],
    ['2m', 120_000],
  ])('%p is always %p milliseconds', (delay, milliseconds) => {
    expect(new Set(delays(delay))).toEqual(new Set([milliseconds]));
  });

  test('uniform delays lie within their range and depend on the seed', () => {
    const drawn = delays({ uniform: { from: 10, to: 30 } });
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(30);
    expect(new Set(drawn).size).toBeGreaterThan(10);
    expect(delays({ uniform: { from: 10, to: 30 } })).toEqual(drawn);
    expect(delays({ uniform: { from: 10, to: 30 } }, 'other')).not.toEqual(drawn);
  });

  test('lognormal delays have about the given median and a long tail', () => {
    const drawn = delays({ lognormal: { median: 100, sigma: 0.5 } }).sort((a, b) => a - b);
    expect(drawn[100]).toBeGreaterThan(80);
    expect(drawn[100]).toBeLessThan(125);
    expect(drawn[199]).toBeGreaterThan(200);
  });

  test('add up, and a later rule can still set the response', () => {
    const slow = rule({ fault: { delay: 100 } }, { scenario: 'slow' });
    const late = rule({ fault: { delay: '1s', answer: 503 } }, { scenario: 'late' });
    const decision = engineWith([slow, late]).decide(subject());
    expect(decision).toMatchObject({ fault: { status: 503 }, scenario: 'late', delayMilliseconds: 1100 });
    expect(engineWith([slow]).decide(subject())).toMatchObject({ fault: { kind: 'delay' }, delayMilliseconds: 100 });
  });
});

describe('order of rules', () => {
  const named = (name: string, status: number, more = {}) => rule({ ...answer(status), ...more }, { scenario: name });

  test('the scenario enabled first wins', () => {
    const engine = engineWith([named('a', 409), named('b', 503)]);
    expect(outcomes(engine, 1)).toBe('409');
    engine.enable('a');
    expect(outcomes(engine, 1)).toBe('503');
  });

  test('a rule counts only requests for which no earlier rule fired', () => {
    const rules = [413, 409].map((status) => ({
      match: { operation: 'red.deleteImage' },
      calls: { to: 2 },
      ...answer(status),
    }));
    expect(outcomes(engineWith([scenario({ enabled: true, rules })]), 6)).toBe('413 413 409 409 - -');
  });

  test('rules for one image keep their position among the others', () => {
    const forImage = { operation: 'red.deleteImage', image: { id: 'i' } };
    const rules = [
      { match: { operation: 'red.deleteImage' }, calls: { to: 1 }, ...answer(413) },
      { match: forImage, calls: { to: 1 }, ...answer(409) },
      { match: { operation: 'red.deleteImage' }, calls: { to: 1 }, ...answer(503) },
      { match: forImage, ...answer(403) },
    ];
    const engine = engineWith([scenario({ enabled: true, rules })]);
    expect(outcomes(engine, 4)).toBe('413 409 503 403');
    expect(outcomes(engine, 1, { imageId: 'another' })).toBe('-');
  });

  test('one-off faults come before scenarios, in the order they were armed, and fire once each', () => {
    const engine = engineWith([named('a', 409)]);
    const first = engine.arm(armedFault(answer(503)));
    engine.arm(armedFault(answer(413)));
    expect(first).toMatchObject({ id: 'fault-1', seen: 0, fired: 0, isExpired: false });
    expect(engine.decide(subject())).toMatchObject({ fault: { status: 503 }, scenario: 'fault-1' });
    expect(engine.armed().map(({ id, fired, isExpired }) => [id, fired, isExpired])).toEqual([
      ['fault-1', 1, true],
      ['fault-2', 0, false],
    ]);
    expect(outcomes(engine, 2)).toBe('413 409');
  });

  test('a one-off fault fires as often as "calls" allows, or as its sequence has steps', () => {
    const engine = engineWith([]);
    engine.arm(armedFault({ ...answer(503), calls: { to: 2 } }));
    engine.arm(armedFault({ sequence: [{ answer: 409 }, { answer: 413 }] }));
    expect(outcomes(engine, 5)).toBe('503 503 409 413 -');
  });

  test('a one-off fault armed twice fires twice, a disarmed one never', () => {
    const engine = engineWith([]);
    const unavailable = armedFault(answer(503));
    engine.arm(unavailable);
    engine.arm(unavailable);
    expect(outcomes(engine, 3)).toBe('503 503 -');
    const { id } = engine.arm(unavailable);
    engine.arm(armedFault(answer(409)));
    expect([engine.disarm(id), engine.disarm(id)]).toEqual([true, false]);
    expect(outcomes(engine, 1)).toBe('409');
    engine.arm(unavailable);
    expect(engine.disarmAll()).toBe(4);
    expect(engine.armed()).toEqual([]);
    expect(outcomes(engine, 1)).toBe('-');
  });
});

describe('scenarios in a world', () => {
  test('start when enabled, count from zero each time, and stop when disabled', () => {
    const engine = engineWith([rule({ ...answer(409), calls: { to: 1 } }, { enabled: false })]);
    expect(outcomes(engine, 1)).toBe('-');
    engine.enable('one');
    expect(outcomes(engine, 2)).toBe('409 -');
    engine.enable('one');
    expect(engine.report('one')?.rules[0]?.fired).toBe(0);
    expect(outcomes(engine, 2)).toBe('409 -');
    engine.disable('one');
    expect(engine.report('one')).toMatchObject({ isEnabled: false, rules: [{ seen: 2, fired: 1 }] });
  });

  test('expire after the number of requests they were enabled for', () => {
    const engine = engineWith([rule({ ...answer(409), calls: { every: 2 } }, { enabled: false })]);
    engine.enable('one', { calls: 2 });
    expect(outcomes(engine, 2)).toBe('- 409');
    expect(engine.report('one')).toMatchObject({ isEnabled: true, callsLeft: 1 });
    expect(outcomes(engine, 4)).toBe('- 409 - -');
    expect(engine.report('one')?.isEnabled).toBe(false);
  });

  test('expire by the clock of the world after the time they were enabled for', () => {
    const clock = new Clock({ frozenAt: NOON, offset: 0 });
    const engine = engineWith([rule(answer(409), { enabled: false })], clock);
    engine.enable('one', { seconds: 30 });
    expect(engine.report('one')).toMatchObject({ isEnabled: true, until: NOON + 30_000 });
    clock.advance(29_999);
    expect(outcomes(engine, 1)).toBe('409');
    clock.advance(1);
    expect(outcomes(engine, 1)).toBe('-');
    expect(engine.report('one')?.isEnabled).toBe(false);
  });

  test('can be created, replaced and removed; replacing a scenario resets its counters', () => {
    const engine = engineWith([rule(answer(409))]);
    outcomes(engine, 1);
    engine.put(rule(answer(503)));
    expect(engine.list()).toMatchObject([{ name: 'one', isEnabled: true, rules: [{ fired: 0 }] }]);
    expect(outcomes(engine, 1)).toBe('503');
    expect([engine.remove('one'), engine.remove('one')]).toEqual([true, false]);
    expect(outcomes(engine, 1)).toBe('-');
    expect(engine.list()).toEqual([]);
  });

  test('rejects an unknown name and suggests the nearest one', () => {
    const engine = engineWith([rule(answer(409), { scenario: 'delete-conflict' })]);
    for (const toggle of ['enable', 'disable'] as const) {
      expect(() => engine[toggle]('delete-conflct')).toThrow(InputError);
      expect(() => engine[toggle]('delete-conflct')).toThrow('did you mean "delete-conflict"?');
    }
  });

  test('a fork copies enabled scenarios with counters at zero; changes in either do not affect the other', () => {
    const parent = engineWith([rule({ ...answer(409), calls: { to: 1 } })]);
    outcomes(parent, 1);
    parent.arm(armedFault(answer(503)));
    const child = new FaultEngine(parent.snapshot());
    expect(outcomes(child, 2)).toBe('409 -');
    expect(child.armed()).toEqual([]);
    child.disable('one');
    child.put(rule(answer(404), { scenario: 'mine' }));
    expect(parent.report('one')?.isEnabled).toBe(true);
    expect(parent.scenario('mine')).toBeUndefined();
    expect(child.report('one')?.isEnabled).toBe(false);
  });

  test('an engine created from the initial state again has all its scenarios back', () => {
    const origin = stateOf([rule(answer(409)), rule(answer(503), { scenario: 'off', enabled: false })]);
    const engine = new FaultEngine(origin);
    engine.remove('one');
    engine.enable('off');
    const again = new FaultEngine(origin);
    expect(again.list().map(({ name, isEnabled }) => [name, isEnabled])).toEqual([
      ['one', true],
      ['off', false],
    ]);
  });

  test('engines share their initial state, and requests do not change it', () => {
    const state = stateOf([rule(answer(409))]);
    const engine = new FaultEngine(state);
    outcomes(engine, 3);
    expect(engine.snapshot().scenarios).toBe(state.scenarios);
  });

  test('reports faults that were armed or enabled and never fired, not scenarios enabled from the start', () => {
    const engine = new FaultEngine(stateOf([rule(answer(409), { scenario: 'from-the-start' })]));
    expect(engine.unusedFaults()).toEqual([]);
    engine.put(rule(answer(503), { scenario: 'put-later' }));
    const { id } = engine.arm(armedFault({ match: { operation: 'red.showImage' }, fault: { answer: 404 } }));
    expect(engine.unusedFaults()).toEqual([
      { scenario: id, rule: 0, operations: ['red.showImage'] },
      { scenario: 'put-later', rule: 0, operations: ['red.deleteImage'] },
    ]);
    outcomes(engine, 1, { operation: 'red.showImage' });
    engine.disable('from-the-start');
    outcomes(engine, 1);
    expect(engine.unusedFaults()).toEqual([]);
  });
});

describe('faults that a request asks for', () => {
  const library = new ScenarioLibrary({ operations: OPERATIONS, shipped: null });
  const engineWithLibrary = (...scenarios: readonly Scenario[]) => {
    const engine = new FaultEngine(initialFaults('seed', library));
    for (const scenario of scenarios) engine.put(scenario);
    return engine;
  };

  test.each([
    ['code=409', '409'],
    ['respond-async, Code="413"', '413'],
    ['code=409; foo=bar', '409'],
    ['code=418', '-'],
    ['code=4090', '-'],
    ['handling=lenient', '-'],
  ])('Prefer: %s returns %s, because only documented statuses can be requested', (prefer, expected) => {
    expect(outcomes(engineWithLibrary(), 1, { headers: { prefer } })).toBe(expected);
  });

  test('X-Sideglance-Scenario applies a disabled scenario to the requests that carry it', () => {
    const engine = engineWithLibrary(rule({ ...answer(409), calls: { to: 2 } }, { enabled: false }));
    const headers = { 'x-sideglance-scenario': 'one' };
    expect(outcomes(engine, 1, { headers })).toBe('409');
    expect(outcomes(engine, 1)).toBe('-');
    expect(outcomes(engine, 2, { headers })).toBe('409 -');
  });

  test('a scenario that is enabled anyway counts the request once', () => {
    const engine = engineWithLibrary(rule({ ...answer(409), calls: { only: [2] } }));
    const headers = { 'x-sideglance-scenario': 'one' };
    expect(outcomes(engine, 3, { headers })).toBe('- 409 -');
  });

  test('an unknown name returns 400 and suggests the nearest one', () => {
    const decision = engineWithLibrary(rule(answer(409), { scenario: 'conflict' })).decide(
      subject({ headers: { 'x-sideglance-scenario': 'conflit' } }),
    );
    expect(decision?.fault).toMatchObject({
      kind: 'answer',
      status: 400,
      message: 'X-Sideglance-Scenario: no scenario is called "conflit"; did you mean "conflict"?',
    });
  });
});

test('rules for other operations and other images are not evaluated, however many there are', () => {
  const rules = Array.from({ length: 5000 }, (_, number) => ({
    match: { operation: 'red.deleteImage', image: { id: `image-${number}` } },
    ...answer(409),
  }));
  const engine = engineWith([scenario({ enabled: true, rules })]);
  let imageLookups = 0;
  const image = () => {
    imageLookups += 1;
    return undefined;
  };
  const request = { ...subject({ imageId: 'image-4999' }), image };
  expect(engine.decide({ ...request, operation: 'red.showImage' })).toBeUndefined();
  expect(engine.decide(request)).toMatchObject({ rule: 4999 });
  expect(imageLookups).toBe(0);
  expect(engine.report('one')?.rules.filter(({ seen }) => seen > 0)).toHaveLength(1);
});
