import { describe, expect, test } from '@jest/globals';
import { Clock } from '../../../src/domain/clock.ts';
import { draw, hashText } from '../../../src/faults/engine/random.ts';
import { TokenBuckets } from '../../../src/faults/engine/token-bucket.ts';
import { engineWith, outcomes, rule, subject } from '../support.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const frozen = () => new Clock({ frozenAt: NOON, offset: 0 });
const limited = (limit: object, more: object = {}) => rule({ fault: { limit, ...more } });

/** Returns the milliseconds in Retry-After of the next request; 0 when it is accepted. */
const waitOf = (engine: ReturnType<typeof engineWith>): number => {
  const fault = engine.decide(subject())?.fault;
  const retryAfter = fault?.kind === 'answer' ? fault.retryAfter : undefined;
  return retryAfter?.shape === 'usual' ? retryAfter.milliseconds : 0;
};

describe('a limit', () => {
  test('accepts as many requests as configured, and one more for each token that comes back', () => {
    const clock = frozen();
    const engine = engineWith([limited({ requests: 3, per: '1m' })], clock);
    expect(outcomes(engine, 5)).toBe('- - - 413 413');
    clock.advance(19_999);
    expect(outcomes(engine, 1)).toBe('413');
    clock.advance(1);
    expect(outcomes(engine, 2)).toBe('- 413');
    clock.advance(600_000);
    expect(outcomes(engine, 4)).toBe('- - - 413');
  });

  test('returns the exact time until the next token, in milliseconds', () => {
    const clock = frozen();
    const engine = engineWith([limited({ requests: 7, per: '1m' })], clock);
    expect(outcomes(engine, 7)).toBe('- - - - - - -');
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
  ])('keeps a separate bucket for each %s', (by, one, other) => {
    const engine = engineWith([limited({ requests: 1, per: '1s', by })], frozen());
    expect(outcomes(engine, 2, one)).toBe('- 413');
    expect(outcomes(engine, 2, other)).toBe('- 413');
  });

  test.each(['world', undefined])('keeps one bucket for all requests with by: %s', (by) => {
    const engine = engineWith([limited({ requests: 1, per: '1s', ...(by && { by }) })], frozen());
    expect(outcomes(engine, 1, { imageId: 'a' })).toBe('-');
    expect(outcomes(engine, 1, { imageId: 'b' })).toBe('413');
  });

  test('returns the documented status of each operation, or the 429 of Repose when none is documented', () => {
    const match = { operation: ['red.deleteImage', 'red.createImage', 'red.showImage'] };
    const engine = engineWith([rule({ match, fault: { limit: { requests: 1, per: '1s', by: 'image' } } })], frozen());
    const overLimit = (operation: string) => {
      const [, decision] = [1, 2].map(() => engine.decide(subject({ operation, imageId: operation })));
      return decision?.fault;
    };
    expect(overLimit('red.deleteImage')).toMatchObject({ kind: 'answer', status: 413 });
    expect(overLimit('red.createImage')).toMatchObject({ kind: 'answer', status: 413 });
    expect(overLimit('red.showImage')).toMatchObject({ kind: 'answer', status: 429, observed: 'repose-429' });
  });

  test('returns the status and Retry-After of the rule instead', () => {
    const engine = engineWith(
      [limited({ requests: 1, per: '1s' }, { answer: 503, retryAfter: 'absent', message: 'Later.' })],
      frozen(),
    );
    expect(outcomes(engine, 1)).toBe('-');
    expect(engine.decide(subject())?.fault).toEqual({
      kind: 'answer',
      status: 503,
      retryAfter: { shape: 'absent' },
      message: 'Later.',
      isOverLimit: true,
    });
  });

  test('counts rejected requests as fired and all as seen; accepted ones reach later rules', () => {
    const engine = engineWith([
      limited({ requests: 2, per: '1m' }),
      rule({ fault: { answer: 409 } }, { scenario: 'two' }),
    ]);
    expect(outcomes(engine, 4)).toBe('409 409 413 413');
    expect(engine.report('one')?.rules[0]).toMatchObject({ seen: 4, fired: 2 });
    expect(engine.report('two')?.rules[0]).toMatchObject({ seen: 2, fired: 2 });
  });

  test('starts with a full bucket when its scenario is enabled again', () => {
    const engine = engineWith([limited({ requests: 1, per: '1m' })], frozen());
    expect(outcomes(engine, 2)).toBe('- 413');
    engine.enable('one');
    expect(outcomes(engine, 2)).toBe('- 413');
  });

  test('can be a one-off fault, which stays as long as "calls" allows', () => {
    const engine = engineWith([], frozen());
    engine.arm(limited({ requests: 1, per: '1m' }).rules[0] as never);
    expect(outcomes(engine, 3)).toBe('- 413 413');
  });
});

test('setting the clock back neither adds nor removes tokens', () => {
  const clock = frozen();
  const engine = engineWith([limited({ requests: 2, per: '2s' })], clock);
  expect(outcomes(engine, 1)).toBe('-');
  clock.advance(-60_000);
  expect(outcomes(engine, 2)).toBe('- 413');
  clock.advance(1000);
  expect(outcomes(engine, 2)).toBe('- 413');
});

test('accepts in no period more requests than the bucket holds plus the tokens that came back', () => {
  for (let run = 0; run < 30; run += 1) {
    const hash = hashText(`run ${run}`);
    let draws = 0;
    const pick = (max: number): number => {
      draws += 1;
      return 1 + Math.floor(draw(hash, draws) * max);
    };
    const limit = { requests: pick(20), milliseconds: pick(5000), by: 'world' } as const;
    const buckets = new TokenBuckets(limit);
    const accepted: number[] = [];
    let now = NOON;
    for (let call = 0; call < 200; call += 1) {
      now += pick(3) === 1 ? pick(limit.milliseconds) : 0;
      const wait = buckets.take('', now);
      if (wait === 0) accepted.push(now);
      else {
        expect(buckets.left('', now + wait - 1)).toBe(0);
        expect(buckets.left('', now + wait)).toBe(1);
      }
    }
    const excess = accepted.flatMap((first, from) =>
      accepted.slice(from).map((last, more) => {
        const allowed = limit.requests + ((last - first) * limit.requests) / limit.milliseconds;
        return more + 1 - allowed;
      }),
    );
    expect(Math.max(...excess)).toBeLessThanOrEqual(1e-9);
  }
});
