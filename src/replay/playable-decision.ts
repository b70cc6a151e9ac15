import type { Decision } from '../faults/engine/decision.ts';
import type { AppliedFault, Wire } from '../faults/fault.ts';
import type { RecordedExchange } from '../recording/recording.ts';
import { toWeb, type WebDocument } from '../world/parts/web-document.ts';

/**
 * Returns the decision about a recorded request. Its delays and holds are left out, because the recorded time has them.
 * @param isFast - whether the time that a fault on the wire takes is left out as well.
 */
export function playableDecision({ decision }: RecordedExchange, isFast: boolean): Decision | undefined {
  if (decision === undefined) return undefined;
  const { isEarly: _isEarly, holds: _holds, source, fault, ...rest } = decision;
  const behavior = source === undefined ? undefined : toWeb({ source } as WebDocument)['source'];
  return {
    ...rest,
    fault: isFast ? withoutWaiting(fault) : fault,
    ...(behavior !== undefined && { source: behavior }),
    delayMilliseconds: 0,
    clockMilliseconds: 0,
  };
}

function withoutWaiting(fault: AppliedFault): AppliedFault {
  if (!('wire' in fault) || fault.wire === undefined) return fault;
  const wire = quick(fault.wire);
  return wire === fault.wire ? fault : ({ ...fault, wire } as AppliedFault);
}

/** A stall until the client disconnects stays: it has no end that could come sooner. */
function quick(wire: Wire): Wire {
  if (wire.kind === 'slow') return { ...wire, bytesPerSecond: Number.MAX_SAFE_INTEGER };
  if (wire.kind === 'stall' && wire.milliseconds !== null) return { ...wire, milliseconds: 0 };
  return wire;
}
