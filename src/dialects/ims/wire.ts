import { isObject, type Json } from '../../base/json.ts';
import { QuietError } from '../../base/quiet-error.ts';
import { type Call, type Handler, jsonReply, type Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { withErrorMapping } from '../glance/wire.ts';
import { hasLoneSurrogateIn, LONE_SURROGATE_MESSAGE, parseJson } from '../shared/json-body.ts';
import { IMS_CODES, type ImsCode } from './error-codes.ts';
import { choiceOf } from './profiles.ts';

/** The reply of an IMS operation that returns no body. */
export const NO_CONTENT: Reply = { status: 204 };

/** An error reply of an IMS operation: `{"error": {"code", "message"}}`. */
export const errorReply = (status: number, code: ImsCode, message: string): Reply =>
  jsonReply(status, { error: { code, message } });

/** Rejects a request to an IMS operation with a code: parsers and handlers throw it, `imsHandler` maps it to a reply. */
export class ImsError extends QuietError {
  readonly status: number;
  readonly code: ImsCode;

  /**
   * @param message - defaults to the meaning of the code in the reference.
   * @param status - defaults to the status of the code in the reference.
   */
  constructor(code: ImsCode, message: string = IMS_CODES[code].meaning, status: number = IMS_CODES[code].status) {
    super(message);
    this.name = 'ImsError';
    this.code = code;
    this.status = status;
  }

  /** The error as a reply. */
  reply(): Reply {
    return errorReply(this.status, this.code, this.message);
  }
}

/** The reply to a user whose role does not allow changes. */
export const missingPermission = ({ cloud }: Context): Reply =>
  errorReply(
    choiceOf(cloud, 'no-right') === 'otc' ? 403 : 400,
    'IMG.0026',
    'Your role lacks the right to change images.',
  );

const mapError = (error: unknown): Reply => {
  if (error instanceof ImsError) return error.reply();
  throw error;
};

/** Wraps the handler of an IMS operation: checks the project and the texts of the body, and maps an `ImsError` to a reply. */
export const imsHandler =
  <Param extends string>(handler: Handler<Context, Param>): Handler<Context, Param> =>
  (call, context) => {
    try {
      checkProject(call, context);
      checkTexts(call.json);
      const reply = handler(call, context);
      return reply instanceof Promise ? reply.catch(mapError) : reply;
    } catch (error) {
      return mapError(error);
    }
  };

/** Wraps the handler of an IMS operation that changes something: as `imsHandler`, and the role must allow changes. */
export const imsChangeHandler = <Param extends string>(handler: Handler<Context, Param>): Handler<Context, Param> =>
  imsHandler((call, context) => (context.caller.isReader ? missingPermission(context) : handler(call, context)));

/** Wraps the handler of a native operation that changes something: maps errors as Glance, and the role must allow changes. */
export const nativeChangeHandler = <Param extends string>(handler: Handler<Context, Param>): Handler<Context, Param> =>
  withErrorMapping((call, context) => (context.caller.isReader ? missingPermission(context) : handler(call, context)));

/** @throws ImsError IMG.0064 for a token without a project, IMG.0067 and IMG.0030 for a path that names another project. */
function checkProject({ params }: Call, { caller, cloud }: Context): void {
  if (caller.projectId === '') throw unscopedToken();
  const projectId = params['project_id'];
  if (projectId === undefined || projectId === caller.projectId) return;
  if (cloud.identity.index.project(projectId) === undefined) throw unknownProject(projectId);
  throw otherProject(projectId);
}

/** The error for a token without a project. */
export const unscopedToken = (): ImsError => new ImsError('IMG.0064', 'The token is not scoped to a project.');

/** The error for a project that does not exist. */
export const unknownProject = (projectId: string): ImsError =>
  new ImsError('IMG.0067', `There is no project ${projectId}.`);

/** The error for a path that names a project other than the one of the token. */
export const otherProject = (projectId: string): ImsError =>
  new ImsError('IMG.0030', `The token is not one of the project ${projectId}.`);

/**
 * Parses the JSON body of a request.
 * @throws ImsError IMG.0007 for a missing body, IMG.0001 for malformed JSON and for a lone surrogate.
 */
export function parseJsonBody(call: Call): unknown {
  if (call.body === undefined) throw new ImsError('IMG.0007', 'The request has no body.');
  let value: unknown;
  try {
    value = parseJson(call.body);
  } catch {
    throw new ImsError('IMG.0001', 'The request body is no JSON.');
  }
  checkTexts(value);
  return value;
}

/** @throws ImsError IMG.0001 for a JSON value that contains a lone surrogate. */
function checkTexts(value: unknown): void {
  if (hasLoneSurrogateIn(value)) throw new ImsError('IMG.0001', LONE_SURROGATE_MESSAGE);
}

/** Returns the text member of that name, or `undefined`; the schema of the operation has checked its type. */
export const textIn = (body: Json, name: string): string | undefined => {
  const value = body[name];
  return typeof value === 'string' ? value : undefined;
};

/** The objects in a list; an empty list for any other value. */
export const objectsIn = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
