import { timingSafeEqual } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import type { Reply } from '../contract/contract.ts';
import type { HttpCall } from '../http/http-call.ts';
import type { AnyAdminOperation } from './operation.ts';
import { denyForeignHost, denyForeignPage, type PageAccess } from './page-access.ts';
import { errorReply } from './problems.ts';

/** Who may use the admin API, and on which port. */
export interface AdminAccess extends PageAccess {
  /** Turns off all operations except health and readiness. */
  readonly isOff?: boolean;
  /** The token that requests must send as `Authorization: Bearer <token>`. */
  readonly token?: string;
  /** The only port that serves the admin API. Read on each request, because port 0 becomes another port. */
  readonly port?: () => number | undefined;
  /** Whether other machines can reach the server; default: false. */
  readonly isExposed?: boolean;
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
  if (access.token === undefined) return denyForeignHost(call, access) ?? denyForeignPage(call, access);
  const foreign = denyForeignPage(call, access);
  if (foreign !== undefined || hasToken(call, access.token)) return foreign;
  return errorReply(401, 'The admin API requires its token: Authorization: Bearer <token>.', [], {
    'WWW-Authenticate': 'Bearer realm="sideglance admin"',
  });
}

/** Whether the reply to a request may contain passwords and keys of the fixtures. */
export function maySeeSecrets(call: HttpCall, access: AdminAccess): boolean {
  if (denyForeignPage(call, access) !== undefined) return false;
  if (access.token !== undefined) return hasToken(call, access.token);
  return access.isExposed !== true && denyForeignHost(call, access) === undefined;
}

const hasToken = ({ headers }: HttpCall, token: string): boolean => isSame(tokenIn(headers.authorization), token);

/** The token of an Authorization header; the scheme may be in any case. */
const tokenIn = (authorization = ''): string => /^bearer +(.*)$/i.exec(authorization)?.[1] ?? '';

/** Compares in constant time. */
const isSame = (given: string, expected: string): boolean => {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
};
