import { type Call, type Handler, jsonReply, type Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { withErrorMapping } from '../glance/wire.ts';
import { HALF_A_CHARACTER, hasLoneSurrogateIn, parseJson } from '../shared/json-body.ts';
import { IMS_CODES, type ImsCode } from './error-codes.ts';
import { choiceOf } from './profiles.ts';

/** An answer of JSON. */
export const json = (value: unknown, status = 200): Reply => jsonReply(status, value);

/** An answer without a body, of the service's own calls. */
export const NOTHING: Reply = { status: 204 };

/** An error of the service's own calls. */
export const imsError = (status: number, code: ImsCode, message: string): Reply =>
  jsonReply(status, { error: { code, message } });

/** A request refused with a code: thrown by parsers and handlers of own calls, worded by `coded`. */
export class ImsRefusal extends Error {
  readonly status: number;
  readonly code: ImsCode;

  /** @param message - what the reference says of the code where it is left out. */
  constructor(code: ImsCode, message: string = IMS_CODES[code].meaning, status: number = IMS_CODES[code].status) {
    super(message);
    this.name = 'ImsRefusal';
    this.code = code;
    this.status = status;
  }

  reply(): Reply {
    return imsError(this.status, this.code, this.message);
  }
}

/** The answer to a user whose role does not allow changes. */
export const noRight = ({ cloud }: Context): Reply =>
  imsError(
    choiceOf(cloud, 'no-right') === 'otc' ? 403 : 400,
    'IMG.0026',
    'Your role lacks the right to change images.',
  );

/** A handler of one of the service's own calls: what it throws is worded, and the project must be the caller's. */
export const coded =
  <Param extends string>(handler: Handler<Context, Param>): Handler<Context, Param> =>
  (call, context) => {
    const word = (error: unknown): Reply => {
      if (error instanceof ImsRefusal) return error.reply();
      throw error;
    };
    try {
      checkProject(call, context);
      checkTexts(call.json);
      const answer = handler(call, context);
      return answer instanceof Promise ? answer.catch(word) : answer;
    } catch (error) {
      return word(error);
    }
  };

/** As `coded`, for calls that change something: the role must allow it. */
export const codedChange = <Param extends string>(handler: Handler<Context, Param>): Handler<Context, Param> =>
  coded((call, context) => (context.caller.isReader ? noRight(context) : handler(call, context)));

/** A handler of a native call that changes something: the role must allow it. */
export const nativeChange = <Param extends string>(handler: Handler<Context, Param>): Handler<Context, Param> =>
  withErrorMapping((call, context) => (context.caller.isReader ? noRight(context) : handler(call, context)));

/** @throws ImsRefusal IMG.0064 for a token without a project, IMG.0067 and IMG.0030 for a project of the path that is another. */
function checkProject({ params }: Call, { caller, cloud }: Context): void {
  if (caller.projectId === '') throw new ImsRefusal('IMG.0064', 'The token is not scoped to a project.');
  const projectId = params['project_id'];
  if (projectId === undefined || projectId === caller.projectId) return;
  if (cloud.identity.index.project(projectId) === undefined) {
    throw new ImsRefusal('IMG.0067', `There is no project ${projectId}.`);
  }
  throw new ImsRefusal('IMG.0030', `The token is not one of the project ${projectId}.`);
}

/** A JSON object. */
export type Body = Readonly<Record<string, unknown>>;

/**
 * The JSON value of a body.
 * @throws ImsRefusal IMG.0007 for none, IMG.0001 for what is no JSON, or holds half a character.
 */
export function parseValue(call: Call): unknown {
  if (call.body === undefined) throw new ImsRefusal('IMG.0007', 'The request has no body.');
  let value: unknown;
  try {
    value = parseJson(call.body);
  } catch {
    throw new ImsRefusal('IMG.0001', 'The request body is no JSON.');
  }
  checkTexts(value);
  return value;
}

/** @throws ImsRefusal IMG.0001 for a JSON value that holds half a character. */
function checkTexts(value: unknown): void {
  if (hasLoneSurrogateIn(value)) throw new ImsRefusal('IMG.0001', HALF_A_CHARACTER);
}
