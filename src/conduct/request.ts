import { hash } from 'node:crypto';
import { isObject } from '../base/json.ts';
import { isDeeperThan } from '../base/json-depth.ts';
import type { Operation } from '../contract/contract.ts';
import { imageOf } from '../journal/image-of.ts';
import type { RecordedRequest } from '../journal/recorded.ts';
import { headerOf } from '../journal/to-entry.ts';

/** Statuses after which the client cannot know whether the request took effect. */
const UNKNOWN_STATUSES: ReadonlySet<number> = new Set([502, 504]);

/** Headers that a proxy adds. */
const PROXY_HEADERS = ['via', 'forwarded', 'x-forwarded-for'];

/** A request as the rules see it. Expensive members are computed on first use. */
export class ConductRequest {
  readonly recorded: RecordedRequest;
  /** Operation in its contract; `undefined` when no operation matched. */
  readonly operation: Operation | undefined;
  readonly path: string;
  readonly search: string;
  #key: string | undefined;
  #image: { readonly id: string | undefined } | undefined;
  #json: { readonly value: unknown } | undefined;
  #responseJson: { readonly value: unknown } | undefined;

  constructor(recorded: RecordedRequest, operation: Operation | undefined) {
    this.recorded = recorded;
    this.operation = operation;
    const question = recorded.url.indexOf('?');
    this.path = question < 0 ? recorded.url : recorded.url.slice(0, question);
    this.search = question < 0 ? '' : recorded.url.slice(question + 1);
  }

  get id(): number {
    return this.recorded.id;
  }

  get method(): string {
    return this.recorded.method;
  }

  get status(): number {
    return this.recorded.status;
  }

  /** `DELETE /image/v2/images/x`, for messages. */
  get name(): string {
    return `${this.method} ${this.path}`;
  }

  /** When the response had been sent, by the machine's clock, in milliseconds. */
  get ended(): number {
    return this.recorded.started + this.recorded.lastByte;
  }

  /** The token, as a key; `undefined` without one. */
  get token(): string | undefined {
    return this.header('x-auth-token');
  }

  /** Distinguishes requests with different tokens, and those without one. */
  get tokenKey(): string {
    return this.token ?? '';
  }

  /** Whether a proxy sent the request, on a connection that may serve several clients. */
  get isProxied(): boolean {
    return PROXY_HEADERS.some((name) => this.header(name) !== undefined);
  }

  /** Whether the client needs a new connection for its next request. */
  get endsConnection(): boolean {
    const headers = [this.responseHeader('connection'), this.header('connection')];
    return this.recorded.outcome !== 'complete' || headers.some((value) => /close/i.test(value ?? ''));
  }

  /** Whether the request logs in. */
  get isLogin(): boolean {
    return this.method === 'POST' && /\/(?:v3\/auth|v2\.0)\/tokens$/.test(this.path);
  }

  /** Whether the request reads an API's versions. */
  get isDiscovery(): boolean {
    return /\.(?:list|show|get)\w*Versions?\w*$/.test(this.recorded.operation ?? '');
  }

  /** Whether the request sends the data of an image. */
  get isUpload(): boolean {
    return this.operation?.body === 'stream';
  }

  /** Whether the request reads the data of an image. */
  get isDownload(): boolean {
    return this.method === 'GET' && this.path.endsWith('/file');
  }

  /** Whether the request sends or reads the data of an image; other rules judge how it is repeated. */
  get isData(): boolean {
    return this.isUpload || (this.isDownload && this.status < 300);
  }

  /** Whether the response is a success that the client received. */
  get hasSucceeded(): boolean {
    const { status, outcome } = this.recorded;
    return status >= 200 && status < 400 && outcome === 'complete';
  }

  /** Whether the client received the status. */
  get isAnswered(): boolean {
    return this.status > 0 && this.recorded.outcome === 'complete';
  }

  /** Whether the client cannot know that the request took effect. */
  get isOutcomeUnknown(): boolean {
    const { status, outcome } = this.recorded;
    return status === 0 || outcome === 'faulty' || UNKNOWN_STATUSES.has(status);
  }

  /** Whether repeating the request has the same effect as sending it once. */
  get isIdempotent(): boolean {
    return this.method !== 'POST' && this.method !== 'PATCH';
  }

  /** Whether the image was changed by the request although the client received no success. */
  get tookEffectUnseen(): boolean {
    const phase = this.recorded.fired?.phase;
    return !this.hasSucceeded && (phase === 'after' || phase === 'twice');
  }

  /** Returns a request header by its lower-case name. */
  header(lowerName: string): string | undefined {
    return headerOf(this.recorded.requestHeaders, lowerName);
  }

  /** Returns a response header by its lower-case name. */
  responseHeader(lowerName: string): string | undefined {
    return headerOf(this.recorded.responseHeaders, lowerName);
  }

  /** Token, method, URL and body: equal for attempts at the same request. */
  get key(): string {
    this.#key ??= `${this.tokenKey} ${this.method} ${this.recorded.url}\n${this.isUpload ? '' : this.bodyKey}`;
    return this.#key;
  }

  /** Whether the journal holds the whole body of the response. */
  get hasWholeResponse(): boolean {
    const { content, size } = this.recorded.responseBody;
    return size === 0 || (content !== undefined && Buffer.byteLength(content) >= size);
  }

  /** Whether the journal can tell the body from others. */
  get hasKnownBody(): boolean {
    const { content, digests, size } = this.recorded.requestBody;
    return size === 0 || digests !== undefined || (content !== undefined && Buffer.byteLength(content) >= size);
  }

  /** Equal for equal bodies, also for JSON with its members in another order; of a body that the journal does not hold, different from all others. */
  get bodyKey(): string {
    if (!this.hasKnownBody) return `request ${this.id}`;
    const { content, digests } = this.recorded.requestBody;
    return content === undefined ? (digests?.md5 ?? '') : hash('md5', sorted(this.json) ?? content);
  }

  /** The JSON body of the request; `undefined` if it has none or the journal holds only its beginning. */
  get json(): unknown {
    this.#json ??= { value: parse(this.recorded.requestBody.content) };
    return this.#json.value;
  }

  /** The JSON body of the response. */
  get responseJson(): unknown {
    this.#responseJson ??= { value: parse(this.recorded.responseBody.content) };
    return this.#responseJson.value;
  }

  /** The image that the request names or created. */
  get image(): string | undefined {
    this.#image ??= { id: imageOf(this.recorded) };
    return this.#image.id;
  }

  /** Computes what takes long and most rules use. */
  prepare(): void {
    this.#key ??= this.key;
    this.#image ??= { id: imageOf(this.recorded) };
  }
}

/** JSON text of an object with its members in order, at any depth; `undefined` for other values. */
const sorted = (value: unknown): string | undefined =>
  isObject(value)
    ? JSON.stringify(value, (_name, member: unknown) =>
        isObject(member) ? Object.fromEntries(Object.entries(member).sort()) : member,
      )
    : undefined;

/** Bodies that are nested more deeply are not looked at. */
const MAX_LEVELS = 200;

function parse(content: string | Buffer | undefined): unknown {
  if (content === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(content.toString());
    return isDeeperThan(value, MAX_LEVELS) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Returns the time between the end of one request and the start of another, in milliseconds, by the clock that shows more. */
export function waitBetween(before: ConductRequest, after: ConductRequest): number {
  const machine = after.recorded.started - before.ended;
  return Math.max(machine, after.recorded.time - before.recorded.time);
}

/** `1.5 s`. */
export const seconds = (milliseconds: number): string => `${Number((milliseconds / 1000).toFixed(2))} s`;
