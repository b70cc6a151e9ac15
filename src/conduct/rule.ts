import type { Steps } from '../base/slices.ts';
import type { ConductClient } from './client.ts';

/** How serious a finding is: a client that loses or duplicates data, one that burdens the service, or a matter of style. */
export type Severity = 'error' | 'warning' | 'info';

/** Where it is written what a client should do. */
export interface RuleSource {
  readonly title: string;
  readonly url?: string;
}

/** Something that a client did and should not have done. */
export interface Breach {
  /** What happened, with numbers, in one sentence. */
  readonly message: string;
  /** Ids of the journal entries that show it. */
  readonly entries: readonly number[];
}

/** What a rule found in the requests of one client. */
export interface Judgement {
  /** How often the client could have broken the rule. Without an opportunity, the rule says nothing about the client. */
  readonly opportunities: number;
  readonly breaches: readonly Breach[];
}

/** What a world knows about the data of an image; `null` without data. */
export interface KnownData {
  readonly sizeBytes: number | null;
  /** MD5, hexadecimal. */
  readonly checksum: string | null;
}

/** What a rule knows besides the requests of the client. */
export interface ConductContext {
  /** Whether the journal still holds every request. */
  readonly isComplete: boolean;
  /** Whether the client reported success in the end; `undefined` when nobody said so. */
  readonly clientSucceeded: boolean | undefined;
  /** Returns what is known about an image that exists now. */
  findImage(id: string): KnownData | undefined;
}

/** A rule on what clients do. */
export interface ConductRule {
  /** `retry-after-seconds-ignored`. */
  readonly id: string;
  /** What a good client does. */
  readonly title: string;
  readonly severity: Severity;
  readonly sources: readonly RuleSource[];
  /** Judges a client, in steps: it may have sent very many requests. */
  check(client: ConductClient, context: ConductContext): Steps<Judgement>;
}

/** Collects what a rule finds. */
export class JudgementBuilder implements Judgement {
  opportunities = 0;
  readonly breaches: Breach[] = [];

  /** Counts an opportunity, with the breach if the client took it. */
  judge(breach: Breach | undefined): void {
    this.opportunities += 1;
    if (breach !== undefined) this.breaches.push(breach);
  }
}

/** Judges each of some things: `undefined` is no opportunity, `null` an opportunity without a breach. */
export function* judgeEach<T>(things: Iterable<T>, judge: (thing: T) => Breach | null | undefined): Steps<Judgement> {
  const judgement = new JudgementBuilder();
  for (const thing of things) {
    yield;
    const result = judge(thing);
    if (result !== undefined) judgement.judge(result ?? undefined);
  }
  return judgement;
}
