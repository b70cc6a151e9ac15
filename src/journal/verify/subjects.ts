import type { Steps } from '../../base/slices.ts';
import { Attempts } from '../attempts.ts';
import type { Entry, EntryBody } from '../entry.ts';
import type { EntryReader, StoredReader } from '../query.ts';
import { RecordedRequest } from '../recorded.ts';
import { toEntry } from '../to-entry.ts';
import type { UnansweredRequest } from '../unanswered.ts';
import { type Field, UNKNOWN } from './fields.ts';

/** A request with what is compared. */
export interface Subject {
  readonly recorded: RecordedRequest;
  /** With secrets. */
  readonly entry: Entry;
  /** Whether the number of the attempt is certain. */
  readonly hasKnownAttempt: boolean;
}

/** Returns the requests in the order in which they arrived, which is not that of their responses. */
export function* subjectsOf({ journal, name }: StoredReader): Steps<readonly Subject[]> {
  const attempts = new Attempts();
  const subjects: Subject[] = [];
  for (const recorded of journal.after()) {
    const entry = toEntry(recorded, { world: name, attempt: attempts.next(recorded), showsSecrets: true });
    const hasKnownAttempt = journal.dropped === 0 && isWholeBody(entry.request.body);
    subjects.push({ recorded, entry, hasKnownAttempt });
    yield;
  }
  return subjects.sort((one, other) => one.recorded.started - other.recorded.started);
}

/** Returns a request as the journal shows it. */
export const shownOf = ({ recorded, entry: { attempt } }: Subject, { journal, name }: StoredReader): Entry =>
  toEntry(recorded, { world: name, attempt, showsSecrets: journal.options.showsSecrets });

/** Whether the journal can tell a body from others of its size, and so an attempt from another request. */
const isWholeBody = (body: EntryBody | undefined): boolean =>
  body === undefined ||
  (body.arriving === undefined &&
    (body.digests !== undefined || (body.truncated === undefined && (body.text ?? body.base64) !== undefined)));

/** What the journal does not have. */
export interface Missing {
  readonly dropped: boolean;
  /** Requests that have no response yet. */
  readonly waiting: readonly Entry[];
}

/** Returns what the journal does not have. */
export const missingIn = (reader: EntryReader): Missing => ({
  dropped: reader.journal.dropped > 0,
  waiting: waitingIn(reader),
});

const waitingIn = ({ journal, name }: EntryReader): readonly Entry[] =>
  [...journal.unanswered].map((request) =>
    toEntry(recordedOf(request), { world: name, attempt: 1, showsSecrets: true }),
  );

const recordedOf = (request: UnansweredRequest): RecordedRequest => Object.assign(new RecordedRequest(), request);

/** What is known of a request without a response. */
const KNOWN_AT_ONCE = /^(?:operation|dialect|method|path|userAgent|query\/.*|header\/.*)$/;

/** Whether a request may match once it has its response. */
export const mayMatch = (entry: Entry, fields: readonly Field[]): boolean =>
  fields.every(({ name, read, fits }) => {
    const value = KNOWN_AT_ONCE.test(name) ? read(entry) : UNKNOWN;
    return value === UNKNOWN || fits(value);
  });
