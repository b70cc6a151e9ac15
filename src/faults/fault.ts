import type { ImageStatus, Visibility } from '../domain/image.ts';
import type { Progress } from '../domain/progress.ts';

/**
 * What goes into Retry-After: seconds, the same as an HTTP date, no header at all, or something that is neither; or what
 * the API itself says where that much time is left.
 */
export type RetryAfter =
  | { readonly shape: 'usual'; readonly milliseconds: number }
  | { readonly shape: 'seconds'; readonly seconds: number }
  | { readonly shape: 'date'; readonly seconds: number }
  | { readonly shape: 'absent' }
  | { readonly shape: 'malformed'; readonly value: string };

/** The longest delay that a fault may have, in milliseconds. */
export const MAX_DELAY = 3_600_000;

/** Milliseconds to wait, each time the same or drawn from the world's seed. */
export type Delay =
  | { readonly kind: 'fixed'; readonly milliseconds: number }
  | { readonly kind: 'uniform'; readonly from: number; readonly to: number }
  | { readonly kind: 'lognormal'; readonly median: number; readonly sigma: number }
  /** By the world's clock rather than the machine's. */
  | { readonly kind: 'clock'; readonly milliseconds: number };

/** Whether it happens to what the client hears, or to an upload on its way in. */
export type Direction = 'response' | 'request';

/** What happens to a message on the wire. */
export type Wire =
  /** Nothing more comes after so many bytes of the body, or at all for `null`; until the client hangs up for `null`. */
  | {
      readonly kind: 'stall';
      readonly on: Direction;
      readonly after: number | null;
      readonly milliseconds: number | null;
    }
  | { readonly kind: 'slow'; readonly on: Direction; readonly bytesPerSecond: number }
  /** The connection goes: before anything came, or after so many bytes. */
  | {
      readonly kind: 'cut';
      readonly on: Direction;
      readonly by: 'close' | 'reset';
      readonly place: { readonly of: 'head' | 'body'; readonly after: number } | null;
    }
  /** What comes is no HTTP, or not all of it. */
  | { readonly kind: 'garble'; readonly what: 'garbage' | 'chunk' }
  | { readonly kind: 'corrupt'; readonly how: Corruption };

/** What of an answer is not true. */
export type Corruption =
  | { readonly what: 'checksum' }
  /** The second half of the body is missing. */
  | { readonly what: 'json' }
  /** The member at that JSON pointer has another type. */
  | { readonly what: 'type'; readonly pointer: string }
  /** A bit of the byte at that place, from 0. */
  | { readonly what: 'flip'; readonly at: number }
  /** Content-Length is off by so many bytes. */
  | { readonly what: 'length'; readonly by: number };

/** When the effect of a call takes place, seen from its fault, as far as a word says it. */
export const PHASES = ['before', 'after', 'twice'] as const;

/** How long after its answer an effect comes: by the world's clock, or when so many reads have found it undone. */
export type Late = { readonly milliseconds: number } | { readonly polls: number };

/** When the effect of a call takes place, seen from its fault. */
export type Phase = (typeof PHASES)[number] | { readonly late: Late };

/** Whether an effect comes after its answer. */
export const isLate = (phase: Phase): phase is { readonly late: Late } => typeof phase === 'object';

/** How the calls of a rule are counted: all together, or those of each image, project, user or client on their own. */
export const COUNTED_PER = ['rule', 'image', 'project', 'user', 'client'] as const;
/** One of `COUNTED_PER`. */
export type CountedPer = (typeof COUNTED_PER)[number];

/** Whose calls fill one bucket of a limit; `world`: all that come to the rule. */
export const LIMITED_BY = ['world', 'image', 'project', 'user', 'client'] as const;

/** A token bucket: full at first, a call takes a token, and tokens come back evenly. */
export interface Limit {
  readonly requests: number;
  /** In which so many tokens come back. */
  readonly milliseconds: number;
  readonly by: (typeof LIMITED_BY)[number];
}

/** What a rule does to a call that it takes. */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Name of the answer of a proxy that this is, with all its headers and its body. */
      readonly observed?: string;
      /** It is given to calls past a limit. */
      readonly isOverLimit?: boolean;
      readonly retryAfter?: RetryAfter;
      /** In place of the dialect's own body; all but text is sent as JSON. */
      readonly body?: unknown;
      /** Beside and in place of the dialect's own headers; `null` leaves one out. */
      readonly headers?: Readonly<Record<string, string | null>>;
      /** The one-line message inside the dialect's error shape. */
      readonly message?: string;
      /** Code inside the error body, where the API has codes. */
      readonly code?: string;
      /** Waited before the answer goes out. */
      readonly delay?: Delay;
      /** Bytes of an upload that come in before the answer goes out. */
      readonly received?: number;
      /** What happens to the answer on its way. */
      readonly wire?: Wire;
    }
  /** The call's own answer, and what happens to it or to its upload on the way. */
  | { readonly kind: 'wire'; readonly wire: Wire; readonly delay?: Delay }
  | { readonly kind: 'delay'; readonly delay: Delay }
  /** The call's own answer, and what it begins gets on so, whatever the world's progress says. */
  | { readonly kind: 'progress'; readonly progress: Progress; readonly delay?: Delay }
  /** Answers calls past a limit, as each operation does, and lets the others through. */
  | { readonly kind: 'limit'; readonly limit: Limit; readonly over: ReadonlyMap<string, AnswerFault> }
  /** Lets the call through, as if the rule were not there. */
  | { readonly kind: 'pass' };

/** A fault that answers in place of the call. */
export type AnswerFault = Extract<Fault, { readonly kind: 'answer' }>;

/** What is done to one call, once it is known what its rule does to it. */
export type AppliedFault = Exclude<Fault, { readonly kind: 'pass' | 'limit' }>;

/** A point in time: so many milliseconds after the rule began to play, or since 1970. */
export type Moment = { readonly since: number } | { readonly at: number };

/** Which of the calls that come to a rule it takes; the first is number 1. All that is given must hold. */
export interface Calls {
  readonly per: CountedPer;
  readonly from?: number;
  readonly to?: number;
  /** Every n-th. */
  readonly every?: number;
  readonly only?: readonly number[];
  /** Share of the calls, above 0 and up to 1, drawn from the world's seed. */
  readonly chance?: number;
  /** So many at most. */
  readonly times?: number;
  /** Calls that come earlier do not come to the rule. */
  readonly after?: Moment;
  /** Calls that come then or later do not come to the rule. */
  readonly until?: Moment;
  /** Milliseconds from the first call that it takes. */
  readonly for?: number;
}

/** What a call must be like. Texts are globs: `*` stands for any run of characters, `?` for one. */
export interface Match {
  readonly image?: {
    readonly id?: string;
    readonly name?: string;
    readonly tag?: string;
    readonly status?: ImageStatus;
    readonly visibility?: Visibility;
    readonly property?: Readonly<Record<string, string>>;
  };
  /** Project id or name. */
  readonly project?: string;
  /** User id or name. */
  readonly user?: string;
  /** What the client calls itself. */
  readonly client?: string;
  /** By name in lower case; `null` for a header that must not be there. */
  readonly header?: Readonly<Record<string, string | null>>;
  /** `null` for a parameter that must not be there. */
  readonly query?: Readonly<Record<string, string | null>>;
  /** JSON pointer to a glob, or to a value that must be equal. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Which calls of which operations meet what, and when its effect takes place. */
export interface Rule {
  /** Full names of the operations it is for, `image-v2.deleteImage`; what stood there as globs is spelt out. */
  readonly operations: readonly string[];
  readonly match: Match;
  readonly calls: Calls;
  /**
   * `before`: nothing happened; `after`: the effect took place and the client hears the fault; `twice`: it took place
   * twice; late: it takes place when the answer is out.
   */
  readonly phase: Phase;
  /** One fault, or several in turn. */
  readonly sequence: readonly Fault[];
  /** What follows the last of the sequence: the calls pass, it starts over, or the last one stays. */
  readonly ending: 'pass' | 'repeat' | 'last';
  /** The state in which its scenario must be. */
  readonly when?: string;
  /** The state that follows a call that it takes, or the last of its sequence. */
  readonly goto?: string;
}

/** The states that a scenario can be in. */
export interface States {
  readonly initial: string;
  /** What has a state of its own. */
  readonly per: CountedPer;
  /** States that no rule leads to, which somebody sets. */
  readonly byHand: readonly string[];
}

/** Rules that play together, under a name. */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** What a good client does when it meets this. */
  readonly expect?: string;
  /** Plays from the start. */
  readonly isEnabled: boolean;
  readonly rules: readonly Rule[];
  /** For scenarios that have states. */
  readonly states?: States;
  /** What is odd about it, though it is not wrong: where, and what. */
  readonly notes: readonly string[];
  /** The file it came from, or who put it. */
  readonly place: string;
  /** The scenario as it was written. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** A fault that was asked for and that no call has met. */
export interface UnusedFault {
  /** Scenario, or id of a one-off fault. */
  readonly scenario: string;
  /** Place in its scenario, from 0. */
  readonly rule: number;
  readonly operations: readonly string[];
}
