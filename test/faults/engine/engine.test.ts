import { describe, expect, test } from '@jest/globals';
import { Clock } from '../../../src/domain/clock.ts';
import { FaultEngine, initialFaults } from '../../../src/faults/engine/engine.ts';
import { ScenarioLibrary } from '../../../src/faults/scenario-file/library.ts';
import { InputError } from '../../../src/input/input-error.ts';
import { armedFault, engineOf, OPERATIONS, play, rule, scenario, stateOf, subject } from '../support.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const answer = (status: number) => ({ fault: { answer: status } });

describe('which calls a rule takes', () => {
  test.each([
    ['all of them', {}, '409 409 409 409 409 409'],
    ['from the third', { from: 3 }, '- - 409 409 409 409'],
    ['up to the second', { to: 2 }, '409 409 - - - -'],
    ['from the second to the fourth', { from: 2, to: 4 }, '- 409 409 409 - -'],
    ['every second', { every: 2 }, '- 409 - 409 - 409'],
    ['every second from the third on', { every: 2, from: 3 }, '- - - 409 - 409'],
    ['the second and the fifth alone', { only: [2, 5] }, '- 409 - - 409 -'],
  ])('%s', (_title, calls, expected) => {
    expect(play(engineOf([rule({ ...answer(409), calls })]), 6)).toBe(expected);
  });

  test('counts each image on its own', () => {
    const engine = engineOf([rule({ ...answer(409), calls: { per: 'image', to: 1 } })]);
    expect(play(engine, 2, { imageId: 'a' })).toBe('409 -');
    expect(play(engine, 2, { imageId: 'b' })).toBe('409 -');
    expect(engine.report('one')?.rules[0]).toMatchObject({ seen: 4, taken: 2 });
  });

  test.each([
    ['project', { projectId: 'a' }, { projectId: 'b' }],
    ['user', { userId: 'a' }, { userId: 'b' }],
  ])('counts each %s on its own', (per, one, other) => {
    const engine = engineOf([rule({ ...answer(409), calls: { per, to: 1 } })]);
    expect(play(engine, 2, { caller: one })).toBe('409 -');
    expect(play(engine, 2, { caller: other })).toBe('409 -');
  });

  test('takes two programs of one user for two clients, and one that logged in again for the same', () => {
    const engine = engineOf([rule({ ...answer(409), calls: { per: 'client', to: 1 } })]);
    const of = (agent: string, token: string) => ({ caller: { userId: 'u', token }, headers: { 'user-agent': agent } });
    expect(play(engine, 1, of('sdk', 't1'))).toBe('409');
    expect(play(engine, 1, of('cli', 't1'))).toBe('409');
    expect(play(engine, 1, of('sdk', 't2'))).toBe('-');
  });

  test('forgets the oldest of very many images rather than growing for ever', () => {
    const engine = engineOf([rule({ ...answer(409), calls: { per: 'image', to: 1 } })]);
    for (let number = 0; number < 10_001; number += 1) engine.decide(subject({ imageId: `image-${number}` }));
    expect(play(engine, 1, { imageId: 'image-10000' })).toBe('-');
    expect(play(engine, 1, { imageId: 'image-0' })).toBe('409');
  });

  test('draws chance from the seed: the same calls in every run, about as many as asked for', () => {
    const chance = rule({ ...answer(409), calls: { chance: 0.25 } });
    const first = play(engineOf([chance]), 400);
    expect(play(engineOf([chance]), 400)).toBe(first);
    expect(play(engineOf([chance], undefined, 'other seed'), 400)).not.toBe(first);
    const taken = first.split('409').length - 1;
    expect(taken).toBeGreaterThan(70);
    expect(taken).toBeLessThan(130);
  });

  test('draws for each image apart, so that neighbours shift nothing', () => {
    const chance = rule({ ...answer(409), calls: { per: 'image', chance: 0.5 } });
    const alone = engineOf([chance]);
    const among = engineOf([chance]);
    const fates: string[] = [];
    for (let number = 0; number < 20; number += 1) {
      play(among, 3, { imageId: 'neighbour' });
      fates.push(play(among, 1, { imageId: 'mine' }));
    }
    expect(fates.join(' ')).toBe(play(alone, 20, { imageId: 'mine' }));
  });
});

describe('sequences', () => {
  const steps = [{ answer: 409 }, 'pass', { answer: 503 }];
  test.each([
    ['calls pass after the last when nothing is said', steps, '409 - 503 - - - -'],
    ['calls pass after the last when it ends in pass', [...steps, 'pass'], '409 - 503 - - - -'],
    ['starts over when it ends in repeat', [...steps, 'repeat'], '409 - 503 409 - 503 409'],
    ['stays with the last when it ends in last', [...steps, 'last'], '409 - 503 503 503 503 503'],
  ])('%s', (_title, sequence, expected) => {
    expect(play(engineOf([rule({ sequence })]), 7)).toBe(expected);
  });

  test('move on by calls taken, for each image on its own', () => {
    const engine = engineOf([
      rule({ sequence: [{ answer: 409 }, { answer: 503 }], calls: { per: 'image', every: 2 } }),
    ]);
    expect(play(engine, 5, { imageId: 'a' })).toBe('- 409 - 503 -');
    expect(play(engine, 2, { imageId: 'b' })).toBe('- 409');
  });
});

describe('delays', () => {
  const delays = (delay: unknown, seed = 'seed') => {
    const engine = engineOf([rule({ fault: { delay } })], undefined, seed);
    return Array.from({ length: 200 }, () => engine.decide(subject())?.delayMilliseconds ?? -1);
  };

  test.each([
    [40, 40],
    ['250ms', 250],
    ['1.5s', 1500],
    ['2m', 120_000],
  ])('%p is %p milliseconds each time', (written, milliseconds) => {
    expect(new Set(delays(written))).toEqual(new Set([milliseconds]));
  });

  test('uniform ones lie between their ends and come from the seed', () => {
    const drawn = delays({ uniform: { from: 10, to: 30 } });
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(30);
    expect(new Set(drawn).size).toBeGreaterThan(10);
    expect(delays({ uniform: { from: 10, to: 30 } })).toEqual(drawn);
    expect(delays({ uniform: { from: 10, to: 30 } }, 'other')).not.toEqual(drawn);
  });

  test('lognormal ones have about the median that was asked for, and a long tail', () => {
    const drawn = delays({ lognormal: { median: 100, sigma: 0.5 } }).sort((a, b) => a - b);
    expect(drawn[100]).toBeGreaterThan(80);
    expect(drawn[100]).toBeLessThan(125);
    expect(drawn[199]).toBeGreaterThan(200);
  });

  test('add up, and leave the answer to a later rule', () => {
    const slow = rule({ fault: { delay: 100 } }, { scenario: 'slow' });
    const late = rule({ fault: { delay: '1s', answer: 503 } }, { scenario: 'late' });
    const decision = engineOf([slow, late]).decide(subject());
    expect(decision).toMatchObject({ fault: { status: 503 }, scenario: 'late', delayMilliseconds: 1100 });
    expect(engineOf([slow]).decide(subject())).toMatchObject({ fault: { kind: 'delay' }, delayMilliseconds: 100 });
  });
});

describe('which rule comes first', () => {
  const named = (name: string, status: number, more = {}) => rule({ ...answer(status), ...more }, { scenario: name });

  test('the scenario that was enabled first has the call', () => {
    const engine = engineOf([named('a', 409), named('b', 503)]);
    expect(play(engine, 1)).toBe('409');
    engine.enable('a');
    expect(play(engine, 1)).toBe('503');
  });

  test('a later rule counts only the calls that no earlier rule took', () => {
    const rules = [413, 409].map((status) => ({
      match: { operation: 'red.deleteImage' },
      calls: { to: 2 },
      ...answer(status),
    }));
    expect(play(engineOf([scenario({ enabled: true, rules })]), 6)).toBe('413 413 409 409 - -');
  });

  test('rules for one image keep their place among the others', () => {
    const one = { operation: 'red.deleteImage', image: { id: 'i' } };
    const rules = [
      { match: { operation: 'red.deleteImage' }, calls: { to: 1 }, ...answer(413) },
      { match: one, calls: { to: 1 }, ...answer(409) },
      { match: { operation: 'red.deleteImage' }, calls: { to: 1 }, ...answer(503) },
      { match: one, ...answer(403) },
    ];
    const engine = engineOf([scenario({ enabled: true, rules })]);
    expect(play(engine, 4)).toBe('413 409 503 403');
    expect(play(engine, 1, { imageId: 'another' })).toBe('-');
  });

  test('one-off faults come before scenarios, in the order they were armed, each for one call', () => {
    const engine = engineOf([named('a', 409)]);
    const first = engine.arm(armedFault(answer(503)));
    engine.arm(armedFault(answer(413)));
    expect(first).toMatchObject({ id: 'fault-1', seen: 0, taken: 0, isExpired: false });
    expect(engine.decide(subject())).toMatchObject({ fault: { status: 503 }, scenario: 'fault-1' });
    expect(engine.armed().map(({ id, taken, isExpired }) => [id, taken, isExpired])).toEqual([
      ['fault-1', 1, true],
      ['fault-2', 0, false],
    ]);
    expect(play(engine, 2)).toBe('413 409');
  });

  test('a one-off fault takes as many calls as it says, or as its sequence has steps', () => {
    const engine = engineOf([]);
    engine.arm(armedFault({ ...answer(503), calls: { to: 2 } }));
    engine.arm(armedFault({ sequence: [{ answer: 409 }, { answer: 413 }] }));
    expect(play(engine, 5)).toBe('503 503 409 413 -');
  });

  test('a one-off fault that is armed twice strikes twice, and disarmed ones not at all', () => {
    const engine = engineOf([]);
    const twice = armedFault(answer(503));
    engine.arm(twice);
    engine.arm(twice);
    expect(play(engine, 3)).toBe('503 503 -');
    const { id } = engine.arm(twice);
    engine.arm(armedFault(answer(409)));
    expect([engine.disarm(id), engine.disarm(id)]).toEqual([true, false]);
    expect(play(engine, 1)).toBe('409');
    engine.arm(twice);
    expect(engine.disarmAll()).toBe(4);
    expect(engine.armed()).toEqual([]);
    expect(play(engine, 1)).toBe('-');
  });
});

describe('scenarios in a world', () => {
  test('are off until enabled, count from zero each time, and stop when disabled', () => {
    const engine = engineOf([rule({ ...answer(409), calls: { to: 1 } }, { enabled: false })]);
    expect(play(engine, 1)).toBe('-');
    engine.enable('one');
    expect(play(engine, 2)).toBe('409 -');
    engine.enable('one');
    expect(engine.report('one')?.rules[0]?.taken).toBe(0);
    expect(play(engine, 2)).toBe('409 -');
    engine.disable('one');
    expect(engine.report('one')).toMatchObject({ isEnabled: false, rules: [{ seen: 2, taken: 1 }] });
  });

  test('go off after the calls for which they were enabled', () => {
    const engine = engineOf([rule({ ...answer(409), calls: { every: 2 } }, { enabled: false })]);
    engine.enable('one', { calls: 2 });
    expect(play(engine, 2)).toBe('- 409');
    expect(engine.report('one')).toMatchObject({ isEnabled: true, callsLeft: 1 });
    expect(play(engine, 4)).toBe('- 409 - -');
    expect(engine.report('one')?.isEnabled).toBe(false);
  });

  test('go off when the time is over for which they were enabled, by the clock of the world', () => {
    const clock = new Clock({ frozenAt: NOON, offset: 0 });
    const engine = engineOf([rule(answer(409), { enabled: false })], clock);
    engine.enable('one', { seconds: 30 });
    expect(engine.report('one')).toMatchObject({ isEnabled: true, until: NOON + 30_000 });
    clock.advance(29_999);
    expect(play(engine, 1)).toBe('409');
    clock.advance(1);
    expect(play(engine, 1)).toBe('-');
    expect(engine.report('one')?.isEnabled).toBe(false);
  });

  test('can be put, put again and removed; a new text replaces the old one and its counts', () => {
    const engine = engineOf([rule(answer(409))]);
    play(engine, 1);
    engine.put(rule(answer(503)));
    expect(engine.list()).toMatchObject([{ name: 'one', isEnabled: true, rules: [{ taken: 0 }] }]);
    expect(play(engine, 1)).toBe('503');
    expect([engine.remove('one'), engine.remove('one')]).toEqual([true, false]);
    expect(play(engine, 1)).toBe('-');
    expect(engine.list()).toEqual([]);
  });

  test('a name that no scenario has is refused with the nearest one', () => {
    const engine = engineOf([rule(answer(409), { scenario: 'delete-conflict' })]);
    for (const toggle of ['enable', 'disable'] as const) {
      expect(() => engine[toggle]('delete-conflct')).toThrow(InputError);
      expect(() => engine[toggle]('delete-conflct')).toThrow('did you mean "delete-conflict"?');
    }
  });

  test('a fork takes what plays and counts from zero; neither sees what the other changes', () => {
    const parent = engineOf([rule({ ...answer(409), calls: { to: 1 } })]);
    play(parent, 1);
    parent.arm(armedFault(answer(503)));
    const child = new FaultEngine(parent.snapshot());
    expect(play(child, 2)).toBe('409 -');
    expect(child.armed()).toEqual([]);
    child.disable('one');
    child.put(rule(answer(404), { scenario: 'mine' }));
    expect(parent.report('one')?.isEnabled).toBe(true);
    expect(parent.scenario('mine')).toBeUndefined();
    expect(child.report('one')?.isEnabled).toBe(false);
  });

  test('an engine made again from its first state is as it was, removed scenarios and all', () => {
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

  test('a state is shared, not copied: making an engine of it and asking it changes nothing', () => {
    const state = stateOf([rule(answer(409))]);
    const engine = new FaultEngine(state);
    play(engine, 3);
    expect(engine.snapshot().scenarios).toBe(state.scenarios);
  });

  test('says what was asked for and never happened, but not what merely plays from the start', () => {
    const engine = new FaultEngine(stateOf([rule(answer(409), { scenario: 'from-the-start' })]));
    expect(engine.unusedFaults()).toEqual([]);
    engine.put(rule(answer(503), { scenario: 'wanted' }));
    const { id } = engine.arm(armedFault({ match: { operation: 'red.showImage' }, fault: { answer: 404 } }));
    expect(engine.unusedFaults()).toEqual([
      { scenario: id, rule: 0, operations: ['red.showImage'] },
      { scenario: 'wanted', rule: 0, operations: ['red.deleteImage'] },
    ]);
    play(engine, 1, { operation: 'red.showImage' });
    engine.disable('from-the-start');
    play(engine, 1);
    expect(engine.unusedFaults()).toEqual([]);
  });
});

describe('requests that name their own fault', () => {
  const library = new ScenarioLibrary({ operations: OPERATIONS, shipped: null });
  const engineWith = (...scenarios: Parameters<typeof engineOf>[0]) => {
    const engine = new FaultEngine(initialFaults('seed', library));
    for (const one of scenarios) engine.put(one);
    return engine;
  };

  test.each([
    ['code=409', '409'],
    ['respond-async, Code="413"', '413'],
    ['code=409; foo=bar', '409'],
    ['code=418', '-'],
    ['code=4090', '-'],
    ['handling=lenient', '-'],
  ])('Prefer: %s gives %s, since only documented codes can be had', (prefer, expected) => {
    expect(play(engineWith(), 1, { headers: { prefer } })).toBe(expected);
  });

  test('X-Sideglance-Scenario plays a scenario that is off, for the calls that carry it alone', () => {
    const engine = engineWith(rule({ ...answer(409), calls: { to: 2 } }, { enabled: false }));
    const headers = { 'x-sideglance-scenario': 'one' };
    expect(play(engine, 1, { headers })).toBe('409');
    expect(play(engine, 1)).toBe('-');
    expect(play(engine, 2, { headers })).toBe('409 -');
  });

  test('a scenario that plays anyway is not counted twice', () => {
    const engine = engineWith(rule({ ...answer(409), calls: { only: [2] } }));
    const headers = { 'x-sideglance-scenario': 'one' };
    expect(play(engine, 3, { headers })).toBe('- 409 -');
  });

  test('an unknown name answers 400 and says what is nearest', () => {
    const decision = engineWith(rule(answer(409), { scenario: 'conflict' })).decide(
      subject({ headers: { 'x-sideglance-scenario': 'conflit' } }),
    );
    expect(decision?.fault).toMatchObject({
      kind: 'answer',
      status: 400,
      message: 'X-Sideglance-Scenario: no scenario is called "conflit"; did you mean "conflict"?',
    });
  });
});

test('rules for other operations and other images are not even asked, however many there are', () => {
  const rules = Array.from({ length: 5000 }, (_, number) => ({
    match: { operation: 'red.deleteImage', image: { id: `image-${number}` } },
    ...answer(409),
  }));
  const engine = engineOf([scenario({ enabled: true, rules })]);
  let asked = 0;
  const image = () => {
    asked += 1;
    return undefined;
  };
  const watched = { ...subject({ imageId: 'image-4999' }), image };
  expect(engine.decide({ ...watched, operation: 'red.showImage' })).toBeUndefined();
  expect(engine.decide(watched)).toMatchObject({ rule: 4999 });
  expect(asked).toBe(0);
  expect(engine.report('one')?.rules.filter(({ seen }) => seen > 0)).toHaveLength(1);
});
