import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import express, { type Express } from 'express';
import { reportInternalError } from '../base/internal-errors.ts';
import type { Reply } from '../contract/contract.ts';
import type { Dialect, OperationRef } from '../dialects/dialect.ts';
import type { Routes } from '../dialects/routes.ts';
import { headerChangesOf, wireOf } from '../faults/engine/decision.ts';
import type { NamedRoute } from '../journal/near-miss.ts';
import type { UnansweredRequest } from '../journal/unanswered.ts';
import type { World } from '../world/world.ts';
import { type Address, type Addressing, addressOf } from './address.ts';
import { Arrival } from './arrival.ts';
import { BodyTooLong, ClientGone, hasBody, readBody } from './body.ts';
import { countResponse } from './count-response.ts';
import { type Destination, destinationOf, isBelow } from './destination.ts';
import { expectsContinue } from './expect.ts';
import { chosen, findOperations } from './find-operations.ts';
import { HttpCall } from './http-call.ts';
import { failRequest } from './internal-failure.ts';
import { journalExchange, journalUnmatched } from './journal-exchange.ts';
import { tooLongLine } from './line-limits.ts';
import { Exchange, type Stage } from './operation-exchange.ts';
import { beginPlayed, sendPlayedReply, sendWhenDue } from './play-exchange.ts';
import type { Playback } from './playback.ts';
import { isPending, type ReplyOrPromise } from './reply-or-promise.ts';
import { resolveLogInWorld, resolveWorld, type WorldFinder } from './resolve-world.ts';
import { respond } from './respond.ts';
import type { SentResponse } from './sent-response.ts';
import { chain } from './stages.ts';
import {
  sendRejected,
  sendUndecodable,
  sendUnknownPath,
  sendUnrouted,
  tooLongForAdmin,
  unknownWorld,
} from './unmatched.ts';

/** What the HTTP layer depends on. */
export interface AppDependencies extends Addressing {
  readonly routes: Routes;
  readonly stages: readonly Stage[];
  readonly worlds: WorldFinder;
  /** Applies what was set for the connections of single dialects. */
  readonly dialectConnections?: ((response: ServerResponse, dialect: string) => void) | undefined;
  /** Plays the responses of a recording. */
  readonly playback?: Playback | undefined;
  /** Handles requests below `/__admin`; `call.path` starts after it. */
  readonly admin: {
    /** Returns the reply to a request that is answered without its body. */
    replyEarly(call: HttpCall, world: World): Reply | undefined;
    handle(call: HttpCall, world: World): ReplyOrPromise;
  };
  /** Handles `GET /` at the root of a world. */
  index(call: HttpCall, world: World): Reply;
}

/** Path of the admin API below the root of a world. */
const ADMIN_PATH = '/__admin';
/** Maximum size of a request body of the admin API, in bytes. */
const ADMIN_BODY_LIMIT = 64 * 1024 * 1024;

/** The dependencies, and values that are derived from them once. */
interface Serving extends AppDependencies {
  readonly run: (exchange: Exchange) => ReplyOrPromise;
  readonly candidates: readonly NamedRoute[];
}

/** Creates the Express application that serves all dialects and the admin API. */
export function createApp(dependencies: AppDependencies): Express {
  const serving: Serving = {
    ...dependencies,
    run: chain(dependencies.stages),
    candidates: dependencies.routes.operations.map((ref) => ({
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
    const arrival = new Arrival(request, response);
    try {
      handle(arrival, serving);
    } catch (error) {
      failRequest(arrival, error);
    }
  });
  return app;
}

/** Finds the world of a request, and whether it is for the admin API. */
function handle(arrival: Arrival, serving: Serving): void {
  const { request, response } = arrival;
  const address = addressOf(request, serving);
  const world = serving.worlds.get(address.worldName);
  if (world === undefined) {
    respond(response, unknownWorld(address.worldName), { now: Date.now(), isHead: request.method === 'HEAD' });
    return;
  }
  arrival.world = world;
  if (isBelow(address.path, ADMIN_PATH)) {
    handleAdmin(arrival, address, serving);
    return;
  }
  arrival.playback = serving.playback;
  handleService(arrival, address, serving);
}

/** Reads the body of a request to the admin API, unless it has no access, and sends the reply of its handler. */
function handleAdmin(arrival: Arrival, address: Address, dependencies: AppDependencies): void {
  const { request, response, world } = arrival;
  const path = address.path.slice(ADMIN_PATH.length);
  const call = new HttpCall(request, { ...address, path, base: address.root + ADMIN_PATH });
  const early = dependencies.admin.replyEarly(call, world);
  if (early !== undefined) {
    arrival.send(early);
    if (!request.readableEnded) request.resume();
    return;
  }
  const readFirst = async (): Promise<Reply> => {
    call.body = await readBody(request, ADMIN_BODY_LIMIT);
    return dependencies.admin.handle(call, world);
  };
  complete(
    () => (hasBody(request) ? readFirst() : dependencies.admin.handle(call, world)),
    (reply) => arrival.send(reply),
    (error) => {
      if (error instanceof BodyTooLong) arrival.send(tooLongForAdmin(error));
      else if (error instanceof ClientGone) response.destroy();
      else failRequest(arrival, error);
    },
  );
}

/** Finds the dialect of a request. */
function handleService(arrival: Arrival, address: Address, serving: Serving): void {
  const { request, world } = arrival;
  const destination = destinationOf(address, request.ownMount, serving.routes);
  if (destination === undefined) {
    const call = new HttpCall(request, { ...address, base: address.root });
    arrival.call = call;
    const isIndex = address.path === '/' && request.method === 'GET';
    if (isIndex) arrival.send(serving.index(call, world));
    else sendUnknownPath(arrival, call, serving.candidates);
    return;
  }
  const { mount, below, base } = destination;
  const { dialect } = mount;
  const { search, root, isPlain, ports } = address;
  // Members are written out, because a spread takes several times as long.
  const place = { path: below ?? '/', search, root, base, isPlain, mount: mount.path, ports };
  const call = new HttpCall(request, place, dialect.decoding);
  arrival.call = call;
  if (address.isPlain) arrival.world = resolveWorld(call, world, serving.worlds);
  call.releases = arrival.world.releases;
  const { lines } = dialect.decoding;
  const rejection = lines && tooLongLine(request, lines);
  if (rejection !== undefined) sendRejected(arrival, call, dialect, rejection);
  else if (below === undefined) sendUndecodable(arrival, call, dialect);
  else handleRouted(arrival, call, destination, serving);
}

/** Finds the operation of a request. */
function handleRouted(arrival: Arrival, call: HttpCall, { mount, path }: Destination, serving: Serving): void {
  const { request } = arrival;
  const { dialect } = mount;
  serving.dialectConnections?.(arrival.response, dialect.name);
  const { refs, offered } = findOperations(call, mount, arrival.world);
  if (refs !== undefined) {
    handleOperation(arrival, call, refs, serving);
    return;
  }
  const unrouted = { dialect, offered, path, candidates: serving.candidates };
  const send = (): void =>
    call.exceededLimit === undefined ? sendUnrouted(arrival, call, unrouted) : sendOversized(arrival, call, dialect);
  const isRead = hasBody(request) && dialect.readsUnroutedBody?.(call, unrouted.offered.size > 0) === true;
  if (isRead) receive(arrival, call, dialect, send);
  else send();
}

/** Reads the body, unless the operation receives it as it arrives, and runs the stages. */
function handleOperation(arrival: Arrival, call: HttpCall, refs: readonly OperationRef[], serving: Serving): void {
  const { request } = arrival;
  const { dialect, operation } = refs[0] as OperationRef;
  const isUpload = operation.body === 'stream';
  if (!hasBody(request) || (isUpload && dialect.readsUpload?.(call) !== true)) {
    runStages(arrival, call, refs, serving);
    return;
  }
  if (isUpload) {
    receive(arrival, call, dialect, () => {
      call.stream = Readable.from(call.body === undefined ? [] : [call.body]);
      runStages(arrival, call, refs, serving);
    });
    return;
  }
  // What a recording has for a request depends on its body.
  const isDeferred = refs.length === 1 && arrival.playback === undefined && canReject(call, dialect);
  if (isDeferred && expectsContinue(request)) {
    call.readLater = async () => {
      call.body = await readBody(request, dialect.bodyLimit);
    };
    runStages(arrival, call, refs, serving);
    return;
  }
  const arrived = awaitBody(arrival, call, refs);
  receive(arrival, call, dialect, () => {
    arrived();
    arrival.world = resolveLogInWorld({ call, dialect, addressed: arrival.world, worlds: serving.worlds });
    runStages(arrival, call, refs, serving);
  });
}

/** Tells the journal that the body of a request is arriving. Returns what to call once it is there. */
function awaitBody({ world: { journal } }: Arrival, call: HttpCall, refs: readonly OperationRef[]): () => void {
  const waiting = refs.map((ref) => unansweredOf(ref, call));
  for (const each of waiting) journal.unanswered.add(each);
  return () => {
    for (const each of waiting) journal.unanswered.delete(each);
  };
}

/** Whether a service may reject a request before it reads the body; a signature covers the body. */
const canReject = ({ headers }: HttpCall, { checksBodyFirst }: Dialect): boolean =>
  checksBodyFirst !== true && headers.authorization === undefined;

/** Reads the body, then goes on. Of a body that is too long, only the limit that it exceeds is kept. */
function receive(arrival: Arrival, call: HttpCall, dialect: Dialect, proceed: () => void): void {
  readBody(arrival.request, dialect.bodyLimit)
    .then(
      (body) => {
        call.body = body;
        proceed();
      },
      (error) => {
        if (error instanceof BodyTooLong) call.exceededLimit = error.maxBytes;
        else call.isBodyLost = true;
        proceed();
      },
    )
    .catch((error) => failRequest(arrival, error));
}

/** Rejects a body that is too long of a request that matches no operation. */
function sendOversized(arrival: Arrival, call: HttpCall, dialect: Dialect): void {
  const { world, request } = arrival;
  const requestId = world.ids.requestId(call.client);
  const maxBytes = call.exceededLimit as number;
  const reply = dialect.presentOversized({ maxBytes, call, cloud: world, requestId });
  const sent = arrival.sendUnmatched(call, reply, () => arrival.sendAs(dialect, reply, { call, requestId }));
  journalUnmatched(call, world, { ...sent, dialect: dialect.name, nearest: [] });
  if (!request.readableEnded) request.resume();
}

function runStages(arrival: Arrival, call: HttpCall, refs: readonly OperationRef[], { run }: Serving): void {
  const exchange = new Exchange(arrival.world, chosen(refs, call) ?? (refs[0] as OperationRef), call);
  const { journal } = arrival.world;
  let waiting: UnansweredRequest | undefined;
  const answered = (): void => {
    if (waiting !== undefined) journal.unanswered.delete(waiting);
  };
  complete(
    () => {
      if (arrival.playback !== undefined) exchange.played = beginPlayed(exchange, arrival.playback);
      const reply = run(exchange);
      if (isPending(reply)) {
        waiting = unansweredOf(exchange.ref, call);
        journal.unanswered.add(waiting);
      }
      return reply;
    },
    (reply) => {
      answered();
      sendWhenDue(exchange, arrival, () => sendReply(arrival, exchange, reply));
    },
    (error) => {
      answered();
      failRequest(arrival, error, exchange);
    },
  );
}

const unansweredOf = (ref: OperationRef, call: HttpCall): UnansweredRequest => ({
  dialect: ref.dialect.name,
  operation: ref.name,
  method: call.method,
  url: call.target,
  requestHeaders: call.rawHeaders,
});

/** Sends and records the reply to a request. */
function sendReply(arrival: Arrival, exchange: Exchange, reply: Reply): void {
  const { call, ref } = exchange;
  let sent = exchange.played === undefined ? undefined : sendPlayedReply(arrival, exchange, reply);
  if (sent === undefined) {
    const { requestId, decision } = exchange;
    const options = { call, requestId, wire: wireOf(decision), changes: headerChangesOf(decision) };
    sent = arrival.sendAs(ref.dialect, reply, options);
  }
  record(exchange, sent);
  // Many clients read a response only after they have sent the whole body, so the rest of it is read and discarded.
  if (!call.stream.readableEnded) call.stream.resume();
}

/** Records a request whose response has been sent: an error here must not change the response. */
function record(exchange: Exchange, sent: SentResponse): void {
  try {
    journalExchange(exchange, sent);
    countResponse(exchange, sent.reply, sent.response);
  } catch (error) {
    reportInternalError(error, `the journal entry of ${exchange.ref.name}`);
  }
}

/** Runs `run` to its reply, synchronously if possible. Passes everything that is thrown to `failed`. */
function complete(run: () => ReplyOrPromise, done: (reply: Reply) => void, failed: (error: unknown) => void): void {
  try {
    const reply = run();
    if (isPending(reply)) reply.then(done).catch(failed);
    else done(reply);
  } catch (error) {
    failed(error);
  }
}
