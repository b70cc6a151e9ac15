import { timingSafeEqual } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import type { Handler, Reply } from '../contract/contract.ts';
import { PathTree } from '../contract/path.ts';
import type { Answer } from '../http/answer.ts';
import type { HttpCall } from '../http/http-call.ts';
import { InputError } from '../input/input-error.ts';
import { type Candidate, nearestOperations } from '../journal/near-miss.ts';
import type { World } from '../world/world.ts';
import { assertValidBody, assertValidQuery, type OperationId } from './checks.ts';
import { type AdminOperation, contract, operations } from './contract.ts';
import { type AdminContext, type AdminHost, handlers } from './handlers.ts';
import { presentError, refusal } from './problems.ts';

/** Who may use the admin API, and where. */
export interface AdminAccess {
  /** `off`: health and readiness alone. */
  readonly isOff?: boolean;
  /** What a caller must send as `Authorization: Bearer <token>`. */
  readonly token?: string;
  /** The only port on which it answers; asked for on each request, since port 0 becomes another. */
  readonly port?: () => number | undefined;
}

interface Route {
  readonly id: OperationId;
  readonly operation: AdminOperation;
  readonly handler: Handler<AdminContext>;
}

/** Answers below `/__admin`. */
export function createAdmin(host: AdminHost, access: AdminAccess = {}): (call: HttpCall, world: World) => Answer {
  const tree = new PathTree<Route>();
  const all = handlers as Readonly<Record<string, Handler<AdminContext>>>;
  for (const [id, operation] of Object.entries(operations)) {
    const route = { id: id as OperationId, operation, handler: all[id] as Handler<AdminContext> };
    tree.add(operation.method, operation.path, route);
  }
  const candidates: readonly Candidate[] = Object.entries(operations).map(([id, { method, path }]) => ({
    name: id,
    method: method.toUpperCase(),
    path: contract.mount + path,
  }));

  return (call, world) => {
    const path = call.path.length > 1 && call.path.endsWith('/') ? call.path.slice(0, -1) : call.path;
    const route = tree.find(call.method === 'HEAD' ? 'GET' : call.method, path);
    const barred = bar(call, access, route?.values[0]?.operation);
    if (barred !== undefined) return barred;
    if (route === undefined) return unrouted(call, path, tree, candidates);
    call.params = route.params;
    const found = route.values[0] as Route;
    const suffix = world.name === 'default' ? '' : `/w/${world.name}`;
    const processRoot = call.root.endsWith(suffix) ? call.root.slice(0, call.root.length - suffix.length) : call.root;
    try {
      if (call.search !== '') assertValidQuery(found.id, call.query);
      const body = parseBody(call, found);
      if (body !== undefined) assertValidBody(found.id, body);
      call.json = body;
      const answer = found.handler(call, { world, host, processRoot });
      return answer instanceof Promise ? answer.catch(presentError) : answer;
    } catch (error) {
      return presentError(error);
    }
  };
}

/** The reply that keeps a caller out, if it is to be kept out. */
function bar(call: HttpCall, access: AdminAccess, operation: AdminOperation | undefined): Reply | undefined {
  // Health and readiness say nothing that an open port does not, and container platforms cannot send a token.
  if (operation?.auth === 'none') return undefined;
  if (access.isOff) return refusal(404, 'The admin API is turned off.');
  const only = access.port?.();
  if (only !== undefined && call.stream instanceof IncomingMessage && call.stream.socket.localPort !== only) {
    return refusal(404, `The admin API answers on port ${only}.`);
  }
  if (access.token === undefined || isSame(call.headers.authorization ?? '', `Bearer ${access.token}`))
    return undefined;
  return refusal(401, 'The admin API needs its token: Authorization: Bearer <token>.', [], {
    'WWW-Authenticate': 'Bearer realm="sideglance admin"',
  });
}

const isSame = (given: string, wanted: string): boolean => {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
};

function unrouted(call: HttpCall, path: string, tree: PathTree<Route>, candidates: readonly Candidate[]): Reply {
  const methods = [...tree.at(path).keys()].sort();
  if (methods.length > 0) {
    return refusal(405, `${call.method} is not offered here.`, [], { Allow: methods.join(', ') });
  }
  const nearest = nearestOperations(call.method, contract.mount + path, candidates);
  return refusal(404, `There is no ${contract.mount}${path}.`, [
    { pointer: '', message: 'the nearest operations', allowed: nearest },
  ]);
}

/** The JSON value of a body; `undefined` where there is none and none is needed. */
function parseBody(call: HttpCall, { operation }: Route): unknown {
  if (operation.request === undefined) return undefined;
  if (call.body === undefined) {
    if (operation.isBodyOptional) return undefined;
    throw new InputError('body', [{ pointer: '', message: 'there is no body', allowed: 'a JSON object' }]);
  }
  const text = call.body.toString();
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError('body', [
      {
        pointer: '',
        message: `is no JSON: ${(error as Error).message}`,
        found: text.slice(0, 100),
        allowed: 'a JSON object',
      },
    ]);
  }
}
