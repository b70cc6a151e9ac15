import type { CertificateKind } from '../base/certificate-kinds.ts';
import type { ImageStatus, Visibility } from '../domain/image.ts';
import type { Progress } from '../domain/progress.ts';
import type { SourceBehavior } from '../domain/web.ts';
import type { Alteration } from './alteration.ts';

/**
 * The form of the Retry-After header: seconds, an HTTP date, no header, or a malformed value; or the form that the API
 * itself uses, with the remaining time.
 */
export type RetryAfter =
  | { readonly shape: 'usual'; readonly milliseconds: number }
  | { readonly shape: 'seconds'; readonly seconds: number }
  | { readonly shape: 'date'; readonly seconds: number }
  | { readonly shape: 'absent' }
  | { readonly shape: 'malformed'; readonly value: string };

/** The longest delay that a fault may have, in milliseconds. */
export const MAX_DELAY = 3_600_000;

/** How long a request is held when a rule says nothing, in milliseconds. */
export const DEFAULT_HOLD = 60_000;

/** A delay in milliseconds, fixed or drawn from the world's seed. */
export type Delay =
  | { readonly kind: 'fixed'; readonly milliseconds: number }
  | { readonly kind: 'uniform'; readonly from: number; readonly to: number }
  | { readonly kind: 'lognormal'; readonly median: number; readonly sigma: number }
  /** By the clock of the world instead of that of the machine. */
  | { readonly kind: 'clock'; readonly milliseconds: number };

/** Whether a wire fault affects the response or the upload. */
export type Direction = 'response' | 'request';

/** Damage to a message on the wire. */
export type Wire =
  /**
   * The message stops after `after` bytes of the body (`null`: before the first byte) for a time (`null`: until the client
   * disconnects).
   */
  | {
      readonly kind: 'stall';
      readonly on: Direction;
      readonly after: number | null;
      readonly milliseconds: number | null;
    }
  | { readonly kind: 'slow'; readonly on: Direction; readonly bytesPerSecond: number }
  /** The body comes in slices of about this size, with a pause before each. */
  | {
      readonly kind: 'slice';
      readonly on: Direction;
      readonly bytes: number;
      /** Slices are larger or smaller by up to this many bytes. */
      readonly variation: number;
      readonly milliseconds: number;
    }
  /** The response announces that the connection closes, and it closes after this time. */
  | { readonly kind: 'slowClose'; readonly milliseconds: number }
  /** The connection ends: before the response, or after a number of bytes of its head or body. */
  | {
      readonly kind: 'cut';
      readonly on: Direction;
      readonly by: 'close' | 'reset';
      readonly place: { readonly of: 'head' | 'body'; readonly after: number } | null;
    }
  /** The response is not valid HTTP, or is incomplete. */
  | { readonly kind: 'garble'; readonly what: 'garbage' | 'chunk' }
  | { readonly kind: 'corrupt'; readonly how: Corruption };

/** What is wrong in a corrupted response. */
export type Corruption =
  | { readonly what: 'checksum' }
  /** The second half of the body is missing. */
  | { readonly what: 'json' }
  /** The member at the JSON pointer has another type. */
  | { readonly what: 'type'; readonly pointer: string }
  /** One bit of the byte at this offset is flipped. */
  | { readonly what: 'flip'; readonly at: number }
  /** Content-Length is too large by this number of bytes, or too small if it is negative. */
  | { readonly what: 'length'; readonly by: number };

/** The phases that are written as one word. */
export const PHASES = ['before', 'after', 'twice'] as const;

/** How long after the response an effect takes place: a time by the world's clock, or a number of reads. */
export type Late = { readonly milliseconds: number } | { readonly polls: number };

/** When the effect of a request takes place, relative to the fault. */
export type Phase = (typeof PHASES)[number] | { readonly late: Late };

/** Whether the effect takes place after the response. */
export const isLate = (phase: Phase): phase is { readonly late: Late } => typeof phase === 'object';

/** How the requests of a rule are counted: all together, or separately for each image, project, user or client. */
export const COUNTED_PER = ['rule', 'image', 'project', 'user', 'client'] as const;
/** One of `COUNTED_PER`. */
export type CountedPer = (typeof COUNTED_PER)[number];

/** What has a token bucket of its own; `world`: one bucket for all requests. */
export const LIMITED_BY = ['world', 'image', 'project', 'user', 'client'] as const;

/** A token bucket. It starts full, each request takes a token, and tokens come back evenly. */
export interface Limit {
  readonly requests: number;
  /** The time in which `requests` tokens come back. */
  readonly milliseconds: number;
  readonly by: (typeof LIMITED_BY)[number];
}

/** What happens to a request for which a rule fires. */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Name of an observed response of a proxy, which sets all headers and the body. */
      readonly observed?: string;
      /** Whether it is the response to a request over a limit. */
      readonly isOverLimit?: boolean;
      readonly retryAfter?: RetryAfter;
      /** Replaces the body of the dialect. Strings are sent as they are, all other values as JSON. */
      readonly body?: unknown;
      /** Headers added to those of the dialect or replacing them; `null` removes one. */
      readonly headers?: Readonly<Record<string, string | null>>;
      /** Replaces the message inside the error body of the dialect. */
      readonly message?: string;
      /** Code inside the error body, for APIs with error codes. */
      readonly code?: string;
      /** Name of the reason for the error, one of those that the operation has for the status. */
      readonly problem?: string;
      /** Delay before the response is sent. */
      readonly delay?: Delay;
      /** Bytes of the upload that must arrive for the response to be sent; a shorter upload gets the natural one. */
      readonly received?: number;
      /** Damage to the response on the wire. */
      readonly wire?: Wire;
    }
  /** The natural response, success or error, with changes to status, headers and body. */
  | { readonly kind: 'alter'; readonly alter: Alteration; readonly delay?: Delay; readonly wire?: Wire }
  /** The natural response, with damage to it or to the upload on the wire. */
  | { readonly kind: 'wire'; readonly wire: Wire; readonly delay?: Delay }
  | { readonly kind: 'delay'; readonly delay: Delay }
  /** The natural response; tasks that the request starts use this progress instead of that of the world. */
  | { readonly kind: 'progress'; readonly progress: Progress; readonly delay?: Delay }
  /** The natural response; the sources that the request downloads behave in this way. */
  | { readonly kind: 'source'; readonly source: SourceBehavior; readonly delay?: Delay }
  /** The natural response; the request or the response waits until somebody decides, or for a time in milliseconds. */
  | { readonly kind: 'hold'; readonly milliseconds: number; readonly delay?: Delay }
  /** Responds to requests over a limit with the error of each operation, and passes the others. */
  | { readonly kind: 'limit'; readonly limit: Limit; readonly over: ReadonlyMap<string, AnswerFault> }
  /** Passes the request, as if the rule did not exist. */
  | { readonly kind: 'pass' };

/** A fault that replaces the response. */
export type AnswerFault = Extract<Fault, { readonly kind: 'answer' }>;

/** A fault that can be applied to one request. */
export type AppliedFault = Exclude<Fault, { readonly kind: 'pass' | 'limit' }>;

/** A point in time, in milliseconds after the rule was enabled or since 1970. */
export type Moment = { readonly since: number } | { readonly at: number };

/** For which of the matching requests a rule fires; the first is number 1. All given members must hold. */
export interface Calls {
  readonly per: CountedPer;
  readonly from?: number;
  readonly to?: number;
  /** Every n-th request. */
  readonly every?: number;
  readonly only?: readonly number[];
  /** Share of the requests, above 0 and up to 1, drawn from the world's seed. */
  readonly chance?: number;
  /** Maximum number of times that the rule fires. */
  readonly times?: number;
  /** Earlier requests do not match and are not counted. */
  readonly after?: Moment;
  /** Requests at this time or later do not match and are not counted. */
  readonly until?: Moment;
  /** Milliseconds for which the rule fires, from the first time. */
  readonly for?: number;
}

/** The conditions of a rule. Strings are globs: `*` matches any number of characters, `?` matches one. */
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
  /** X-Sideglance-Client or User-Agent of the client. */
  readonly client?: string;
  /** By name in lower case; `null` for a header that must be absent. */
  readonly header?: Readonly<Record<string, string | null>>;
  /** By name; `null` for a parameter that must be absent. */
  readonly query?: Readonly<Record<string, string | null>>;
  /** By JSON pointer, in which `*` is any element or member: a glob, or a value that must be equal. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Size of the request body in bytes, as received or announced. Both limits must hold. */
  readonly size?: { readonly over?: number; readonly upTo?: number };
}

/** When a rule is evaluated: before or after the service has authenticated the request. */
export const RULE_STAGES = ['before-auth', 'after-auth'] as const;
/** One of `RULE_STAGES`. */
export type RuleStage = (typeof RULE_STAGES)[number];

/** One rule of a scenario: which requests it matches, for which of them it fires, the fault, and its phase. */
export interface Rule {
  /** Full names of its operations, such as `image-v2.deleteImage`. Globs are expanded. */
  readonly operations: readonly string[];
  readonly match: Match;
  readonly calls: Calls;
  readonly stage: RuleStage;
  /**
   * `before`: no effect; `after`: the effect takes place and the client receives the fault; `twice`: the effect takes place
   * twice; `late`: the effect takes place after the response.
   */
  readonly phase: Phase;
  /** One fault, or several in turn. */
  readonly sequence: readonly Fault[];
  /** What follows the end of the sequence: requests pass, the sequence starts over, or its last fault is repeated. */
  readonly ending: 'pass' | 'repeat' | 'last';
  /** The state that its scenario must have. */
  readonly when?: string;
  /** The next state after the rule fires, or after the end of its sequence. */
  readonly goto?: string;
}

/** The states of a scenario. */
export interface States {
  readonly initial: string;
  /** What has a state of its own. */
  readonly per: CountedPer;
  /** States that no rule leads to and that are set through the admin API. */
  readonly byHand: readonly string[];
}

/** A named list of rules that are enabled together. */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** What a correct client does. */
  readonly expect?: string;
  /** Whether it is enabled in a new world. */
  readonly isEnabled: boolean;
  readonly rules: readonly Rule[];
  /** Certificate that the ports present while the scenario is enabled in the default world. */
  readonly certificate?: CertificateKind;
  /** Present for scenarios with states. */
  readonly states?: States;
  /** Warnings: parts that are valid but probably not intended. */
  readonly notes: readonly string[];
  /** The file it was loaded from, or `admin`. */
  readonly place: string;
  /** The scenario as written in the file. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** A fault that was armed and has not fired. */
export interface UnusedFault {
  /** Scenario, or id of a one-off fault. */
  readonly scenario: string;
  /** Index of the rule in its scenario, from 0. */
  readonly rule: number;
  readonly operations: readonly string[];
}
