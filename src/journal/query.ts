import { type Steps, Work } from '../base/slices.ts';
import type { Source } from '../base/source.ts';
import { Attempts, attemptOf } from './attempts.ts';
import type { Entry } from './entry.ts';
import { imageOf } from './image-of.ts';
import type { Journal } from './journal.ts';
import type { StoredEntries } from './journal-view.ts';
import type { FiredRule, Outcome, RecordedRequest } from './recorded.ts';
import { redactHeader } from './redact.ts';
import type { StoredBody } from './stored-body.ts';
import { headerOf, toEntry } from './to-entry.ts';

/** Filter for journal entries; an entry must match every member. */
export interface EntryFilter {
  /** `image-v2.showImage`. */
  readonly operation?: string | undefined;
  /** `image-v2`. */
  readonly dialect?: string | undefined;
  /** Status of the response; 0 for requests that got none. */
  readonly status?: number | undefined;
  /** What produced the response: state and input, or a rule. */
  readonly source?: Source | undefined;
  /** Whether the client received the whole response. */
  readonly outcome?: Outcome | undefined;
  /** Upper or lower case. */
  readonly method?: string | undefined;
  /** Text that the URL contains. */
  readonly url?: string | undefined;
  /** Name of the caller. */
  readonly user?: string | undefined;
  /** Project id of the caller. */
  readonly project?: string | undefined;
  /** The image that the request names or created. */
  readonly image?: string | undefined;
  readonly label?: string | undefined;
  /** Name of the scenario, or id of the one-off fault, whose rule fired. */
  readonly scenario?: string | undefined;
  /** Index of the rule that fired, from 0. */
  readonly rule?: number | undefined;
  /** What the rule did: `answer`, `delay`, `cut` and so on. */
  readonly kind?: string | undefined;
  /** When the effect of a faulted request took place: `before`, `after`, `twice` or `late`. */
  readonly phase?: string | undefined;
  /** Number of the connection. */
  readonly connection?: number | undefined;
  readonly attempt?: number | undefined;
  /** Whether the request body violates the schema. */
  readonly violations?: boolean | undefined;
  /** Text that the User-Agent contains. */
  readonly userAgent?: string | undefined;
  /** Text that the request body contains. */
  readonly requestBody?: string | undefined;
  /** Text that the response body contains. */
  readonly responseBody?: string | undefined;
  /** A request header as `Name` or `Name: value`. */
  readonly requestHeader?: string | undefined;
  /** A response header as `Name` or `Name: value`. */
  readonly responseHeader?: string | undefined;
  /** Only entries at or after this time, in milliseconds since 1970, by the world's clock. */
  readonly since?: number | undefined;
  /** Only entries before this time. */
  readonly until?: number | undefined;
}

/** A page of journal entries. Without `after`, the newest entries; with it, the oldest ones after that id. */
export interface EntryPage {
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  /** Maximum number of entries. */
  readonly limit: number;
}

/** A recorded request with what its predecessors tell about it. */
export interface Candidate {
  readonly recorded: RecordedRequest;
  readonly attempt: number;
}

type Predicate<V> = (candidate: Candidate, wanted: V) => boolean;

const equals =
  <K extends keyof RecordedRequest>(name: K): Predicate<RecordedRequest[K]> =>
  ({ recorded }, wanted) =>
    recorded[name] === wanted;

const firedEquals =
  <K extends keyof FiredRule>(name: K): Predicate<FiredRule[K]> =>
  ({ recorded }, wanted) =>
    recorded.fired?.[name] === wanted;

const PREDICATES: { readonly [K in keyof Required<EntryFilter>]: Predicate<NonNullable<EntryFilter[K]>> } = {
  operation: equals('operation'),
  dialect: equals('dialect'),
  status: equals('status'),
  source: equals('source'),
  outcome: equals('outcome'),
  method: ({ recorded }, wanted) => recorded.method === wanted.toUpperCase(),
  url: ({ recorded }, wanted) => recorded.url.includes(wanted),
  user: ({ recorded }, wanted) => recorded.caller?.userName === wanted,
  project: ({ recorded }, wanted) => recorded.caller?.projectId === wanted,
  image: ({ recorded }, wanted) => imageOf(recorded) === wanted,
  label: equals('label'),
  scenario: firedEquals('scenario'),
  rule: firedEquals('rule'),
  kind: firedEquals('kind'),
  phase: firedEquals('phase'),
  connection: equals('connection'),
  attempt: ({ attempt }, wanted) => attempt === wanted,
  violations: ({ recorded }, wanted) => (recorded.violations !== undefined) === wanted,
  userAgent: ({ recorded }, wanted) => headerOf(recorded.requestHeaders, 'user-agent')?.includes(wanted) === true,
  requestBody: ({ recorded }, wanted) => contains(recorded.requestBody, wanted),
  responseBody: ({ recorded }, wanted) => contains(recorded.responseBody, wanted),
  requestHeader: ({ recorded }, wanted) => hasHeader(recorded.requestHeaders, wanted),
  responseHeader: ({ recorded }, wanted) => hasHeader(recorded.responseHeaders, wanted),
  since: ({ recorded }, wanted) => recorded.time >= wanted,
  until: ({ recorded }, wanted) => recorded.time < wanted,
};

/** Names of all members of a filter. */
export const FILTER_MEMBERS = Object.keys(PREDICATES) as readonly (keyof EntryFilter)[];

const contains = ({ content }: StoredBody, wanted: string): boolean => content?.includes(wanted) === true;

/** Whether a flat list has a header, written as `Name` or `Name: value`. A token is written as the entry shows it. */
function hasHeader(flat: readonly string[], wanted: string): boolean {
  const colon = wanted.indexOf(':');
  const wantedName = (colon < 0 ? wanted : wanted.slice(0, colon)).trim().toLowerCase();
  const wantedValue = colon < 0 ? undefined : wanted.slice(colon + 1).trim();
  for (let at = 0; at < flat.length; at += 2) {
    const name = flat[at] as string;
    if (name.toLowerCase() !== wantedName) continue;
    const value = flat[at + 1] as string;
    if (wantedValue === undefined || wantedValue === value) return true;
    if (redactHeader({ name, value }).value === wantedValue) return true;
  }
  return false;
}

/** Returns whether a recorded request matches every member of a filter. */
export const matches = (candidate: Candidate, filter: EntryFilter): boolean =>
  FILTER_MEMBERS.every((name) => {
    const wanted = filter[name];
    // A lookup by name gives the predicate of exactly that member, which TypeScript cannot follow for a union.
    return wanted === undefined || (PREDICATES[name] as Predicate<unknown>)(candidate, wanted);
  });

/** Whose journal is read. */
export interface EntryReader {
  readonly journal: Journal;
  /** Name of the world. */
  readonly name: string;
}

/** What a journal stores, or stored at one moment. */
export interface StoredReader {
  readonly journal: StoredEntries;
  /** Name of the world. */
  readonly name: string;
}

/** Entries of a journal, and whether others match. */
export interface FoundPage {
  /** In chronological order. */
  readonly entries: readonly Entry[];
  /** Whether entries before the first one match. */
  readonly hasBefore: boolean;
  /** Whether entries after the last one match. */
  readonly hasAfter: boolean;
}

/** Returns work on the entries that journals have when it begins. */
export const workOnViews = <Result>(
  readers: readonly EntryReader[],
  use: (views: readonly StoredReader[]) => Steps<Result>,
): Work<Result> =>
  new Work(function* () {
    const views = readers.map(({ journal, name }) => ({ journal: journal.view(), name }));
    try {
      return yield* use(views);
    } finally {
      for (const { journal } of views) journal.close();
    }
  });

/** Returns work on the entries that a journal has when it begins. */
export const workOnView = <Result>(reader: EntryReader, use: (view: StoredReader) => Steps<Result>): Work<Result> =>
  workOnViews([reader], ([view]) => use(view as StoredReader));

/** Returns the matching entries in chronological order. */
export function* readEntries(reader: StoredReader, filter: EntryFilter): Steps<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const candidate of candidatesOf(reader.journal)) {
    if (matches(candidate, filter)) entries.push(present(candidate, reader));
    yield;
  }
  return entries;
}

/** Returns a page of matching entries. */
export function* readPage(
  reader: StoredReader,
  filter: EntryFilter,
  { after, before, limit }: EntryPage,
): Steps<FoundPage> {
  const found: Candidate[] = [];
  let hasBefore = false;
  let hasAfter = false;
  for (const candidate of candidatesOf(reader.journal)) {
    yield;
    const { id } = candidate.recorded;
    if (hasBefore && after !== undefined && id <= after) continue;
    if (!matches(candidate, filter)) continue;
    const isLater = (before !== undefined && id >= before) || (after !== undefined && found.length === limit);
    if (after !== undefined && id <= after) hasBefore = true;
    else if (isLater) {
      hasAfter = true;
      break;
    } else {
      found.push(candidate);
      if (found.length > limit) {
        found.shift();
        hasBefore = true;
      }
    }
  }
  const entries: Entry[] = [];
  for (const candidate of found) {
    entries.push(present(candidate, reader));
    yield;
  }
  return { entries, hasBefore, hasAfter };
}

const present = ({ recorded, attempt }: Candidate, { journal, name }: StoredReader): Entry =>
  toEntry(recorded, { world: name, attempt, showsSecrets: journal.options.showsSecrets });

function* candidatesOf(journal: StoredEntries): Iterable<Candidate> {
  const attempts = new Attempts();
  for (const recorded of journal.after()) yield { recorded, attempt: attempts.next(recorded) };
}

/** Returns one entry; `undefined` if it was never recorded or has been dropped. */
export function* readEntry({ journal, name }: StoredReader, id: number): Steps<Entry | undefined> {
  const recorded = journal.entry(id);
  if (recorded === undefined) return undefined;
  const attempt = yield* attemptOf(journal, recorded);
  return present({ recorded, attempt }, { journal, name });
}
