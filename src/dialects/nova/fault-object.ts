import type { Reply } from '../../contract/contract.ts';
import type { FaultDetails } from '../dialect.ts';

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Names of fault objects that the APIs share; `faultNames` adds those of one API. */
const SHARED_NAMES: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  409: 'conflictingRequest',
  413: 'overLimit',
  415: 'badMediaType',
  429: 'overLimit',
  501: 'notImplemented',
  503: 'serviceUnavailable',
};

/**
 * Returns a function that names the fault object of a status.
 * @param fallback - the API's general fault, for statuses without a name: `computeFault`.
 * @param own - names that only this API uses.
 */
export function faultNames(fallback: string, own: Readonly<Record<number, string>> = {}): (status: number) => string {
  return (status) => own[status] ?? SHARED_NAMES[status] ?? fallback;
}

/** An error in the shape of Nova and Rackspace. */
export interface FaultObject {
  /** Name of the fault: `itemNotFound`. */
  readonly name: string;
  readonly status: number;
  readonly message: string;
  /** More members of the fault, such as `details` or `retryAfter`. */
  readonly members?: Readonly<Record<string, unknown>> | undefined;
  /** More headers, such as Retry-After or Allow. */
  readonly headers?: Headers | undefined;
}

/** Presents an error as a fault object: one member, named after the fault, with code and message. */
export function faultObject({ name, status, message, members, headers }: FaultObject): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ [name]: { code: status, message, ...members } }),
  };
}

/** The `details` of a rate limit, literally as Rackspace's front end sends them. */
const NO_DETAILS = 'Error Details...';

/** Default wait of a rate limit: one minute. */
const DEFAULT_WAIT_SECONDS = 60;

/** A fault object that can say when to retry. */
export interface RetryFault {
  /** Name of the fault: `overLimit`. */
  readonly name: string;
  readonly status: number;
  readonly message: string;
  /** Retry-After and time of the injected response. The header is omitted if `retryAfter` is `null`. */
  readonly details: Pick<FaultDetails, 'retryAfter' | 'retryAt'>;
  /** Milliseconds since 1970; the default retry time counts from here. */
  readonly now: number;
  /** Member of the body that contains the time, `retryAt` or `retryAfter`; omitted when undefined. */
  readonly timeMember?: string;
}

/** Presents a fault object with Retry-After. */
export function retryFault({ name, status, message, details, now, timeMember }: RetryFault): Reply {
  // Rounded up to the second, so that no client retries too early.
  const at = Math.ceil((details.retryAt ?? now + DEFAULT_WAIT_SECONDS * 1000) / 1000) * 1000;
  const header = details.retryAfter === undefined ? new Date(at).toUTCString() : details.retryAfter;
  return faultObject({
    name,
    status,
    message,
    ...(timeMember !== undefined && {
      members: { details: NO_DETAILS, [timeMember]: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z') },
    }),
    ...(header !== null && { headers: { 'Retry-After': header } }),
  });
}
