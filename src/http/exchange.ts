import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { Call } from '../contract/contract.ts';
import { clientOf, programOf } from './client.ts';

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
  #query: URLSearchParams | undefined;
  #client: string | undefined;

  constructor(parts: {
    readonly method: string;
    readonly path: string;
    readonly target: string;
    readonly search: string;
    readonly headers: IncomingHttpHeaders;
    readonly stream: Readable;
    readonly root: string;
    readonly base: string;
    readonly isPlain: boolean;
  }) {
    this.method = parts.method;
    this.path = parts.path;
    this.target = parts.target;
    this.search = parts.search;
    this.headers = parts.headers;
    this.stream = parts.stream;
    this.root = parts.root;
    this.base = parts.base;
    this.isPlain = parts.isPlain;
  }

  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.search);
    return this.#query;
  }

  get program(): string {
    return programOf(this.headers);
  }

  get client(): string {
    this.#client ??= clientOf(this);
    return this.#client;
  }
}
