import type { ConductRequest } from './request.ts';

/** Successive attempts at the same request: each but the last one failed. */
export interface Chain {
  readonly attempts: readonly ConductRequest[];
}

/** All requests of one client, in chronological order. */
export class ConductClient {
  /** The name that it gives itself: X-Sideglance-Client, or User-Agent and user. */
  readonly name: string;
  readonly requests: readonly ConductRequest[];
  #chains: readonly Chain[] | undefined;

  constructor(name: string, requests: readonly ConductRequest[]) {
    this.name = name;
    this.requests = requests;
  }

  /** The attempts at each request. */
  get chains(): readonly Chain[] {
    this.#chains ??= chainsOf(this.requests);
    return this.#chains;
  }

  /** Pairs of a failed attempt and the next attempt at the same request. */
  get retries(): readonly (readonly [failed: ConductRequest, next: ConductRequest])[] {
    return this.chains.flatMap(({ attempts }) =>
      attempts.slice(1).map((next, at) => [attempts[at] as ConductRequest, next] as const),
    );
  }

  /** Returns the first request after another one that meets a condition. */
  after(request: ConductRequest, meets: (other: ConductRequest) => boolean): ConductRequest | undefined {
    return this.requests.find((other) => other.id > request.id && meets(other));
  }

  /** Returns the last request before another one that meets a condition. */
  before(request: ConductRequest, meets: (other: ConductRequest) => boolean): ConductRequest | undefined {
    return this.requests.findLast((other) => other.id < request.id && meets(other));
  }
}

function chainsOf(requests: readonly ConductRequest[]): readonly Chain[] {
  const open = new Map<string, ConductRequest[]>();
  const chains: Chain[] = [];
  for (const request of requests) {
    let attempts = open.get(request.key);
    // A request that starts before the response to an equal one is no retry: the client sends several at once.
    const isParallel = attempts !== undefined && request.recorded.started < (attempts.at(-1)?.ended ?? 0);
    if (attempts === undefined || isParallel) {
      attempts = [];
      chains.push({ attempts });
      open.set(request.key, attempts);
    }
    attempts.push(request);
    if (request.hasSucceeded) open.delete(request.key);
  }
  return chains;
}
