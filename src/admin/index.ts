import { Readable } from 'node:stream';
import { assertShallow, hasTooManyValues, MAX_VALUES, NestingError } from '../base/json-depth.ts';
import { toJsonPieces } from '../base/json-pieces.ts';
import { LARGE, nextTurn, type Steps, Work } from '../base/slices.ts';
import { jsonReply, type Reply } from '../contract/contract.ts';
import { PathTree } from '../contract/path.ts';
import { utf8Segment } from '../dialects/shared/uri.ts';
import type { HttpCall } from '../http/http-call.ts';
import { isPending, type ReplyOrPromise } from '../http/reply-or-promise.ts';
import { InputError } from '../input/input-error.ts';
import { describeRoute, type NamedRoute, nearestOperations } from '../journal/near-miss.ts';
import type { World } from '../world/world.ts';
import { DEFAULT_WORLD } from '../world/world-name.ts';
import { type AdminAccess, denyAccess } from './access.ts';
import { runNoted } from './actions.ts';
import { consoleReply } from './console-page.ts';
import { contextOf } from './invoke.ts';
import { otherPath } from './misses.ts';
import type { AdminApi } from './observe.ts';
import type { AdminContext, AdminHost, AdminInput, AnyAdminOperation } from './operation.ts';
import { ADMIN_OPERATIONS } from './operations/index.ts';
import { allowReading, denyContentType, preflightReply } from './page-access.ts';
import { AdminError, errorReply, presentError } from './problems.ts';
import { assertValidBody, parseQuery } from './validate.ts';

export { type AdminAccess, maySeeSecrets } from './access.ts';
export { type AdminApi, type AdminObserver, observeAdmin } from './observe.ts';

const MOUNT = '/__admin';

/** Creates the handler of all requests below `/__admin`. */
export function createAdmin(host: AdminHost, access: AdminAccess = {}): AdminApi {
  const operations = Object.values(ADMIN_OPERATIONS);
  const tree = new PathTree<AnyAdminOperation>(utf8Segment);
  for (const operation of operations) tree.add(operation.method, operation.path, operation);
  const candidates = operations.map(
    ({ id, method, path }): NamedRoute => ({
      name: id,
      method: method.toUpperCase(),
      path: MOUNT + (path === '/' ? '' : path),
    }),
  );
  const find = ({ method, path }: HttpCall) =>
    tree.find(method === 'HEAD' ? 'GET' : method, withoutSlash(path === '' ? '/' : path));

  return {
    replyEarly(call) {
      const denied = denyAccess(call, access, find(call)?.values[0]);
      const page = denied === undefined || denied.status === 401 ? consoleReply(call) : undefined;
      return page ?? preflightReply(call, access) ?? (denied && allowReading(denied, call, access));
    },
    handle(call, world) {
      const reply = run(call, world);
      return isPending(reply)
        ? reply.then((later) => allowReading(later, call, access))
        : allowReading(reply, call, access);
    },
  };

  function run(call: HttpCall, world: World): ReplyOrPromise {
    const route = find(call);
    const operation = route?.values[0];
    if (route === undefined || operation === undefined)
      return replyUnrouted(call, withoutSlash(call.path), tree, candidates);
    const unsupported = call.body === undefined ? undefined : denyContentType(call);
    if (unsupported !== undefined) return unsupported;
    const context = contextFor(call, world);
    if ((call.body?.length ?? 0) >= LARGE) return runLarge(call, { operation, params: route.params, context });
    try {
      const input = { ...readInput(call, operation), params: route.params };
      const reply = handle(operation, input, context);
      return reply instanceof Promise ? reply.catch(presentError) : reply;
    } catch (error) {
      return presentError(error);
    }
  }

  function contextFor(call: HttpCall, world: World): AdminContext {
    const prefix = world.name === DEFAULT_WORLD ? '' : `/w/${world.name}`;
    const root = call.root.endsWith(prefix) ? call.root.slice(0, call.root.length - prefix.length) : call.root;
    return contextOf(world, host, (name) => (name === DEFAULT_WORLD ? root : `${root}/w/${name}`));
  }
}

const withoutSlash = (path: string): string => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);

function handle(operation: AnyAdminOperation, input: AdminInput, context: AdminContext): Reply | Promise<Reply> {
  const status = operation.statusOf?.(input, context) ?? operation.success;
  const output = runNoted(operation, input, context);
  if (output instanceof Work) return output.andThen((body) => replyInSteps(operation, status, body)).inSlices();
  const toReply = (body: unknown): Reply => replyOf(operation, status, body);
  return output instanceof Promise ? output.then(toReply) : toReply(output);
}

function replyOf(operation: AnyAdminOperation, status: number, body: unknown): Reply {
  if (operation.reply !== undefined) return operation.reply(body);
  return status === 204 ? { status } : jsonReply(status, body);
}

/** Converts the output of long work, which may be large, to a response. */
function* replyInSteps(operation: AnyAdminOperation, status: number, body: unknown): Steps<Reply> {
  if (operation.reply !== undefined || status === 204) return replyOf(operation, status, body);
  const [first, ...others] = yield* toJsonPieces(body);
  const whole = others.length === 0 ? first : Readable.from([first, ...others], { objectMode: false });
  return { status, headers: { 'Content-Type': 'application/json' }, ...(whole !== undefined && { body: whole }) };
}

/** An operation with what its path names. */
interface Routed {
  readonly operation: AnyAdminOperation;
  readonly params: Readonly<Record<string, string>>;
  readonly context: AdminContext;
}

/** Handles a request with a large body, in several turns of the event loop. */
async function runLarge(call: HttpCall, { operation, params, context }: Routed): Promise<Reply> {
  try {
    const query = readQuery(call, operation);
    const body = parseBody(call, operation);
    await nextTurn();
    if (body !== undefined) assertValidBody(operation, body);
    await nextTurn();
    return await handle(operation, { query, body, params } as AdminInput, context);
  } catch (error) {
    return presentError(error);
  }
}

/** Reads the query and the body of a request and validates both. */
function readInput(call: HttpCall, operation: AnyAdminOperation): AdminInput {
  const query = readQuery(call, operation);
  const body = parseBody(call, operation);
  if (body !== undefined) assertValidBody(operation, body);
  return { query, body };
}

function readQuery(call: HttpCall, operation: AnyAdminOperation): Readonly<Record<string, unknown>> {
  const { lastEventId } = operation;
  // Browsers send the id of the last event when they reconnect.
  const last = lastEventId === undefined ? undefined : call.headers['last-event-id'];
  if (last !== undefined && lastEventId !== undefined) {
    return parseQuery(operation, [[lastEventId, last], ...call.query]);
  }
  return call.search === '' ? {} : parseQuery(operation, call.query);
}

/** How deeply bodies may nest lists and objects. */
const MAX_LEVELS = 200;

/** Parses the JSON body; `undefined` for an operation without a body. */
function parseBody(call: HttpCall, { request, isBodyOptional }: AnyAdminOperation): unknown {
  if (request === undefined) return undefined;
  if (call.body === undefined) {
    if (isBodyOptional === true) return {};
    throw new InputError('body', [{ pointer: '', message: 'the body is missing', allowed: 'a JSON object' }]);
  }
  if (hasTooManyValues(call.body)) {
    throw new AdminError(413, `The body has more than ${MAX_VALUES} values; give larger fixtures as a file.`);
  }
  try {
    assertShallow(call.body, MAX_LEVELS);
    return JSON.parse(call.body.toString());
  } catch (error) {
    const reason = (error as Error).message;
    throw new InputError('body', [
      {
        pointer: '',
        message: error instanceof NestingError ? `has ${reason}` : `is not valid JSON: ${reason}`,
        found: call.body.toString('utf8', 0, 100),
        allowed: 'a JSON object',
      },
    ]);
  }
}

/** Returns 405 for a wrong method, and 404 with the most similar operations for an unknown path. */
function replyUnrouted(
  call: HttpCall,
  path: string,
  tree: PathTree<AnyAdminOperation>,
  candidates: readonly NamedRoute[],
): Reply {
  const methods = [...tree.at(path).keys()].sort();
  if (methods.length > 0) {
    return errorReply(405, `${call.method} is not supported here.`, [], { Allow: methods.join(', ') });
  }
  const other = otherPath(path);
  const meant = candidates.filter(({ name }) => other?.operations.some((id) => id === name));
  const nearest = [...meant.map(describeRoute), ...nearestOperations(call.method, MOUNT + path, candidates)].slice(
    0,
    3,
  );
  const hint = other === undefined ? `GET ${MOUNT} lists the operations.` : other.hint;
  return errorReply(404, `No operation has the path ${MOUNT}${path}. ${hint}`, [
    { pointer: '', message: 'the path matches no operation; see the most similar ones', allowed: nearest },
  ]);
}
