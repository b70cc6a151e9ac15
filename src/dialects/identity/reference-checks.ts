/** Checks that the API references document for nearly every request, but the running services make for few. */
import type { Cloud } from '../../cloud.ts';
import type { Call, Operation, Reply } from '../../contract/contract.ts';
import type { Token } from '../../identity/tokens/token.ts';
import { overLimit } from '../rackspace/over-limit.ts';
import { parseJson } from '../shared/json-body.ts';
import { tokenOf } from '../shared/token-headers.ts';
import { UNAUTHENTICATED } from './errors.ts';
import { choiceOf, peekChoice } from './profiles.ts';

/** An error of one of the checks. */
export interface CheckError {
  readonly status: number;
  readonly message: string;
  readonly headers?: Reply['headers'];
}

/** The errors of the checks. */
export const CHECK_ERRORS = {
  query: { status: 400, message: 'The query cannot be decoded.' },
  body: { status: 400, message: 'The body is no JSON.' },
  bodyType: (type: string): CheckError => ({ status: 415, message: `A body of type ${type} is not understood.` }),
  version: (version: string): CheckError => ({ status: 404, message: `There is no version ${version} here.` }),
  accept: { status: 406, message: 'Answers are JSON alone.' },
  token: { status: 401, message: UNAUTHENTICATED },
  scope: { status: 403, message: 'You are not authorized to perform the requested action.' },
  serviceToken: { status: 409, message: 'The two tokens are those of different users.' },
  rate: (headers: NonNullable<Reply['headers']>): CheckError => ({
    status: 413,
    message: 'Too many requests were made in a given amount of time.',
    headers,
  }),
} as const;

/** A request, and the token that it carries. */
interface CheckedRequest {
  readonly call: Call;
  readonly cloud: Cloud;
  /** Text of the token. */
  readonly tokenId: string | undefined;
  /** The token, if it is valid. */
  readonly token: Token | undefined;
}

type Check = (request: CheckedRequest) => CheckError | undefined;

/** In the order in which they are reported. */
const CHECKS: readonly Check[] = [
  checkQuery,
  checkBody,
  checkVersion,
  checkAccept,
  checkToken,
  checkScope,
  checkServiceToken,
  checkRate,
];

/**
 * Makes the checks of the references, in worlds with the profile `checks: reference`.
 * @returns the first error whose status the operation documents.
 */
export function findReferenceError(call: Call, cloud: Cloud, { statuses }: Operation): CheckError | undefined {
  if (peekChoice(cloud, 'checks') === 'running') return undefined;
  const tokenId = tokenOf(call);
  const token = tokenId === undefined ? undefined : cloud.identity.validToken(tokenId);
  // All checks run, since one of them counts the request against the rate limit.
  const errors = CHECKS.map((check) => check({ call, cloud, tokenId, token }));
  const found = errors.find((error) => error !== undefined && statuses.includes(error.status));
  return found !== undefined && choiceOf(cloud, 'checks') === 'reference' ? found : undefined;
}

function checkQuery({ call }: CheckedRequest): CheckError | undefined {
  return succeeds(() => decodeURIComponent(call.search)) ? undefined : CHECK_ERRORS.query;
}

function checkBody({ call: { body, headers } }: CheckedRequest): CheckError | undefined {
  if (body === undefined) return undefined;
  const type = (headers['content-type'] ?? '').split(';', 1)[0] ?? '';
  if (type !== 'application/json') return CHECK_ERRORS.bodyType(type);
  return succeeds(() => parseJson(body)) ? undefined : CHECK_ERRORS.body;
}

const acceptOf = ({ headers }: Call): string => headers.accept ?? '*/*';

/** Versions that Accept can name. */
const VERSIONS: ReadonlySet<string> = new Set(['v2.0', 'v3']);

function checkVersion({ call }: CheckedRequest): CheckError | undefined {
  const version = /application\/vnd\.openstack\.identity-(v[\d.]+)/.exec(acceptOf(call))?.[1];
  return version === undefined || VERSIONS.has(version) ? undefined : CHECK_ERRORS.version(version);
}

function checkAccept({ call }: CheckedRequest): CheckError | undefined {
  return /json|\*\/\*|application\/\*/.test(acceptOf(call)) ? undefined : CHECK_ERRORS.accept;
}

function checkToken({ tokenId, token }: CheckedRequest): CheckError | undefined {
  return tokenId !== undefined && token === undefined ? CHECK_ERRORS.token : undefined;
}

function checkScope({ token }: CheckedRequest): CheckError | undefined {
  return token?.scope.kind === 'unscoped' ? CHECK_ERRORS.scope : undefined;
}

function checkServiceToken({ call, cloud, token }: CheckedRequest): CheckError | undefined {
  const serviceTokenId = call.headers['x-service-token'];
  const serviceToken = typeof serviceTokenId === 'string' ? cloud.identity.validToken(serviceTokenId) : undefined;
  return serviceToken !== undefined && serviceToken.userId !== token?.userId ? CHECK_ERRORS.serviceToken : undefined;
}

function checkRate({ cloud, tokenId, token }: CheckedRequest): CheckError | undefined {
  if (tokenId !== undefined && token === undefined) return undefined;
  const limited = overLimit(cloud, { projectId: token?.caller.projectId ?? '' });
  if (limited === undefined) return undefined;
  const retryAfter = limited.headers?.['Retry-After'];
  return CHECK_ERRORS.rate({ ...(retryAfter !== undefined && { 'Retry-After': retryAfter }) });
}

function succeeds(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
