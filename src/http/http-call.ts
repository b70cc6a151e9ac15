import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Call } from '../contract/contract.ts';
import { parseQuery } from '../dialects/shared/uri.ts';
import { clientOf, programOf } from './client.ts';

/** The address of a request, relative to its mount. */
type CallAddress = Pick<Call, 'path' | 'search' | 'root' | 'base' | 'isPlain'>;

/** A request as a `Call`. Expensive members are computed on first use. */
export class HttpCall implements Call {
  readonly method: string;
  readonly path: string;
  readonly target: string;
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  /** The body as it arrives, after upload faults. */
  stream: Readable;
  readonly root: string;
  readonly base: string;
  readonly isPlain: boolean;
  params: Readonly<Record<string, string>> = {};
  body: Buffer | undefined;
  json: unknown;
  /** Reads the body, if the client waits to be asked for it. */
  readLater: (() => Promise<void>) | undefined;
  /** The limit of the service that the body exceeds, in bytes; such a body is not read. */
  exceededLimit: number | undefined;
  /** Whether the client disconnected before its whole body had arrived. */
  isBodyLost = false;
  /** A hint for the journal entry about what probably went wrong. */
  hint: string | undefined;
  readonly #request: IncomingMessage;
  readonly #parseQuery: (search: string) => URLSearchParams;
  #query: URLSearchParams | undefined;
  #client: string | undefined;

  /** @param parse - decodes the query. */
  constructor(request: IncomingMessage, { path, search, root, base, isPlain }: CallAddress, parse = parseQuery) {
    this.method = request.method as string;
    this.path = path;
    this.target = request.url as string;
    this.search = search;
    this.headers = request.headers;
    this.#request = request;
    this.#parseQuery = parse;
    this.stream = request;
    this.root = root;
    this.base = base;
    this.isPlain = isPlain;
  }

  get atLeastBytes(): number | undefined {
    return this.exceededLimit === undefined ? undefined : this.exceededLimit + 1;
  }

  get query(): URLSearchParams {
    this.#query ??= this.#parseQuery(this.search);
    return this.#query;
  }

  /** Whether the client has disconnected. */
  get isGone(): boolean {
    const { socket, complete, destroyed } = this.#request;
    return socket.destroyed || (destroyed && !complete);
  }

  get program(): string {
    return programOf(this.headers);
  }

  get client(): string {
    this.#client ??= clientOf(this);
    return this.#client;
  }
}
