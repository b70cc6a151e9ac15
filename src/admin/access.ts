import { timingSafeEqual } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import type { Reply } from '../contract/contract.ts';
import type { HttpCall } from '../http/http-call.ts';
import type { AnyAdminOperation } from './operation.ts';
import { errorReply } from './problems.ts';

/** Who may use the admin API, and on which port. */
export interface AdminAccess {
  /** Turns off all operations except health and readiness. */
  readonly isOff?: boolean;
  /** The token that requests must send as `Authorization: Bearer <token>`. */
  readonly token?: string;
  /** The only port that serves the admin API. Read on each request, because port 0 becomes another port. */
  readonly port?: () => number | undefined;
}

/**
 * Returns the error for a request without access; `undefined` for a request that may pass.
 * @param operation - the operation that the request matches; `undefined` for none.
 */
export function denyAccess(
  call: HttpCall,
  access: AdminAccess,
  operation: AnyAdminOperation | undefined,
): Reply | undefined {
  // Health and readiness reveal no more than an open port does, and container platforms cannot send a token.
  if (operation?.auth === 'none') return undefined;
  if (access.isOff) return errorReply(404, 'The admin API is turned off.');
  const port = access.port?.();
  if (port !== undefined && call.stream instanceof IncomingMessage && call.stream.socket.localPort !== port) {
    return errorReply(404, `The admin API listens on port ${port}.`);
  }
  if (access.token === undefined || isSame(tokenIn(call.headers.authorization), access.token)) {
    return undefined;
  }
  return errorReply(401, 'The admin API requires its token: Authorization: Bearer <token>.', [], {
    'WWW-Authenticate': 'Bearer realm="sideglance admin"',
  });
}

/** The token of an Authorization header; the scheme may be in any case. */
const tokenIn = (authorization = ''): string => /^bearer +(.*)$/i.exec(authorization)?.[1] ?? '';

/** Compares in constant time. */
const isSame = (given: string, expected: string): boolean => {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
};
