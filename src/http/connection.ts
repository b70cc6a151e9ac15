import type { Socket } from 'node:net';

/** What the journal knows about a connection. */
export interface Connection {
  /** Number of the connection in this process, from 1. */
  readonly id: number;
  /** Number of requests so far. */
  requests: number;
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
  const connection = { id: connections, requests: 0 };
  socket.sideglanceConnection = connection;
  return connection;
}
