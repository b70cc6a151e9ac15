import { describe, expect, test } from '@jest/globals';
import { Clock } from '../../../src/domain/clock.ts';
import type { Image } from '../../../src/domain/image.ts';
import { FaultEngine as Engine, type FaultEngine, initialFaults } from '../../../src/faults/engine/engine.ts';
import type { Probe } from '../../../src/faults/engine/explain.ts';
import { ScenarioLibrary } from '../../../src/faults/scenario-file/library.ts';
import { armedFault, engineWith, OPERATIONS, outcomes, rule, scenario } from '../support.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const operation = 'red.deleteImage';
const fault = { answer: 409 };
const named = (name: string) => ({ id: `id-of-${name}`, name });

/** Returns one line for each explained rule: its place, the outcome and the reasons. */
const explain = (engine: FaultEngine, probe: Partial<Probe> = {}): readonly string[] =>
  engine
    .explain({ operation, ...probe })
    .map((explanation) =>
      [`${explanation.scenario}/${explanation.rule} ${explanation.outcome}`, ...explanation.why].join('; '),
    );

test('lists rules in the order of evaluation, with the one that fires for the next request', () => {
  const engine = engineWith([
    rule({ fault: { delay: 5 } }, { scenario: 'slow' }),
    scenario({
      scenario: 'two',
      enabled: true,
      rules: [
        { match: { operation: 'red.showImage' }, fault: { answer: 404 } },
        { match: { operation, image: { id: 'a' } }, fault },
        { match: { operation }, fault: { answer: 503 } },
      ],
    }),
    rule({ fault }, { scenario: 'last' }),
    rule({ fault }, { scenario: 'off', enabled: false }),
  ]);
  engine.arm(armedFault({ match: { operation, image: { id: 'a' } }, fault }));
  expect(explain(engine, { image: { id: 'b', value: undefined } })).toEqual([
    'fault-1/0 passes; image {"id":"a"} does not match',
    'slow/0 adds',
    'two/1 passes; image {"id":"a"} does not match',
    'two/2 takes',
    'last/0 passes; two, rule 2, takes the request first',
  ]);
  expect(explain(engine, { image: { id: 'a', value: undefined } })[0]).toBe('fault-1/0 takes');
  expect(explain(engine)[0]).toBe('fault-1/0 depends; image {"id":"a"}');
  engine.enable('slow');
  expect(explain(engine, { image: { id: 'b', value: undefined } }).at(-1)).toBe(
    'slow/0 passes; two, rule 2, takes the request first',
  );
});

describe('explains why a rule does not fire for the next request', () => {
  test.each<[string, Readonly<Record<string, unknown>>, number, string]>([
    ['from', { fault, calls: { from: 3 } }, 1, 'it starts with request 3, and this is request 2'],
    ['to', { fault, calls: { to: 2 } }, 4, 'it ends with request 2, and this is request 5'],
    ['every', { fault, calls: { every: 3 } }, 0, 'it fires for one in 3 requests, and this is request 1'],
    ['only', { fault, calls: { only: [2, 5] } }, 2, 'it fires only for requests 2, 5, and this is request 3'],
    ['times', { fault, calls: { times: 2 } }, 2, 'it has fired 2 times, which is its maximum'],
    ['after', { fault, calls: { after: '5s' } }, 1, 'it starts at 2026-11-21T12:00:05.000Z'],
    ['until', { fault, calls: { until: '1s' } }, 1, 'it ended at 2026-11-21T12:00:01.000Z'],
    ['for', { fault, calls: { for: '1s' } }, 1, 'the time since it first fired is over'],
    ['the end of a sequence', { sequence: [fault, fault] }, 2, 'its sequence has ended'],
    ['a pass step', { sequence: ['pass', fault] }, 0, 'its sequence passes this request'],
    ['a limit', { fault: { limit: { requests: 5, per: '1m' } } }, 2, '3 tokens are left'],
  ])('because of %s', (title, parts, requests, why) => {
    const clock = new Clock({ frozenAt: NOON, offset: 0 });
    const engine = engineWith([rule(parts)], clock);
    outcomes(engine, requests);
    if (/after|until|for/.test(title)) clock.advance(1000);
    expect(explain(engine)).toEqual([`one/0 passes; ${why}`]);
  });

  test('because of chance, as the seed determines', () => {
    const engine = engineWith([rule({ fault, calls: { chance: 0.5 } })]);
    expect(explain(engine)).toEqual(['one/0 depends; draws a random number for each client']);
    for (let number = 1; number <= 20; number += 1) {
      const [explained] = explain(engine, { user: { id: '', name: '' }, client: '' });
      expect([explained, outcomes(engine, 1)]).toEqual(
        explained === 'one/0 takes' ? ['one/0 takes', '409'] : [`one/0 passes; chance skips request ${number}`, '-'],
      );
    }
  });

  test('because of the state, or because the scenario has expired', () => {
    const states = { initial: 'up', per: 'image', byHand: ['down'] };
    const machine = scenario({ states, rules: [{ when: 'down', match: { operation }, fault }] });
    const clock = new Clock({ frozenAt: NOON, offset: 0 });
    const engine = engineWith([machine], clock);
    engine.enable('one', { seconds: 1 });
    const image = { id: 'a', value: undefined };
    expect(explain(engine, { image })).toEqual(['one/0 passes; the state is up, not down']);
    engine.setState('one', 'down', 'a');
    expect(explain(engine, { image })).toEqual(['one/0 takes']);
    expect(explain(engine)).toEqual(['one/0 depends; has a state for each image']);
    clock.advance(1000);
    expect(explain(engine, { image })).toEqual(['one/0 passes; its scenario has expired']);
  });
});

test('names only the conditions that the probe does not decide', () => {
  const match = { operation, image: { name: 'web-*' }, project: 'demo', user: 'u', client: 'sdk*', header: { a: 'b' } };
  const engine = engineWith([rule({ match, fault, calls: { per: 'client', to: 1 } })]);
  expect(explain(engine)).toEqual([
    'one/0 depends; image {"name":"web-*"}; project "demo"; user "u"; client "sdk*"; header {"a":"b"}; counts requests for each client',
  ]);
  const image = { id: 'i', value: { name: 'web-1' } as Image };
  const known = { image, project: named('demo'), user: named('u'), client: 'sdk 1' };
  expect(explain(engine, known)).toEqual(['one/0 depends; header {"a":"b"}']);
  expect(explain(engine, { ...known, project: named('other') })).toEqual([
    'one/0 passes; project "demo" does not match',
  ]);
});

test('does not count as a request', () => {
  const engine = engineWith([rule({ fault, calls: { to: 1 } })]);
  for (let number = 0; number < 5; number += 1) expect(explain(engine)).toEqual(['one/0 takes']);
  expect(engine.report('one')?.rules[0]).toMatchObject({ seen: 0, fired: 0 });
});

test('rejects an unknown operation and suggests the nearest', () => {
  const library = new ScenarioLibrary({ operations: OPERATIONS, shipped: null });
  const engine = new Engine(initialFaults('seed', library));
  expect(() => engine.explain({ operation: 'red.deletImage' })).toThrow('did you mean "red.deleteImage"?');
});

describe('the list of all unused faults', () => {
  const places = (engine: FaultEngine) =>
    engine.allUnusedFaults().map(({ scenario: name, rule: index }) => `${name}/${index}`);

  test('contains faults that were disarmed, disabled, replaced or removed', () => {
    const engine = engineWith([]);
    const { id } = engine.arm(armedFault({ fault }));
    engine.disarm(id);
    engine.arm(armedFault({ fault }));
    engine.disarmAll();
    for (const name of ['disabled', 'replaced', 'removed']) engine.put(rule({ fault }, { scenario: name }));
    engine.disable('disabled');
    engine.put(rule({ fault }, { scenario: 'replaced', enabled: false }));
    engine.remove('removed');
    expect(engine.unusedFaults()).toEqual([]);
    expect(places(engine)).toEqual(['fault-1/0', 'fault-2/0', 'disabled/0', 'replaced/0', 'removed/0']);
  });

  test('omits a rule that fired while it was enabled before', () => {
    const engine = engineWith([rule({ fault })]);
    engine.enable('one');
    outcomes(engine, 1);
    engine.enable('one');
    expect(places(engine)).toEqual([]);
    engine.disable('one');
    expect(places(engine)).toEqual([]);
  });

  test('contains the other rules of a scenario that has expired', () => {
    const rules = [
      { match: { operation: 'red.showImage' }, fault: { answer: 404 } },
      { match: { operation }, fault },
    ];
    const engine = engineWith([scenario({ rules })]);
    engine.enable('one', { calls: 2 });
    expect(outcomes(engine, 3)).toBe('409 409 -');
    expect(places(engine)).toEqual(['one/0']);
  });

  test('contains a rule once, however often it was enabled', () => {
    const engine = engineWith([rule({ fault })]);
    for (let number = 0; number < 3; number += 1) engine.enable('one');
    expect(places(engine)).toEqual(['one/0']);
  });

  test('keeps the latest 1,000 entries', () => {
    const engine = engineWith([]);
    for (let number = 0; number < 1200; number += 1) engine.disarm(engine.arm(armedFault({ fault })).id);
    expect(engine.allUnusedFaults()).toHaveLength(1000);
    expect(places(engine)[0]).toBe('fault-201/0');
  });
});
