import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';

/** A response, or the end of the connection: status 0, or a body that ended early. */
export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** Whether the body ended where it should. */
  readonly isWhole: boolean;
  header(name: string): string | undefined;
  /** The parsed body; an empty object when it is not a JSON object. */
  json(): Readonly<Record<string, unknown>>;
}

/** What a request sends besides method and path. */
export interface ScriptedRequest {
  readonly token?: string | undefined;
  /** `undefined` leaves out a header that the client would set. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** JSON, or bytes. */
  readonly body?: object | Buffer;
  /** Sends the body in chunks. */
  readonly isChunked?: boolean;
  /** Ends the connection after this many bytes of the body. */
  readonly leavesAfter?: number;
}

/** An HTTP client that does exactly what a test tells it: no retries, no redirects. */
export class ScriptedClient {
  readonly #root: string;
  readonly #name: string;
  readonly #agent: Agent;

  /** @param root - address of a world, without a trailing slash. */
  constructor(root: string, name = 'scripted/1.0', agent = new Agent({ keepAlive: true, maxSockets: 1 })) {
    this.#root = root;
    this.#name = name;
    this.#agent = agent;
  }

  /** Sends a request and reads its response. Never throws for what the service does. */
  async send(method: string, path: string, options: ScriptedRequest = {}): Promise<Answer> {
    const { token, headers = {}, body, isChunked = false, leavesAfter } = options;
    const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json';
    const all = {
      'User-Agent': this.#name,
      Accept: '*/*',
      'X-Auth-Token': token,
      'Content-Type': bytes === undefined ? undefined : type,
      'Content-Length': bytes === undefined || isChunked ? undefined : String(bytes.length),
      'Transfer-Encoding': isChunked ? 'chunked' : undefined,
      ...headers,
    };
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    const outgoing = request(this.#root + path, {
      method,
      agent: this.#agent,
      headers: sent as Record<string, string>,
    });
    const received = once(outgoing, 'response') as Promise<[IncomingMessage]>;
    if (leavesAfter !== undefined) {
      outgoing.write((bytes ?? Buffer.alloc(0)).subarray(0, leavesAfter), () =>
        setTimeout(() => outgoing.destroy(), 20),
      );
      if (leavesAfter === 0) outgoing.flushHeaders();
    } else if (sent['Expect'] === undefined) outgoing.end(bytes);
    else outgoing.once('continue', () => outgoing.end(bytes));
    try {
      return await readAnswer((await received)[0]);
    } catch {
      return answerOf(undefined, [], false);
    }
  }

  /** Closes its connections. */
  close(): void {
    this.#agent.destroy();
  }
}

async function readAnswer(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    return answerOf(incoming, chunks, incoming.complete);
  } catch {
    return answerOf(incoming, chunks, false);
  }
}

function answerOf(incoming: IncomingMessage | undefined, chunks: readonly Buffer[], isWhole: boolean): Answer {
  const body = Buffer.concat(chunks);
  return {
    status: incoming?.statusCode ?? 0,
    body,
    isWhole,
    header: (name) => {
      const value = incoming?.headers[name.toLowerCase()];
      return Array.isArray(value) ? value[0] : value;
    },
    json: () => parseObject(body.toString()),
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
