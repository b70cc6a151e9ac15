import type { OperationName } from '../input/types/operations.ts';
import type { Fault, Rule } from '../input/types/scenarios.ts';
import { operationOf, type SweepCall } from './calls.ts';
import { type SweepPhase, WIRE_FAULTS } from './wire-faults.ts';

/** One fault that a client has to take: a call of the baseline, what happens to it, and the phase. */
export interface SweepPoint {
  /** `image-v2.createImage#1/503@before`; the same in every sweep of a client that sends the same requests. */
  readonly id: string;
  readonly call: SweepCall;
  /** A status, or the name of a wire fault such as `reset`. */
  readonly fault: string;
  readonly phase: SweepPhase;
  /** The one-off fault, as the admin API takes it. */
  readonly rule: Rule;
}

/**
 * Lists all points of some calls in a fixed order: the most telling fault of each call, then the next one of each, and so
 * on, so that a budget reaches all calls.
 */
export function pointsOf(calls: readonly SweepCall[]): readonly SweepPoint[] {
  const perCall = calls.map((call) => [...lostAnswers(call), ...documentedErrors(call), ...otherWireFaults(call)]);
  const rounds = Math.max(0, ...perCall.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => perCall.flatMap((points) => points[round] ?? [])).flat();
}

/** Whether a request can change something that outlives it. A login cannot. */
function isChanging({ method, operation, status }: SweepCall): boolean {
  return !['GET', 'HEAD'].includes(method) && status < 400 && operationOf(operation)?.auth !== 'none';
}

const lostAnswers = (call: SweepCall): readonly SweepPoint[] =>
  wireFaults(call).filter(({ phase }) => phase === 'after');

const otherWireFaults = (call: SweepCall): readonly SweepPoint[] =>
  wireFaults(call).filter(({ phase }) => phase !== 'after');

function wireFaults(call: SweepCall): readonly SweepPoint[] {
  const context = { ...call, isChanging: isChanging(call), isUpload: operationOf(call.operation)?.body === 'stream' };
  return WIRE_FAULTS.flatMap(({ name, appliesTo, fault, phases }) =>
    appliesTo(context) ? phases(context).map((phase) => toPoint(call, { name, fault: fault?.(context), phase })) : [],
  );
}

function documentedErrors(call: SweepCall): readonly SweepPoint[] {
  const documented = operationOf(call.operation)?.statuses ?? [];
  // An error that the client gets anyway, such as 404 for a name that is still free, is no fault.
  const statuses = documented.filter((status) => status >= 400 && status !== call.status);
  return statuses.flatMap((status) => {
    // A service can fail after it has done what was asked; what it refuses it has not done.
    const phases: readonly SweepPhase[] = status >= 500 && isChanging(call) ? ['before', 'after'] : ['before'];
    return phases.map((phase) => toPoint(call, { name: String(status), fault: answerOf(call, status), phase }));
  });
}

/** Statuses with which the Rackspace APIs send Retry-After: a minute by default, which no sweep can wait for. */
const WITH_RETRY_AFTER = [413, 503];

const answerOf = ({ operation }: SweepCall, status: number): Fault => ({
  answer: status,
  ...(operation.startsWith('rackspace-') && WITH_RETRY_AFTER.includes(status) && { retryAfter: { date: 1 } }),
});

interface Described {
  readonly name: string;
  readonly fault: Fault | undefined;
  readonly phase: SweepPhase;
}

function toPoint(call: SweepCall, { name, fault, phase }: Described): SweepPoint {
  return {
    id: `${call.name}/${name}@${phase}`,
    call,
    fault: name,
    phase,
    rule: {
      match: { operation: call.operation as OperationName },
      calls: { only: [call.nth] },
      ...(fault !== undefined && { fault }),
      ...(phase !== 'before' && { phase }),
    },
  };
}
