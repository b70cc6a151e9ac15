import { describe, expect, test } from '@jest/globals';
import { Journal } from '../../src/journal/journal.ts';
import { JournalMemory, type WaitingRequest } from '../../src/journal/memory.ts';
import { recorded } from '../support/journal.ts';

/** A journal, and a function that postpones a request. */
function createJournal(memory = new JournalMemory(2 ** 20)) {
  const journal = new Journal({}, memory);
  const postpone = (url: string): void => {
    const request: WaitingRequest = { record: () => void journal.record(recorded({ url })) };
    journal.postpone(request);
  };
  const urls = (): readonly string[] => [...journal.after()].map(({ url }) => url);
  return { journal, memory, postpone, urls };
}

describe('requests that are recorded later', () => {
  test('are recorded before anybody reads', () => {
    for (const read of [
      ({ journal }: ReturnType<typeof createJournal>) => journal.recorded,
      ({ journal }: ReturnType<typeof createJournal>) => journal.entry(1)?.id,
      ({ memory }: ReturnType<typeof createJournal>) => memory.recorded,
      ({ journal }: ReturnType<typeof createJournal>) => journal.view().recorded,
      ({ journal }: ReturnType<typeof createJournal>) => journal.firstAfter(0),
      ({ urls }: ReturnType<typeof createJournal>) => urls().length,
    ]) {
      const created = createJournal();
      created.postpone('/one');
      expect(read(created)).toBe(1);
    }
    const { journal, memory, postpone } = createJournal();
    postpone('/one');
    expect(memory.bytes).toBeGreaterThan(900);
    expect(journal.bytes).toBe(memory.bytes);
  });

  test('keep their order among all requests of a process', () => {
    const memory = new JournalMemory(2 ** 20);
    const [one, other] = [createJournal(memory), createJournal(memory)];
    one.postpone('/1');
    other.postpone('/2');
    one.journal.record(recorded({ url: '/3' }));
    for (let index = 4; index <= 100; index += 1) (index % 3 === 0 ? one : other).postpone(`/${index}`);
    const all = [...one.journal.after(), ...other.journal.after()];
    expect(all.map(({ sequence, url }) => `/${sequence}` === url)).toEqual(all.map(() => true));
    expect(all).toHaveLength(100);
  });

  test('are removed with the others when the journal is cleared', () => {
    const { journal, memory, postpone, urls } = createJournal();
    postpone('/one');
    journal.clear();
    expect([urls(), memory.bytes, memory.recorded]).toEqual([[], 0, 1]);
    postpone('/two');
    expect(urls()).toEqual(['/two']);
  });

  test('are not reported to those who follow the journal after them', () => {
    const { journal, postpone } = createJournal();
    let count = 0;
    const ignore = (): void => undefined;
    const note = (): void => {
      count += 1;
    };
    postpone('/one');
    journal.subscribe({ recorded: note, completed: ignore, cleared: ignore, ended: ignore });
    expect([count, journal.isFollowed]).toEqual([0, true]);
    journal.record(recorded());
    expect(count).toBe(1);
  });
});
