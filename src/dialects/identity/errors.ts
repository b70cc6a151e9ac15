import { type Call, jsonReply, type Reply } from '../../contract/contract.ts';
import { faultNames, faultObject } from '../nova/fault-object.ts';
import type { IdentityService } from './services.ts';

type ReplyHeaders = Reply['headers'];

/** Keystone's `error.title` for each status. */
export const TITLES: Readonly<Record<number, string>> = {
  300: 'Multiple Choices',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

/** The sentences with which Keystone ends its messages about malformed requests. */
export const MALFORMED =
  'The server could not comply with the request since it is either malformed or otherwise incorrect. ' +
  'The client is assumed to be in error.';

/** Keystone's message of a 401. */
export const UNAUTHENTICATED = 'The request you have made requires authentication.';

/** Keystone's message of a 500. */
export const UNEXPECTED = 'An unexpected error prevented the server from fulfilling your request.';

/** A header of every response of Keystone. */
export const VARY = { Vary: 'X-Auth-Token' } as const;

/** An error of Keystone. */
export interface KeystoneError {
  readonly status: number;
  readonly message: string;
  readonly call: Call;
  readonly headers?: ReplyHeaders | undefined;
  /** `error.identity`: data for the client, such as the supported methods. */
  readonly identity?: Readonly<Record<string, unknown>> | undefined;
  /** Whether the title comes before the message. */
  readonly isTitleFirst?: boolean;
}

/** Presents an error in the shape of Keystone, which IAM shares. */
export function keystoneError({ status, message, call, headers, identity, isTitleFirst }: KeystoneError): Reply {
  const title = TITLES[status] ?? 'Error';
  const error = {
    code: status,
    ...(identity !== undefined && { identity }),
    ...(isTitleFirst === true ? { title, message } : { message, title }),
  };
  return jsonReply(
    status,
    { error },
    {
      ...(status === 401 && { 'WWW-Authenticate': `Keystone uri="${call.base}/v3"` }),
      ...VARY,
      ...headers,
    },
  );
}

const rackspaceFaultName = faultNames('identityFault');

/** Presents an error as a fault object of Rackspace's identity service. */
export const rackspaceError = (status: number, message: string, headers?: ReplyHeaders): Reply =>
  faultObject({ name: rackspaceFaultName(status), status, message, headers });

/** An error of any identity service. */
export interface ServiceError extends Omit<KeystoneError, 'identity'> {
  readonly service: IdentityService;
}

/** Presents an error in the shape of its service. */
export const serviceError = ({ service, ...error }: ServiceError): Reply =>
  service === 'rackspace' ? rackspaceError(error.status, error.message, error.headers) : keystoneError(error);
