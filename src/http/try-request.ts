import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Reply } from '../contract/contract.ts';
import type { OperationRef } from '../dialects/dialect.ts';
import type { Routes } from '../dialects/routes.ts';
import type { Decision } from '../faults/engine/decision.ts';
import type { World } from '../world/world.ts';
import { addressOf } from './address.ts';
import { Connection } from './connection.ts';
import { destinationOf } from './destination.ts';
import { chosen, findOperations } from './find-operations.ts';
import { HttpCall } from './http-call.ts';
import { Exchange } from './operation-exchange.ts';
import { chain, STAGES } from './stages.ts';

/** A request that was received before. */
export interface EarlierRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  /** The API that served it. */
  readonly dialect: string;
  /** Names and values in turn, as sent. */
  readonly headers: readonly string[];
  readonly body: Buffer | undefined;
}

const run = chain(STAGES);

/** A decision that keeps every rule from being evaluated: the request is settled already. */
const SETTLED: Decision = {
  fault: { kind: 'alter', alter: {} },
  phase: 'before',
  scenario: '',
  rule: 0,
  delayMilliseconds: 0,
  clockMilliseconds: 0,
};

/**
 * Returns the response that an earlier request would receive in a world as it is now if no rule fired. Runs it on a copy of the world, so
 * that it has no effect.
 * @returns `undefined` if no operation has its method and path.
 */
export async function tryRequest(request: EarlierRequest, world: World, routes: Routes): Promise<Reply | undefined> {
  const found = locate(messageOf(request), request.dialect, { world, routes });
  if (found === undefined) return undefined;
  const { call, ref } = found;
  call.body = request.body;
  const copy = world.copy();
  try {
    const exchange = new Exchange(copy, ref, call);
    exchange.decision = SETTLED;
    const reply = await run(exchange);
    const common = reply.isForeign ? undefined : ref.dialect.commonHeaders?.(call, reply, exchange.requestId);
    return { ...reply, headers: { ...common, ...reply.headers } };
  } finally {
    copy.clock.wakeAll();
  }
}

/** Returns a message as Node would receive it. */
function messageOf({ method, url, headers }: EarlierRequest): IncomingMessage {
  const socket = new Socket();
  // It counts as no connection of a client.
  socket.sideglanceConnection = new Connection(0);
  const message = new IncomingMessage(socket);
  message.method = method;
  message.url = url;
  message.rawHeaders = [...headers];
  const distinct: Record<string, string[]> = {};
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = (headers[at] as string).toLowerCase();
    distinct[name] = [...(distinct[name] ?? []), headers[at + 1] as string];
  }
  message.headersDistinct = distinct;
  message.headers = Object.fromEntries(
    Object.entries(distinct).map(([name, values]) => [name, FIRST_ONLY.has(name) ? values[0] : values.join(', ')]),
  );
  return message;
}

/** Headers of which Node keeps the first one; it joins all others. */
const FIRST_ONLY: ReadonlySet<string> = new Set([
  'authorization',
  'content-length',
  'content-type',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'user-agent',
]);

/** Finds the operation of a request, also of one that was sent to a port of a single API. */
function locate(
  message: IncomingMessage,
  dialect: string,
  { world, routes }: { readonly world: World; readonly routes: Routes },
): { readonly call: HttpCall; readonly ref: OperationRef } | undefined {
  const address = addressOf(message, {});
  const own = routes.mounts.filter((mount) => mount.dialect.name === dialect).map(({ path }) => path);
  for (const ownMount of [undefined, ...own]) {
    const destination = destinationOf(address, ownMount, routes);
    if (destination?.mount.dialect.name !== dialect) continue;
    const { mount, below = '/', base } = destination;
    const call = new HttpCall(message, { ...address, path: below, base, mount: mount.path }, mount.dialect.decoding);
    call.releases = world.releases;
    const { refs } = findOperations(call, mount, world);
    const ref = refs && (chosen(refs, call) ?? refs[0]);
    if (ref !== undefined) return { call, ref };
  }
  return undefined;
}
