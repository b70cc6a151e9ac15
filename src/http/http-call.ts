import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Call } from '../contract/contract.ts';
import { clientOf, programOf } from './client.ts';

/** Where a request came in, and what is left of its address there. */
type Place = Pick<Call, 'path' | 'search' | 'root' | 'base' | 'isPlain'>;

/** A request as a `Call`; what costs something is made on first use. */
export class HttpCall implements Call {
  readonly method: string;
  readonly path: string;
  readonly target: string;
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  /** What the client sends, or what a bad line makes of it. */
  stream: Readable;
  readonly root: string;
  readonly base: string;
  readonly isPlain: boolean;
  params: Readonly<Record<string, string>> = {};
  body: Buffer | undefined;
  json: unknown;
  /** What the journal says to whoever looks for what went wrong. */
  hint: string | undefined;
  readonly #request: IncomingMessage;
  #query: URLSearchParams | undefined;
  #client: string | undefined;

  constructor(request: IncomingMessage, { path, search, root, base, isPlain }: Place) {
    this.method = request.method as string;
    this.path = path;
    this.target = request.url as string;
    this.search = search;
    this.headers = request.headers;
    this.#request = request;
    this.stream = request;
    this.root = root;
    this.base = base;
    this.isPlain = isPlain;
  }

  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.search);
    return this.#query;
  }

  /** Whether nobody is there any more to hear the answer. */
  get isGone(): boolean {
    return this.#request.socket.destroyed;
  }

  get program(): string {
    return programOf(this.headers);
  }

  get client(): string {
    this.#client ??= clientOf(this);
    return this.#client;
  }
}
