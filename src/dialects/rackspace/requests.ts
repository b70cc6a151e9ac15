import { isObject, type Json } from '../../base/json.ts';
import { QuietError } from '../../base/quiet-error.ts';
import { isUuid } from '../../base/uuid.ts';
import type { Call, Handler, Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { hasLoneSurrogateIn, LONE_SURROGATE_MESSAGE, parseJson } from '../shared/json-body.ts';

/** Rejects a request with a reply: parsers throw it, `requestHandler` returns the reply. */
export class RequestError extends QuietError {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`rejected with ${reply.status}`);
    this.name = 'RequestError';
    this.reply = reply;
  }
}

/** Wraps a handler: returns the reply of a `RequestError` that it throws. */
export const requestHandler =
  <Param extends string>(handle: (call: Call<Param>, context: Context) => Reply): Handler<Context, Param> =>
  (call, context) => {
    try {
      return handle(call, context);
    } catch (error) {
      if (error instanceof RequestError) return error.reply;
      throw error;
    }
  };

/** Checks and parsers of requests, with the errors of one API. All of them throw `RequestError`. */
export interface RequestChecks {
  /** Rejects the request with that status and message. */
  reject(status: number, message: string): never;
  /** Rejects a body with 400. */
  rejectBody(call: Pick<Call, 'body'>): void;
  /** Rejects a media type other than JSON with 415; a missing one is accepted. */
  requireJson(call: Pick<Call, 'headers'>): void;
  /** Parses a body that must be a JSON object; rejects it with 415 or 400. */
  parseObject(call: Pick<Call, 'headers' | 'body'>): Json;
  /** Rejects an image id that is not a UUID with 400. */
  checkImageId(imageId: string): void;
}

/**
 * Creates the checks of one API.
 * @param fault - presents an error of the API.
 */
export function requestChecks(fault: (status: number, message: string) => Reply): RequestChecks {
  const reject = (status: number, message: string): never => {
    throw new RequestError(fault(status, message));
  };
  const requireJson = ({ headers }: Pick<Call, 'headers'>): void => {
    const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
    if (type !== undefined && type !== 'application/json') {
      reject(415, 'The body of this request is JSON, and its media type application/json.');
    }
  };
  const parseValue = (body: Buffer): unknown => {
    try {
      return parseJson(body);
    } catch {
      return reject(400, 'The body is no JSON.');
    }
  };
  return {
    reject,
    requireJson,
    rejectBody: ({ body }) => {
      if (body !== undefined) reject(400, 'This operation does not accept a request body.');
    },
    parseObject: (call) => {
      requireJson(call);
      if (call.body === undefined) return reject(400, 'This operation needs a request body.');
      const value = parseValue(call.body);
      if (hasLoneSurrogateIn(value)) return reject(400, LONE_SURROGATE_MESSAGE);
      return isObject(value) ? value : reject(400, 'The body is no JSON object.');
    },
    checkImageId: (imageId) => {
      if (!isUuid(imageId)) reject(400, `'${imageId}' is no image id: a UUID is expected.`);
    },
  };
}
