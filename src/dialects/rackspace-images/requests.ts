import type { Call, Handler, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Context } from '../dialect.ts';
import { isImageId } from './parse.ts';
import { fault, unsupportedBody } from './problems.ts';

/** A request that is refused by a rule of the wire: thrown while it is read, answered as it says. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`answered ${reply.status}`);
    this.name = 'Refusal';
    this.reply = reply;
  }
}

/** @throws Refusal with that status and message. */
export function refuse(status: number, message: string): never {
  throw new Refusal(fault(status, message));
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

/** @throws Refusal 400 for a body where none belongs. */
export function refuseBody({ body }: Pick<Call, 'body'>): void {
  if (body !== undefined) refuse(400, 'This operation does not accept a request body.');
}

/** @throws Refusal 415 for a body that says that it is anything but JSON. */
export function requireJson({ headers }: Pick<Call, 'headers'>): void {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== undefined && type !== 'application/json') throw new Refusal(unsupportedBody());
}

/**
 * The JSON object of a body.
 * @throws Refusal 415, 400.
 */
export function parseObject(call: Pick<Call, 'headers' | 'body'>): Readonly<Record<string, unknown>> {
  requireJson(call);
  if (call.body === undefined) return refuse(400, 'This operation needs a request body.');
  let value: unknown;
  try {
    value = JSON.parse(call.body.toString());
  } catch {
    return refuse(400, 'The body is no JSON.');
  }
  if (!isObject(value)) return refuse(400, 'The body is no JSON object.');
  return value;
}

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws Refusal 400 for what is no image id. */
export function checkImageId(imageId: string): void {
  if (!isImageId(imageId)) refuse(400, `'${imageId}' is no image id: a UUID is expected.`);
}

/** @throws Refusal 403 for a caller who may only look. */
export function checkWriter({ isReader }: Pick<Caller, 'isReader'>): void {
  if (isReader) refuse(403, 'Your role allows you to look at images and not to change them.');
}

/**
 * What the product's role for making images leaves out is removing them.
 * @throws Refusal 403.
 */
export function checkRemover(caller: Caller): void {
  checkWriter(caller);
  const { roles } = caller;
  if (roles.includes('cloudImages:creator') && !roles.includes('cloudImages:admin')) {
    refuse(403, 'Your role allows you to make and change images and not to remove anything.');
  }
}
