import { expect, test } from '@jest/globals';
import { finish } from '../../src/base/slices.ts';
import { type JournalEvent, startSideglance } from '../../src/index.ts';
import { Attempts, attemptOf } from '../../src/journal/attempts.ts';
import { Journal } from '../../src/journal/journal.ts';
import { JournalMemory } from '../../src/journal/memory.ts';
import { type ProcessPage, readPageOfAll } from '../../src/journal/query-all.ts';
import { recorded } from '../support/journal.ts';

/** Journals of worlds `w0`, `w1`, ... with `count` entries that are spread over them. */
function readersWith(count: number, { worlds = 3, capacity = 1000 } = {}) {
  const memory = new JournalMemory(2 ** 30);
  const readers = Array.from({ length: worlds }, (_, index) => ({
    name: `w${index}`,
    journal: new Journal({ capacity }, memory),
  }));
  for (let index = 0; index < count; index += 1) {
    const world = (index * 7 + Math.floor(index / 5)) % worlds;
    readers[world]?.journal.record(recorded({ status: index % 4 === 0 ? 404 : 200, url: `/${index}` }));
  }
  return readers;
}

const sequences = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

test('pages of all worlds hold every entry once, in the order of recording, forwards and backwards', () => {
  const readers = readersWith(100);
  const forwards: number[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: ProcessPage = finish(readPageOfAll(readers, {}, { after, limit: 7 }));
    forwards.push(...page.entries.map(({ sequence }) => sequence));
    after = page.next;
  }
  expect(forwards).toEqual(sequences(1, 100));
  const backwards: number[] = [];
  for (let before: number | null | undefined; before !== null; ) {
    const page = finish(readPageOfAll(readers, {}, { before: before ?? undefined, limit: 9 }));
    backwards.unshift(...page.entries.map(({ sequence }) => sequence));
    before = page.previous;
  }
  expect(backwards).toEqual(sequences(1, 100));
});

test('a cursor holds while requests arrive, are dropped and are cleared', () => {
  const readers = readersWith(60, { capacity: 15 });
  const first = finish(readPageOfAll(readers, {}, { after: 0, limit: 5 }));
  const stored = readers.flatMap(({ journal }) => [...journal.after()].map(({ sequence }) => sequence));
  const oldest = stored.toSorted((one, other) => one - other).slice(0, 5);
  expect(first.entries.map(({ sequence }) => sequence)).toEqual(oldest);
  readers[0]?.journal.clear();
  for (const { journal } of readers) journal.record(recorded({ url: '/new' }));
  const rest = finish(readPageOfAll(readers, {}, { after: first.next ?? 0, limit: 1000 }));
  expect(rest.entries.every(({ sequence }) => sequence > (oldest[4] as number))).toBe(true);
  expect(rest.entries.slice(-3).map(({ sequence, world, url }) => [sequence, world, url])).toEqual([
    [61, 'w0', '/new'],
    [62, 'w1', '/new'],
    [63, 'w2', '/new'],
  ]);
  expect([rest.next, rest.previous]).toEqual([null, rest.entries[0]?.sequence]);
});

test('the work for one page is limited, and its cursor goes on where it stopped', () => {
  const readers = readersWith(25_000, { worlds: 2, capacity: 20_000 });
  readers[1]?.journal.record(recorded({ status: 503 }));
  const empty = finish(readPageOfAll(readers, { status: 503 }, { after: 0, limit: 10 }));
  expect([empty.entries.length, empty.next]).toEqual([0, 10_000]);
  const last = finish(readPageOfAll(readers, { status: 503 }, { after: 20_000, limit: 10 }));
  expect([last.entries.map(({ sequence }) => sequence), last.next]).toEqual([[25_001], null]);
});

test('the attempt of an entry is the same alone and in order', () => {
  const journal = new Journal();
  for (const status of [503, 503, 200, 503, 404, 503, 200, 200, 503]) {
    for (const url of ['/a', '/b']) journal.record(recorded({ url, status }));
    journal.record(recorded({ url: '/a', status: 201, requestHeaders: ['User-Agent', `other ${status}`] }));
  }
  const attempts = new Attempts();
  for (const entry of journal.after()) expect(finish(attemptOf(journal, entry))).toBe(attempts.next(entry));
});

test('a stream of all worlds tells which journals were cleared, and which worlds were dropped', async () => {
  const cloud = await startSideglance();
  try {
    const other = cloud.worlds.create({ name: 'other' });
    await fetch(`${other.url}/image/v2/images`);
    await fetch(`${cloud.url}/image/v2/images`);
    const events = (cloud.requests.follow({ worlds: 'all' }) as AsyncIterable<JournalEvent>)[Symbol.asyncIterator]();
    const next = async (): Promise<JournalEvent> => (await events.next()).value;
    expect([(await next()).type, (await next()).type]).toEqual(['request', 'request']);
    other.reset();
    const cleared = await next();
    expect(cleared).toMatchObject({ type: 'cleared', world: 'other' });
    await fetch(`${other.url}/image/v2/images`);
    expect(await next()).toMatchObject({ type: 'request', entry: { world: 'other', id: 1, sequence: 3 } });
    cloud.requests.clear();
    const last = await next();
    expect(last).toMatchObject({ type: 'cleared', world: 'default' });
    cloud.worlds.drop('other');
    expect(await next()).toMatchObject({ type: 'cleared', world: 'other' });
    await events.return?.();
  } finally {
    await cloud.close();
  }
});

test('a stream of all worlds that goes on tells what was cleared in the meantime', async () => {
  const cloud = await startSideglance();
  try {
    await fetch(`${cloud.url}/image/v2/images`);
    const first = (cloud.requests.follow({ worlds: 'all' }) as AsyncIterable<JournalEvent>)[Symbol.asyncIterator]();
    const { cursor } = (await first.next()).value as Extract<JournalEvent, { readonly type: 'request' }>;
    await first.return?.();
    cloud.reset();
    await fetch(`${cloud.url}/image/v2/images`);
    const resume = (after: string) =>
      (cloud.requests.follow({ worlds: 'all', after }) as AsyncIterable<JournalEvent>)[Symbol.asyncIterator]();
    const resumed = resume(cursor);
    expect((await resumed.next()).value).toMatchObject({ type: 'cleared', world: 'default' });
    const entry = (await resumed.next()).value as Extract<JournalEvent, { readonly type: 'request' }>;
    expect(entry).toMatchObject({ type: 'request', entry: { id: 1, sequence: 2 } });
    await resumed.return?.();
    const again = resume(entry.cursor);
    await fetch(`${cloud.url}/image/v2/images`);
    expect((await again.next()).value).toMatchObject({ type: 'request', entry: { id: 2 } });
    await again.return?.();
  } finally {
    await cloud.close();
  }
});

test('requests of all worlds are listed, exported and followed in one', async () => {
  const cloud = await startSideglance();
  try {
    const stream = cloud.requests.follow({ worlds: 'all', status: 401 });
    await fetch(`${cloud.url}/image/v2/images`);
    const world = cloud.worlds.create({ name: 'second' });
    await fetch(`${world.url}/image/v2/images`);
    await fetch(`${world.url}/image/nowhere`);
    await fetch(`${cloud.url}/image/v2/images/x`);
    const events: JournalEvent[] = [];
    for await (const event of stream as AsyncIterable<JournalEvent>) if (events.push(event) === 3) break;
    const worlds = ['default', 'second', 'default'];
    expect(events.map((event) => ('entry' in event ? event.entry.world : event.type))).toEqual(worlds);
    const list = cloud.requests.list({ worlds: 'all', status: 401 });
    expect(list.requests.map(({ world: name }) => name)).toEqual(worlds);
    expect(list).toMatchObject({ recorded: 4, dropped: 0, next: null });
    expect(cloud.requests.har({ worlds: 'all' }).log.entries).toHaveLength(4);
    const after = list.requests[0]?.sequence as number;
    const headers = { 'Last-Event-ID': String(after) };
    const sse = await fetch(`${cloud.url}/__admin/requests/stream?worlds=all&operation=image-v2.listImages`, {
      headers,
    });
    const reader = sse.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('\n\nevent') && !/data:.*\n\n/.test(text)) text += (await reader?.read())?.value ?? '';
    expect(text).toMatch(new RegExp(`id:${list.requests[1]?.sequence}-[0-9a-f]{8}\n`));
    expect(text).toContain('"world":"second"');
    await reader?.cancel();
  } finally {
    await cloud.close();
  }
});
