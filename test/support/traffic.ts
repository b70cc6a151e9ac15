import { once } from 'node:events';
import { type Agent, type IncomingMessage, request } from 'node:http';

/** A response with all its bytes. */
export interface WireResponse {
  readonly status: number;
  /** Names and values alternately, as sent. */
  readonly headers: readonly string[];
  readonly body: Buffer;
  /** The parsed body; an empty object when it is not JSON. */
  json<T = Record<string, never>>(): T;
  header(name: string): string | undefined;
}

/** Options of a client. */
export interface WireClientOptions {
  readonly port: number;
  /** Path of the world: `/w/t17`. */
  readonly prefix?: string;
  /** The User-Agent header. */
  readonly program?: string;
  readonly agent?: Agent;
  /** Runs before each request, for example to vary the timing. */
  readonly pause?: () => Promise<void>;
}

/** Options of one request. */
export interface WireRequestOptions {
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** A value to send as JSON, or text or bytes to send as they are. */
  readonly body?: unknown;
}

/** The Host header of all clients, so that links in responses do not depend on the port. */
export const HOST = 'cloud.localhost';

/** A client that records its responses. */
export class WireClient {
  /** One text for each request: method and path, status, headers and body, line by line. */
  readonly transcript: string[] = [];
  readonly #options: WireClientOptions;

  constructor(options: WireClientOptions) {
    this.#options = options;
  }

  /** The address that requests are signed with: `HOST` and the path of the world. */
  get root(): string {
    return `http://${HOST}${this.#options.prefix ?? ''}`;
  }

  async send(
    method: string,
    path: string,
    { token, headers = {}, body }: WireRequestOptions = {},
  ): Promise<WireResponse> {
    const { port, prefix = '', program, agent, pause } = this.#options;
    await pause?.();
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
    const bytes = body === undefined ? undefined : isRaw ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
    const outgoing = request({
      host: '127.0.0.1',
      port,
      method,
      path: prefix + path,
      ...(agent !== undefined && { agent }),
      headers: {
        Host: HOST,
        ...(program !== undefined && { 'User-Agent': program }),
        ...(token !== undefined && { 'X-Auth-Token': token }),
        ...(bytes !== undefined && {
          'Content-Type': isRaw ? 'application/octet-stream' : 'application/json',
          'Content-Length': String(bytes.length),
        }),
        ...headers,
      },
    });
    outgoing.end(bytes);
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const response = responseOf(incoming, Buffer.concat(chunks));
    this.transcript.push(
      [`${method} ${path}`, response.status, ...incoming.rawHeaders, response.body.toString('latin1')].join('\n'),
    );
    return response;
  }
}

const responseOf = (incoming: IncomingMessage, body: Buffer): WireResponse => ({
  status: incoming.statusCode ?? 0,
  headers: incoming.rawHeaders,
  body,
  json: () => {
    try {
      return JSON.parse(body.toString());
    } catch {
      return {};
    }
  },
  header: (name) => {
    const value = incoming.headers[name.toLowerCase()];
    return Array.isArray(value) ? value[0] : value;
  },
});

/** Creates a seeded random generator. Each call returns an integer of at least 0 and below `below`. */
export function seededRandom(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), state | 1) + 0x6d2b79f5) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 13), 0x5bd1e995) >>> 0;
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

/** Shuffles a list. */
export function shuffled<T>(list: readonly T[], random: (below: number) => number): readonly T[] {
  const result = [...list];
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = random(at + 1);
    [result[at], result[other]] = [result[other] as T, result[at] as T];
  }
  return result;
}
