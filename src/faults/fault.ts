import type { MemberStatus } from '../domain/member.ts';
import type { ImageStatus, Visibility } from '../domain/image.ts';

/** What goes into Retry-After: seconds, the same as an HTTP date, no header at all, or something that is neither. */
export type RetryAfter =
  | { readonly shape: 'seconds'; readonly seconds: number }
  | { readonly shape: 'date'; readonly seconds: number }
  | { readonly shape: 'absent' }
  | { readonly shape: 'malformed'; readonly value: string };

/** Milliseconds to wait, each time the same or drawn from the world's seed. */
export type Delay =
  | { readonly kind: 'fixed'; readonly milliseconds: number }
  | { readonly kind: 'uniform'; readonly from: number; readonly to: number }
  | { readonly kind: 'lognormal'; readonly median: number; readonly sigma: number };

/** What a rule does to a call that it takes. */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfter?: RetryAfter;
      /** In place of the dialect's own body; objects are sent as JSON. */
      readonly body?: unknown;
      /** Beside and in place of the dialect's own headers; `null` leaves one out. */
      readonly headers?: Readonly<Record<string, string | null>>;
      /** The one-line message inside the dialect's error shape. */
      readonly message?: string;
      /** Waited before the answer goes out. */
      readonly delay?: Delay;
    }
  | { readonly kind: 'delay'; readonly delay: Delay }
  /** Lets the call through, as if the rule were not there. */
  | { readonly kind: 'pass' };

/** How often a call of a rule is counted: over all calls, or for each image, project, user or client on its own. */
export const COUNTED_PER = ['rule', 'image', 'project', 'user', 'client'] as const;
export type CountedPer = (typeof COUNTED_PER)[number];

/** Which matching calls a rule takes; the first call is number 1. */
export interface Calls {
  readonly per: CountedPer;
  readonly from?: number;
  readonly to?: number;
  /** Every n-th. */
  readonly every?: number;
  readonly only?: readonly number[];
  /** Share of the calls, 0 to 1, drawn from the world's seed. */
  readonly chance?: number;
}

/** Patterns are globs: `*` stands for any run of characters, `?` for one. */
export interface Match {
  /** `dialect.operation`, with `*` allowed on either side. */
  readonly operation?: string;
  readonly method?: string;
  readonly image?: {
    readonly id?: string;
    readonly name?: string;
    readonly tag?: string;
    readonly status?: ImageStatus;
    readonly visibility?: Visibility;
    readonly properties?: Readonly<Record<string, string>>;
    readonly memberStatus?: MemberStatus;
  };
  /** Project id or name. */
  readonly project?: string;
  /** User id or name. */
  readonly user?: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON pointer to glob or exact value. */
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface Rule {
  readonly match: Match;
  readonly calls: Calls;
  /** `before`: nothing happened; `after`: the effect took place and the client hears the fault. */
  readonly phase: 'before' | 'after';
  /** One fault, or several in turn. */
  readonly sequence: readonly Fault[];
  /** What follows the last of the sequence: the calls pass, it starts over, or the last one stays. */
  readonly then: 'pass' | 'repeat' | 'last';
  /** Allows a status that the operation's document does not list. */
  readonly isUndocumented: boolean;
}

export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** What a good client does when it meets this. */
  readonly expect?: string;
  readonly isEnabled: boolean;
  readonly rules: readonly Rule[];
  /** The file it came from, or where the admin API got it. */
  readonly place: string;
}
