import { type AppliedFault, type Calls, type Delay, type Fault, MAX_DELAY, type Moment } from '../fault.ts';
import { keyOf, putBounded } from './counter-key.ts';
import type { Subject } from './matcher.ts';
import { draw, drawNormal, hashText } from './random.ts';
import type { ArmedRule } from './rule-index.ts';
import { TokenBuckets } from './token-bucket.ts';

interface Count {
  /** Requests that matched. */
  seen: number;
  fired: number;
  /** Position in the sequence. */
  step: number;
  /** When the rule first fired, in milliseconds since 1970; for rules with `for`. */
  firstFired: number | undefined;
}

/** What a rule does to one request. */
export interface Firing {
  /** `undefined` if the rule passes the request and only changes the state. */
  readonly fault: AppliedFault | undefined;
  readonly delayMilliseconds: number;
  /** Milliseconds to wait by the world's clock. */
  readonly clockMilliseconds: number;
  /** Whether the state of the scenario changes. */
  readonly moves: boolean;
}

/** What the random choices for one request are drawn from. */
interface Drawn {
  readonly key: string;
  readonly hash: number;
  readonly number: number;
}

/** One request that a rule may fire for. */
interface Attempt {
  readonly count: Count;
  readonly drawn: Drawn;
  /** The number of the request, from 1. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** When a request arrives, and since when its rule has been enabled, in milliseconds since 1970. */
export interface Time {
  readonly now: number;
  readonly since: number;
}

/** Why a rule does not fire for a request that matches it. */
export type Blocker =
  | 'early'
  | 'late'
  | 'from'
  | 'to'
  | 'every'
  | 'only'
  | 'chance'
  | 'times'
  | 'for'
  | 'sequence'
  | 'pass'
  | 'limit';

/** The conditions on the number of a request, in the order in which they are checked. */
const BLOCKERS: readonly (readonly [Blocker, (calls: Calls, attempt: Attempt) => boolean])[] = [
  ['from', ({ from }, { number }) => from !== undefined && number < from],
  ['to', ({ to }, { number }) => to !== undefined && number > to],
  ['every', ({ every }, { number }) => every !== undefined && number % every !== 0],
  ['only', ({ only }, { number }) => only !== undefined && !only.includes(number)],
  ['times', ({ times }, { count }) => times !== undefined && count.fired >= times],
];

/** What a rule would do with the next request. */
export interface RulePreview {
  readonly blocker: Blocker | undefined;
  /** The number that the request would have. */
  readonly number: number;
  readonly fired: number;
  /** Whole tokens left in its bucket, for a limit. */
  readonly tokens?: number;
}

/** Counts the requests that match one rule in one world and decides for which of them it fires, in one step. */
export class RuleCounter {
  readonly #armed: ArmedRule;
  readonly #seed: string;
  readonly #total: Count = newCount();
  readonly #keys: Map<string, Count> | undefined;
  /** Requests of each client, if random choices are made for requests that are counted together: other clients must not affect them. */
  readonly #draws: Map<string, number> | undefined;
  readonly #hash: number;
  readonly #buckets: TokenBuckets | undefined;
  #fired = 0;
  #lastFired: number | undefined;

  constructor(armed: ArmedRule, seed: string) {
    this.#armed = armed;
    this.#seed = `${seed}\u0000${armed.scenario}\u0000${armed.index}`;
    this.#hash = hashText(this.#seed);
    const { calls, sequence } = armed.rule;
    this.#keys = calls.per === 'rule' ? undefined : new Map();
    const isDrawn = calls.chance !== undefined || sequence.some(hasDrawnDelay);
    this.#draws = isDrawn && this.#keys === undefined ? new Map() : undefined;
    const [first] = sequence;
    this.#buckets = first?.kind === 'limit' ? new TokenBuckets(first.limit) : undefined;
  }

  /** Requests that matched the rule and that no earlier rule had settled. */
  get seen(): number {
    return this.#total.seen;
  }

  /** Requests for which the rule fired. */
  get fired(): number {
    return this.#fired;
  }

  /** When it last fired, in milliseconds since 1970. */
  get lastFired(): number | undefined {
    return this.#lastFired;
  }

  /** Whether the rule can never fire again. */
  isExpired(time: Time): boolean {
    const { calls, sequence, ending } = this.#armed.rule;
    if (calls.until !== undefined && time.now >= instantOf(calls.until, time)) return true;
    if (this.#keys !== undefined) return false;
    const last = Math.min(
      calls.to ?? Number.POSITIVE_INFINITY,
      Math.max(...(calls.only ?? [Number.POSITIVE_INFINITY])),
    );
    if (this.#total.seen >= last || this.#total.fired >= (calls.times ?? Number.POSITIVE_INFINITY)) return true;
    return (ending === 'pass' && this.#total.step >= sequence.length) || this.#isPast(this.#total, time.now);
  }

  /** Counts a request that matches the rule. Returns what the rule does to it; `undefined` if it does not fire. */
  evaluate(subject: Subject, time: Time): Firing | undefined {
    const { calls } = this.#armed.rule;
    if (timeBlocker(calls, time) !== undefined) return undefined;
    const key = this.#keys === undefined ? '' : keyOf(calls.per, subject);
    const count = this.#countOf(key);
    count.seen += 1;
    if (count !== this.#total) this.#total.seen += 1;
    const drawn = this.#drawnFor(key, count.seen, subject);
    if (this.#draws !== undefined) putBounded(this.#draws, drawn.key, drawn.number);
    if (this.#blocker({ count, drawn, number: count.seen, now: time.now }) !== undefined) return undefined;
    return this.#fire({ count, drawn, number: count.seen, now: time.now }, subject);
  }

  #fire({ count, drawn, now }: Attempt, subject: Subject): Firing | undefined {
    const { goto, sequence } = this.#armed.rule;
    const step = this.#stepOf(count);
    const fault = sequence[step] as Fault;
    count.step += 1;
    const moves = goto !== undefined && step === sequence.length - 1;
    if (fault.kind === 'pass' && !moves) return undefined;
    const applied = this.#applied(fault, subject, now);
    if (applied === undefined && fault.kind === 'limit') return undefined;
    count.fired += 1;
    count.firstFired ??= now;
    this.#fired += 1;
    this.#lastFired = now;
    const delay = applied?.delay;
    return {
      fault: applied,
      delayMilliseconds: delay === undefined ? 0 : drawDelay(delay, drawn.hash ^ DELAY_SALT, drawn.number),
      clockMilliseconds: delay?.kind === 'clock' ? delay.milliseconds : 0,
      moves,
    };
  }

  /** Returns what the rule would do with the next request of this subject, without counting it. */
  preview(subject: Pick<Subject, 'call' | 'caller'>, time: Time): RulePreview {
    const { calls, sequence, goto } = this.#armed.rule;
    const key = this.#keys === undefined ? '' : keyOf(calls.per, subject);
    const count = this.#keys === undefined ? this.#total : (this.#keys.get(key) ?? newCount());
    const number = count.seen + 1;
    const common = { number, fired: count.fired };
    const drawn = this.#drawnFor(key, number, subject);
    const blocker = timeBlocker(calls, time) ?? this.#blocker({ count, drawn, number, now: time.now });
    if (blocker !== undefined) return { ...common, blocker };
    const step = this.#stepOf(count);
    const fault = sequence[step] as Fault;
    if (fault.kind === 'limit') {
      const tokens = this.#buckets?.left(keyOf(fault.limit.by, subject), time.now) ?? 0;
      return { ...common, tokens, blocker: tokens > 0 ? 'limit' : undefined };
    }
    const isPass = fault.kind === 'pass' && (goto === undefined || step < sequence.length - 1);
    return { ...common, blocker: isPass ? 'pass' : undefined };
  }

  #blocker(attempt: Attempt): Blocker | undefined {
    const { rule } = this.#armed;
    const blocked = BLOCKERS.find(([, blocks]) => blocks(rule.calls, attempt));
    if (blocked !== undefined) return blocked[0];
    if (this.#isPast(attempt.count, attempt.now)) return 'for';
    const { chance } = rule.calls;
    if (chance !== undefined && draw(attempt.drawn.hash, attempt.drawn.number) >= chance) return 'chance';
    return attempt.count.step >= rule.sequence.length && rule.ending === 'pass' ? 'sequence' : undefined;
  }

  /** Whether the time since the rule first fired (`for`) is over. */
  #isPast({ firstFired }: Count, now: number): boolean {
    const { for: span } = this.#armed.rule.calls;
    return span !== undefined && firstFired !== undefined && now >= firstFired + span;
  }

  #stepOf({ step }: Count): number {
    const { sequence, ending } = this.#armed.rule;
    return ending === 'repeat' ? step % sequence.length : Math.min(step, sequence.length - 1);
  }

  /** Returns the fault to apply; `undefined` if the request passes. */
  #applied(fault: Fault, subject: Subject, now: number): AppliedFault | undefined {
    if (fault.kind === 'pass') return undefined;
    if (fault.kind !== 'limit') return fault;
    const wait = this.#buckets?.take(keyOf(fault.limit.by, subject), now) ?? 0;
    const answer = fault.over.get(subject.operation);
    if (wait === 0 || answer === undefined) return undefined;
    return answer.retryAfter === undefined ? { ...answer, retryAfter: { shape: 'usual', milliseconds: wait } } : answer;
  }

  /** The basis of random choices for a request: the key it is counted under or, if there is none, its client. */
  #drawnFor(counted: string, number: number, subject: Pick<Subject, 'call' | 'caller'>): Drawn {
    if (this.#draws === undefined) return { key: counted, hash: this.#hashOf(counted), number };
    const key = keyOf('client', subject);
    return { key, hash: this.#hashOf(key), number: (this.#draws.get(key) ?? 0) + 1 };
  }

  #hashOf(key: string): number {
    return key === '' ? this.#hash : hashText(`${this.#seed}\u0000${key}`);
  }

  #countOf(key: string): Count {
    if (this.#keys === undefined) return this.#total;
    return this.#keys.get(key) ?? putBounded(this.#keys, key, newCount());
  }
}

const hasDrawnDelay = (fault: Fault): boolean =>
  'delay' in fault && (fault.delay?.kind === 'uniform' || fault.delay?.kind === 'lognormal');

const newCount = (): Count => ({ seen: 0, fired: 0, step: 0, firstFired: undefined });

/** Converts a point in time to milliseconds since 1970. */
export const instantOf = (moment: Moment, { since }: Time): number =>
  'at' in moment ? moment.at : since + moment.since;

/** Returns why a rule does not fire at this time; `undefined` if its times allow it. */
function timeBlocker(calls: ArmedRule['rule']['calls'], time: Time): 'early' | 'late' | undefined {
  if (calls.after !== undefined && time.now < instantOf(calls.after, time)) return 'early';
  return calls.until !== undefined && time.now >= instantOf(calls.until, time) ? 'late' : undefined;
}

/** Separates the draws for delays from those for `chance`. */
const DELAY_SALT = 0x5bd1e995;

function drawDelay(delay: Delay, hash: number, number: number): number {
  switch (delay.kind) {
    case 'fixed':
      return delay.milliseconds;
    case 'uniform':
      return Math.round(delay.from + draw(hash, number) * (delay.to - delay.from));
    case 'lognormal':
      return Math.min(MAX_DELAY, Math.round(delay.median * Math.exp(delay.sigma * drawNormal(hash, number))));
    case 'clock':
      return 0;
    default:
      return delay satisfies never;
  }
}
