import { type Call, jsonReply, type Reply } from '../../contract/contract.ts';
import type { IdentityProblem } from '../../identity/problem.ts';
import { faultNames, faultObject } from '../nova/fault-object.ts';

/** The identity services, by whose words an answer goes out. */
export type Family = 'keystone' | 'rackspace' | 'iam';

/** Words beside a status in `error.title`. */
export const TITLES: Readonly<Record<number, string>> = {
  300: 'Multiple Choices',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

/** How the service ends what it says of a request that makes no sense. */
export const MALFORMED =
  'The server could not comply with the request since it is either malformed or otherwise incorrect. ' +
  'The client is assumed to be in error.';

/** Header of every answer of Keystone. */
export const VARY = { Vary: 'X-Auth-Token' } as const;

/** An error as Keystone (and IAM) send it. */
export function keystoneError(
  status: number,
  message: string,
  call: Call,
  extra?: {
    readonly headers?: Reply['headers'];
    readonly identity?: Readonly<Record<string, unknown>>;
  },
): Reply {
  return jsonReply(
    status,
    {
      error: {
        code: status,
        ...(extra?.identity !== undefined && { identity: extra.identity }),
        message,
        title: TITLES[status] ?? 'Error',
      },
    },
    {
      ...(status === 401 && { 'WWW-Authenticate': `Keystone uri="${call.base}/v3"` }),
      ...VARY,
      ...extra?.headers,
    },
  );
}

/** An error of an identity service. */
export interface FamilyError {
  readonly family: Family;
  readonly status: number;
  readonly message: string;
  readonly call: Call;
  readonly headers?: Reply['headers'] | undefined;
}

/** Presents an error in the shape of its family. */
export const errorIn = ({ family, status, message, call, headers }: FamilyError): Reply =>
  family === 'rackspace'
    ? rackspaceError(status, message, headers)
    : keystoneError(status, message, call, headers === undefined ? undefined : { headers });

/** The names of Rackspace's identity faults. */
export const rackspaceName = faultNames('identityFault');

export const rackspaceError = (status: number, message: string, headers?: Reply['headers']): Reply =>
  faultObject(rackspaceName(status), status, message, headers === undefined ? undefined : { headers });

export const unauthenticated = 'The request you have made requires authentication.';

interface Words {
  readonly status: number;
  readonly message: string;
  readonly identity?: Readonly<Record<string, unknown>>;
}

function messageOf(problem: IdentityProblem): Words {
  switch (problem.kind) {
    case 'not-authenticated':
      return { status: 401, message: unauthenticated };
    case 'user-disabled':
      return { status: 403, message: `The user ${problem.user} is disabled.` };
    case 'unsupported-method':
      return {
        status: 401,
        message: 'Attempted to authenticate with an unsupported method.',
        identity: { methods: problem.supported },
      };
    case 'scope-not-allowed':
      return {
        status: 401,
        message: 'Error authenticating with application credential: Application credentials cannot request a scope.',
        identity: {},
      };
    case 'token-not-found':
      return {
        status: 404,
        message: problem.isKnown ? 'Failed to validate token' : 'Could not recognize Fernet token',
      };
    case 'token-not-given':
      return { status: 404, message: 'No token in the request' };
    case 'credential-not-found':
      return { status: 404, message: `Could not find Application Credential: ${problem.credential}.` };
    case 'credential-exists':
      return {
        status: 409,
        message: `Conflict occurred attempting to store application_credential - Duplicate entry found with name ${problem.name}.`,
      };
    case 'role-not-found':
      return { status: 404, message: `Role ${problem.role} is not defined` };
    case 'role-not-assigned':
      return {
        status: 400,
        message: 'Invalid application credential: Cannot create an application credential with unassigned role',
      };
    case 'assignment-not-found':
      return {
        status: 400,
        message: `Invalid application credential: Could not find role assignment with role: ${problem.roleId}, user or group: ${problem.userId}, project, domain, or system: None.`,
      };
    case 'expiry-passed':
      return { status: 400, message: `The 'expires_at' must not be before now. ${MALFORMED}` };
    case 'user-not-found':
      return { status: 404, message: `Could not find user: ${problem.userId}.` };
    case 'project-not-found':
      return { status: 404, message: `Could not find project: ${problem.projectId}.` };
    case 'provider-not-found':
      return { status: 404, message: `Could not find Identity Provider: ${problem.provider}.` };
    case 'not-allowed':
      return {
        status: 403,
        message: `You are not authorized to perform the requested action${problem.action === null ? '' : `: ${problem.action}`}.`,
      };
    case 'missing':
      return { status: 400, message: `Expecting to find ${problem.what} in ${problem.where}. ${MALFORMED}` };
    case 'invalid':
      return { status: 400, message: problem.message };
    default:
      return problem satisfies never;
  }
}

const RACKSPACE_WORDS: Partial<Readonly<Record<IdentityProblem['kind'], string>>> = {
  'not-authenticated': 'Unable to authenticate user with credentials provided.',
  'token-not-found': 'Token not found.',
};

/** A problem of identity, in the words of the service that was asked. */
export function presentIdentityProblem(problem: IdentityProblem, call: Call, family: Family): Reply {
  const { status, message, identity } = messageOf(problem);
  if (problem.kind === 'user-disabled') return faultObject('userDisabled', status, message);
  if (family === 'rackspace') return rackspaceError(status, RACKSPACE_WORDS[problem.kind] ?? message);
  return keystoneError(status, message, call, identity === undefined ? undefined : { identity });
}
