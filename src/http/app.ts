import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Express } from 'express';
import { jsonReply, type Reply } from '../contract/contract.ts';
import type { Dialect, OperationRef } from '../dialects/dialect.ts';
import type { Mount, Routes } from '../dialects/routes.ts';
import { wireOf } from '../faults/engine/decision.ts';
import type { Wire } from '../faults/fault.ts';
import { type NamedRoute, nearestOperations } from '../journal/near-miss.ts';
import type { World } from '../world/world.ts';
import { type Address, type Addressing, addressOf } from './address.ts';
import { type Answer, isPending } from './answer.ts';
import { BodyTooLong, hasBody, readBody } from './body.ts';
import { HttpCall } from './http-call.ts';
import { Exchange } from './operation-exchange.ts';
import { type WorldFinder, worldMeant, worldOfLogIn } from './resolve-world.ts';
import { respond } from './respond.ts';
import { chain, type Stage } from './stages.ts';

/** What the HTTP side needs of the rest. */
export interface AppDependencies extends Addressing {
  readonly routes: Routes;
  readonly stages: readonly Stage[];
  readonly worlds: WorldFinder;
  /** Answers below `/__admin`; `call.path` starts after it. */
  admin(call: HttpCall, world: World): Answer;
  /** Answers `GET /` of a world's root: what is here. */
  index(call: HttpCall, world: World): Reply;
}

/** Where the admin API stands below a world's root. */
const ADMIN_PATH = '/__admin';
/** Bytes of a body that the admin API takes. */
const ADMIN_BODY_LIMIT = 64 * 1024 * 1024;

/** What serving takes beside the parts, made once. */
interface Serving extends AppDependencies {
  readonly run: (exchange: Exchange) => Answer;
  readonly candidates: readonly NamedRoute[];
}

/** The Express application that answers as every dialect. */
export function createApp(parts: AppDependencies): Express {
  const serving: Serving = {
    ...parts,
    run: chain(parts.stages),
    candidates: parts.routes.operations.map((ref) => ({
      name: ref.name,
      method: ref.operation.method.toUpperCase(),
      path: (ref.operation.mount ?? ref.dialect.contract.mount) + ref.operation.path,
    })),
  };
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', false);

  app.use((request, response) => {
    const address = addressOf(request, parts);
    const world = parts.worlds.get(address.worldName);
    if (world === undefined) {
      respond(response, noSuchWorld(address.worldName), undefined, Date.now(), request.method === 'HEAD');
      return;
    }
    const arrival = new Arrival(request, response, world);
    if (isBelow(address.path, ADMIN_PATH)) answerAdmin(arrival, address, parts);
    else answerService(arrival, address, serving);
  });
  return app;
}

/** A request that came in, the world that it is for, and the way back. */
class Arrival {
  readonly request: IncomingMessage;
  readonly #response: ServerResponse;
  world: World;

  constructor(request: IncomingMessage, response: ServerResponse, world: World) {
    this.request = request;
    this.#response = response;
    this.world = world;
  }

  /** Sends an answer that has no standing headers. */
  answer(reply: Reply): void {
    respond(this.#response, reply, undefined, this.world.clock.now(), this.request.method === 'HEAD');
  }

  /** Sends an answer with the standing headers of a dialect. */
  answerAs(dialect: Dialect, reply: Reply, call: HttpCall, requestId: string, wire?: Wire): void {
    const standing = reply.isForeign ? undefined : dialect.standingHeaders?.(call, reply, requestId);
    respond(this.#response, reply, standing, this.world.clock.now(), this.request.method === 'HEAD', wire);
  }
}

function answerAdmin(arrival: Arrival, address: Address, parts: AppDependencies): void {
  const { request, world } = arrival;
  const path = address.path.slice(ADMIN_PATH.length);
  const call = new HttpCall(request, { ...address, path, base: address.root + ADMIN_PATH });
  const readFirst = async (): Promise<Reply> => {
    call.body = await readBody(request, ADMIN_BODY_LIMIT);
    return parts.admin(call, world);
  };
  settle(
    () => (hasBody(request) ? readFirst() : parts.admin(call, world)),
    (reply) => arrival.answer(reply),
    (error) => arrival.answer(failure(error)),
  );
}

/** Finds the API that a request is for, and the operation that it asks of it. */
function answerService(arrival: Arrival, address: Address, serving: Serving): void {
  const { request } = arrival;
  const { ownMount } = request;
  const named = mountAt(address.path, serving);
  // Links follow the Host header, so the port of one API is asked for the others too, by their mounts.
  const isOwn = named === undefined && ownMount !== undefined;
  const path = isOwn ? ownMount + address.path : address.path;
  const mount = isOwn ? mountAt(path, serving) : named;
  const { search, root, isPlain } = address;
  if (mount === undefined) {
    const call = new HttpCall(request, { path, search, root, base: root, isPlain });
    const isIndex = path === '/' && request.method === 'GET';
    arrival.answer(isIndex ? serving.index(call, arrival.world) : unknownPath(call, arrival.world, serving));
    return;
  }
  const { dialect, tree } = mount;
  const below = path.slice(mount.path.length) || '/';
  const call = new HttpCall(request, { path: below, search, root, base: isOwn ? root : root + mount.path, isPlain });
  if (isPlain) arrival.world = worldMeant(call, arrival.world, serving.worlds);
  const routed = dialect.normalise ? dialect.normalise(below, request.headers) : below;
  const isHead = request.method === 'HEAD' && dialect.answersHead === true;
  const found = tree.find(call.method, routed) ?? (isHead ? tree.find('GET', routed) : undefined);
  if (found === undefined) {
    answerUnrouted(arrival, call, { dialect, offered: tree.at(routed), path }, serving);
    return;
  }
  call.params = found.params;
  answerOperation(arrival, call, found.values, serving);
}

/** Where a request to a dialect came that is none of its operations. */
interface Unrouted {
  readonly dialect: Dialect;
  /** What the path offers to other methods. */
  readonly offered: ReadonlyMap<string, readonly OperationRef[]>;
  /** With the mount. */
  readonly path: string;
}

function answerUnrouted(arrival: Arrival, call: HttpCall, unrouted: Unrouted, { candidates }: Serving): void {
  const { world } = arrival;
  const { dialect, offered, path } = unrouted;
  const requestId = world.ids.requestId(call.client);
  const reply = dialect.presentUnrouted({ methods: [...offered.keys()], call, cloud: world, requestId });
  for (const refs of offered.values()) {
    for (const ref of refs) {
      if (ref.operation.statuses.includes(reply.status)) world.coverage.count(ref.name, reply.status, 'natural');
    }
  }
  recordUnmatched(call, world, dialect.name, reply.status, nearestOperations(call.method, path, candidates));
  arrival.answerAs(dialect, reply, call, requestId);
}

/** Reads the body, unless the operation does so itself, and lets the stages answer. */
function answerOperation(arrival: Arrival, call: HttpCall, refs: readonly OperationRef[], serving: Serving): void {
  const { request } = arrival;
  const [first] = refs as readonly [OperationRef, ...OperationRef[]];
  const { dialect, operation } = first;
  const proceed = (): void => {
    const exchange = new Exchange(arrival.world, chosen(refs, call) ?? first, call);
    settle(
      () => serving.run(exchange),
      (reply) => {
        arrival.answerAs(dialect, reply, call, exchange.requestId, wireOf(exchange.decision));
        // Many clients read an answer only once they have sent all of their body: what a refusal left is let pass.
        if (!call.stream.readableEnded) call.stream.resume();
      },
      (error) => {
        const { requestId } = exchange;
        arrival.answer(dialect.presentFailure({ error, call, cloud: arrival.world, requestId }));
      },
    );
  };
  if (operation.body === 'stream' || !hasBody(request)) {
    proceed();
    return;
  }
  readBody(request, dialect.bodyLimit).then(
    (body) => {
      call.body = body;
      arrival.world = worldOfLogIn(call, dialect, arrival.world, serving.worlds);
      proceed();
    },
    (error) => {
      const requestId = arrival.world.ids.requestId(call.client);
      if (!(error instanceof BodyTooLong)) return;
      const reply = dialect.presentOversized({ maxBytes: error.most, call, cloud: arrival.world, requestId });
      arrival.answerAs(dialect, reply, call, requestId);
    },
  );
}

/** Which of the operations of one method and path is meant. */
function chosen(refs: readonly OperationRef[], call: HttpCall): OperationRef | undefined {
  if (refs.length === 1) return refs[0];
  const id = refs[0]?.dialect.choose?.(
    refs.map((ref) => ref.id),
    call,
  );
  return refs.find((ref) => ref.id === id);
}

/** Runs to an answer, at once where it is there at once; nothing that it throws gets past `failed`. */
function settle(run: () => Answer, done: (reply: Reply) => void, failed: (error: unknown) => void): void {
  try {
    const answer = run();
    if (isPending(answer)) answer.then(done).catch(failed);
    else done(answer);
  } catch (error) {
    failed(error);
  }
}

const isBelow = (path: string, top: string): boolean =>
  path.startsWith(top) && (path.length === top.length || path[top.length] === '/');

const mountAt = (path: string, { routes }: Pick<AppDependencies, 'routes'>): Mount | undefined =>
  routes.mounts.find((mount) => isBelow(path, mount.path));

const noSuchWorld = (name: string): Reply =>
  jsonReply(404, {
    error: { code: 404, title: 'Not Found', message: `There is no world '${name}'. POST /__admin/worlds makes one.` },
  });

function recordUnmatched(
  call: HttpCall,
  world: World,
  dialect: string,
  status: number,
  nearest: readonly string[],
): void {
  world.journal.record({
    time: world.clock.now(),
    dialect,
    operation: null,
    method: call.method,
    url: call.target,
    status,
    source: 'natural',
    milliseconds: 0,
    nearest,
  });
}

function unknownPath(call: HttpCall, world: World, { candidates }: Serving): Reply {
  const nearest = nearestOperations(call.method, call.path, candidates);
  recordUnmatched(call, world, '', 404, nearest);
  return jsonReply(404, {
    error: {
      code: 404,
      title: 'Not Found',
      message: `No API is mounted at ${call.path}. GET / says what is here.`,
      nearest,
    },
  });
}

function failure(error: unknown): Reply {
  if (error instanceof BodyTooLong) {
    return jsonReply(413, { error: { code: 413, title: 'Payload Too Large', message: `at most ${error.most} bytes` } });
  }
  return jsonReply(500, {
    error: {
      code: 500,
      title: 'Internal Server Error',
      message: error instanceof Error ? error.message : String(error),
    },
  });
}
