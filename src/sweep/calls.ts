import { hash } from 'node:crypto';
import { withoutVolatile } from '../client-runs/volatile.ts';
import type { Operation } from '../contract/contract.ts';
import { DIALECTS } from '../dialects/index.ts';
import type { Entry, EntryBody, EntryMessage } from '../journal/entry.ts';

/** One request of the client, as the baseline made it. */
export interface SweepCall {
  /** Name of the call: `image-v2.createImage#1`, the first request of this operation. */
  readonly name: string;
  /** `dialect.operation`. */
  readonly operation: string;
  /** Number among the requests of this operation, from 1. */
  readonly nth: number;
  readonly method: string;
  /** Path and query below the root of the world. */
  readonly url: string;
  readonly status: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Content type of the response; empty if it has none. */
  readonly responseType: string;
  /** Digest of request and response, without ids, times and secrets: it changes when the call does. */
  readonly basis: string;
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  DIALECTS.flatMap(({ contract: { name, operations } }) =>
    Object.entries(operations).map(([id, operation]) => [`${name}.${id}`, operation] as const),
  ),
);

/** Returns the contract of an operation. */
export const operationOf = (name: string): Operation | undefined => OPERATIONS.get(name);

/**
 * Lists the calls of a run. Requests that match no operation are left out, and so are those that the service rejected for
 * their token before a rule could see them: a rule does not count them either.
 */
export function callsOf(entries: readonly Entry[]): readonly SweepCall[] {
  const counts = new Map<string, number>();
  return entries.flatMap((entry) => {
    const operation = entry.operation === null ? undefined : operationOf(entry.operation);
    if (entry.operation === null || operation === undefined || isTokenRejected(entry, operation)) return [];
    const nth = (counts.get(entry.operation) ?? 0) + 1;
    counts.set(entry.operation, nth);
    return [toCall(entry, entry.operation, nth)];
  });
}

const isTokenRejected = ({ status }: Entry, { auth }: Operation): boolean => status === 401 && auth !== 'none';

function toCall(entry: Entry, operation: string, nth: number): SweepCall {
  const url = entry.url.replace(/^\/w\/[^/]+/, '');
  return {
    name: `${operation}#${nth}`,
    operation,
    nth,
    method: entry.method,
    url,
    status: entry.status,
    requestBytes: entry.request.body?.size ?? 0,
    responseBytes: entry.response.body?.size ?? 0,
    responseType: headerOf(entry.response, 'content-type'),
    basis: digestOf([entry.method, url, textOf(entry.request.body), String(entry.status), textOf(entry.response.body)]),
  };
}

const headerOf = ({ headers }: EntryMessage, name: string): string =>
  headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';

/** A body, or the digest of one that is too large to be stored. */
const textOf = (body: EntryBody | undefined): string =>
  body === undefined ? '' : (body.text ?? body.base64 ?? body.digests?.md5 ?? String(body.size));

function digestOf(parts: readonly string[]): string {
  return hash('sha256', withoutVolatile(parts.join('\n'))).slice(0, 16);
}
