import { describe, expect, test } from '@jest/globals';
import { Journal } from '../../src/journal/journal.ts';
import type { EntryFilter } from '../../src/journal/query.ts';
import type { RecordedRequest } from '../../src/journal/recorded.ts';
import { entriesOf, recorded } from '../support/journal.ts';

const IMAGE = '7d00932e-3f4a-4e5e-8a65-0b6a4c6f3f11';
const CALLER = { userId: 'u1', userName: 'demo', projectId: 'p1', projectName: 'demo' };

function worldOf(...changes: readonly Partial<RecordedRequest>[]) {
  const journal = new Journal();
  for (const change of changes) journal.record(recorded(change));
  return { journal, name: 'default' };
}

const idsOf = (world: ReturnType<typeof worldOf>, query: Parameters<typeof entriesOf>[1]): readonly number[] =>
  entriesOf(world, query).map(({ id }) => id);

describe('a query of the journal', () => {
  const fired = { scenario: 'outage', rule: 1, kind: 'answer', phase: 'before' };
  const body = (text: string) => ({ size: text.length, content: text, isArriving: false, digests: undefined });
  const world = worldOf(
    { method: 'POST', url: '/image/v2/images', operation: 'image-v2.createImage', requestBody: body('{"name":"n"}') },
    { status: 503, source: 'injected', fired, caller: CALLER, label: 'a test', imageId: IMAGE, time: 5000 },
    { status: 0, outcome: 'faulty', connection: 4, violations: [{ pointer: '/name', message: 'must be string' }] },
    { dialect: 'identity', requestHeaders: ['User-Agent', 'curl/8', 'X-Auth-Token', 'secret'], time: 9000 },
    { responseHeaders: ['Retry-After', '5'], responseBody: body('{"id":"x"}'), outcome: 'client gone' },
  );

  const cases: readonly (readonly [EntryFilter, readonly number[]])[] = [
    [{}, [1, 2, 3, 4, 5]],
    [{ operation: 'image-v2.createImage' }, [1]],
    [{ dialect: 'identity' }, [4]],
    [{ status: 503 }, [2]],
    [{ status: 0 }, [3]],
    [{ source: 'injected' }, [2]],
    [{ outcome: 'client gone' }, [5]],
    [{ method: 'post' }, [1]],
    [{ url: 'images/x' }, [2, 3, 4, 5]],
    [{ user: 'demo' }, [2]],
    [{ project: 'p1' }, [2]],
    [{ image: IMAGE }, [2]],
    [{ label: 'a test' }, [2]],
    [{ scenario: 'outage', rule: 1 }, [2]],
    [{ scenario: 'outage', rule: 0 }, []],
    [{ kind: 'answer', phase: 'before' }, [2]],
    [{ connection: 4 }, [3]],
    [{ violations: true }, [3]],
    [{ violations: false, status: 200 }, [1, 4, 5]],
    [{ userAgent: 'curl' }, [4]],
    [{ requestHeader: 'x-auth-token' }, [4]],
    [{ requestHeader: 'user-agent: curl/8' }, [4]],
    [{ requestHeader: 'user-agent: curl/9' }, []],
    [{ responseHeader: 'retry-after: 5' }, [5]],
    [{ requestBody: '"name":"n"' }, [1]],
    [{ responseBody: '"id"' }, [5]],
    [{ since: 5000, until: 9000 }, [2]],
  ];

  test.each(cases)('%j returns the requests %j', (filter, ids) => {
    expect(idsOf(world, filter)).toEqual(ids);
  });

  test('returns the newest entries, or those before or after an id', () => {
    expect(idsOf(world, { limit: 2 })).toEqual([4, 5]);
    expect(idsOf(world, { limit: 2, after: 1 })).toEqual([2, 3]);
    expect(idsOf(world, { limit: 2, before: 4 })).toEqual([2, 3]);
    expect(idsOf(world, { limit: 9, after: 1, before: 4 })).toEqual([2, 3]);
  });

  test('finds an image that a request created by its response', () => {
    const created = worldOf({
      operation: 'image-v2.createImage',
      status: 201,
      responseBody: body(JSON.stringify({ id: IMAGE })),
    });
    expect(idsOf(created, { image: IMAGE })).toEqual([1]);
  });
});

describe('the number of an attempt', () => {
  const attemptsOf = (...changes: readonly Partial<RecordedRequest>[]): readonly number[] =>
    entriesOf(worldOf(...changes)).map(({ attempt }) => attempt);

  test('rises with each failed attempt at the same request, and starts again after a success', () => {
    expect(attemptsOf({ status: 503 }, { status: 0 }, { status: 200 }, { status: 200 }, { status: 503 })).toEqual([
      1, 2, 3, 1, 1,
    ]);
  });

  test('counts each client, URL, method and body separately', () => {
    const failed = { status: 503 };
    const content = (text: string) => ({
      requestBody: { size: 1, content: text, isArriving: false, digests: undefined },
    });
    expect(
      attemptsOf(
        failed,
        { ...failed, method: 'DELETE' },
        { ...failed, url: '/image/v2/images/y' },
        { ...failed, caller: CALLER },
        { ...failed, requestHeaders: ['User-Agent', 'curl'] },
        { ...failed, ...content('a') },
        { ...failed, ...content('b') },
        { ...failed, ...content('a') },
        failed,
      ),
    ).toEqual([1, 1, 1, 1, 1, 1, 1, 2, 2]);
  });
});
