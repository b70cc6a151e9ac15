import type { Cloud } from '../../cloud.ts';
import type { Operation, Reply } from '../../contract/contract.ts';
import type { FaultDetails } from '../dialect.ts';
import { faultObject, retryFault } from './fault-object.ts';

/** The words that an API of fault objects has for injected errors. */
export interface FaultWords {
  readonly nameOf: (status: number) => string;
  readonly messages: Readonly<Record<number, string>>;
  /** The Allow of a refused method. */
  readonly othersThan: (operation: Operation) => string;
  overLimit(cloud: Cloud, details: FaultDetails, status: number, message: string): Reply;
}

/** An injected error as a fault object. */
export type InjectedFault = (status: number, details: FaultDetails, cloud: Cloud, operation: Operation) => Reply;

/** Makes injected errors in the words of one API. */
export function injectedFaults({ nameOf, messages, othersThan, overLimit }: FaultWords): InjectedFault {
  return (status, details, cloud, operation) => {
    const message = details.message ?? messages[status] ?? 'The request failed.';
    if (status === 405)
      return faultObject(nameOf(status), status, message, { headers: { Allow: othersThan(operation) } });
    if (status === 413 || status === 429) return overLimit(cloud, details, status, message);
    const tellsWait = status === 503 || details.retryAfter !== undefined || details.retryAt !== undefined;
    return tellsWait
      ? retryFault(nameOf(status), status, message, details, cloud.clock.now())
      : faultObject(nameOf(status), status, message);
  };
}
