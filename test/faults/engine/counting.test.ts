import { describe, expect, test } from '@jest/globals';
import { Clock } from '../../../src/domain/clock.ts';
import { FaultEngine } from '../../../src/faults/engine/engine.ts';
import { draw, hashText } from '../../../src/faults/engine/random.ts';
import type { Calls } from '../../../src/faults/fault.ts';
import { savedScenarios } from '../../../src/world/parts/scenarios.ts';
import { armedFault, engineWith, outcomes, rule, scenario, subject } from '../support.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const frozen = () => new Clock({ frozenAt: NOON, offset: 0 });
const fault = { answer: 409 };

/** Sends a request at each step of the clock, in milliseconds, and returns the outcomes. */
function outcomesOverTime(engine: FaultEngine, clock: Clock, count: number, step: number): string {
  const received: string[] = [];
  for (let number = 0; number < count; number += 1) {
    received.push(outcomes(engine, 1));
    clock.advance(step);
  }
  return received.join(' ');
}

describe('times of a rule', () => {
  test.each<[string, object, string]>([
    ['after a time since it was enabled', { after: '2s' }, '- - 409 409 409 409'],
    ['until a time since it was enabled', { until: '2s' }, '409 409 - - - -'],
    ['between two times', { after: '1s', until: '3s' }, '- 409 409 - - -'],
    ['after a date and time', { after: '2026-11-21T12:00:02Z' }, '- - 409 409 409 409'],
    ['until a date and time', { until: '2026-11-21T12:00:01.500Z' }, '409 409 - - - -'],
    ['for a time since it first fired', { for: '2s', from: 2 }, '- 409 409 - - -'],
    ['a maximum number of times', { times: 2, every: 2 }, '- 409 - 409 - -'],
    ['a maximum number of times, after a time', { times: 2, after: '1s' }, '- 409 409 - - -'],
  ])('fires %s', (_title, calls, expected) => {
    const clock = frozen();
    expect(outcomesOverTime(engineWith([rule({ fault, calls })], clock), clock, 6, 1000)).toBe(expected);
  });

  test('requests outside the time are not counted', () => {
    const clock = frozen();
    const engine = engineWith([rule({ fault, calls: { after: '2s', until: '5s', only: [2] } })], clock);
    expect(outcomesOverTime(engine, clock, 6, 1000)).toBe('- - - 409 - -');
    expect(engine.report('one')?.rules[0]).toMatchObject({ seen: 3, fired: 1 });
  });

  test('start when the scenario is enabled, each time', () => {
    const clock = frozen();
    const engine = engineWith([rule({ fault, calls: { until: '1s' } }, { enabled: false })], clock);
    clock.advance(60_000);
    engine.enable('one');
    expect(outcomesOverTime(engine, clock, 2, 1000)).toBe('409 -');
    engine.enable('one');
    expect(outcomes(engine, 1)).toBe('409');
  });

  test('continue in a fork of the world', () => {
    const clock = frozen();
    const engine = engineWith([rule({ fault, calls: { after: '2s' } })], clock);
    clock.advance(1000);
    const later = frozen();
    later.advance(1000);
    expect(outcomesOverTime(new FaultEngine(engine.snapshot(), later), later, 2, 1000)).toBe('- 409');
  });

  test('are saved with the world', () => {
    const clock = frozen();
    const engine = engineWith([rule({ fault, calls: { until: '1s' } })], clock);
    expect(savedScenarios(engine.snapshot()).playing).toEqual([{ name: 'one', since: NOON, isWanted: true }]);
  });

  test('start for each image when the rule first fires for it', () => {
    const clock = frozen();
    const engine = engineWith([rule({ fault, calls: { per: 'image', for: '2s' } })], clock);
    expect(outcomes(engine, 1, { imageId: 'a' })).toBe('409');
    clock.advance(1500);
    expect(outcomes(engine, 1, { imageId: 'b' })).toBe('409');
    clock.advance(500);
    expect(outcomes(engine, 1, { imageId: 'a' })).toBe('-');
    expect(outcomes(engine, 1, { imageId: 'b' })).toBe('409');
  });

  test('start for a one-off fault when it is armed, and expire it', () => {
    const clock = frozen();
    const engine = engineWith([], clock);
    clock.advance(5000);
    engine.arm(armedFault({ fault, calls: { until: '1s' } }));
    expect(outcomes(engine, 1)).toBe('409');
    expect(engine.armed()).toMatchObject([{ fired: 1, lastFired: NOON + 5000, isExpired: false }]);
    clock.advance(1000);
    expect(engine.armed()).toMatchObject([{ isExpired: true }]);
    expect(outcomes(engine, 1)).toBe('-');
  });

  test('are reported for the last request that the rule fired for', () => {
    const clock = frozen();
    const engine = engineWith([rule({ fault, calls: { to: 2 } })], clock);
    expect(engine.report('one')?.rules[0]?.lastFired).toBeUndefined();
    outcomesOverTime(engine, clock, 4, 1000);
    expect(engine.report('one')?.rules[0]).toMatchObject({ seen: 4, fired: 2, lastFired: NOON + 1000 });
  });
});

test('"times" counts for each client separately', () => {
  const engine = engineWith([rule({ fault, calls: { per: 'client', times: 1, every: 2 } })]);
  const clientOf = (agent: string) => ({ headers: { 'user-agent': agent } });
  expect(outcomes(engine, 4, clientOf('a'))).toBe('- 409 - -');
  expect(outcomes(engine, 4, clientOf('b'))).toBe('- 409 - -');
});

test('a rule can match a client by its User-Agent', () => {
  const engine = engineWith([rule({ match: { operation: 'red.deleteImage', client: 'gopher*' }, fault })]);
  expect(outcomes(engine, 1, { headers: { 'user-agent': 'gophercloud/v2' } })).toBe('409');
  expect(outcomes(engine, 1, { headers: { 'user-agent': 'openstacksdk' } })).toBe('-');
  expect(outcomes(engine, 1)).toBe('-');
});

/** Creates the random generator of one run. Each call returns an integer below `max`, the same in every test run. */
function randomOf(run: number): (max: number) => number {
  const hash = hashText(`counting ${run}`);
  let draws = 0;
  return (max) => {
    draws += 1;
    return Math.floor(draw(hash, draws) * max);
  };
}

/** Whether a rule fires for the n-th request, as the documentation describes it. */
function fires(
  { from = 1, to = 1e9, every = 1, only, times = 1e9 }: Omit<Calls, 'per'>,
  number: number,
  firedBefore: number,
) {
  return (
    number >= from && number <= to && number % every === 0 && (only?.includes(number) ?? true) && firedBefore < times
  );
}

test('rules with random members of "calls" fire as documented, for each client separately, in any order', () => {
  for (let run = 0; run < 200; run += 1) {
    const pick = randomOf(run);
    const from = 1 + pick(4);
    const calls = {
      ...(pick(2) === 0 && { from }),
      ...(pick(2) === 0 && { to: from + 4 + pick(9) }),
      ...(pick(3) === 0 && { every: 1 + pick(3) }),
      ...(pick(4) === 0 && { only: [from + 3, from + 4, from + 5] }),
      ...(pick(3) === 0 && { times: 1 + pick(4) }),
    };
    const engine = engineWith([rule({ fault, calls: { ...calls, per: 'client' } })]);
    const counts = new Map<string, { number: number; fired: number }>();
    for (let request = 0; request < 120; request += 1) {
      const agent = `client ${pick(5)}`;
      const count = counts.get(agent) ?? { number: 0, fired: 0 };
      counts.set(agent, count);
      count.number += 1;
      const expected = fires(calls, count.number, count.fired);
      if (expected) count.fired += 1;
      expect([run, request, outcomes(engine, 1, { headers: { 'user-agent': agent } })]).toEqual([
        run,
        request,
        expected ? '409' : '-',
      ]);
    }
  }
});

test('chance selects the same requests of each client, in any order of the requests of 16 clients', () => {
  const rules = [
    { match: { operation: 'red.deleteImage' }, calls: { per: 'client', chance: 0.4 }, fault: { answer: 503 } },
    { match: { operation: 'red.deleteImage' }, calls: { per: 'client', chance: 0.4 }, fault },
  ];
  const clients = Array.from({ length: 16 }, (_, number) => `client ${number}`);
  const alone = new Map(
    clients.map((agent) => {
      const engine = engineWith([scenario({ enabled: true, rules })]);
      return [agent, outcomes(engine, 40, { headers: { 'user-agent': agent } })];
    }),
  );
  expect(new Set(alone.values()).size).toBe(16);
  for (let run = 0; run < 10; run += 1) {
    const pick = randomOf(run);
    const engine = engineWith([scenario({ enabled: true, rules })]);
    const remaining = new Map(clients.map((agent) => [agent, 40]));
    const results = new Map(clients.map((agent) => [agent, [] as string[]]));
    while (remaining.size > 0) {
      const agent = [...remaining.keys()][pick(remaining.size)] as string;
      results.get(agent)?.push(outcomes(engine, 1, { headers: { 'user-agent': agent } }));
      const rest = (remaining.get(agent) as number) - 1;
      if (rest === 0) remaining.delete(agent);
      else remaining.set(agent, rest);
    }
    for (const [agent, outcomeList] of results)
      expect([agent, outcomeList.join(' ')]).toEqual([agent, alone.get(agent)]);
  }
});

describe('rules that name one image, project or user', () => {
  const names = ['a', 'b', 'c', '*', 'a*'];

  test('are evaluated in their order', () => {
    for (let run = 0; run < 100; run += 1) {
      const pick = randomOf(run);
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
      const engine = engineWith([scenario({ enabled: true, rules })]);
      const engines = rules.map((each, index) =>
        engineWith([scenario({ scenario: `s${index}`, enabled: true, rules: [each] })]),
      );
      for (let request = 0; request < 20; request += 1) {
        const id = names[pick(3)] as string;
        const options = {
          image: { id, name: names[pick(3)] as string },
          caller: {
            userId: names[pick(3)] as string,
            userName: 'x',
            projectId: 'y',
            projectName: names[pick(3)] as string,
          },
        };
        const expected = engines.reduce(
          (sum, each) => sum + (each.decide(subject(options))?.delayMilliseconds ?? 0),
          0,
        );
        expect(engine.decide(subject(options))?.delayMilliseconds ?? 0).toBe(expected);
      }
    }
  });

  test('are evaluated only for requests that name it, one-off faults as well', () => {
    const engine = engineWith([]);
    for (let number = 0; number < 1000; number += 1) {
      engine.arm(armedFault({ match: { operation: 'red.deleteImage', image: { id: `image-${number}` } }, fault }));
      engine.arm(
        armedFault({ match: { operation: 'red.deleteImage', user: `user-${number}` }, fault: { answer: 503 } }),
      );
    }
    expect(outcomes(engine, 2, { imageId: 'image-77', caller: { userId: 'user-3' } })).toBe('503 409');
    expect(outcomes(engine, 1, { imageId: 'other' })).toBe('-');
    expect(engine.armed().filter(({ seen }) => seen > 0)).toHaveLength(2);
    expect(engine.disarmAll()).toBe(2000);
    expect(outcomes(engine, 1, { imageId: 'image-78' })).toBe('-');
  });
});
