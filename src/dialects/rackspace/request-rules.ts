import { isObject } from '../../base/json.ts';
import { isUuid } from '../../base/uuid.ts';
import type { Call, Handler, Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { HALF_A_CHARACTER, hasLoneSurrogateIn, parseJson } from '../shared/json-body.ts';

/** A request that is refused by a rule of the wire: thrown while it is read, answered as it says. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`answered ${reply.status}`);
    this.name = 'Refusal';
    this.reply = reply;
  }
}

/** A handler whose refusals are answers. */
export const refusing =
  <Param extends string>(handle: (call: Call<Param>, context: Context) => Reply): Handler<Context, Param> =>
  (call, context) => {
    try {
      return handle(call, context);
    } catch (error) {
      if (error instanceof Refusal) return error.reply;
      throw error;
    }
  };

/** How the requests of an API with errors of one form are read. All of these throw a Refusal. */
export interface RequestRules {
  /** With that status and message. */
  refuse(status: number, message: string): never;
  /** 400 for a body where none belongs. */
  refuseBody(call: Pick<Call, 'body'>): void;
  /** 415 for a body that says that it is anything but JSON. */
  requireJson(call: Pick<Call, 'headers'>): void;
  /** The JSON object of a body; 415, 400. */
  parseObject(call: Pick<Call, 'headers' | 'body'>): Readonly<Record<string, unknown>>;
  /** 400 for what is no image id. */
  checkImageId(imageId: string): void;
}

/** @param fault - an error of the API. */
export function requestRules(fault: (status: number, message: string) => Reply): RequestRules {
  const refuse = (status: number, message: string): never => {
    throw new Refusal(fault(status, message));
  };
  const requireJson = ({ headers }: Pick<Call, 'headers'>): void => {
    const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
    if (type !== undefined && type !== 'application/json') {
      refuse(415, 'The body of this request is JSON, and its media type application/json.');
    }
  };
  return {
    refuse,
    requireJson,
    refuseBody: ({ body }) => {
      if (body !== undefined) refuse(400, 'This operation does not accept a request body.');
    },
    parseObject: (call) => {
      requireJson(call);
      if (call.body === undefined) return refuse(400, 'This operation needs a request body.');
      let value: unknown;
      try {
        value = parseJson(call.body);
      } catch {
        return refuse(400, 'The body is no JSON.');
      }
      if (hasLoneSurrogateIn(value)) return refuse(400, HALF_A_CHARACTER);
      return isObject(value) ? value : refuse(400, 'The body is no JSON object.');
    },
    checkImageId: (imageId) => {
      if (!isUuid(imageId)) refuse(400, `'${imageId}' is no image id: a UUID is expected.`);
    },
  };
}
