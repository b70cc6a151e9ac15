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
  const { world, ref, call, decision, failure, source } = exchange;
  const { coverage, journal } = world;
  if (coverage.isOff) return;
  if (decision !== undefined && decision.scenario !== UNKNOWN_SCENARIO) {
    coverage.countFault(ref.name, nameInJournal(decision.fault));
  }
  if (failure !== undefined || reply.status === 0) return;
  // The response of a release without the operation is none of the operation's.
  if (call.offered !== undefined && source !== 'injected') return;
  if (decision?.scenario === UNKNOWN_SCENARIO || !receivesWholeResponse(decision)) return;
  const observed = decision?.fault.kind === 'answer' ? decision.fault.observed : undefined;
  whenReceived(response, () => {
    const label = call.label ?? journal.label;
    if (observed === undefined) coverage.count({ operation: ref.name, status: reply.status, source, label });
    else coverage.countObserved(ref.name, observed);
  });
}

/**
 * Calls back once the connection has taken the whole response, which has been passed to `response`; never, if the client
 * disconnects before. Calls back at once for most responses, because they fit into the buffers of the operating system.
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
