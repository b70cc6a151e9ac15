import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { createServer as createTlsServer, Server as TlsServer } from 'node:https';
import type { Express } from 'express';
import { Arrival } from './arrival.ts';
import {
  type ConnectionOptions,
  limitConnections,
  prepareConnection,
  serveInTurn,
  serverOptions,
} from './connections.ts';
import { continueOnRead } from './expect.ts';
import { failRequest } from './internal-failure.ts';
import type { InvalidRequest } from './invalid-request.ts';
import type { KeyedCertificate } from './tls/certificates.ts';
import { trackCarriers } from './tls/raw-sockets.ts';

declare module 'node:http' {
  interface IncomingMessage {
    /** The mount of the port that received the request, if the port belongs to one dialect. */
    ownMount?: string;
  }
}

/** Options of a server. */
export interface AppServerOptions {
  /** Serves only this mount, at the root of the port. */
  readonly ownMount?: string | undefined;
  readonly connections?: ConnectionOptions | undefined;
  /** The certificate of the server; without it, connections are not encrypted. */
  readonly certificate?: KeyedCertificate | undefined;
  /** Receives what is not a request; default: nobody does. */
  readonly onInvalid?: ((invalid: InvalidRequest) => void) | undefined;
}

/** A server of HTTP, encrypted or not. */
export type AppServer = Server | TlsServer;

/**
 * Creates a server whose requests and responses have the prototypes of the application from the start. Otherwise Express
 * sets them on every request, which costs more than half of the total time on Node 20 and 22.
 */
export function createAppServer(app: Express, options: AppServerOptions = {}): AppServer {
  const { ownMount, connections = {}, certificate, onInvalid } = options;
  let classes = prototypesOf.get(app);
  if (classes === undefined) {
    classes = createClasses(app);
    prototypesOf.set(app, classes);
  }
  const serve = (request: IncomingMessage, response: ServerResponse, isExpecting = false): void => {
    if (ownMount !== undefined) request.ownMount = ownMount;
    serveInTurn(response, () => {
      try {
        prepareConnection(response, connections);
        if (isExpecting) continueOnRead(request, response);
        app(request, response);
      } catch (error) {
        failRequest(new Arrival(request, response), error);
      }
    });
  };
  // Services join the values of a header that a request repeats; Node drops all but the first of some headers.
  const settings = { ...classes, joinDuplicateHeaders: true, ...serverOptions(connections) };
  const server =
    certificate === undefined ? createServer(settings, serve) : createEncrypted({ ...settings, ...certificate }, serve);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => serve(request, response, true));
  // Services ignore expectations that they do not know.
  server.on('checkExpectation', serve);
  limitConnections(server, connections, onInvalid);
  return server;
}

function createEncrypted(
  settings: Parameters<typeof createTlsServer>[0],
  serve: (request: IncomingMessage, response: ServerResponse) => void,
): TlsServer {
  // Loaded when needed, because few servers are encrypted.
  const server = process.getBuiltinModule('node:https').createServer(settings, serve);
  trackCarriers(server);
  return server;
}

interface MessageClasses {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

const prototypesOf = new WeakMap<Express, MessageClasses>();

/**
 * Creates classes with the members that Express adds to each request and response, and makes the application use their
 * prototypes. They are plain subclasses: instances created by `Reflect.construct` with a foreign prototype were measured to
 * be five times slower.
 */
function createClasses(app: Express): MessageClasses {
  class Request extends IncomingMessage {}
  class Response extends ServerResponse {}
  adopt(Request.prototype, app.request, IncomingMessage.prototype);
  adopt(Response.prototype, app.response, ServerResponse.prototype);
  Object.assign(app, { request: Request.prototype, response: Response.prototype });
  return { IncomingMessage: Request, ServerResponse: Response as typeof ServerResponse };
}

/** Copies to `prototype` the own members of `source` and those that it inherits below `base`. */
function adopt(prototype: object, source: object, base: object): void {
  const chain: object[] = [];
  for (let at: object | null = source; at !== null && at !== base; at = Object.getPrototypeOf(at)) chain.unshift(at);
  for (const link of chain) {
    const { constructor: _own, ...rest } = Object.getOwnPropertyDescriptors(link) as Record<string, PropertyDescriptor>;
    Object.defineProperties(prototype, rest);
  }
}
