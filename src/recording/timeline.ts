import type { ConductFinding } from '../conduct/analyze.ts';
import type { RecordedPortEvent } from './ports.ts';
import type { RecordedAction, RecordedChange, RecordedExchange, RecordingHead, RecordingSource } from './recording.ts';

/** How long a client waited after a response with Retry-After. */
export interface TimelineWait {
  /** Id of the response with Retry-After. */
  readonly after: number;
  /** Milliseconds that the client was to wait; absent for a header that is neither seconds nor a date. */
  readonly wanted?: number;
  /** Milliseconds that it waited, by the machine's clock. */
  readonly waited: number;
}

/** A request on the timeline of a recording. */
export interface TimelineRequest {
  readonly kind: 'request';
  readonly request: RecordedExchange;
  /** Milliseconds from the first request of the recording. */
  readonly elapsed: number;
  /** Set for the next attempt after a response with Retry-After. */
  readonly wait?: TimelineWait;
  /** Findings of the conduct rules that the request shows. */
  readonly findings: readonly ConductFinding[];
}

/** Something below HTTP, at a port. */
export interface TimelinePortEvent {
  readonly kind: 'port';
  readonly port: string;
  readonly event: RecordedPortEvent;
}

/** What happened in a recording, in chronological order. */
export type TimelineItem =
  | TimelineRequest
  | { readonly kind: 'action'; readonly action: RecordedAction }
  | TimelinePortEvent
  | { readonly kind: 'change'; readonly change: RecordedChange; readonly before: string | undefined };

/** A response with Retry-After for which no next attempt has come yet. */
interface Pending {
  readonly id: number;
  readonly wanted: number | undefined;
  /** When the response had been sent. */
  readonly ended: number;
}

/** Yields what happened in a recording, in the order in which responses were ready. Takes little memory for a recording that is read request by request. */
export function* timelineOf(source: RecordingSource): Iterable<TimelineItem> {
  const { head } = source;
  const actions = [...head.actions];
  const changes = new Changes(head);
  const portEvents = portEventsOf(head);
  const findings = findingsById(head.conduct.findings);
  const pending = new Map<string, Pending>();
  let first: number | undefined;
  for (const request of source.requests()) {
    while ((actions[0]?.after ?? request.id) < request.id) yield actionItem(actions);
    while ((portEvents[0]?.event.after ?? request.id) < request.id) yield portEvents.shift() as TimelinePortEvent;
    yield* changes.upTo(request.id - 2);
    first ??= request.started;
    yield requestItem(request, { first, pending, findings: findings.get(request.id) ?? [] });
    // What a request changed was noted before its response was.
    yield* changes.upTo(request.id - 1);
  }
  while (actions.length > 0) yield actionItem(actions);
  yield* portEvents;
  yield* changes.upTo(Number.POSITIVE_INFINITY);
}

/** The events of all ports, in chronological order. */
const portEventsOf = ({ ports = [] }: RecordingHead): TimelinePortEvent[] =>
  ports
    .flatMap(({ name, events }) => events.map((event): TimelinePortEvent => ({ kind: 'port', port: name, event })))
    .sort((one, other) => one.event.time - other.event.time);

const actionItem = (actions: RecordedAction[]): TimelineItem => ({
  kind: 'action',
  action: actions.shift() as RecordedAction,
});

function requestItem(
  request: RecordedExchange,
  context: {
    readonly first: number;
    readonly pending: Map<string, Pending>;
    readonly findings: readonly ConductFinding[];
  },
): TimelineRequest {
  const { pending, findings, first } = context;
  const key = [request.userAgent, request.method, request.url].join('\n');
  const before = pending.get(key);
  pending.delete(key);
  const retryAfter = headerOf(request, 'retry-after');
  if (retryAfter !== undefined) {
    const ended = request.started + request.timings.lastByte;
    pending.set(key, { id: request.id, wanted: millisecondsOf(retryAfter, request.time), ended });
  }
  return {
    kind: 'request',
    request,
    elapsed: request.started - first,
    ...(before !== undefined && {
      wait: {
        after: before.id,
        ...(before.wanted !== undefined && { wanted: before.wanted }),
        waited: Math.max(0, request.started - before.ended),
      },
    }),
    findings,
  };
}

/** Changes of images, with the status that each image had before. */
class Changes {
  readonly #changes: readonly RecordedChange[];
  readonly #statuses = new Map<string, string>();
  #next = 0;

  constructor({ changes, start }: RecordingHead) {
    this.#changes = changes;
    for (const { id, status } of start.images) this.#statuses.set(id, status);
  }

  /** Yields the changes up to those after a request. */
  *upTo(id: number): Iterable<TimelineItem> {
    for (
      let change = this.#changes[this.#next];
      change !== undefined && change.after <= id;
      change = this.#changes[this.#next]
    ) {
      const { image } = change;
      yield { kind: 'change', change, before: this.#statuses.get(image.id) };
      this.#statuses.set(image.id, image.status);
      this.#next += 1;
    }
  }
}

function findingsById(findings: readonly ConductFinding[]): ReadonlyMap<number, readonly ConductFinding[]> {
  const byId = new Map<number, ConductFinding[]>();
  for (const finding of findings) {
    const id = finding.entries.at(-1);
    if (id !== undefined) byId.set(id, [...(byId.get(id) ?? []), finding]);
  }
  return byId;
}

const headerOf = ({ response }: RecordedExchange, lowerName: string): string | undefined =>
  response.headers.find(({ name }) => name.toLowerCase() === lowerName)?.value;

/** The milliseconds that a Retry-After header means at a time. */
function millisecondsOf(text: string, now: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
