import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import express, { type Express } from 'express';
import { jsonReply, type Reply } from '../contract/contract.ts';
import type { Mount, Routes } from '../dialects/routes.ts';
import type { Wire } from '../faults/fault.ts';
import { wireOf } from '../faults/verdict.ts';
import { type Candidate, nearestOperations } from '../journal/near-miss.ts';
import type { World } from '../world.ts';
import { type Answer, isPending } from './answer.ts';
import { BodyTooLong, hasBody, readBody } from './body.ts';
import { HttpCall } from './exchange.ts';
import { respond } from './respond.ts';
import { chain, Exchange, type Stage } from './stages.ts';
import { type WorldFinder, worldMeant, worldOfLogIn } from './world-meant.ts';

/** What the HTTP side needs of the rest. */
export interface AppParts {
  readonly routes: Routes;
  readonly stages: readonly Stage[];
  readonly worlds: WorldFinder;
  /** Answers below `/__admin`; `call.path` starts after it. */
  admin(call: HttpCall, world: World): Answer;
  /** Answers `GET /` of a world's root: what is here. */
  index(call: HttpCall, world: World): Reply;
  /** The address that clients see, when it is not what the Host header says. */
  readonly externalUrl?: string;
  /** Believe `X-Forwarded-Proto`, `-Host` and `-Prefix`. */
  readonly trustProxy?: boolean;
}

/** Bytes of a body that the admin API takes. */
const ADMIN_BODY_LIMIT = 64 * 1024 * 1024;

declare module 'node:http' {
  interface IncomingMessage {
    /** The mount that has a port of its own, for requests that came in there. */
    ownMount?: string;
  }
}

/** The Express application that answers as every dialect. */
export function createApp(parts: AppParts): Express {
  const run = chain(parts.stages);
  const candidates: readonly Candidate[] = parts.routes.operations.map((ref) => ({
    name: ref.name,
    method: ref.operation.method.toUpperCase(),
    path: (ref.operation.mount ?? ref.dialect.contract.mount) + ref.operation.path,
  }));

  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', false);

  app.use((request, response) => {
    const url = request.url;
    const mark = url.indexOf('?');
    let path = mark === -1 ? url : url.slice(0, mark);
    const search = mark === -1 ? '' : url.slice(mark + 1);
    let root = addressOf(request, parts);
    let worldName = 'default';
    const isPlain = !path.startsWith('/w/');
    if (!isPlain) {
      const end = path.indexOf('/', 3);
      worldName = decodeName(end === -1 ? path.slice(3) : path.slice(3, end));
      root += end === -1 ? path : path.slice(0, end);
      path = end === -1 ? '/' : path.slice(end);
    }
    const addressed = parts.worlds.get(worldName);
    if (addressed === undefined) {
      respond(response, noSuchWorld(worldName), undefined, Date.now(), request.method === 'HEAD');
      return;
    }
    let world = addressed;
    const finish = (reply: Reply, mount?: Mount, requestId?: string, call?: HttpCall, wire?: Wire): void => {
      const standing =
        mount?.dialect.standingHeaders && call && requestId !== undefined && !reply.isForeign
          ? mount.dialect.standingHeaders(call, reply, requestId)
          : undefined;
      respond(response, reply, standing, world.clock.now(), request.method === 'HEAD', wire);
    };

    if (path === '/__admin' || path.startsWith('/__admin/')) {
      const place = { path: path.slice('/__admin'.length), search, root, base: `${root}/__admin`, isPlain };
      const call = new HttpCall(request, place);
      settle(
        () =>
          hasBody(request)
            ? readBody(request, ADMIN_BODY_LIMIT).then((body) => {
                call.body = body;
                return parts.admin(call, world);
              })
            : parts.admin(call, world),
        (reply) => finish(reply),
        (error) => finish(failure(error)),
      );
      return;
    }

    const ownMount = request.ownMount;
    let mount = parts.routes.mounts.find((one) => isBelow(path, one));
    // Links follow the Host header, so the port of one API is asked for the others too, by their mounts.
    const isOwn = mount === undefined && ownMount !== undefined;
    if (isOwn) {
      path = ownMount + path;
      mount = parts.routes.mounts.find((one) => isBelow(path, one));
    }
    if (mount === undefined) {
      const call = new HttpCall(request, { path, search, root, base: root, isPlain });
      finish(
        path === '/' && request.method === 'GET' ? parts.index(call, world) : unknownPath(call, world, candidates),
      );
      return;
    }
    const below = path.slice(mount.path.length) || '/';
    const base = isOwn ? root : root + mount.path;
    const call = new HttpCall(request, { path: below, search, root, base, isPlain });
    if (isPlain) world = worldMeant(call, world, parts.worlds);
    const { dialect } = mount;
    const routed = dialect.normalise ? dialect.normalise(below, request.headers) : below;
    const isHead = request.method === 'HEAD' && dialect.answersHead === true;
    const found = mount.tree.find(request.method, routed) ?? (isHead ? mount.tree.find('GET', routed) : undefined);
    if (found === undefined) {
      const requestId = world.ids.requestId(call.client);
      const offered = mount.tree.at(routed);
      const reply = dialect.presentUnrouted([...offered.keys()], call, world, requestId);
      for (const refs of offered.values()) {
        for (const ref of refs) {
          if (ref.operation.statuses.includes(reply.status)) {
            world.coverage.count(ref.name, reply.status, 'natural');
          }
        }
      }
      world.journal.record({
        time: world.clock.now(),
        dialect: dialect.name,
        operation: null,
        method: request.method,
        url,
        status: reply.status,
        source: 'natural',
        milliseconds: 0,
        nearest: nearestOperations(request.method, path, candidates),
      });
      finish(reply, mount, requestId, call);
      return;
    }
    call.params = found.params;
    const proceed = (): void => {
      const ids = found.values.map((ref) => ref.id);
      const chosen = ids.length === 1 ? ids[0] : (dialect.choose?.(ids, call) ?? ids[0]);
      const ref = found.values.find(({ id }) => id === chosen) as (typeof found.values)[number];
      const exchange = new Exchange(world, ref, call);
      settle(
        () => run(exchange),
        (reply) => {
          finish(reply, mount, exchange.requestId, call, wireOf(exchange.decision));
          // Many clients read an answer only once they have sent all of their body: what a refusal left is let pass.
          if (!call.stream.readableEnded) call.stream.resume();
        },
        (error) => finish(dialect.presentFailure(error, call, world, exchange.requestId)),
      );
    };
    if (found.values[0]?.operation.body === 'stream' || !hasBody(request)) {
      proceed();
      return;
    }
    readBody(request, dialect.bodyLimit).then(
      (body) => {
        call.body = body;
        world = worldOfLogIn(call, dialect, world, parts.worlds);
        proceed();
      },
      (error) => {
        const requestId = world.ids.requestId(call.client);
        if (error instanceof BodyTooLong) {
          finish(dialect.presentOversized(error.most, call, world, requestId), mount, requestId, call);
        }
      },
    );
  });
  return app;
}

/**
 * A server whose requests and responses are born with the application's prototypes. Express sets them on every request
 * otherwise, which turns two objects slow each time and costs more than half of all time on Node 20 and 22.
 */
export function createAppServer(app: Express, ownMount?: string): Server {
  let born = prototypesOf.get(app);
  if (born === undefined) {
    born = bearPrototypes(app);
    prototypesOf.set(app, born);
  }
  const listener =
    ownMount === undefined
      ? app
      : (request: IncomingMessage, response: ServerResponse): void => {
          request.ownMount = ownMount;
          app(request, response);
        };
  return createServer(born, listener);
}

interface Born {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

const prototypesOf = new WeakMap<Express, Born>();

/**
 * Classes that carry what Express would give to each request and response, and an application that takes their
 * prototypes for its own. Plain subclasses on purpose: instances made by `Reflect.construct` with a prototype put in
 * from outside were measured to be five times slower.
 */
function bearPrototypes(app: Express): Born {
  class Request extends IncomingMessage {}
  class Response extends ServerResponse {}
  adopt(Request.prototype, app.request, IncomingMessage.prototype);
  adopt(Response.prototype, app.response, ServerResponse.prototype);
  Object.assign(app, { request: Request.prototype, response: Response.prototype });
  return { IncomingMessage: Request, ServerResponse: Response as typeof ServerResponse };
}

/** Gives `prototype` all that `source` has of its own or inherits below `base`. */
function adopt(prototype: object, source: object, base: object): void {
  const chain: object[] = [];
  for (let at: object | null = source; at !== null && at !== base; at = Object.getPrototypeOf(at)) chain.unshift(at);
  for (const link of chain) {
    const { constructor: _own, ...rest } = Object.getOwnPropertyDescriptors(link) as Record<string, PropertyDescriptor>;
    Object.defineProperties(prototype, rest);
  }
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

function addressOf(request: IncomingMessage, parts: AppParts): string {
  if (parts.externalUrl !== undefined) return parts.externalUrl;
  const { headers } = request;
  if (parts.trustProxy) {
    const scheme = first(headers['x-forwarded-proto']) ?? 'http';
    const host = first(headers['x-forwarded-host']) ?? headers.host ?? 'localhost';
    const prefix = (first(headers['x-forwarded-prefix']) ?? '').replace(/\/+$/, '');
    return `${scheme}://${host}${prefix}`;
  }
  return `http://${headers.host ?? 'localhost'}`;
}

const first = (header: string | string[] | undefined): string | undefined => {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(',')[0]?.trim();
};

const isBelow = (path: string, { path: mount }: Mount): boolean =>
  path.startsWith(mount) && (path.length === mount.length || path[mount.length] === '/');

const decodeName = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const noSuchWorld = (name: string): Reply =>
  jsonReply(404, {
    error: { code: 404, title: 'Not Found', message: `There is no world '${name}'. POST /__admin/worlds makes one.` },
  });

function unknownPath(call: HttpCall, world: World, candidates: readonly Candidate[]): Reply {
  const nearest = nearestOperations(call.method, call.path, candidates);
  world.journal.record({
    time: world.clock.now(),
    dialect: '',
    operation: null,
    method: call.method,
    url: call.target,
    status: 404,
    source: 'natural',
    milliseconds: 0,
    nearest,
  });
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
