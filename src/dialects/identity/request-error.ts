import { QuietError } from '../../base/quiet-error.ts';
import { UNEXPECTED } from './errors.ts';

/** An error response of Keystone, raised where the request turns out to be wrong. `withErrorMapping` presents it. */
export class RequestError extends QuietError {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
  }
}

/** Rejects a request that cannot be understood or carried out. @throws RequestError 400. */
export function badRequest(message: string): never {
  throw new RequestError(400, message);
}

/** Rejects a request that the state of the cloud forbids. @throws RequestError 403. */
export function forbidden(message: string): never {
  throw new RequestError(403, message);
}

/** Rejects a request for something that does not exist. @throws RequestError 404. */
export function notFound(message: string): never {
  throw new RequestError(404, message);
}

/** Rejects a second record with the same key. @param kind - as the message names it. @throws RequestError 409. */
export function conflict(kind: string, details: string): never {
  throw new RequestError(409, `Conflict occurred attempting to store ${kind} - ${details}`);
}

/** Reports an exception that the running service does not catch. @throws RequestError 500. */
export function unexpected(): never {
  throw new RequestError(500, UNEXPECTED);
}
