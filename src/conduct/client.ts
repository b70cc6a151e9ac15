import { finish, type Steps } from '../base/slices.ts';
import type { ConductRequest } from './request.ts';

/** Successive attempts at the same request: each but the last one failed. */
export interface Chain {
  readonly attempts: readonly ConductRequest[];
}

/** A failed attempt and the next attempt at the same request. */
export type Retry = readonly [failed: ConductRequest, next: ConductRequest];

/** All requests of one client, in chronological order. */
export class ConductClient {
  /** The name that it gives itself: X-Sideglance-Client or User-Agent. */
  readonly name: string;
  readonly requests: readonly ConductRequest[];
  readonly #isSequential: boolean;
  #chains: readonly Chain[] | undefined;
  #retries: readonly Retry[] | undefined;
  #parallel: ReadonlySet<string> | undefined;

  /** @param isSequential - whether the client never does two things at once, whatever connections it uses. */
  constructor(name: string, requests: readonly ConductRequest[], isSequential = false) {
    this.name = name;
    this.requests = requests;
    this.#isSequential = isSequential;
  }

  /** Computes what most rules use, which takes longest. */
  *prepare(): Steps<void> {
    for (const request of this.requests) {
      request.prepare();
      yield;
    }
    this.#chains = yield* chainsOf(this);
  }

  /** The attempts at each request. */
  get chains(): readonly Chain[] {
    this.#chains ??= finish(chainsOf(this));
    return this.#chains;
  }

  /** Pairs of a failed attempt and the next attempt at the same request. */
  get retries(): readonly Retry[] {
    this.#retries ??= this.chains.flatMap(({ attempts }) => pairsOf(attempts));
    return this.#retries;
  }

  /** Returns the first request after another one that meets a condition. */
  after(request: ConductRequest, meets: (other: ConductRequest) => boolean): ConductRequest | undefined {
    return this.#find(this.#firstFrom(request.id + 1), this.requests.length, meets);
  }

  /** Returns the last request before another one that meets a condition. */
  before(request: ConductRequest, meets: (other: ConductRequest) => boolean): ConductRequest | undefined {
    for (let at = this.#firstFrom(request.id) - 1; at >= 0; at -= 1) {
      const other = this.requests[at] as ConductRequest;
      if (meets(other)) return other;
    }
    return undefined;
  }

  /** Returns a request between two others that meets a condition. */
  between([first, last]: Retry, meets: (other: ConductRequest) => boolean): ConductRequest | undefined {
    return this.#find(this.#firstFrom(first.id + 1), this.#firstFrom(last.id), meets);
  }

  #find(from: number, end: number, meets: (other: ConductRequest) => boolean): ConductRequest | undefined {
    for (let at = from; at < end; at += 1) {
      const other = this.requests[at] as ConductRequest;
      if (meets(other)) return other;
    }
    return undefined;
  }

  /** Returns where the requests from an id on begin. */
  #firstFrom(id: number): number {
    let low = 0;
    let high = this.requests.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.requests[middle] as ConductRequest).id < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Whether the client had the response to one request before it sent another one. On a shared connection it had. On
   * different connections it may be several threads or processes, unless it never does two things at once; so it may on those of a proxy.
   */
  isSuccessor(request: ConductRequest, next: ConductRequest): boolean {
    if (next.recorded.started < request.ended) return false;
    if (this.#isSequential) return true;
    if (next.isProxied) return false;
    if (next.recorded.connection === request.recorded.connection) return true;
    this.#parallel ??= parallelTokens(this.requests);
    if (this.#parallel.has(next.tokenKey)) return false;
    return request.endsConnection || next.recorded.started - request.ended >= SIMULTANEOUS;
  }
}

/** Requests on two connections that are closer together than this may be simultaneous, in milliseconds. */
const SIMULTANEOUS = 5;

/** Returns each attempt with its successor. */
export const pairsOf = (attempts: readonly ConductRequest[]): readonly Retry[] =>
  attempts.slice(1).map((next, at) => [attempts[at] as ConductRequest, next] as const);

const byStart = (requests: readonly ConductRequest[]): readonly ConductRequest[] =>
  requests.toSorted((one, other) => one.recorded.started - other.recorded.started || one.id - other.id);

/** Tokens with which requests overlap, or take turns on several connections. */
function parallelTokens(requests: readonly ConductRequest[]): ReadonlySet<string> {
  const parallel = new Set<string>();
  const last = new Map<string, { readonly used: Set<number>; readonly request: ConductRequest }>();
  for (const request of byStart(requests)) {
    const { connection, started } = request.recorded;
    const before = last.get(request.tokenKey);
    const used = before?.used ?? new Set<number>();
    const isOther = before !== undefined && before.request.recorded.connection !== connection;
    if (isOther && (used.has(connection) || started < before.request.ended)) parallel.add(request.tokenKey);
    used.add(connection);
    last.set(request.tokenKey, { used, request });
  }
  return parallel;
}

function* chainsOf(client: ConductClient): Steps<readonly Chain[]> {
  const open = new Map<string, ConductRequest[][]>();
  const chains: Chain[] = [];
  for (const request of byStart(client.requests)) {
    yield;
    const candidates = open.get(request.key) ?? [];
    // Of several threads, the one that has waited longest retries first.
    const found = candidates.findIndex((attempts) => client.isSuccessor(attempts.at(-1) as ConductRequest, request));
    const attempts = found < 0 ? [] : (candidates.splice(found, 1)[0] as ConductRequest[]);
    if (found < 0) chains.push({ attempts });
    attempts.push(request);
    if (!request.hasSucceeded) candidates.push(attempts);
    open.set(request.key, candidates);
  }
  return chains;
}
