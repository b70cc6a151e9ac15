import { draw, drawNormal, hashText } from './chance.ts';
import type { Delay, Fault } from './fault.ts';
import { MOST_DELAY } from './fault-schema.ts';
import { imageIdOf, type Subject } from './matcher.ts';
import type { ArmedRule } from './scenario-set.ts';

/** How many images, projects, users or clients a rule counts apart; past that the first of them starts over. */
const MOST_KEYS = 10_000;

interface Count {
  /** Calls that came to the rule. */
  seen: number;
  /** Place in the sequence. */
  step: number;
}

/** What a rule does to one call. */
export interface Taken {
  readonly fault: Exclude<Fault, { readonly kind: 'pass' }>;
  readonly delayMilliseconds: number;
}

/** Counts the calls of one rule in one world and says which of them it takes. Counting and deciding are one step. */
export class RuleCounter {
  readonly #armed: ArmedRule;
  readonly #seed: string;
  readonly #whole: Count = { seen: 0, step: 0 };
  readonly #keys: Map<string, Count> | undefined;
  readonly #hash: number;
  #taken = 0;

  constructor(armed: ArmedRule, seed: string) {
    this.#armed = armed;
    this.#seed = `${seed}\u0000${armed.scenario}\u0000${armed.index}`;
    this.#hash = hashText(this.#seed);
    this.#keys = armed.rule.calls.per === 'rule' ? undefined : new Map();
  }

  /** Calls that came to the rule: they fitted, and no rule before it had taken them. */
  get seen(): number {
    return this.#whole.seen;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Whether it will never take a call again. */
  get isSpent(): boolean {
    const { calls, sequence, ending } = this.#armed.rule;
    if (this.#keys !== undefined) return false;
    const last = Math.min(
      calls.to ?? Number.POSITIVE_INFINITY,
      Math.max(...(calls.only ?? [Number.POSITIVE_INFINITY])),
    );
    return this.#whole.seen >= last || (ending === 'pass' && this.#whole.step >= sequence.length);
  }

  /** Counts a call that fits the rule. */
  take(subject: Subject): Taken | undefined {
    const { calls, sequence, ending } = this.#armed.rule;
    const key = this.#keys === undefined ? '' : keyOf(calls.per, subject);
    const count = this.#keys === undefined ? this.#whole : this.#countOf(this.#keys, key);
    count.seen += 1;
    if (count !== this.#whole) this.#whole.seen += 1;
    const { seen } = count;
    if (calls.from !== undefined && seen < calls.from) return undefined;
    if (calls.to !== undefined && seen > calls.to) return undefined;
    if (calls.every !== undefined && seen % calls.every !== 0) return undefined;
    if (calls.only !== undefined && !calls.only.includes(seen)) return undefined;
    // The draw is of this call of this key, so that no neighbour shifts it.
    const hash = key === '' ? this.#hash : hashText(`${this.#seed}\u0000${key}`);
    if (calls.chance !== undefined && draw(hash, seen) >= calls.chance) return undefined;
    const length = sequence.length;
    if (count.step >= length && ending === 'pass') return undefined;
    const fault = sequence[ending === 'repeat' ? count.step % length : Math.min(count.step, length - 1)] as Fault;
    count.step += 1;
    if (fault.kind === 'pass') return undefined;
    this.#taken += 1;
    return {
      fault,
      delayMilliseconds: fault.delay === undefined ? 0 : drawDelay(fault.delay, hash ^ DELAY_SALT, seen),
    };
  }

  #countOf(keys: Map<string, Count>, key: string): Count {
    let count = keys.get(key);
    if (count === undefined) {
      if (keys.size >= MOST_KEYS) keys.delete(keys.keys().next().value as string);
      count = { seen: 0, step: 0 };
      keys.set(key, count);
    }
    return count;
  }
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
      return Math.min(MOST_DELAY, Math.round(delay.median * Math.exp(delay.sigma * drawNormal(hash, number))));
    default:
      return delay satisfies never;
  }
}

function keyOf(per: ArmedRule['rule']['calls']['per'], { call, caller }: Subject): string {
  switch (per) {
    case 'image':
      return imageIdOf(call) ?? '';
    case 'project':
      return caller.projectId;
    case 'user':
      return caller.userId;
    // Two programs of one user are two clients; a program that logs in again, with another token, stays the same one.
    case 'client':
      return `${caller.userId} ${call.headers['user-agent'] ?? ''}`;
    case 'rule':
      return '';
    default:
      return per satisfies never;
  }
}
