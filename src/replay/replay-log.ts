import type { RequestDifference } from './request-fields.ts';
import type { Script } from './script.ts';

/** Method and URL of a request. */
interface RequestLine {
  readonly method: string;
  readonly url: string;
}

/** The first request for which the recording has no response. */
export interface Departure {
  /** `different`: no recorded request is like it; `order`: an earlier one was left out; `more`: all had been sent. */
  readonly reason: 'different' | 'order' | 'more';
  /** Number of the request among those of the replay, from 1. */
  readonly number: number;
  readonly request: RequestLine;
  /** The recorded request that should have come; absent for `more`. */
  readonly expected?: RequestLine & { readonly id: number };
  /** How the request differs from the expected one. */
  readonly differences: readonly RequestDifference[];
}

/** A part of a response that may not be the recorded one. */
export interface ReplayNote {
  /** Id of the recorded request. */
  readonly request: number;
  readonly message: string;
}

/** What a replay has shown so far. */
export interface ReplayResult {
  /**
   * `same`: the client sent every recorded request, and received the recorded responses; `departed`: it sent another request; `missing`: some
   * requests did not come; `inexact`: they came, but the recording lacked parts of responses; `empty`: the recording has no requests, so
   * nothing was compared.
   */
  readonly result: 'same' | 'departed' | 'missing' | 'inexact' | 'empty';
  readonly departure?: Departure;
  /** Number of recorded requests, and of those that came. */
  readonly requests: number;
  readonly played: number;
  /** The first requests that did not come. */
  readonly missing: readonly (RequestLine & { readonly id: number })[];
  readonly notes: readonly ReplayNote[];
}

/** Most notes that are kept. */
const MAX_NOTES = 100;

/** Notes what a replay shows. */
export class ReplayLog {
  readonly #script: Script;
  readonly #notes: ReplayNote[] = [];
  #departure: Departure | undefined;

  constructor(script: Script) {
    this.#script = script;
  }

  /** The first request that has no recorded response. */
  get departure(): Departure | undefined {
    return this.#departure;
  }

  /** Notes that the client departs. */
  depart(departure: Departure): void {
    this.#departure = departure;
  }

  /** Notes that a part of a response may not be the recorded one. */
  note(note: ReplayNote): void {
    if (this.#notes.length < MAX_NOTES) this.#notes.push(note);
  }

  /** What the replay has shown so far. */
  result(): ReplayResult {
    const { size, played } = this.#script;
    const missing = this.#script.waiting().map((position) => {
      const { id, method, url } = this.#script.at(position);
      return { id, method, url };
    });
    const departure = this.#departure;
    const complete = this.#notes.length > 0 ? 'inexact' : size === 0 ? 'empty' : 'same';
    const incomplete = played < size ? 'missing' : complete;
    return {
      result: departure === undefined ? incomplete : 'departed',
      ...(departure !== undefined && { departure }),
      requests: size,
      played,
      missing,
      notes: [...this.#notes],
    };
  }
}
