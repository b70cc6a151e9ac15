import { type AppliedFault, type Delay, type Fault, MAX_DELAY, type Moment } from '../fault.ts';
import { keyOf, putBounded } from './counter-key.ts';
import type { Subject } from './matcher.ts';
import { draw, drawNormal, hashText } from './random.ts';
import type { ArmedRule } from './rule-index.ts';
import { TokenBuckets } from './token-bucket.ts';

interface Count {
  /** Calls that came. */
  seen: number;
  taken: number;
  /** Place in the sequence. */
  step: number;
  /** Milliseconds since 1970, for rules that end so long after the first call that they took. */
  firstTaken: number | undefined;
}

/** What a rule does to one call. */
export interface Taken {
  /** `undefined` where it lets the call through and only moves the state on. */
  readonly fault: AppliedFault | undefined;
  readonly delayMilliseconds: number;
  /** The same, by the world's clock. */
  readonly clockMilliseconds: number;
  /** The state of the scenario moves on. */
  readonly moves: boolean;
}

/** What chance goes by for one call. */
interface Drawn {
  readonly key: string;
  readonly hash: number;
  readonly number: number;
}

/** When a call comes, and since when its rule has been playing: milliseconds since 1970. */
export interface Time {
  readonly now: number;
  readonly since: number;
}

/** Why a rule does not take a call that fits it. */
export type Hindrance =
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

/** What a rule would do with the next call. */
export interface Prospect {
  readonly hindrance: Hindrance | undefined;
  /** The number that the call would have. */
  readonly number: number;
  readonly taken: number;
  /** Whole tokens of its bucket, for a limit. */
  readonly tokens?: number;
}

/** Counts the calls of one rule in one world and says which of them it takes. Counting and deciding are one step. */
export class RuleCounter {
  readonly #armed: ArmedRule;
  readonly #seed: string;
  readonly #whole: Count = newCount();
  readonly #keys: Map<string, Count> | undefined;
  /** Calls of each client, where something is drawn for calls that are counted together: no neighbour must shift it. */
  readonly #draws: Map<string, number> | undefined;
  readonly #hash: number;
  readonly #buckets: TokenBuckets | undefined;
  #taken = 0;
  #lastTaken: number | undefined;

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

  /** Calls that came to the rule: they fitted, and no rule before it had taken them. */
  get seen(): number {
    return this.#whole.seen;
  }

  get taken(): number {
    return this.#taken;
  }

  /** When it took a call last: milliseconds since 1970. */
  get lastTaken(): number | undefined {
    return this.#lastTaken;
  }

  /** Whether it will never take a call again. */
  isSpent(time: Time): boolean {
    const { calls, sequence, ending } = this.#armed.rule;
    if (calls.until !== undefined && time.now >= instantOf(calls.until, time)) return true;
    if (this.#keys !== undefined) return false;
    const last = Math.min(
      calls.to ?? Number.POSITIVE_INFINITY,
      Math.max(...(calls.only ?? [Number.POSITIVE_INFINITY])),
    );
    if (this.#whole.seen >= last || this.#whole.taken >= (calls.times ?? Number.POSITIVE_INFINITY)) return true;
    return (ending === 'pass' && this.#whole.step >= sequence.length) || this.#isPast(this.#whole, time.now);
  }

  /** Counts a call that fits the rule. */
  take(subject: Subject, time: Time): Taken | undefined {
    const { rule } = this.#armed;
    const { calls, sequence } = rule;
    if (outside(calls, time) !== undefined) return undefined;
    const key = this.#keys === undefined ? '' : keyOf(calls.per, subject);
    const count = this.#countOf(key);
    count.seen += 1;
    if (count !== this.#whole) this.#whole.seen += 1;
    const drawn = this.#drawnFor(key, count.seen, subject);
    if (this.#draws !== undefined) putBounded(this.#draws, drawn.key, drawn.number);
    if (this.#hindrance(count, count.seen, drawn, time.now) !== undefined) return undefined;
    const step = this.#stepOf(count);
    const fault = sequence[step] as Fault;
    count.step += 1;
    const moves = rule.goto !== undefined && step === sequence.length - 1;
    if (fault.kind === 'pass' && !moves) return undefined;
    const applied = this.#applied(fault, subject, time.now);
    if (applied === undefined && fault.kind === 'limit') return undefined;
    count.taken += 1;
    count.firstTaken ??= time.now;
    this.#taken += 1;
    this.#lastTaken = time.now;
    const delay = applied?.delay;
    return {
      fault: applied,
      delayMilliseconds: delay === undefined ? 0 : drawDelay(delay, drawn.hash ^ DELAY_SALT, drawn.number),
      clockMilliseconds: delay?.kind === 'clock' ? delay.milliseconds : 0,
      moves,
    };
  }

  /** What the rule would do with the next call of this subject; counts nothing. */
  prospect(subject: Pick<Subject, 'call' | 'caller'>, time: Time): Prospect {
    const { calls, sequence, goto } = this.#armed.rule;
    const key = this.#keys === undefined ? '' : keyOf(calls.per, subject);
    const count = this.#keys === undefined ? this.#whole : (this.#keys.get(key) ?? newCount());
    const number = count.seen + 1;
    const common = { number, taken: count.taken };
    const drawn = this.#drawnFor(key, number, subject);
    const hindrance = outside(calls, time) ?? this.#hindrance(count, number, drawn, time.now);
    if (hindrance !== undefined) return { ...common, hindrance };
    const step = this.#stepOf(count);
    const fault = sequence[step] as Fault;
    if (fault.kind === 'limit') {
      const tokens = this.#buckets?.left(keyOf(fault.limit.by, subject), time.now) ?? 0;
      return { ...common, tokens, hindrance: tokens > 0 ? 'limit' : undefined };
    }
    const isPass = fault.kind === 'pass' && (goto === undefined || step < sequence.length - 1);
    return { ...common, hindrance: isPass ? 'pass' : undefined };
  }

  #hindrance(count: Count, number: number, drawn: Drawn, now: number): Hindrance | undefined {
    const { calls, sequence, ending } = this.#armed.rule;
    if (calls.from !== undefined && number < calls.from) return 'from';
    if (calls.to !== undefined && number > calls.to) return 'to';
    if (calls.every !== undefined && number % calls.every !== 0) return 'every';
    if (calls.only !== undefined && !calls.only.includes(number)) return 'only';
    if (calls.times !== undefined && count.taken >= calls.times) return 'times';
    if (this.#isPast(count, now)) return 'for';
    if (calls.chance !== undefined && draw(drawn.hash, drawn.number) >= calls.chance) return 'chance';
    return count.step >= sequence.length && ending === 'pass' ? 'sequence' : undefined;
  }

  /** Whether the time is over that began with the first call taken. */
  #isPast({ firstTaken }: Count, now: number): boolean {
    const { for: span } = this.#armed.rule.calls;
    return span !== undefined && firstTaken !== undefined && now >= firstTaken + span;
  }

  #stepOf({ step }: Count): number {
    const { sequence, ending } = this.#armed.rule;
    return ending === 'repeat' ? step % sequence.length : Math.min(step, sequence.length - 1);
  }

  /** What is done to the call; `undefined` where it passes. */
  #applied(fault: Fault, subject: Subject, now: number): AppliedFault | undefined {
    if (fault.kind === 'pass') return undefined;
    if (fault.kind !== 'limit') return fault;
    const wait = this.#buckets?.take(keyOf(fault.limit.by, subject), now) ?? 0;
    const answer = fault.over.get(subject.operation);
    if (wait === 0 || answer === undefined) return undefined;
    return answer.retryAfter === undefined ? { ...answer, retryAfter: { shape: 'usual', milliseconds: wait } } : answer;
  }

  /** What is drawn for a call: by what it is counted under or, where that is nothing, by its client. */
  #drawnFor(counted: string, number: number, subject: Pick<Subject, 'call' | 'caller'>): Drawn {
    if (this.#draws === undefined) return { key: counted, hash: this.#hashOf(counted), number };
    const key = keyOf('client', subject);
    return { key, hash: this.#hashOf(key), number: (this.#draws.get(key) ?? 0) + 1 };
  }

  #hashOf(key: string): number {
    return key === '' ? this.#hash : hashText(`${this.#seed}\u0000${key}`);
  }

  #countOf(key: string): Count {
    if (this.#keys === undefined) return this.#whole;
    return this.#keys.get(key) ?? putBounded(this.#keys, key, newCount());
  }
}

const hasDrawnDelay = (fault: Fault): boolean =>
  'delay' in fault && (fault.delay?.kind === 'uniform' || fault.delay?.kind === 'lognormal');

const newCount = (): Count => ({ seen: 0, taken: 0, step: 0, firstTaken: undefined });

/** A point in time in milliseconds since 1970. */
export const instantOf = (moment: Moment, { since }: Time): number =>
  'at' in moment ? moment.at : since + moment.since;

function outside(calls: ArmedRule['rule']['calls'], time: Time): 'early' | 'late' | undefined {
  if (calls.after !== undefined && time.now < instantOf(calls.after, time)) return 'early';
  return calls.until !== undefined && time.now >= instantOf(calls.until, time) ? 'late' : undefined;
}

/** Keeps the draws of waits apart from those of `chance`. */
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
