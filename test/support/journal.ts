import { finish } from '../../src/base/slices.ts';
import type { Entry } from '../../src/journal/entry.ts';
import { type EntryFilter, type EntryPage, type EntryReader, readPage } from '../../src/journal/query.ts';
import { RecordedRequest } from '../../src/journal/recorded.ts';

/** The newest matching journal entries of a world, in chronological order. */
export const entriesOf = (
  world: EntryReader,
  { limit = 100, after, before, ...filter }: EntryFilter & Partial<EntryPage> = {},
): readonly Entry[] => finish(readPage(world, filter, { limit, after, before })).entries;

/** A recorded request with some members set. */
export const recorded = (changes: Partial<RecordedRequest> = {}): RecordedRequest =>
  Object.assign(
    new RecordedRequest(),
    { dialect: 'image-v2', operation: 'image-v2.showImage', method: 'GET', url: '/image/v2/images/x', status: 200 },
    changes,
  );
