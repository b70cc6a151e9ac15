import type { Call, Reply } from '../../../src/contract/contract.ts';
import type { JsonSchema } from '../../../src/contract/schema.ts';
import type { OperationRef } from '../../../src/dialects/dialect.ts';
import { schemaErrors } from './check-schema.ts';
import { errorSchemaOf } from './error-schemas.ts';
import { requiredHeadersOf } from './required-headers.ts';

/** A reply to a request, as a dialect gives it. */
export interface HeldReply {
  readonly ref: OperationRef;
  readonly call: Call;
  readonly requestId: string;
  readonly reply: Reply;
}

/** Headers by lower-case name. */
export type HeldHeaders = ReadonlyMap<string, string>;

/** Returns where a reply differs from the contract of its operation, one line for each place. */
export function violationsOf(held: HeldReply): readonly string[] {
  const { ref, call, reply } = held;
  const headers = headersOf(held);
  const where = `${ref.name} ${reply.status}`;
  const missing = requiredHeadersOf(held, headers)
    .filter((name) => !headers.has(name))
    .map((name) => `${where}: header ${name} is missing`);
  if (call.method === 'HEAD') return missing;
  return [...missing, ...bodyViolations(held, headers).map((violation) => `${where} ${violation}`)];
}

/** The headers with which the reply is sent. */
function headersOf({ ref, call, reply, requestId }: HeldReply): HeldHeaders {
  const all = { ...ref.dialect.commonHeaders?.(call, reply, requestId), ...reply.headers };
  return new Map(Object.entries(all).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function bodyViolations(held: HeldReply, headers: HeldHeaders): readonly string[] {
  const { reply, ref } = held;
  const text = textOf(reply);
  if (text === undefined) return [];
  // Keystone's description of its resources, for clients that ask for it instead of the version.
  if (headers.get('content-type')?.startsWith('application/json-home') === true)
    return jsonViolations({ type: 'object', required: ['resources'] }, text);
  const isJson = /^application\/([\w.-]+\+)?json(;|$)/.test(headers.get('content-type') ?? '');
  if (!isJson || (text === '' && ref.operation.response === undefined))
    return plainViolations(held, headers.get('content-type'), text);
  const schema = schemaOf(held);
  if (schema === undefined) return [`/: JSON, for which its contract has no schema: ${text.slice(0, 200)}`];
  return jsonViolations(schema, text);
}

/** The body, unless it is a stream. */
function textOf({ body }: Reply): string | undefined {
  if (body === undefined || typeof body === 'string') return body ?? '';
  return Buffer.isBuffer(body) ? body.toString() : undefined;
}

/** Bodies of successes that have one in some microversions alone. */
const VARIANTS: Readonly<Record<string, JsonSchema>> = {
  'compute-v2.1.createServerImage 202': {
    type: 'object',
    required: ['image_id'],
    properties: { image_id: { type: 'string', format: 'uuid' } },
    additionalProperties: false,
  },
};

/** The schema of a body: that of the operation, or that of the errors of the dialect. */
function schemaOf({ ref, reply: { status } }: HeldReply): JsonSchema | undefined {
  if (status >= 400) return errorSchemaOf(ref.dialect.name, status);
  return ref.operation.response ?? VARIANTS[`${ref.name} ${status}`];
}

function jsonViolations(schema: JsonSchema, text: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [`/: ${(error as Error).message}`];
  }
  return schemaErrors(schema, value).map((error) => `${error} in ${text.slice(0, 300)}`);
}

/** Checks a body that is not JSON: an error page names its status, and a described success has to be JSON. */
function plainViolations({ ref, reply }: HeldReply, type: string | undefined, text: string): readonly string[] {
  const { status } = reply;
  if (status >= 400) {
    return text === '' || text.includes(String(status))
      ? []
      : [`/: an error page without its status: ${text.slice(0, 300)}`];
  }
  const { response, success } = ref.operation;
  return response !== undefined && status === success
    ? [`/: ${type ?? 'no body'} where its contract has a schema`]
    : [];
}
