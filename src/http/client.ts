import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Call } from '../contract/contract.ts';
import { tokenOf } from '../dialects/shared/token-headers.ts';

/** The header by which clients that are alike in all else tell themselves apart. */
const CLIENT_HEADER = 'x-sideglance-client';

/** Letters of a name that count: what clients send must not decide how much is kept of it. */
const MAX_NAME = 256;
/** Letters at the end of a token by which it is known; all tokens of a world differ in them. */
const TOKEN_END = 32;

/** What a client calls itself. */
export function programOf(headers: IncomingHttpHeaders): string {
  const named = headers[CLIENT_HEADER];
  const name = typeof named === 'string' ? named : (headers['user-agent'] ?? '');
  return name.length > MAX_NAME ? name.slice(0, MAX_NAME) : name;
}

/**
 * Who sends a request: the program and its token. One without a token is known by all that it says, so that what others
 * send at the same time does not show.
 */
export function clientOf(call: Pick<Call, 'method' | 'target' | 'headers' | 'body'>): string {
  const { method, target, headers, body } = call;
  const program = programOf(headers);
  const token = tokenOf(call);
  if (token !== undefined) return `${token.slice(-TOKEN_END)} ${program}`;
  const said = hash('md5', [method, target, headers.authorization?.split(',', 1)[0] ?? '', body ?? ''].join('\n'));
  return `${said} ${program}`;
}
