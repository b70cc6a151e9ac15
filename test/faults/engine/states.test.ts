import { describe, expect, test } from '@jest/globals';
import type { FaultEngine } from '../../../src/faults/engine/engine.ts';
import { FaultEngine as Engine } from '../../../src/faults/engine/engine.ts';
import { InputError } from '../../../src/input/input-error.ts';
import { engineOf, play, scenario, subject } from '../support.ts';

const remove = { operation: 'red.deleteImage' };
const show = { operation: 'red.showImage' };

/** A scenario with states, enabled unless it says otherwise. */
const machine = (states: unknown, rules: readonly unknown[], more = {}) =>
  scenario({ enabled: true, states, rules, ...more });

const stateOf = (engine: FaultEngine) => engine.report('one')?.states;

describe('a scenario with states', () => {
  // A delete makes the image busy; a second look at it lets it go.
  const busy = machine({ initial: 'free', per: 'image' }, [
    { when: 'free', match: remove, fault: { answer: 403 }, goto: 'busy' },
    { when: 'busy', match: remove, fault: { answer: 409 } },
    { when: 'busy', match: show, calls: { every: 2 }, goto: 'free' },
  ]);

  test('asks the rules of the state in which it is, and moves on with the calls that they take', () => {
    const engine = engineOf([busy]);
    expect(play(engine, 3)).toBe('403 409 409');
    expect(play(engine, 1, { operation: 'red.showImage' })).toBe('-');
    expect(play(engine, 1)).toBe('409');
    expect(play(engine, 1, { operation: 'red.showImage' })).toBe('-');
    expect(play(engine, 2)).toBe('403 409');
  });

  test('has a state for each image where it says so, and tells which', () => {
    const engine = engineOf([busy]);
    play(engine, 1, { imageId: 'a' });
    expect(play(engine, 1, { imageId: 'b' })).toBe('403');
    expect(play(engine, 1, { imageId: 'a' })).toBe('409');
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
  ])('has a state for each %s where it says so', (per, one, other) => {
    const rules = [{ when: 'up', match: remove, fault: { answer: 503 }, goto: 'down' }];
    const engine = engineOf([machine({ initial: 'up', per }, rules)]);
    expect(play(engine, 2, { caller: one })).toBe('503 -');
    expect(play(engine, 2, { caller: other })).toBe('503 -');
  });

  test('shows each call the state in which the call found it: rules behind one another do not cascade', () => {
    const engine = engineOf([
      machine({ initial: 'a' }, [
        { when: 'a', match: remove, goto: 'b' },
        { when: 'b', match: remove, fault: { delay: 5 }, goto: 'c' },
        { when: 'c', match: remove, fault: { answer: 503 } },
      ]),
    ]);
    expect(play(engine, 4)).toBe('- wait 503 503');
  });

  test('moves on at the end of a sequence, and counts the calls that only moved it', () => {
    const engine = engineOf([
      machine({ initial: 'a' }, [
        { when: 'a', match: remove, sequence: [{ answer: 503 }, 'pass', { answer: 413 }, 'repeat'], goto: 'b' },
        { when: 'b', match: remove, goto: 'a' },
      ]),
    ]);
    expect(play(engine, 8)).toBe('503 - 413 - 503 - 413 -');
    expect(engine.report('one')?.rules.map(({ seen, taken }) => [seen, taken])).toEqual([
      [6, 4],
      [2, 2],
    ]);
  });

  test('keeps its rules without a state at work in all of them', () => {
    const engine = engineOf([
      machine({ initial: 'up' }, [
        { when: 'down', match: remove, fault: { answer: 503 } },
        { match: remove, calls: { only: [3] }, fault: { answer: 409 }, goto: 'down' },
      ]),
    ]);
    expect(play(engine, 5)).toBe('- - 409 503 503');
  });

  test('begins anew when it is enabled, and in a fork of its world', () => {
    const engine = engineOf([busy]);
    play(engine, 1);
    const fork = new Engine(engine.snapshot());
    expect(play(fork, 1)).toBe('403');
    engine.enable('one');
    expect(play(engine, 1)).toBe('403');
  });

  test('can be put into a state: all of it, or what has one of its own', () => {
    const engine = engineOf([busy]);
    engine.setState('one', 'busy');
    expect(play(engine, 1, { imageId: 'a' })).toBe('409');
    engine.setState('one', 'free', 'a');
    expect(play(engine, 1, { imageId: 'b' })).toBe('409');
    expect(play(engine, 1, { imageId: 'a' })).toBe('403');
    engine.setState('one', 'free');
    expect(stateOf(engine)).toMatchObject({ common: 'free', own: new Map() });
  });

  test('can wait for a state that only somebody sets', () => {
    const engine = engineOf([
      machine({ initial: 'up', byHand: ['down'] }, [{ when: 'down', match: remove, fault: { answer: 503 } }]),
    ]);
    expect(play(engine, 1)).toBe('-');
    engine.setState('one', 'down');
    expect(play(engine, 1)).toBe('503');
  });

  test('refuses a state that it has not, with the nearest, and a scenario without any', () => {
    const engine = engineOf([
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

  test('plays for a call that names it, in the state in which it is', () => {
    const engine = engineOf([machine({ initial: 'a' }, busyRules, { enabled: false })]);
    const headers = { 'x-sideglance-scenario': 'one' };
    expect(play(engine, 1)).toBe('-');
    expect(play(engine, 3, { headers })).toBe('409 503 409');
  });

  test('forgets the oldest of very many states rather than growing for ever', () => {
    const engine = engineOf([busy]);
    for (let number = 0; number < 10_001; number += 1) engine.decide(subject({ imageId: `image-${number}` }));
    expect(stateOf(engine)?.own.size).toBe(10_000);
    expect(play(engine, 1, { imageId: 'image-0' })).toBe('403');
    expect(play(engine, 1, { imageId: 'image-10000' })).toBe('409');
  });
});

/** What is said about states and rules. */
const refusalOf = (states: unknown, rules: readonly unknown[]): string => {
  try {
    machine(states, rules);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'nothing';
};

describe('states are refused', () => {
  const fault = { answer: 503 };
  test.each<[string, unknown, readonly unknown[], string]>([
    [
      'that nothing leads to',
      { initial: 'up' },
      [
        { when: 'up', match: remove, goto: 'down' },
        { when: 'dwon', match: remove, fault },
      ],
      '/rules/1/when: the rule can never match: no rule leads to this state; did you mean "down"?; found "dwon"; allowed: up, down',
    ],
    [
      'that only rules lead to which are never asked themselves',
      { initial: 'up' },
      [
        { when: 'up', match: remove, fault },
        { when: 'lost', match: show, goto: 'found' },
        { when: 'found', match: show, fault: { answer: 404 } },
      ],
      '/rules/2/when: the rule can never match: no rule leads to this state',
    ],
    [
      'that change nothing',
      { initial: 'up' },
      [{ when: 'up', match: remove, fault, goto: 'up' }],
      '/rules/0/goto: has no effect: it is the same state as "when"',
    ],
    [
      'that are set by hand and asked by no rule',
      { initial: 'up', byHand: ['down'] },
      [{ when: 'up', match: remove, fault }],
      '/states/byHand/0: no rule has this state as its "when"; found "down"; allowed: up',
    ],
    [
      'without rules that have any',
      { initial: 'up' },
      [{ match: remove, fault }],
      '/states: no rule has "when" or "goto"',
    ],
    [
      'of rules whose scenario has none',
      undefined,
      [{ when: 'up', match: remove, fault }],
      '/rules/0/when: the scenario has no states; found "up"; allowed: a member "states" in the scenario',
    ],
    [
      'without one to begin in',
      { per: 'image' },
      [{ when: 'up', match: remove, fault }],
      'the member "initial" is missing',
    ],
    [
      'counted by what there is not',
      { initial: 'up', per: 'imag' },
      [{ when: 'up', match: remove, fault }],
      'did you mean "image"?',
    ],
    [
      'behind a rule of the same state that takes all its calls',
      { initial: 'up' },
      [
        { when: 'up', match: remove, fault, goto: 'down' },
        { when: 'up', match: remove, fault: { answer: 409 } },
      ],
      '/rules/1: the rule can never match: /rules/0 takes all of its requests',
    ],
  ])('%s', (_title, states, rules, expected) => {
    expect(refusalOf(states, rules)).toContain(expected);
  });

  test('but not behind a rule of another state', () => {
    const rules = [
      { when: 'up', match: remove, fault, goto: 'down' },
      { when: 'down', match: remove, fault: { answer: 409 } },
    ];
    expect(refusalOf({ initial: 'up' }, rules)).toBe('nothing');
  });
});

test.each([
  [
    'a state in which nothing is done any more',
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
    'nothing of a circle',
    [
      { when: 'up', match: remove, goto: 'down' },
      { when: 'down', match: remove, fault: { answer: 503 }, goto: 'up' },
    ],
    [],
  ],
])('a scenario notes %s, which may be meant so', (_title, rules, notes) => {
  const engine = engineOf([machine({ initial: 'up' }, rules)]);
  expect(engine.report('one')?.notes).toEqual(notes);
});
