import type { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { followJournal, type JournalEvent } from '../../src/journal/follow.ts';
import { ProcessFollower } from '../../src/journal/follow-all.ts';
import { Journal } from '../../src/journal/journal.ts';
import { JournalMemory } from '../../src/journal/memory.ts';
import type { EntryReader } from '../../src/journal/query.ts';
import type { RecordedRequest } from '../../src/journal/recorded.ts';
import { recorded } from '../support/journal.ts';

/** A journal with its process. */
interface Source {
  readonly reader: EntryReader;
  readonly memory: JournalMemory;
}

/** Returns the events that a stream has at once. */
async function readAll(stream: Readable): Promise<readonly JournalEvent[]> {
  const events: JournalEvent[] = [];
  stream.on('data', (event: JournalEvent) => events.push(event));
  await new Promise(setImmediate);
  stream.destroy();
  return events;
}

/** Returns where a stream goes on. */
function cursorOf(events: readonly JournalEvent[]): string | undefined {
  const last = events.at(-1);
  return last !== undefined && 'cursor' in last ? last.cursor : undefined;
}

const FILTER = { filter: { outcome: 'client gone' } } as const;

test.each<[string, (reader: { journal: Journal; name: string }, memory: JournalMemory) => Readable]>([
  ['one world', (reader) => followJournal(reader, FILTER)],
  ['all worlds', (reader, memory) => new ProcessFollower({ memory, readers: () => [reader] }, FILTER)],
])('the stream of %s has a response that matches the filter only once it is over', async (_title, follow) => {
  const memory = new JournalMemory(2 ** 20);
  const journal = new Journal({}, memory);
  const events: JournalEvent[] = [];
  const stream = follow({ journal, name: 'default' }, memory).on('data', (event: JournalEvent) => events.push(event));
  const [left, whole] = [recorded({ outcome: 'pending' }), recorded({ outcome: 'pending' })];
  for (const entry of [left, whole]) journal.record(entry);
  await new Promise(setImmediate);
  expect(events).toEqual([]);
  left.outcome = 'client gone';
  whole.outcome = 'complete';
  for (const entry of [left, whole]) journal.complete(entry);
  await new Promise(setImmediate);
  expect(events).toMatchObject([{ type: 'update', entry: { id: 1, outcome: 'client gone' } }]);
  stream.destroy();
});

test.each<[string, (source: Source, after?: string) => Readable]>([
  ['one world', ({ reader }, after) => followJournal(reader, { filter: {}, after })],
  [
    'all worlds',
    ({ reader, memory }, after) => new ProcessFollower({ memory, readers: () => [reader] }, { filter: {}, after }),
  ],
])('a resumed stream of %s sends again the responses that were still being sent', async (_title, follow) => {
  const memory = new JournalMemory(2 ** 20);
  const reader = { journal: new Journal({}, memory), name: 'default' };
  const [whole, pending, later] = ['complete', 'pending', 'complete'].map((outcome) =>
    recorded({ outcome: outcome as 'complete' }),
  ) as [RecordedRequest, RecordedRequest, RecordedRequest];
  for (const entry of [whole, pending, later]) reader.journal.record(entry);
  const events = await readAll(follow({ reader, memory }));
  const cursor = cursorOf(events);
  expect(cursor).toMatch(/^1-/);
  pending.outcome = 'complete';
  reader.journal.complete(pending);
  const resumed = await readAll(follow({ reader, memory }, cursor));
  expect(resumed).toMatchObject([{ entry: { id: 2, outcome: 'complete' } }, { entry: { id: 3 } }]);
  expect(cursorOf(resumed)).toMatch(/^3-/);
});
