import { describe, expect, test } from '@jest/globals';
import type { FaultEngine } from '../../../src/faults/engine/engine.ts';
import { FaultEngine as Engine } from '../../../src/faults/engine/engine.ts';
import { InputError } from '../../../src/input/input-error.ts';
import { engineWith, outcomes, scenario, subject } from '../support.ts';

const remove = { operation: 'red.deleteImage' };
const show = { operation: 'red.showImage' };

/** Parses an enabled scenario with states. */
const machine = (states: unknown, rules: readonly unknown[], more = {}) =>
  scenario({ enabled: true, states, rules, ...more });

const stateOf = (engine: FaultEngine) => engine.report('one')?.states;

describe('a scenario with states', () => {
  // A delete makes the image busy. Every second read frees it.
  const busy = machine({ initial: 'free', per: 'image' }, [
    { when: 'free', match: remove, fault: { answer: 403 }, goto: 'busy' },
    { when: 'busy', match: remove, fault: { answer: 409 } },
    { when: 'busy', match: show, calls: { every: 2 }, goto: 'free' },
  ]);

  test('evaluates the rules of the current state and changes state when they fire', () => {
    const engine = engineWith([busy]);
    expect(outcomes(engine, 3)).toBe('403 409 409');
    expect(outcomes(engine, 1, { operation: 'red.showImage' })).toBe('-');
    expect(outcomes(engine, 1)).toBe('409');
    expect(outcomes(engine, 1, { operation: 'red.showImage' })).toBe('-');
    expect(outcomes(engine, 2)).toBe('403 409');
  });

  test('keeps a separate state for each image and reports them', () => {
    const engine = engineWith([busy]);
    outcomes(engine, 1, { imageId: 'a' });
    expect(outcomes(engine, 1, { imageId: 'b' })).toBe('403');
    expect(outcomes(engine, 1, { imageId: 'a' })).toBe('409');
    expect(stateOf(engine)).toEqual({
      initial: 'free',
      per: 'image',
      all: ['free', 'busy'],
      common: 'free',
      own: new Map([
        ['a', 'busy'],
        ['b', 'busy'],
      ]),
    });
  });

  test.each([
    ['project', { projectId: 'a' }, { projectId: 'b' }],
    ['user', { userId: 'a' }, { userId: 'b' }],
  ])('keeps a separate state for each %s', (per, one, other) => {
    const rules = [{ when: 'up', match: remove, fault: { answer: 503 }, goto: 'down' }];
    const engine = engineWith([machine({ initial: 'up', per }, rules)]);
    expect(outcomes(engine, 2, { caller: one })).toBe('503 -');
    expect(outcomes(engine, 2, { caller: other })).toBe('503 -');
  });

  test('evaluates all rules of a request in the same state, so that transitions do not cascade', () => {
    const engine = engineWith([
      machine({ initial: 'a' }, [
        { when: 'a', match: remove, goto: 'b' },
        { when: 'b', match: remove, fault: { delay: 5 }, goto: 'c' },
        { when: 'c', match: remove, fault: { answer: 503 } },
      ]),
    ]);
    expect(outcomes(engine, 4)).toBe('- wait 503 503');
  });

  test('changes state at the end of a sequence, and counts requests that only change the state', () => {
    const engine = engineWith([
      machine({ initial: 'a' }, [
        { when: 'a', match: remove, sequence: [{ answer: 503 }, 'pass', { answer: 413 }, 'repeat'], goto: 'b' },
        { when: 'b', match: remove, goto: 'a' },
      ]),
    ]);
    expect(outcomes(engine, 8)).toBe('503 - 413 - 503 - 413 -');
    expect(engine.report('one')?.rules.map(({ seen, fired }) => [seen, fired])).toEqual([
      [6, 4],
      [2, 2],
    ]);
  });

  test('applies rules without "when" in every state', () => {
    const engine = engineWith([
      machine({ initial: 'up' }, [
        { when: 'down', match: remove, fault: { answer: 503 } },
        { match: remove, calls: { only: [3] }, fault: { answer: 409 }, goto: 'down' },
      ]),
    ]);
    expect(outcomes(engine, 5)).toBe('- - 409 503 503');
  });

  test('starts in the initial state when it is enabled, and in a fork of its world', () => {
    const engine = engineWith([busy]);
    outcomes(engine, 1);
    const fork = new Engine(engine.snapshot());
    expect(outcomes(fork, 1)).toBe('403');
    engine.enable('one');
    expect(outcomes(engine, 1)).toBe('403');
  });

  test('can be set to a state, for all requests or for one image', () => {
    const engine = engineWith([busy]);
    engine.setState('one', 'busy');
    expect(outcomes(engine, 1, { imageId: 'a' })).toBe('409');
    engine.setState('one', 'free', 'a');
    expect(outcomes(engine, 1, { imageId: 'b' })).toBe('409');
    expect(outcomes(engine, 1, { imageId: 'a' })).toBe('403');
    engine.setState('one', 'free');
    expect(stateOf(engine)).toMatchObject({ common: 'free', own: new Map() });
  });

  test('can have a state that is only set by hand', () => {
    const engine = engineWith([
      machine({ initial: 'up', byHand: ['down'] }, [{ when: 'down', match: remove, fault: { answer: 503 } }]),
    ]);
    expect(outcomes(engine, 1)).toBe('-');
    engine.setState('one', 'down');
    expect(outcomes(engine, 1)).toBe('503');
  });

  test('rejects an unknown state and suggests the nearest, and rejects a scenario without states', () => {
    const engine = engineWith([
      busy,
      scenario({ scenario: 'plain', rules: [{ match: remove, fault: { answer: 503 } }] }),
      machine({ initial: 'up' }, [{ when: 'up', match: remove, goto: 'down' }], { scenario: 'whole' }),
    ]);
    expect(() => engine.setState('one', 'bussy')).toThrow(
      '/state: the scenario "one" has no state of this name; did you mean "busy"?; found "bussy"; allowed: free, busy',
    );
    expect(() => engine.setState('plain', 'busy')).toThrow('the scenario "plain" has no states');
    expect(() => engine.setState('whole', 'down', 'a')).toThrow('/of: the scenario has one state for all requests');
    expect(() => engine.setState('two', 'busy')).toThrow(InputError);
  });

  const busyRules = [
    { when: 'a', match: remove, fault: { answer: 409 }, goto: 'b' },
    { when: 'b', match: remove, fault: { answer: 503 }, goto: 'a' },
  ];

  test('applies to a request that names it, in the current state', () => {
    const engine = engineWith([machine({ initial: 'a' }, busyRules, { enabled: false })]);
    const headers = { 'x-sideglance-scenario': 'one' };
    expect(outcomes(engine, 1)).toBe('-');
    expect(outcomes(engine, 3, { headers })).toBe('409 503 409');
  });

  test('drops the states of the oldest images after 10,000', () => {
    const engine = engineWith([busy]);
    for (let number = 0; number < 10_001; number += 1) engine.decide(subject({ imageId: `image-${number}` }));
    expect(stateOf(engine)?.own.size).toBe(10_000);
    expect(outcomes(engine, 1, { imageId: 'image-0' })).toBe('403');
    expect(outcomes(engine, 1, { imageId: 'image-10000' })).toBe('409');
  });
});

/** Returns the message with which states and rules are rejected, or `none`. */
const machineError = (states: unknown, rules: readonly unknown[]): string => {
  try {
    machine(states, rules);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'none';
};

describe('parsing a scenario with states rejects', () => {
  const fault = { answer: 503 };
  test.each<[string, unknown, readonly unknown[], string]>([
    [
      'a state that no rule leads to',
      { initial: 'up' },
      [
        { when: 'up', match: remove, goto: 'down' },
        { when: 'dwon', match: remove, fault },
      ],
      '/rules/1/when: the rule can never match: no rule leads to this state; did you mean "down"?; found "dwon"; allowed: up, down',
    ],
    [
      'a state that only unreachable rules lead to',
      { initial: 'up' },
      [
        { when: 'up', match: remove, fault },
        { when: 'lost', match: show, goto: 'found' },
        { when: 'found', match: show, fault: { answer: 404 } },
      ],
      '/rules/2/when: the rule can never match: no rule leads to this state',
    ],
    [
      'a transition to the same state',
      { initial: 'up' },
      [{ when: 'up', match: remove, fault, goto: 'up' }],
      '/rules/0/goto: has no effect: it is the same state as "when"',
    ],
    [
      'a state set by hand that no rule uses',
      { initial: 'up', byHand: ['down'] },
      [{ when: 'up', match: remove, fault }],
      '/states/byHand/0: no rule has this state as its "when"; found "down"; allowed: up',
    ],
    [
      'states that no rule uses',
      { initial: 'up' },
      [{ match: remove, fault }],
      '/states: no rule has "when" or "goto"',
    ],
    [
      'a rule with a state in a scenario without states',
      undefined,
      [{ when: 'up', match: remove, fault }],
      '/rules/0/when: the scenario has no states; found "up"; allowed: a member "states" in the scenario',
    ],
    [
      'states without an initial one',
      { per: 'image' },
      [{ when: 'up', match: remove, fault }],
      'the member "initial" is missing',
    ],
    [
      'an unknown value of per',
      { initial: 'up', per: 'imag' },
      [{ when: 'up', match: remove, fault }],
      'did you mean "image"?',
    ],
    [
      'a rule that an earlier rule of the same state makes unreachable',
      { initial: 'up' },
      [
        { when: 'up', match: remove, fault, goto: 'down' },
        { when: 'up', match: remove, fault: { answer: 409 } },
      ],
      '/rules/1: the rule can never match: /rules/0 takes all of its requests',
    ],
  ])('%s', (_title, states, rules, expected) => {
    expect(machineError(states, rules)).toContain(expected);
  });

  test('no rule because of an earlier rule of another state', () => {
    const rules = [
      { when: 'up', match: remove, fault, goto: 'down' },
      { when: 'down', match: remove, fault: { answer: 409 } },
    ];
    expect(machineError({ initial: 'up' }, rules)).toBe('none');
  });
});

test.each([
  [
    'a final state without rules',
    [{ when: 'up', match: remove, fault: { answer: 503 }, goto: 'over' }],
    ['/states: no rule applies in state over'],
  ],
  [
    'a state that no rule leads out of',
    [
      { when: 'up', match: remove, goto: 'down' },
      { when: 'down', match: remove, fault: { answer: 503 } },
    ],
    ['/states: no rule leads out of state down'],
  ],
  [
    'nothing for a cycle',
    [
      { when: 'up', match: remove, goto: 'down' },
      { when: 'down', match: remove, fault: { answer: 503 }, goto: 'up' },
    ],
    [],
  ],
])('a scenario notes %s, which may be intended', (_title, rules, notes) => {
  const engine = engineWith([machine({ initial: 'up' }, rules)]);
  expect(engine.report('one')?.notes).toEqual(notes);
});
