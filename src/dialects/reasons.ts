import type { Call, Operation } from '../contract/contract.ts';
import type { Dialect, NaturalProblem, ProblemsByName, ProblemsByStatus } from './dialect.ts';
import { malformedBody, rejectedBody } from './shared/body-reasons.ts';
import { callWith } from './shared/request-values.ts';

/** A token that no world has issued. */
const INVALID_TOKEN = 'no-such-token';

/** The error that the dialect returns for a request with these headers in place of its token. */
const rejectedBy =
  (headers: Call['headers']): NaturalProblem =>
  ({ call, context, operation }, { dialect }) => {
    const { 'x-auth-token': _token, 'x-storage-token': _older, authorization: _signature, ...others } = call.headers;
    const identified = dialect.identify(
      callWith(call, { headers: { ...others, ...headers } }),
      context.cloud,
      operation,
      context,
    );
    if ('status' in identified) return identified;
    throw new Error(`${dialect.name} accepts a request without a valid token.`);
  };

/** Reasons of every operation that requires a token. */
const TOKEN_REJECTED = {
  'token-invalid': rejectedBy({ 'x-auth-token': INVALID_TOKEN }),
  'token-missing': rejectedBy({}),
} as const satisfies ProblemsByName;

/** Reasons of operations that require a token only in some worlds: their requests usually have none. */
export const TOKEN_OPTIONAL: ProblemsByName = {
  'token-missing': TOKEN_REJECTED['token-missing'],
  'token-invalid': TOKEN_REJECTED['token-invalid'],
};

/** The path does not support the method. */
const WRONG_METHOD: ProblemsByName = {
  'method-not-allowed': ({ call }, { dialect, otherMethods }) =>
    (dialect.presentWrongMethod as NonNullable<Dialect['presentWrongMethod']>)(otherMethods, call),
};

/** Reasons of every operation whose body has a schema. */
const BODY_REJECTED: ProblemsByName = { 'body-invalid': rejectedBody({}, null, []), 'body-malformed': malformedBody };

/** Returns the reasons for the errors of an operation: those of its own, and those that all operations have. */
export function reasonsOf(dialect: Dialect, id: string, { auth, request }: Operation): ProblemsByStatus {
  const own = dialect.naturalProblems?.()[id] ?? {};
  return {
    ...(dialect.presentWrongMethod !== undefined && { 405: WRONG_METHOD }),
    ...own,
    ...(request !== undefined && { 400: { ...own[400], ...BODY_REJECTED } }),
    ...(auth !== 'none' && { 401: { ...TOKEN_REJECTED, ...own[401] } }),
  };
}
