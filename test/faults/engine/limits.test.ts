import { describe, expect, test } from '@jest/globals';
import { Clock } from '../../../src/domain/clock.ts';
import { draw, hashText } from '../../../src/faults/engine/random.ts';
import { TokenBuckets } from '../../../src/faults/engine/token-bucket.ts';
import { engineOf, play, rule, subject } from '../support.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const frozen = () => new Clock({ frozenAt: NOON, offset: 0 });
const limited = (limit: object, more: object = {}) => rule({ fault: { limit, ...more } });

/** Milliseconds that the next call is told to wait; 0 for one that gets through. */
const waitOf = (engine: ReturnType<typeof engineOf>): number => {
  const fault = engine.decide(subject())?.fault;
  const told = fault?.kind === 'answer' ? fault.retryAfter : undefined;
  return told?.shape === 'usual' ? told.milliseconds : 0;
};

describe('a limit', () => {
  test('lets as many calls through as it says, and one more for each token that comes back', () => {
    const clock = frozen();
    const engine = engineOf([limited({ requests: 3, per: '1m' })], clock);
    expect(play(engine, 5)).toBe('- - - 413 413');
    clock.advance(19_999);
    expect(play(engine, 1)).toBe('413');
    clock.advance(1);
    expect(play(engine, 2)).toBe('- 413');
    clock.advance(600_000);
    expect(play(engine, 4)).toBe('- - - 413');
  });

  test('tells how long it is until a token is back, to the millisecond, whenever it is asked', () => {
    const clock = frozen();
    const engine = engineOf([limited({ requests: 7, per: '1m' })], clock);
    expect(play(engine, 7)).toBe('- - - - - - -');
    for (let number = 0; number < 50; number += 1) {
      const wait = waitOf(engine);
      expect(wait).toBeGreaterThan(0);
      clock.advance(wait - 1);
      expect(waitOf(engine)).toBe(1);
      clock.advance(1);
      expect(waitOf(engine)).toBe(0);
    }
  });

  test.each([
    ['project', { caller: { projectId: 'a' } }, { caller: { projectId: 'b' } }],
    ['user', { caller: { userId: 'a' } }, { caller: { userId: 'b' } }],
    ['image', { imageId: 'a' }, { imageId: 'b' }],
    ['client', { headers: { 'user-agent': 'a' } }, { headers: { 'user-agent': 'b' } }],
  ])('has a bucket for each %s where it says so', (by, one, other) => {
    const engine = engineOf([limited({ requests: 1, per: '1s', by })], frozen());
    expect(play(engine, 2, one)).toBe('- 413');
    expect(play(engine, 2, other)).toBe('- 413');
  });

  test.each(['world', undefined])('has one bucket for all calls by %s', (by) => {
    const engine = engineOf([limited({ requests: 1, per: '1s', ...(by && { by }) })], frozen());
    expect(play(engine, 1, { imageId: 'a' })).toBe('-');
    expect(play(engine, 1, { imageId: 'b' })).toBe('413');
  });

  test('answers what each operation documents for it, and as Repose does where it documents nothing', () => {
    const match = { operation: ['red.deleteImage', 'red.createImage', 'red.showImage'] };
    const engine = engineOf([rule({ match, fault: { limit: { requests: 1, per: '1s', by: 'image' } } })], frozen());
    const over = (operation: string) => {
      const [, decision] = [1, 2].map(() => engine.decide(subject({ operation, imageId: operation })));
      return decision?.fault;
    };
    expect(over('red.deleteImage')).toMatchObject({ kind: 'answer', status: 413 });
    expect(over('red.createImage')).toMatchObject({ kind: 'answer', status: 413 });
    expect(over('red.showImage')).toMatchObject({ kind: 'answer', status: 429, observed: 'repose-429' });
  });

  test('answers what the rule says instead, with the Retry-After that it says', () => {
    const engine = engineOf(
      [limited({ requests: 1, per: '1s' }, { answer: 503, retryAfter: 'absent', message: 'Later.' })],
      frozen(),
    );
    expect(play(engine, 1)).toBe('-');
    expect(engine.decide(subject())?.fault).toEqual({
      kind: 'answer',
      status: 503,
      retryAfter: { shape: 'absent' },
      message: 'Later.',
      isOverLimit: true,
    });
  });

  test('counts the calls that it refused as taken, and all as seen; calls that it lets through go to later rules', () => {
    const engine = engineOf([
      limited({ requests: 2, per: '1m' }),
      rule({ fault: { answer: 409 } }, { scenario: 'two' }),
    ]);
    expect(play(engine, 4)).toBe('409 409 413 413');
    expect(engine.report('one')?.rules[0]).toMatchObject({ seen: 4, taken: 2 });
    expect(engine.report('two')?.rules[0]).toMatchObject({ seen: 2, taken: 2 });
  });

  test('begins with a full bucket when its scenario is enabled again', () => {
    const engine = engineOf([limited({ requests: 1, per: '1m' })], frozen());
    expect(play(engine, 2)).toBe('- 413');
    engine.enable('one');
    expect(play(engine, 2)).toBe('- 413');
  });

  test('is a one-off fault like any other, which stays as long as its calls say', () => {
    const engine = engineOf([], frozen());
    engine.arm(limited({ requests: 1, per: '1m' }).rules[0] as never);
    expect(play(engine, 3)).toBe('- 413 413');
  });
});

test('a clock that is set back gives no tokens and takes none', () => {
  const clock = frozen();
  const engine = engineOf([limited({ requests: 2, per: '2s' })], clock);
  expect(play(engine, 1)).toBe('-');
  clock.advance(-60_000);
  expect(play(engine, 2)).toBe('- 413');
  clock.advance(1000);
  expect(play(engine, 2)).toBe('- 413');
});

test('whatever comes when, no stretch of time lets more through than the bucket holds and what came back in it', () => {
  for (let run = 0; run < 30; run += 1) {
    const hash = hashText(`run ${run}`);
    let draws = 0;
    const pick = (most: number): number => {
      draws += 1;
      return 1 + Math.floor(draw(hash, draws) * most);
    };
    const limit = { requests: pick(20), milliseconds: pick(5000), by: 'world' } as const;
    const buckets = new TokenBuckets(limit);
    const through: number[] = [];
    let now = NOON;
    for (let call = 0; call < 200; call += 1) {
      now += pick(3) === 1 ? pick(limit.milliseconds) : 0;
      const wait = buckets.take('', now);
      if (wait === 0) through.push(now);
      else {
        expect(buckets.left('', now + wait - 1)).toBe(0);
        expect(buckets.left('', now + wait)).toBe(1);
      }
    }
    const excess = through.flatMap((first, from) =>
      through.slice(from).map((last, more) => {
        const most = limit.requests + ((last - first) * limit.requests) / limit.milliseconds;
        return more + 1 - most;
      }),
    );
    expect(Math.max(...excess)).toBeLessThanOrEqual(1e-9);
  }
});
