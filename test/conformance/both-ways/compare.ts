import type { IncomingHttpHeaders } from 'node:http';

/** A response as far as both ways are compared. */
export interface ComparedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A response of a recipe. Only `status` is certain: a recipe that does not use supertest may return no more. */
export interface RecipeResponse {
  readonly status: number;
  readonly headers?: IncomingHttpHeaders;
  readonly text?: string;
  readonly body?: unknown;
}

/** Headers of the connection, and those that are different in any two responses. */
const IGNORED: ReadonlySet<string> = new Set(['date', 'connection', 'keep-alive', 'content-length']);

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Replaces what differs between two requests at different times: ids, times and ports. */
const withoutIds = (text: string): string =>
  text
    .replace(UUID, '<uuid>')
    .replace(/\b[0-9a-f]{32}\b/g, '<hex>')
    .replace(/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT/g, '<date>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)?/g, '<time>')
    .replace(/127\.0\.0\.1:\d+/g, '<host>');

/** Removes the methods of the operation from a list: a 405 by another method lists them, an injected one does not. */
const withoutMethods = (allow: string, methods: readonly string[]): string =>
  allow
    .split(', ')
    .filter((method) => !methods.includes(method))
    .join(', ');

/**
 * Prepares a response for the comparison.
 * @param method - method of the operation. The natural 405 of a path is one for another method.
 */
export function compared({ status, headers = {}, text, body }: RecipeResponse, method: string): ComparedResponse {
  const own = method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()];
  const kept = Object.entries(headers)
    .filter(([name]) => !IGNORED.has(name))
    .map(([name, value]) => [name, name === 'allow' ? withoutMethods(String(value), own) : withoutIds(String(value))]);
  const content = withoutIds(text ?? (Buffer.isBuffer(body) ? body.toString('latin1') : ''));
  return {
    status,
    headers: Object.fromEntries(kept),
    body: status === 405 ? content.replace(/The method [A-Z]+ is/, 'The method <method> is') : content,
  };
}
