import type { ServerResponse } from 'node:http';
import { contained } from '../base/internal-errors.ts';
import type { Reply } from '../contract/contract.ts';
import { receivesWholeResponse } from '../faults/engine/decision.ts';
import { nameInJournal } from '../faults/fault-kinds.ts';
import type { Exchange } from './operation-exchange.ts';

/** The scenario of responses with which Sideglance itself rejects unknown scenarios. */
const UNKNOWN_SCENARIO = 'X-Sideglance-Scenario';

/**
 * Counts a response in the coverage, once the client has received it. Internal errors of Sideglance and responses that a
 * fault damages do not count.
 */
export function countResponse(exchange: Exchange, reply: Reply, response: ServerResponse): void {
  const { world, ref, call, decision, failure } = exchange;
  const { coverage } = world;
  if (coverage.isOff) return;
  const isUnknown = decision !== undefined && decision.scenario === UNKNOWN_SCENARIO;
  if (decision !== undefined && !isUnknown) coverage.countFault(ref.name, nameInJournal(decision.fault));
  if (failure !== undefined || reply.status === 0) return;
  // The response of a release without the operation is none of the operation's.
  if (call.offered !== undefined && exchange.source !== 'injected') return;
  if (isUnknown || !receivesWholeResponse(decision)) return;
  // Without a function for most responses.
  if (isReceived(response)) countReceived(exchange, reply);
  else whenReceived(response, () => countReceived(exchange, reply));
}

function countReceived({ world, ref, call, decision, source }: Exchange, { status }: Reply): void {
  const { coverage, journal } = world;
  const observed = decision?.fault.kind === 'answer' ? decision.fault.observed : undefined;
  if (observed !== undefined) coverage.countObserved(ref.name, observed);
  else coverage.count({ operation: ref.name, status, source, label: call.label ?? journal.label });
}

/** Whether the connection has taken the whole response: at once for most, because they fit into the buffers of the system. */
export const isReceived = (response: ServerResponse): boolean =>
  !response.destroyed && response.req.socket.writable && response.writableFinished;

/**
 * Calls back once the connection has taken the whole response, which has been passed to `response`; at once if it has, and never
 * if the client disconnects before.
 */
export function whenReceived(response: ServerResponse, step: () => void): void {
  const { socket } = response.req;
  if (response.destroyed || !socket.writable) return;
  if (response.writableFinished) {
    step();
    return;
  }
  // Before the listener of Node, which may close the connection.
  const count = contained('the coverage of a response', step);
  response.prependOnceListener('finish', () => {
    if (socket.writable) count();
  });
}
