import { describe, expect, test } from '@jest/globals';
import { Clock } from '../../../src/domain/clock.ts';
import { FaultEngine } from '../../../src/faults/engine/engine.ts';
import { draw, hashText } from '../../../src/faults/engine/random.ts';
import type { Calls } from '../../../src/faults/fault.ts';
import { savedScenarios } from '../../../src/world/parts/scenarios.ts';
import { armedFault, engineOf, play, rule, scenario, subject } from '../support.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const frozen = () => new Clock({ frozenAt: NOON, offset: 0 });
const fault = { answer: 409 };

/** What becomes of a call each so many milliseconds from noon on, beginning there. */
function playEach(engine: FaultEngine, clock: Clock, count: number, step: number): string {
  const seen: string[] = [];
  for (let number = 0; number < count; number += 1) {
    seen.push(play(engine, 1));
    clock.advance(step);
  }
  return seen.join(' ');
}

describe('times by the clock of the world', () => {
  test.each<[string, object, string]>([
    ['from so long after it was enabled', { after: '2s' }, '- - 409 409 409 409'],
    ['until so long after it was enabled', { until: '2s' }, '409 409 - - - -'],
    ['between two times', { after: '1s', until: '3s' }, '- 409 409 - - -'],
    ['from a time of day on', { after: '2026-11-21T12:00:02Z' }, '- - 409 409 409 409'],
    ['until a time of day', { until: '2026-11-21T12:00:01.500Z' }, '409 409 - - - -'],
    ['for so long from the first that it took', { for: '2s', from: 2 }, '- 409 409 - - -'],
    ['so many at most', { times: 2, every: 2 }, '- 409 - 409 - -'],
    ['so many at most, from a time on', { times: 2, after: '1s' }, '- 409 409 - - -'],
  ])('a rule takes calls %s', (_title, calls, expected) => {
    const clock = frozen();
    expect(playEach(engineOf([rule({ fault, calls })], clock), clock, 6, 1000)).toBe(expected);
  });

  test('calls before and after the time do not come to the rule, and have no number', () => {
    const clock = frozen();
    const engine = engineOf([rule({ fault, calls: { after: '2s', until: '5s', only: [2] } })], clock);
    expect(playEach(engine, clock, 6, 1000)).toBe('- - - 409 - -');
    expect(engine.report('one')?.rules[0]).toMatchObject({ seen: 3, taken: 1 });
  });

  test('begin when a scenario is enabled, not when its world began, and again each time', () => {
    const clock = frozen();
    const engine = engineOf([rule({ fault, calls: { until: '1s' } }, { enabled: false })], clock);
    clock.advance(60_000);
    engine.enable('one');
    expect(playEach(engine, clock, 2, 1000)).toBe('409 -');
    engine.enable('one');
    expect(play(engine, 1)).toBe('409');
  });

  test('go on in a fork of the world, which has the same clock', () => {
    const clock = frozen();
    const engine = engineOf([rule({ fault, calls: { after: '2s' } })], clock);
    clock.advance(1000);
    const later = frozen();
    later.advance(1000);
    expect(playEach(new FaultEngine(engine.snapshot(), later), later, 2, 1000)).toBe('- 409');
  });

  test('are kept with a world that a file keeps', () => {
    const clock = frozen();
    const engine = engineOf([rule({ fault, calls: { until: '1s' } })], clock);
    expect(savedScenarios(engine.snapshot()).playing).toEqual([{ name: 'one', since: NOON, isWanted: true }]);
  });

  test('begin for each image with the first call taken of it', () => {
    const clock = frozen();
    const engine = engineOf([rule({ fault, calls: { per: 'image', for: '2s' } })], clock);
    expect(play(engine, 1, { imageId: 'a' })).toBe('409');
    clock.advance(1500);
    expect(play(engine, 1, { imageId: 'b' })).toBe('409');
    clock.advance(500);
    expect(play(engine, 1, { imageId: 'a' })).toBe('-');
    expect(play(engine, 1, { imageId: 'b' })).toBe('409');
  });

  test('begin for a one-off fault when it is armed; past its time it is spent', () => {
    const clock = frozen();
    const engine = engineOf([], clock);
    clock.advance(5000);
    engine.arm(armedFault({ fault, calls: { until: '1s' } }));
    expect(play(engine, 1)).toBe('409');
    expect(engine.armed()).toMatchObject([{ taken: 1, lastTaken: NOON + 5000, isExpired: false }]);
    clock.advance(1000);
    expect(engine.armed()).toMatchObject([{ isExpired: true }]);
    expect(play(engine, 1)).toBe('-');
  });

  test('are told of the last call that a rule took', () => {
    const clock = frozen();
    const engine = engineOf([rule({ fault, calls: { to: 2 } })], clock);
    expect(engine.report('one')?.rules[0]?.lastTaken).toBeUndefined();
    playEach(engine, clock, 4, 1000);
    expect(engine.report('one')?.rules[0]).toMatchObject({ seen: 4, taken: 2, lastTaken: NOON + 1000 });
  });
});

test('so many at most counts for each client on its own', () => {
  const engine = engineOf([rule({ fault, calls: { per: 'client', times: 1, every: 2 } })]);
  const of = (agent: string) => ({ headers: { 'user-agent': agent } });
  expect(play(engine, 4, of('a'))).toBe('- 409 - -');
  expect(play(engine, 4, of('b'))).toBe('- 409 - -');
});

test('a rule can ask for a client by what it calls itself', () => {
  const engine = engineOf([rule({ match: { operation: 'red.deleteImage', client: 'gopher*' }, fault })]);
  expect(play(engine, 1, { headers: { 'user-agent': 'gophercloud/v2' } })).toBe('409');
  expect(play(engine, 1, { headers: { 'user-agent': 'openstacksdk' } })).toBe('-');
  expect(play(engine, 1)).toBe('-');
});

/** Draws of one run of a test, the same in each. */
function drawsOf(run: number): (most: number) => number {
  const hash = hashText(`counting ${run}`);
  let draws = 0;
  return (most) => {
    draws += 1;
    return Math.floor(draw(hash, draws) * most);
  };
}

/** Whether a rule takes the n-th call of a count: what the documentation says, word by word. */
function isTaken(
  { from = 1, to = 1e9, every = 1, only, times = 1e9 }: Omit<Calls, 'per'>,
  number: number,
  taken: number,
) {
  return number >= from && number <= to && number % every === 0 && (only?.includes(number) ?? true) && taken < times;
}

test('any rule takes exactly the calls that its words say, for each client on its own, in whatever order they come', () => {
  for (let run = 0; run < 200; run += 1) {
    const pick = drawsOf(run);
    const from = 1 + pick(4);
    const calls = {
      ...(pick(2) === 0 && { from }),
      ...(pick(2) === 0 && { to: from + 4 + pick(9) }),
      ...(pick(3) === 0 && { every: 1 + pick(3) }),
      ...(pick(4) === 0 && { only: [from + 3, from + 4, from + 5] }),
      ...(pick(3) === 0 && { times: 1 + pick(4) }),
    };
    const engine = engineOf([rule({ fault, calls: { ...calls, per: 'client' } })]);
    const counts = new Map<string, { number: number; taken: number }>();
    for (let call = 0; call < 120; call += 1) {
      const agent = `client ${pick(5)}`;
      const count = counts.get(agent) ?? { number: 0, taken: 0 };
      counts.set(agent, count);
      count.number += 1;
      const expected = isTaken(calls, count.number, count.taken);
      if (expected) count.taken += 1;
      expect([run, call, play(engine, 1, { headers: { 'user-agent': agent } })]).toEqual([
        run,
        call,
        expected ? '409' : '-',
      ]);
    }
  }
});

test('chance takes the same calls of each client, however the calls of 16 of them are shuffled', () => {
  const rules = [
    { match: { operation: 'red.deleteImage' }, calls: { per: 'client', chance: 0.4 }, fault: { answer: 503 } },
    { match: { operation: 'red.deleteImage' }, calls: { per: 'client', chance: 0.4 }, fault },
  ];
  const clients = Array.from({ length: 16 }, (_, number) => `client ${number}`);
  const alone = new Map(
    clients.map((agent) => {
      const engine = engineOf([scenario({ enabled: true, rules })]);
      return [agent, play(engine, 40, { headers: { 'user-agent': agent } })];
    }),
  );
  expect(new Set(alone.values()).size).toBe(16);
  for (let run = 0; run < 10; run += 1) {
    const pick = drawsOf(run);
    const engine = engineOf([scenario({ enabled: true, rules })]);
    const left = new Map(clients.map((agent) => [agent, 40]));
    const corruptReply = new Map(clients.map((agent) => [agent, [] as string[]]));
    while (left.size > 0) {
      const agent = [...left.keys()][pick(left.size)] as string;
      corruptReply.get(agent)?.push(play(engine, 1, { headers: { 'user-agent': agent } }));
      const rest = (left.get(agent) as number) - 1;
      if (rest === 0) left.delete(agent);
      else left.set(agent, rest);
    }
    for (const [agent, fates] of corruptReply) expect([agent, fates.join(' ')]).toEqual([agent, alone.get(agent)]);
  }
});

describe('rules that name one image, project or user', () => {
  const names = ['a', 'b', 'c', '*', 'a*'];

  test('are asked in the order in which they stand, whatever each of them names', () => {
    for (let run = 0; run < 100; run += 1) {
      const pick = drawsOf(run);
      const rules = Array.from({ length: 30 }, (_, index) => {
        const name = names[pick(5)] as string;
        const match = [
          {},
          { image: { id: name } },
          { image: { name } },
          { project: name },
          { user: name },
          { user: name, image: { id: 'a' } },
        ][pick(6)];
        return { match: { operation: 'red.deleteImage', ...match }, fault: { delay: index }, calls: { to: 3 } };
      });
      const engine = engineOf([scenario({ enabled: true, rules })]);
      const oneByOne = rules.map((one, index) =>
        engineOf([scenario({ scenario: `s${index}`, enabled: true, rules: [one] })]),
      );
      for (let call = 0; call < 20; call += 1) {
        const id = names[pick(3)] as string;
        const parts = {
          image: { id, name: names[pick(3)] as string },
          caller: {
            userId: names[pick(3)] as string,
            userName: 'x',
            projectId: 'y',
            projectName: names[pick(3)] as string,
          },
        };
        const expected = oneByOne.reduce((sum, each) => sum + (each.decide(subject(parts))?.delayMilliseconds ?? 0), 0);
        expect(engine.decide(subject(parts))?.delayMilliseconds ?? 0).toBe(expected);
      }
    }
  });

  test('cost nothing to the others: of 1,000 only those that fit are asked, one-off faults as well', () => {
    const engine = engineOf([]);
    for (let number = 0; number < 1000; number += 1) {
      engine.arm(armedFault({ match: { operation: 'red.deleteImage', image: { id: `image-${number}` } }, fault }));
      engine.arm(
        armedFault({ match: { operation: 'red.deleteImage', user: `user-${number}` }, fault: { answer: 503 } }),
      );
    }
    expect(play(engine, 2, { imageId: 'image-77', caller: { userId: 'user-3' } })).toBe('503 409');
    expect(play(engine, 1, { imageId: 'other' })).toBe('-');
    expect(engine.armed().filter(({ seen }) => seen > 0)).toHaveLength(2);
    expect(engine.disarmAll()).toBe(2000);
    expect(play(engine, 1, { imageId: 'image-78' })).toBe('-');
  });
});
