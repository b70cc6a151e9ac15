import { NestingError } from '../base/json-depth.ts';
import type { Cloud } from '../cloud.ts';
import { jsonReply, type Reply } from '../contract/contract.ts';
import type { Dialect, OperationRef } from '../dialects/dialect.ts';
import { type NamedRoute, nearestOperations } from '../journal/near-miss.ts';
import type { Arrival } from './arrival.ts';
import type { BodyTooLong } from './body.ts';
import { whenReceived } from './count-response.ts';
import type { HttpCall } from './http-call.ts';
import { journalUnmatched } from './journal-exchange.ts';
import { notingCloud } from './noting-cloud.ts';

/** A request to a dialect that matches none of its operations. */
interface Unrouted {
  readonly dialect: Dialect;
  /** The operations of other methods at this path. */
  readonly offered: ReadonlyMap<string, readonly OperationRef[]>;
  /** The path, including the mount. */
  readonly path: string;
  /** All operations, to find the most similar ones. */
  readonly candidates: readonly NamedRoute[];
}

/** Responds to a request that matches no operation of a dialect: a 404 or 405 of that dialect. */
export function sendUnrouted(arrival: Arrival, call: HttpCall, unrouted: Unrouted): void {
  const { world } = arrival;
  const { dialect, offered, path, candidates } = unrouted;
  const requestId = world.ids.requestId(call.client);
  const { cloud, profiles } = notingCloud(world);
  const reply = presentUnrouted(unrouted, { call, cloud, requestId });
  const source = profiles.size > 0 ? 'by-profile' : 'natural';
  const nearest = nearestOperations(call.method, path, candidates);
  const sent = arrival.sendUnmatched(call, reply, () => arrival.sendAs(dialect, reply, { call, requestId }));
  journalUnmatched(call, world, { ...sent, dialect: dialect.name, nearest, profiles });
  if (world.coverage.isOff) return;
  whenReceived(arrival.response, () => {
    for (const refs of offered.values()) {
      for (const ref of refs) {
        if (!ref.operation.statuses.includes(reply.status)) continue;
        const label = call.label ?? world.journal.label;
        world.coverage.count({ operation: ref.name, status: reply.status, source, label });
      }
    }
  });
}

/** Returns the reply of the dialect: its 500 for a body that is nested too deeply. */
function presentUnrouted(
  { dialect, offered }: Unrouted,
  request: { readonly call: HttpCall; readonly cloud: Cloud; readonly requestId: string },
): Reply {
  try {
    return dialect.presentUnrouted({ methods: [...offered.keys()], ...request });
  } catch (error) {
    if (!(error instanceof NestingError)) throw error;
    return dialect.presentFailure({ error, ...request });
  }
}

/** Responds to a path that the service cannot decode: its web server fails without a message. */
export function sendUndecodable(arrival: Arrival, call: HttpCall, dialect: Dialect): void {
  sendRejected(arrival, call, dialect, { status: 500, headers: { 'Content-Type': 'text/plain' } });
}

/** Sends the reply of a web server that rejects a request before the service sees it. */
export function sendRejected(arrival: Arrival, call: HttpCall, dialect: Dialect, reply: Reply): void {
  const sent = arrival.sendUnmatched(call, reply, () => arrival.send(reply));
  journalUnmatched(call, arrival.world, { ...sent, dialect: dialect.name, nearest: [] });
}

/** Responds to a request at a path below no mount. */
export function sendUnknownPath(arrival: Arrival, call: HttpCall, candidates: readonly NamedRoute[]): void {
  const nearest = nearestOperations(call.method, call.path, candidates);
  const message = `No API is mounted at ${call.path}. GET / lists the mounted APIs.`;
  const reply = jsonReply(404, { error: { code: 404, title: 'Not Found', message, nearest } });
  const sent = arrival.sendUnmatched(call, reply, () => arrival.send(reply));
  journalUnmatched(call, arrival.world, { ...sent, dialect: '', nearest });
}

/** The reply to a request whose address names an unknown world. */
export const unknownWorld = (name: string): Reply =>
  jsonReply(404, {
    error: {
      code: 404,
      title: 'Not Found',
      message: `World '${name}' not found. Create it with POST /__admin/worlds.`,
    },
  });

/** The reply of the admin API to a body that is too long. */
export function tooLongForAdmin({ maxBytes }: BodyTooLong): Reply {
  const message = `The request body exceeds ${maxBytes} bytes.`;
  return jsonReply(413, { error: { code: 413, title: 'Payload Too Large', message } });
}
