import type { Cloud } from '../../cloud.ts';
import type { Operation, Reply } from '../../contract/contract.ts';
import type { FaultDetails, FaultRequest } from '../dialect.ts';
import { faultObject, retryFault } from './fault-object.ts';

/** A request that exceeds a rate limit. */
export interface OverLimit {
  readonly status: number;
  readonly message: string;
  readonly details: Pick<FaultDetails, 'retryAfter' | 'retryAt'>;
  readonly cloud: Cloud;
}

/** How an API with fault objects presents injected errors. */
export interface FaultMessages {
  /** Name of the fault object of a status. */
  readonly nameOf: (status: number) => string;
  /** Default message of each status. */
  readonly messages: Readonly<Record<number, string>>;
  /** Allow header of a 405. */
  readonly otherMethodsOf: (operation: Operation) => readonly string[];
  /** Presents 413 and 429. */
  overLimit(request: OverLimit): Reply;
}

/** Returns a function that presents injected errors as fault objects of one API. */
export function injectedFaults({
  nameOf,
  messages,
  otherMethodsOf,
  overLimit,
}: FaultMessages): (request: FaultRequest) => Reply {
  return ({ status, details, context: { cloud }, operation }) => {
    const message = details.message ?? messages[status] ?? 'The request failed.';
    if (status === 405)
      return faultObject({
        name: nameOf(status),
        status,
        message,
        headers: { Allow: otherMethodsOf(operation).join(', ') },
      });
    if (status === 413 || status === 429) return overLimit({ status, message, details, cloud });
    const hasRetryTime = status === 503 || details.retryAfter !== undefined || details.retryAt !== undefined;
    return hasRetryTime
      ? retryFault({ name: nameOf(status), status, message, details, now: cloud.clock.now() })
      : faultObject({ name: nameOf(status), status, message });
  };
}
