import type { Reply } from '../../contract/contract.ts';

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** The names that fault objects commonly have; an API with a name of its own says so in `faultNames`. */
const USUAL_NAMES: Readonly<Record<number, string>> = {
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
 * The fault name of each status in one API.
 * @param fallback - the API's own fault, which also stands for statuses without a name: `computeFault`.
 */
export function faultNames(fallback: string, own: Readonly<Record<number, string>> = {}): (status: number) => string {
  return (status) => own[status] ?? USUAL_NAMES[status] ?? fallback;
}

/**
 * An error as a fault object: one member, named after the fault, that holds code and message.
 * @param extra.members - further members of the fault, such as `details` or `retryAfter`.
 * @param extra.headers - further headers, such as Retry-After or Allow.
 */
export function faultObject(
  name: string,
  code: number,
  message: string,
  extra?: { readonly members?: Readonly<Record<string, unknown>>; readonly headers?: Headers },
): Reply {
  return {
    status: code,
    headers: { 'Content-Type': 'application/json', ...extra?.headers },
    body: JSON.stringify({ [name]: { code, message, ...extra?.members } }),
  };
}

/** What the front end says in place of details when it limits calls. */
const NO_DETAILS = 'Error Details...';

/** What a rate limit says of the time to come back, where nothing else is told: one minute. */
const USUAL_WAIT_SECONDS = 60;

/**
 * A fault object of a status that may tell the client when to come back, with Retry-After as told.
 * @param details - as an injected answer has them; the header is left out where `retryAfter` is `null`.
 * @param now - milliseconds since 1970, for a time that nobody named.
 * @param timeMember - the member of the body that names the time, `retryAt` or `retryAfter`.
 */
export function retryFault(
  name: string,
  code: number,
  message: string,
  details: { readonly retryAfter?: string | null; readonly retryAt?: number },
  now: number,
  timeMember?: string,
): Reply {
  // Rounded up to the second, so that nobody comes back too early.
  const at = Math.ceil((details.retryAt ?? now + USUAL_WAIT_SECONDS * 1000) / 1000) * 1000;
  const header = details.retryAfter === undefined ? new Date(at).toUTCString() : details.retryAfter;
  return faultObject(name, code, message, {
    ...(timeMember !== undefined && {
      members: { details: NO_DETAILS, [timeMember]: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z') },
    }),
    ...(header !== null && { headers: { 'Retry-After': header } }),
  });
}
