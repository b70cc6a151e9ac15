import { Readable } from 'node:stream';
import { createEventBuffer } from 'better-sse';
import type { Steps, Work } from '../base/slices.ts';
import type { Reply } from '../contract/contract.ts';
import { didYouMean, suggestionHint } from '../contract/nearest.ts';
import { InputError, type InputIssue } from '../input/input-error.ts';
import type { OperationName } from '../input/types/operations.ts';
import type { Entry, EntryMessage } from '../journal/entry.ts';
import { followJournal, type JournalEvent } from '../journal/follow.ts';
import { ProcessFollower } from '../journal/follow-all.ts';
import { toHar } from '../journal/har.ts';
import type { Har } from '../journal/har-types.ts';
import {
  type EntryFilter,
  type EntryPage,
  readEntries,
  readEntry,
  readPage,
  type StoredReader,
  workOnView,
  workOnViews,
} from '../journal/query.ts';
import { readAllEntries, readPageOfAll } from '../journal/query-all.ts';
import type { World } from '../world/world.ts';
import type { AdminContext, AdminHost } from './operation.ts';
import { AdminError } from './problems.ts';

/** Number of entries when `limit` is omitted. */
const DEFAULT_LIMIT = 100;

/** Selects requests of the journal; all given members must match. */
export interface RequestFilter extends Omit<EntryFilter, 'since' | 'until' | 'operation'> {
  /** `image-v2.showImage`. */
  readonly operation?: OperationName | undefined;
  /** Only requests at or after this time: ISO 8601, or milliseconds since 1970. By the world's clock. */
  readonly since?: string | number | undefined;
  /** Only requests before this time. */
  readonly until?: string | number | undefined;
  /** `all`: requests of all worlds, in the order in which they were recorded; of one world when omitted. */
  readonly worlds?: 'all' | undefined;
}

/** Selects a page of the journal. */
export interface RequestQuery extends RequestFilter {
  /** Only entries with a higher id, the oldest first; of all worlds: with a higher sequence number. */
  readonly after?: number | undefined;
  /** Only entries with a lower id; of all worlds: with a lower sequence number. */
  readonly before?: number | undefined;
  /** Maximum number of entries, the latest ones unless `after` is given; 100 when omitted. */
  readonly limit?: number | undefined;
  /** What entries contain. */
  readonly view?: EntryView | undefined;
}

/** Selects the requests that a stream sends. */
export interface FollowQuery extends RequestFilter {
  /** Only what happened after a cursor, which is the id of an event, or entries with a higher id (of all worlds: sequence number). */
  readonly after?: string | number | undefined;
  /** What entries contain. */
  readonly view?: EntryView | undefined;
}

/** What entries contain: `summary` omits headers and bodies, `headers` the content of bodies; `full` when omitted. */
export const ENTRY_VIEWS = ['full', 'headers', 'summary'] as const;

type EntryView = (typeof ENTRY_VIEWS)[number];

/** An entry of the journal; its headers and bodies are omitted in a summary. */
export type RequestView = Omit<Entry, 'request' | 'response'> & Partial<Pick<Entry, 'request' | 'response'>>;

/** A page of a world's journal. */
export interface RequestList {
  /** In chronological order. */
  readonly requests: readonly RequestView[];
  /** Requests since the world was created or its journal was cleared. */
  readonly recorded: number;
  /** Requests that the full journal has dropped. */
  readonly dropped: number;
  /** Requests that have arrived and have no response yet; the journal gets them with their responses. */
  readonly unanswered: number;
  /** The value of `after` for the following page; `null` if there is none. */
  readonly next: number | null;
  /** The value of `before` for the preceding page; `null` if there is none. */
  readonly previous: number | null;
}

/**
 * Returns a page of the requests that match a query.
 * @throws InputError for an unknown operation or dialect, and an invalid time.
 */
export function listRequests({ world, host }: AdminContext, query: RequestQuery): Work<RequestList> {
  const { after, before, limit = DEFAULT_LIMIT, view, worlds, ...given } = query;
  const filter = filterOf(given, host);
  const page = { after, before, limit };
  if (worlds === 'all') return listOfAll(host.worlds.list(), filter, { ...page, view });
  const { recorded, dropped, unanswered } = world.journal;
  const counts = { recorded, dropped, unanswered: unanswered.size };
  return workOnView(world, function* (reader) {
    const { entries, hasBefore, hasAfter } = yield* readPage(reader, filter, page);
    return {
      requests: viewsOf(entries, view),
      ...counts,
      next: hasAfter ? (entries.at(-1)?.id ?? null) : null,
      previous: hasBefore ? (entries[0]?.id ?? null) : null,
    };
  });
}

function listOfAll(
  worlds: readonly World[],
  filter: EntryFilter,
  { view, ...page }: EntryPage & Pick<RequestQuery, 'view'>,
): Work<RequestList> {
  const sum = (of: (world: World) => number): number => worlds.reduce((total, world) => total + of(world), 0);
  const counts = {
    recorded: sum(({ journal }) => journal.recorded),
    dropped: sum(({ journal }) => journal.dropped),
    unanswered: sum(({ journal }) => journal.unanswered.size),
  };
  return workOnViews(worlds, function* (readers) {
    const { entries, next, previous } = yield* readPageOfAll(readers, filter, page);
    return { requests: viewsOf(entries, view), ...counts, next, previous };
  });
}

const viewsOf = (entries: readonly Entry[], view: EntryView = 'full'): readonly RequestView[] =>
  entries.map((entry) => viewOf(entry, view));

function viewOf(entry: Entry, view: EntryView): RequestView {
  if (view === 'full') return entry;
  const { request, response, ...rest } = entry;
  if (view === 'summary') return rest;
  return { ...rest, request: withoutContent(request), response: withoutContent(response) };
}

const withoutContent = ({ headers, body }: EntryMessage): EntryMessage =>
  body === undefined
    ? { headers }
    : { headers, body: { size: body.size, ...(body.arriving !== undefined && { arriving: body.arriving }) } };

/** Returns one request. @throws AdminError if the journal has no entry with this id. */
export const showRequest = (world: World, id: string): Work<Entry> =>
  workOnView(world, (reader) => findRequest(reader, id));

/** Finds one request. @throws AdminError if the journal has no entry with this id. */
export function* findRequest(reader: StoredReader, id: string): Steps<Entry> {
  const entry = /^\d+$/.test(id) ? yield* readEntry(reader, Number(id)) : undefined;
  if (entry !== undefined) return entry;
  throw noSuchRequest(reader.journal, id);
}

/** Creates the error for a request that a journal does not have. */
export function noSuchRequest({ dropped }: { readonly dropped: number }, id: string): AdminError {
  const why = Number(id) <= dropped ? ' The journal has dropped it.' : '';
  return new AdminError(404, `The journal has no request ${id}.${why}`);
}

/** Returns the matching requests as an HTTP archive, HAR 1.2. */
export function exportHar({ world, host, rootOf }: AdminContext, { worlds, ...given }: RequestFilter): Work<Har> {
  const filter = filterOf(given, host);
  const options = { version: host.version, root: rootOf('default') };
  return workOnViews(worlds === 'all' ? host.worlds.list() : [world], function* (readers) {
    const [reader] = readers;
    const entries =
      worlds === 'all' || reader === undefined
        ? yield* readAllEntries(readers, filter)
        : yield* readEntries(reader, filter);
    return yield* toHar(entries, options);
  });
}

/** A stream of journal events with what its entries contain. */
export interface FollowedRequests {
  readonly events: Readable;
  readonly view: EntryView;
}

/** Returns a stream of the matching requests, from the one after `after`: a cursor, or an id. */
export function followRequests(
  { world, host }: AdminContext,
  { after, worlds, view = 'full', ...given }: FollowQuery,
): FollowedRequests {
  const options = { filter: filterOf(given, host), after };
  const events = worlds === 'all' ? new ProcessFollower(host.worlds.journals, options) : followJournal(world, options);
  return { events, view };
}

/** Sends the events of a journal as server-sent events. */
export function sendEvents(followed: FollowedRequests): Reply {
  const lines = Readable.from(toEventTexts(followed), { objectMode: false });
  return { status: 200, headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }, body: lines };
}

async function* toEventTexts({ events, view }: FollowedRequests): AsyncIterable<string> {
  // A comment at once, so that the client knows that the stream has begun.
  yield ': requests\n\n';
  for await (const event of events as AsyncIterable<JournalEvent>) yield toEventText(event, view);
}

function toEventText(event: JournalEvent, view: EntryView): string {
  const buffer = createEventBuffer().event(event.type);
  if ('cursor' in event) buffer.id(event.cursor);
  return buffer.data(dataOf(event, view)).dispatch().read();
}

function dataOf(event: JournalEvent, view: EntryView): object {
  if ('entry' in event) return viewOf(event.entry, view);
  if (event.type === 'dropped') return { count: event.count };
  return event.world === undefined ? {} : { world: event.world };
}

function filterOf(
  { since, until, ...filter }: Omit<RequestFilter, 'worlds'>,
  { contracts, known }: Pick<AdminHost, 'contracts' | 'known'>,
): EntryFilter {
  const { operation, dialect } = filter;
  if (operation !== undefined && known.get(operation) === undefined) {
    const allowed = 'an operation that GET /__admin/contracts lists, as dialect.operation';
    const message = `no operation has this name${suggestionHint(known.suggest(operation))}`;
    throw unknown('operation', operation, { message, allowed });
  }
  const names = contracts.map(({ name }) => name);
  if (dialect !== undefined && !names.includes(dialect)) {
    const message = `no dialect has this name${didYouMean(dialect, names)}`;
    throw unknown('dialect', dialect, { message, allowed: names });
  }
  return { ...filter, since: timeOf('since', since), until: timeOf('until', until) };
}

function timeOf(parameter: string, given: string | number | undefined): number | undefined {
  if (given === undefined) return undefined;
  const time = /^\d+$/.test(String(given)) ? Number(given) : Date.parse(String(given));
  if (!Number.isNaN(time)) return time;
  const allowed = 'a time in ISO 8601, or milliseconds since 1970';
  throw new InputError('query', [{ pointer: `/${parameter}`, message: 'is not a time', found: given, allowed }]);
}

const unknown = (parameter: string, found: string, issue: Pick<InputIssue, 'message' | 'allowed'>): InputError =>
  new InputError('query', [{ pointer: `/${parameter}`, found, ...issue }]);
