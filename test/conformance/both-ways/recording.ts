import type { Test } from 'supertest';
import { type Client, clientOf } from '../support.ts';

/** A request that a recipe made with `client.send`. */
export interface SentRequest {
  readonly operation: string;
  readonly params: Readonly<Record<string, string>> | undefined;
  readonly user: string;
  /** What the recipe passed to `send` of the request, in order. */
  readonly bodies: readonly (string | object)[];
}

/** A client that keeps the requests that it and the clients derived from it make. */
export interface RecordingClient {
  readonly client: Client;
  readonly sent: readonly SentRequest[];
}

/** Records the requests of a client and of the clients that `as` returns. */
export function recordRequests(client: Client, user = 'demo'): RecordingClient {
  const sent: SentRequest[] = [];
  const wrap = (inner: Client, name: string): Client => ({
    ...inner,
    as: async (other) => wrap(await clientOf(inner.emulator, other), other),
    send: (operation, params) => {
      const bodies: (string | object)[] = [];
      sent.push({ operation, params, user: name, bodies });
      return recordBodies(inner.send(operation, params), bodies);
    },
  });
  return { client: wrap(client, user), sent };
}

function recordBodies(test: Test, bodies: (string | object)[]): Test {
  const send = test.send.bind(test);
  test.send = (data) => {
    if (data !== undefined) bodies.push(data);
    return send(data);
  };
  return test;
}
