import type { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { followJournal, type JournalEvent } from '../../src/journal/follow.ts';
import { ProcessFollower } from '../../src/journal/follow-all.ts';
import { Journal } from '../../src/journal/journal.ts';
import { JournalMemory } from '../../src/journal/memory.ts';
import { recorded } from '../support/journal.ts';

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
