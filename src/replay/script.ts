import { redactHeader, redactUrl } from '../journal/redact.ts';
import type { RecordingFile } from '../recording/read-recording.ts';
import type { RecordedExchange } from '../recording/recording.ts';
import { type ComparedRequest, type FieldTest, fingerprintOf, recordedBody } from './request-fields.ts';

/**
 * A client that sends requests one after the other needs about this time to open another connection. The server takes requests that arrive
 * together one after the other, too, so that their times alone do not tell.
 */
const MIN_PAUSE_MILLISECONDS = 10;

/** The requests of one client. */
interface Lane {
  /** Positions of its requests, in the order in which they were sent. */
  readonly positions: number[];
  /** Whether it may have sent requests before earlier ones had ended. Those may come in another order next time. */
  isParallel: boolean;
  /** Its connections so far. */
  readonly connections: Set<number>;
  /** Its latest request so far. */
  latest: Step | undefined;
  /** Index of the first of `positions` that has not been played. */
  next: number;
}

/** The parts of a recorded request that are kept in memory. */
interface Step {
  /** Index in the file. */
  readonly index: number;
  readonly started: number;
  readonly ended: number;
  readonly fingerprint: string;
  readonly client: string;
  readonly connection: number;
  /** Whether the client received the whole response, so that it could use the connection again. */
  readonly isComplete: boolean;
}

/** What is found for a request: the position of its recorded response, or that it departs. */
export type Found = { readonly position: number } | { readonly reason: 'different' | 'order' | 'more' };

/** Number of requests that are compared to find the one that is nearest to a request that departs. */
const MAX_COMPARED = 16;

/**
 * The requests of a recording in the order in which they were sent, which is not that in which their responses were ready. The same request
 * of a client gets the responses in this order.
 */
export class Script {
  readonly #file: RecordingFile;
  readonly #steps: readonly Step[];
  /** Positions by fingerprint, each list in order; the first ones are removed as they are played. */
  readonly #waiting = new Map<string, { readonly positions: number[]; next: number }>();
  readonly #lanes = new Map<string, Lane>();
  readonly #isPlayed: Uint8Array;
  readonly #isUpload: (operation: string | null) => boolean;
  #first = 0;
  #played = 0;

  /**
   * Reads all requests once.
   * @throws InputError for an invalid request.
   */
  constructor(
    file: RecordingFile,
    { isUpload, isIgnored }: { isUpload(operation: string | null): boolean; readonly isIgnored: FieldTest },
  ) {
    this.#file = file;
    this.#isUpload = isUpload;
    const steps: Step[] = [];
    for (let index = 0; index < file.size; index += 1) {
      const exchange = file.at(index);
      // What is not a request does not reach a replay either.
      if (exchange.invalid === undefined) steps.push(stepOf(exchange, { index, isUpload, isIgnored }));
    }
    this.#steps = steps.sort((one, other) => one.started - other.started || one.index - other.index);
    this.#isPlayed = new Uint8Array(steps.length);
    for (const [position, step] of this.#steps.entries()) this.#add(position, step);
  }

  /** Number of requests, without what is not an HTTP request. */
  get size(): number {
    return this.#steps.length;
  }

  /** Number of requests that have been played. */
  get played(): number {
    return this.#played;
  }

  /** Returns the request at a position. */
  at(position: number): RecordedExchange {
    return this.#file.at((this.#steps[position] as Step).index);
  }

  /** Returns the request at a position in the form in which it is compared. */
  comparedAt(position: number): ComparedRequest {
    return compared(this.at(position), this.#isUpload);
  }

  /** Finds the response of a request, given all fingerprints that it may have in the recording, and marks it as played. */
  take(fingerprints: readonly string[]): Found {
    for (const fingerprint of fingerprints) {
      const queue = this.#waiting.get(fingerprint);
      const position = queue?.positions[queue.next];
      if (queue === undefined || position === undefined) continue;
      const lane = this.#laneOf(position);
      if (!lane.isParallel && lane.positions[lane.next] !== position) return { reason: 'order' };
      queue.next += 1;
      this.#play(position, lane);
      return { position };
    }
    return { reason: this.#played === this.size ? 'more' : 'different' };
  }

  /** The first requests that have not been played, up to 16. */
  waiting(): readonly number[] {
    const positions: number[] = [];
    for (let position = this.#first; position < this.size && positions.length < MAX_COMPARED; position += 1) {
      if (this.#isPlayed[position] === 0) positions.push(position);
    }
    return positions;
  }

  #add(position: number, step: Step): void {
    const { fingerprint, client } = step;
    const queue = this.#waiting.get(fingerprint);
    if (queue === undefined) this.#waiting.set(fingerprint, { positions: [position], next: 0 });
    else queue.positions.push(position);
    const lane = this.#lanes.get(client) ?? newLane();
    lane.isParallel ||= overlaps(step, lane);
    lane.positions.push(position);
    lane.connections.add(step.connection);
    lane.latest = step;
    this.#lanes.set(client, lane);
  }

  #play(position: number, lane: Lane): void {
    this.#isPlayed[position] = 1;
    this.#played += 1;
    while (this.#isPlayed[this.#first] === 1) this.#first += 1;
    while (this.#isPlayed[lane.positions[lane.next] ?? -1] === 1) lane.next += 1;
  }

  #laneOf(position: number): Lane {
    return this.#lanes.get((this.#steps[position] as Step).client) as Lane;
  }
}

const newLane = (): Lane => ({
  positions: [],
  isParallel: false,
  connections: new Set(),
  latest: undefined,
  next: 0,
});

/** Whether a client may have sent a request before its latest one had ended. */
function overlaps({ started, connection }: Step, { latest, connections }: Lane): boolean {
  if (latest === undefined || connection === latest.connection) return false;
  const pause = started - latest.ended;
  return connections.has(connection) || pause < 0 || (latest.isComplete && pause < MIN_PAUSE_MILLISECONDS);
}

const compared = (
  { method, url, request, operation }: RecordedExchange,
  isUpload: (operation: string | null) => boolean,
): ComparedRequest => ({
  method,
  url: redactUrl(url),
  headers: request.headers.map(redactHeader),
  body: recordedBody(request.body, isUpload(operation)),
});

function stepOf(
  exchange: RecordedExchange,
  context: { readonly index: number; isUpload(operation: string | null): boolean; readonly isIgnored: FieldTest },
): Step {
  const { started, timings, request, connection, outcome, userAgent = '' } = exchange;
  const { index, isUpload, isIgnored } = context;
  const named = request.headers.find(({ name }) => name.toLowerCase() === 'x-sideglance-client')?.value;
  return {
    index,
    started,
    ended: started + timings.lastByte,
    fingerprint: fingerprintOf(compared(exchange, isUpload), isIgnored),
    client: named ?? userAgent,
    connection: connection.id,
    isComplete: outcome === 'complete',
  };
}
