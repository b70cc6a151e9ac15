import type { CertificateKind } from '../base/certificate-kinds.ts';
import { toMicroseconds } from '../base/microseconds.ts';

/** What a port does with new connections. */
export const PORT_STATES = ['open', 'refusing', 'resetting'] as const;
/** One of `PORT_STATES`. */
export type PortState = (typeof PORT_STATES)[number];

/** What happened at a port below HTTP. Connections that it refuses are not seen by the process. */
export type PortEvent = {
  /** Milliseconds since 1970, by the machine's clock. */
  readonly time: number;
} & (
  | { readonly kind: PortState }
  /** The port presents another certificate from the connection on that begins now. */
  | {
      readonly kind: 'certificate';
      readonly certificate: CertificateKind;
      /** Number of connections that had the certificate before. */
      readonly connections: number;
    }
  /** A connection was reset when it had been accepted. */
  | { readonly kind: 'reset' }
  /** The client, or the server, broke off the handshake of TLS. */
  | { readonly kind: 'handshake failed'; readonly certificate: CertificateKind; readonly reason: string }
);

/** A port, and what happened at it since the process listens. */
export interface PortHistory {
  /** `common`, `admin`, or the API that has the port for itself. */
  readonly name: string;
  /** The certificate that it presented first; absent without TLS. */
  readonly firstCertificate: CertificateKind | undefined;
  readonly events: readonly PortEvent[];
  /** Number of events that are not kept, because there were too many. */
  readonly droppedEvents: number;
}

/** What happened at a port, and between which requests. */
export type RecordedPortEvent = PortEvent & {
  /** Id of the last request in `requests` that had ended; 0 for none. */
  readonly after: number;
};

/** What a client could meet at a port below HTTP while the world was recorded. */
export interface RecordedPort {
  readonly name: string;
  /** When the recording begins. */
  readonly state: PortState;
  /** When the recording begins; absent without TLS. */
  readonly certificate?: CertificateKind;
  /** In chronological order. */
  readonly events: readonly RecordedPortEvent[];
  /** Events that the recording lacks. */
  readonly dropped: number;
}

/** When a recorded request ended. */
export interface RequestEnd {
  readonly id: number;
  /** Milliseconds since 1970, by the machine's clock. */
  readonly ended: number;
}

/** Returns the time by the clock of `PortEvent.time`. */
export const machineTime = (): number => toMicroseconds(performance.timeOrigin + performance.now());

/**
 * Returns the ports with TLS, and those at which something happened, since a time.
 * @param ends - the ends of the recorded requests.
 */
export function recordPorts(
  ports: readonly PortHistory[],
  since: number,
  ends: readonly RequestEnd[],
): readonly RecordedPort[] {
  const ended = new EndedRequests(ends);
  return ports.flatMap(({ name, firstCertificate, events, droppedEvents }) => {
    const before = events.filter(({ time }) => time < since);
    const state = before.findLast(isState)?.kind ?? 'open';
    const certificate = before.findLast(isCertificate)?.certificate ?? firstCertificate;
    const recorded = events
      .filter(({ time }) => time >= since)
      .map((event): RecordedPortEvent => ({ ...event, after: ended.last(event.time) }));
    if (certificate === undefined && recorded.length === 0 && state === 'open') return [];
    return [
      { name, state, ...(certificate !== undefined && { certificate }), events: recorded, dropped: droppedEvents },
    ];
  });
}

/** Whether an event changed what the port does with new connections. */
export const isState = (event: PortEvent): event is PortEvent & { readonly kind: PortState } =>
  PORT_STATES.some((state) => state === event.kind);

const isCertificate = (event: PortEvent): event is PortEvent & { readonly kind: 'certificate' } =>
  event.kind === 'certificate';

/** Requests in the order in which they ended, each with the highest id so far. */
class EndedRequests {
  readonly #ends: readonly RequestEnd[];

  constructor(ends: readonly RequestEnd[]) {
    let highest = 0;
    this.#ends = ends
      .toSorted((one, other) => one.ended - other.ended)
      .map(({ id, ended }) => {
        highest = Math.max(highest, id);
        return { id: highest, ended };
      });
  }

  /** Returns the highest id of those that had ended at a time; 0 for none. */
  last(time: number): number {
    let low = 0;
    let high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ends[middle] as RequestEnd).ended <= time) low = middle + 1;
      else high = middle;
    }
    return this.#ends[low - 1]?.id ?? 0;
  }
}
