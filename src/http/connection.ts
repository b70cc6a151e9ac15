import type { Socket } from 'node:net';
import { contained } from '../base/internal-errors.ts';

/** What the journal knows about a connection. */
export class Connection {
  /** Number of the connection in this process, from 1. */
  readonly id: number;
  /** Number of requests so far. */
  requests = 0;
  /** What to do once the connection is closed; created with its first element. */
  #closing: Set<() => void> | undefined;

  constructor(id: number) {
    this.id = id;
  }

  /**
   * Calls a function once when the connection is closed; at once if it is. One listener of the socket serves any number of
   * requests.
   * @returns a function that forgets it.
   */
  onceClosed(socket: Socket, listener: () => void): () => void {
    if (socket.destroyed) {
      listener();
      return () => undefined;
    }
    this.#closing ??= closingOf(socket);
    const closing = this.#closing;
    closing.add(listener);
    return () => void closing.delete(listener);
  }
}

/** Returns a set of functions that are called when a socket is closed. */
function closingOf(socket: Socket): Set<() => void> {
  const closing = new Set<() => void>();
  socket.once('close', () => {
    for (const listener of closing) contained('the end of a connection', listener)();
    closing.clear();
  });
  return closing;
}

declare module 'node:net' {
  interface Socket {
    /** Set with the first request on the connection. A member is several times faster than a WeakMap. */
    sideglanceConnection?: Connection;
  }
}

let connections = 0;

/** Returns the record of a connection, which begins with its first request. */
export function connectionOf(socket: Socket): Connection {
  const known = socket.sideglanceConnection;
  if (known !== undefined) return known;
  connections += 1;
  const connection = new Connection(connections);
  socket.sideglanceConnection = connection;
  return connection;
}
