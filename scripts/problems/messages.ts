/** The messages of the errors that scenarios can name, with placeholders for the values of a request. */
import { Readable } from 'node:stream';
import type { Call, Reply } from '../../src/contract/contract.ts';
import type { Context, FaultRequest, OperationRef } from '../../src/dialects/dialect.ts';
import { isProblem } from '../../src/dialects/natural-problems.ts';
import { ABSENT_ID } from '../../src/dialects/shared/request-values.ts';
import { createTestEmulator, login, NOON } from '../../test/support/emulator.ts';

/** Returns the message of an error of an operation; empty if it has none. */
export type MessageOf = (ref: OperationRef, status: number, problem: string) => string;

const ROOT = 'http://127.0.0.1:9292';

/** A way to send the request: values of the path and headers. */
interface Attempt {
  readonly valueFor: (name: string) => string;
  readonly headers?: Readonly<Record<string, string>>;
}

const placeholder = (name: string): string => `{${name}}`;

/** Placeholders first; then what operations need that check the request before they reject it. */
const ATTEMPTS: readonly Attempt[] = [
  { valueFor: placeholder },
  { valueFor: () => ABSENT_ID },
  { valueFor: () => '1' },
  { valueFor: placeholder, headers: { 'openstack-api-version': 'compute 2.93' } },
  { valueFor: () => ABSENT_ID, headers: { 'content-type': 'application/openstack-images-v2.1-json-patch' } },
];

/** Returns a function that asks each reason for its error in the default world. */
export async function messages(): Promise<MessageOf> {
  const { app, worlds } = createTestEmulator({ frozenAt: NOON });
  const world = worlds.default;
  const caller = world.identity.callerOf(await login(app));
  if (caller === undefined) throw new Error('The fixtures have no user demo.');
  const own: Attempt = { valueFor: (name) => (name === 'user_id' ? caller.userId : placeholder(name)) };
  return (ref, status, problem) => {
    for (const attempt of [...ATTEMPTS, own]) {
      const context: Context = { cloud: world.copy(), caller, requestId: 'req-{request_id}' };
      const call = callOf(ref, { status, projectId: caller.projectId, ...attempt });
      const reply = replyOf(ref, { call, context, status }, problem);
      if (reply.status === status)
        return messageOf(reply).replaceAll(caller.projectId, '{project_id}').replaceAll(caller.userId, '{user_id}');
    }
    throw new Error(`${ref.name} does not return ${status} for the problem ${problem}.`);
  };
}

interface CallOptions extends Attempt {
  readonly status: number;
  readonly projectId: string;
}

function callOf({ operation, dialect }: OperationRef, { status, projectId, valueFor, headers }: CallOptions): Call {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const params = Object.fromEntries(names.map((name) => [name, name === 'tenant_id' ? projectId : valueFor(name)]));
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const mount = operation.mount ?? dialect.contract.mount;
  return {
    ...EMPTY_CALL,
    method: operation.method.toUpperCase(),
    path,
    target: `${mount}${path}`,
    params,
    // The message of a 415 names the type.
    headers: {
      accept: 'application/json',
      'content-type': status === 415 ? 'text/plain' : 'application/json',
      ...(/^p/.test(operation.method) && { 'content-length': '2' }),
      ...headers,
    },
    base: `${ROOT}${mount}`,
    mount,
  };
}

/** What all requests have in common. */
const EMPTY_CALL = {
  search: '',
  query: new URLSearchParams(),
  body: undefined,
  json: undefined,
  stream: Readable.from([]),
  root: ROOT,
  isPlain: true,
  program: 'docs',
  client: 'docs',
  link: (url: string): string => url,
} as const;

function replyOf(
  ref: OperationRef,
  { call, context, status }: Pick<FaultRequest, 'call' | 'context' | 'status'>,
  problem: string,
): Reply {
  const { operation, id: operationId, dialect, problems } = ref;
  const reason = problems[status]?.[problem];
  if (reason === undefined) throw new Error(`${ref.name} has no problem ${problem} for ${status}.`);
  const given = reason({ call, context, status, operation, operationId, details: {} }, ref);
  return isProblem(given) ? dialect.presentProblem(given, call, context) : given;
}

/** The members of error bodies that have the message, and the code beside it. */
function messageOf({ body }: Reply): string {
  const text = typeof body === 'string' ? body : Buffer.isBuffer(body) ? body.toString() : '';
  const message = text.startsWith('{') ? inJson(JSON.parse(text)) : text.replaceAll(/<[^>]*>/g, ' ');
  return message
    .replaceAll(/(?:<br \/>|\s)+$/g, '')
    .replaceAll(/<br \/>/g, ' ')
    .replaceAll(ABSENT_ID, '{id}')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(LONG, '$1…');
}

/** A message that is longer than a table shows. */
const LONG = /^(.{240}).+$/;

function inJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const { message, error_msg: gateway, code, error_code: gatewayCode } = value as Readonly<Record<string, unknown>>;
  const found = message ?? gateway;
  const shown = [code, gatewayCode].find((each) => typeof each === 'string' && /^[A-Z]+\./.test(each));
  if (typeof found === 'string') return shown === undefined ? found : `${shown}: ${found}`;
  return (
    Object.values(value)
      .map(inJson)
      .find((text) => text !== '') ?? ''
  );
}
