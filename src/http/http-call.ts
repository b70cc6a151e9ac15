import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { ReleaseRanks } from '../base/release.ts';
import type { Call } from '../contract/contract.ts';
import type { RequestDecoding } from '../dialects/request-decoding.ts';
import { parseQuery } from '../dialects/shared/uri.ts';
import type { RequestChange } from '../faults/engine/held-requests.ts';
import { type Address, linkTo } from './address.ts';
import { clientOf, programOf } from './client.ts';
import { type Connection, connectionOf } from './connection.ts';
import { headersOf } from './repeated-headers.ts';

/** The header that labels a request for the journal. */
const LABEL_HEADER = 'x-sideglance-label';
/** Maximum length of a label, in characters. */
const MAX_LABEL = 256;

/** The address of a request, relative to its mount. */
interface CallAddress extends Pick<Call, 'path' | 'search' | 'root' | 'base' | 'isPlain'> {
  /** Empty when omitted. */
  readonly mount?: string;
  readonly ports: Address['ports'];
}

/** A request as a `Call`. Expensive members are computed on first use. */
export class HttpCall implements Call {
  readonly method: string;
  readonly path: string;
  readonly target: string;
  readonly search: string;
  headers: IncomingHttpHeaders;
  /** The body as it arrives, after upload faults. */
  stream: Readable;
  readonly root: string;
  readonly base: string;
  readonly mount: string;
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
  /** The releases of the world, once it is resolved. */
  releases: ReleaseRanks | undefined;
  /** The methods of its path in the release of the world, if that has not got the operation that was found. */
  offered: readonly string[] | undefined;
  /** A hint for the journal entry about what probably went wrong. */
  hint: string | undefined;
  /** When the head of the request had arrived, in milliseconds since the process started. */
  readonly started: number;
  /** Number of the request on its connection, from 1. */
  readonly requestOnConnection: number;
  readonly #request: IncomingMessage;
  readonly #ports: Address['ports'];
  readonly #parseQuery: (search: string) => URLSearchParams;
  readonly #connection: Connection;
  #query: URLSearchParams | undefined;
  #client: string | undefined;
  #bodyBefore: Buffer | undefined;
  #isChanged = false;

  /** @param decoding - of the service that the request is for. */
  constructor(request: IncomingMessage, address: CallAddress, decoding: Partial<RequestDecoding> = {}) {
    const { path, search, root, base, isPlain, mount = '', ports } = address;
    this.method = request.method as string;
    this.path = path;
    this.target = request.url as string;
    this.search = search;
    this.headers = headersOf(request, decoding);
    this.#request = request;
    this.#parseQuery = decoding.query ?? parseQuery;
    this.stream = request;
    this.root = root;
    this.base = base;
    this.isPlain = isPlain;
    this.mount = mount;
    this.#ports = ports;
    this.started = performance.now();
    this.#connection = connectionOf(request.socket);
    this.#connection.requests += 1;
    this.requestOnConnection = this.#connection.requests;
  }

  /** Names and values of the headers in turn, as sent. */
  get rawHeaders(): readonly string[] {
    return this.#request.rawHeaders;
  }

  /** Number of the connection in this process, from 1. */
  get connectionId(): number {
    return this.#connection.id;
  }

  /** The label that the request carries for the journal. */
  get label(): string | undefined {
    const label = this.headers[LABEL_HEADER];
    return typeof label === 'string' && label !== '' ? label.slice(0, MAX_LABEL) : undefined;
  }

  /** Whether the request was changed by hand. */
  get isChanged(): boolean {
    return this.#isChanged;
  }

  /** The body as the client sent it. */
  get sentBody(): Buffer | undefined {
    return this.#isChanged ? this.#bodyBefore : this.body;
  }

  /** Changes the request by hand, as if the client had sent it so. The journal keeps what the client sent. */
  change({ headers = {}, body }: RequestChange): void {
    if (!this.#isChanged) this.#bodyBefore = this.body;
    this.#isChanged = true;
    const changed = { ...this.headers };
    for (const [name, value] of Object.entries(headers)) {
      const key = name.toLowerCase();
      if (value === null) delete changed[key];
      else changed[key] = value;
    }
    if (body !== undefined) {
      this.body = body;
      if (changed['content-length'] !== undefined) changed['content-length'] = String(body.length);
    }
    this.headers = changed;
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

  /** Calls a function once when the client disconnects; at once if it has. Returns a function that forgets it. */
  onceGone(listener: () => void): () => void {
    return this.#connection.onceClosed(this.#request.socket, listener);
  }

  link(url: string): string {
    return linkTo(url, this.root, this.#ports);
  }

  get program(): string {
    return programOf(this.headers);
  }

  get client(): string {
    this.#client ??= clientOf(this);
    return this.#client;
  }
}
