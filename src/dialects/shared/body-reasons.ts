/** Reasons for errors about JSON bodies, for the tables of natural problems. */
import { checkOf } from '../../contract/schema.ts';
import { DomainError } from '../../domain/problem.ts';
import type { NaturalProblem, ProblemsByName } from '../dialect.ts';
import { callWith } from './request-values.ts';

/** The body breaks the schema of the operation, as the first of these values that does. */
export const rejectedBody =
  (...bodies: readonly unknown[]): NaturalProblem =>
  (request, { dialect, operation }) => {
    const check = checkOf(operation.request ?? {});
    const body = bodies.find((one) => check(one).length > 0);
    const call = callWith(request.call, { body: Buffer.from(JSON.stringify(body ?? null)) });
    return dialect.presentViolations({ ...request, call, violations: check(body) });
  };

/** The body is not JSON. */
export const malformedBody: NaturalProblem = (request, { dialect }) => {
  const call = callWith(request.call, { body: Buffer.from('{') });
  return dialect.presentMalformed({ ...request, call, reason: 'Unexpected end of JSON input' });
};

/** What is wrong with a request that a handler rejects before it looks at the state. */
export interface WrongRequest {
  /** JSON value of the body. */
  readonly body?: unknown;
  readonly search?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether an administrator sends it; the caller of the request when omitted. */
  readonly isAdmin?: true;
}

/** The error of the operation itself for a request that is wrong in this way, whatever else it asks for. */
export const wrongRequest =
  ({ body, search, params, headers, isAdmin }: WrongRequest): NaturalProblem =>
  ({ call, context }, { handler, id }) => {
    const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const changed = callWith(call, {
      ...(text !== undefined && { body: text, json: body }),
      headers: {
        ...call.headers,
        ...(text !== undefined && { 'content-length': String(text.length), 'content-type': 'application/json' }),
        ...headers,
      },
      ...(search !== undefined && { search }),
      ...(params !== undefined && { params: { ...call.params, ...params } }),
    });
    const { cloud, caller, requestId } = context;
    const sender = isAdmin === undefined ? context : { cloud, requestId, caller: { ...caller, isAdmin } };
    try {
      const reply = handler(changed, sender);
      if (!(reply instanceof Promise)) return reply;
      reply.catch(() => undefined);
    } catch (error) {
      if (error instanceof DomainError) return error.problem;
      throw error;
    }
    throw new Error(`The handler of ${id} is asynchronous.`);
  };

/** The operation accepts no body. */
export const BODY_UNEXPECTED: ProblemsByName = { 'body-unexpected': wrongRequest({ body: {} }) };
