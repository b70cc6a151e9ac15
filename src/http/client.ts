import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Call } from '../contract/contract.ts';
import { tokenOf } from '../dialects/shared/token-headers.ts';

/** The header that distinguishes clients with the same user and User-Agent. */
const CLIENT_HEADER = 'x-sideglance-client';

/** Maximum length of a client name; limits the memory that a request can use. */
const MAX_NAME = 256;
/** Length of the end of a token that identifies it. All tokens of a world differ in it. */
const TOKEN_END = 32;

/** The name of the client program: X-Sideglance-Client, or else User-Agent. */
export function programOf(headers: IncomingHttpHeaders): string {
  const named = headers[CLIENT_HEADER];
  const name = typeof named === 'string' ? named : (headers['user-agent'] ?? '');
  return name.length > MAX_NAME ? name.slice(0, MAX_NAME) : name;
}

/**
 * Identifies the sender of a request: the program and its token. A request without a token is identified by its content, so
 * that concurrent requests of other clients do not affect it.
 */
export function clientOf(call: Pick<Call, 'method' | 'target' | 'headers' | 'body'>): string {
  const { method, target, headers, body } = call;
  const program = programOf(headers);
  const token = tokenOf(call);
  if (token !== undefined) return `${token.slice(-TOKEN_END)} ${program}`;
  const content = hash('md5', [method, target, headers.authorization?.split(',', 1)[0] ?? '', body ?? ''].join('\n'));
  return `${content} ${program}`;
}
