// Written by `npm run generate`; do not edit.
import type { OperationPattern } from './operations.ts';

/**
 * For which of the matching requests the rule fires. Default: for all of them. A number: for so many requests, from the
 * first; 3 is { to: 3 }.
 */
export type Calls =
  | number
  | {
      /** What has its own counter; rule: one counter for all requests. */
      readonly per?: 'rule' | 'image' | 'project' | 'user' | 'client';
      /** Number of the first request, from 1. */
      readonly from?: number;
      /** Number of the last request. */
      readonly to?: number;
      /** Fires for every n-th request. */
      readonly every?: number;
      /**
       * Fires for the requests with these numbers only.
       *
       * Items: Number of a request.
       */
      readonly only?: readonly number[];
      /** Share of the requests, drawn from the seed. */
      readonly chance?: number;
      /** Maximum number of times that the rule fires. */
      readonly times?: number;
      /**
       * Fires from this time on. By the world's clock: a time after the scenario was enabled (30s, 1m30s), or a date
       * (2026-11-21T12:00:00Z).
       */
      readonly after?: string;
      /**
       * Fires until this time. By the world's clock: a time after the scenario was enabled (30s, 1m30s), or a date
       * (2026-11-21T12:00:00Z).
       */
      readonly until?: string;
      /** Fires for this time after it first fired, by the world's clock: 30s, 1m30s. */
      readonly for?: string;
    };
/**
 * Delay before the response: milliseconds, a time with a unit (250ms, 2s, 1m), a random distribution (drawn from the
 * seed), or a time by the world's clock.
 */
export type Delay =
  | number
  | string
  | {
      readonly clock?: Time;
      readonly uniform?: {
        /** Shortest delay. */
        readonly from: number;
        /** Longest delay. */
        readonly to: number;
      };
      readonly lognormal?: {
        /** Half of the delays are shorter. */
        readonly median: number;
        /** Spread of the delays. */
        readonly sigma: number;
      };
    };
/** Milliseconds, or a time with a unit (250ms, 2s, 1m). */
export type Time = number | string;
/**
 * The Retry-After header: seconds; { date: seconds } for an HTTP date; absent for no header; malformed for an invalid
 * value, or { malformed: text } for a given one.
 */
export type RetryAfter =
  | number
  | ('absent' | 'malformed')
  | {
      /** Seconds from now; sent as an HTTP date. */
      readonly date?: number;
      /** Value to send as it is. */
      readonly malformed?: string;
    };
/**
 * What happens to a request: a response, a delay, and at most one of stall, slow, slice, slowClose, cut and corrupt. In
 * a sequence, also the words pass, repeat and last.
 */
export type Fault =
  | {
      /**
       * Status of the response, with the error body that the API uses for it; or { observed: name } for a response of a
       * proxy.
       */
      readonly answer?:
        | number
        | {
            /** A response of a proxy, with its headers and its body. These are undocumented in all APIs. */
            readonly observed:
              | 'haproxy-429'
              | 'haproxy-502'
              | 'haproxy-503'
              | 'haproxy-504'
              | 'nginx-429'
              | 'nginx-502'
              | 'nginx-503'
              | 'nginx-504'
              | 'repose-429';
          };
      readonly alter?: Alter;
      readonly limit?: Limit;
      readonly retryAfter?: RetryAfter;
      /** Replaces the response body. Text is sent as it is, any other value as JSON. */
      readonly body?: unknown;
      /** Headers to add or replace, spelled as they are sent; null removes a header. */
      readonly headers?: {
        readonly [k: string]: string | null;
      };
      /** Message in the error body. */
      readonly message?: string;
      /**
       * Code in the error body, for APIs with error codes: IMG.0144, APIGW.0308. The message is that of the cause with
       * this code, or the meaning of the code if the operation has none.
       */
      readonly code?: string;
      /**
       * Reason for the error, with the words of the service and the values of the request: image-protected, over-limit.
       * Default: the reason that the request itself has for the status, or the first one of the operation.
       */
      readonly problem?: string;
      readonly delay?: Delay;
      readonly progress?: Progress;
      readonly source?: Source;
      readonly hold?: Hold;
      /**
       * Sends the response once this many bytes of the upload have arrived: bytes, or a number with a unit. A shorter
       * upload gets the natural response. 0: before any of it is read.
       */
      readonly received?: number | string;
      readonly stall?: Stall;
      readonly slow?: Slow;
      readonly slice?: Slice;
      readonly slowClose?: SlowClose;
      readonly cut?: Cut;
      readonly corrupt?: Corrupt;
    }
  | ('pass' | 'repeat' | 'last');
/**
 * Holds the request until somebody lets it go, changes it or answers it by hand, through the admin API or the console:
 * before the operation, or with phase after, before the response is sent. true: for 60 seconds at most. Otherwise the
 * longest time: milliseconds, or a time with a unit (500ms, 30s, 5m).
 */
export type Hold = boolean | number | string;
/**
 * Stops sending and keeps the connection open. true: before the first byte, until the client disconnects. The members
 * set when and for how long.
 */
export type Stall =
  | boolean
  | {
      /** Bytes of the body to send before the stall; 0 sends status and headers only. */
      readonly after?: number;
      readonly for?: Time;
      /** Which message the fault affects. response: the response. request: the body of an upload. */
      readonly on?: 'response' | 'request';
    };
/** Sends the body slowly: bytes per second. */
export type Slow =
  | number
  | {
      /** Bytes of the body per second. */
      readonly bytesPerSecond: number;
      /** Which message the fault affects. response: the response. request: the body of an upload. */
      readonly on?: 'response' | 'request';
    };
/** Sends the body in slices of this many bytes, each in a packet of its own. */
export type Slice =
  | number
  | {
      /** Bytes of a slice on average. */
      readonly bytes: number;
      /** Slices are larger or smaller by up to this many bytes, in the same order each time. */
      readonly variation?: number;
      readonly delay?: Time;
      /** Which message the fault affects. response: the response. request: the body of an upload. */
      readonly on?: 'response' | 'request';
    };
/**
 * Announces that the connection closes after the response, and closes it after this time: milliseconds, or a time with
 * a unit (250ms, 2s, 1m).
 */
export type SlowClose = number | string;
/**
 * Breaks the connection. reset: resets it without a response. empty: closes it without a response. garbage: sends bytes
 * that are not HTTP. chunk: sends a chunked body with an invalid chunk. The members end it after a number of bytes.
 */
export type Cut =
  | ('reset' | 'empty' | 'garbage' | 'chunk')
  | {
      /** Bytes to send before the connection ends. */
      readonly after: number;
      /** Where the bytes are counted. */
      readonly of?: 'head' | 'body';
      /** close: closes the connection normally (FIN). reset: resets it (RST). */
      readonly by?: 'close' | 'reset';
      /** Which message the fault affects. response: the response. request: the body of an upload. */
      readonly on?: 'response' | 'request';
    };
/**
 * Corrupts the response. checksum: changes the digests in headers and in a JSON body. json: drops the second half of
 * the body. Or one of the members below.
 */
export type Corrupt =
  | ('checksum' | 'json')
  | {
      /** JSON pointer to a member of the JSON body whose value gets another type. */
      readonly type?: string;
      /** Offset of the body byte, from 0, in which one bit is flipped. */
      readonly flip?: number;
      /** Number of bytes to add to Content-Length: 5 announces five bytes more than are sent. */
      readonly length?: number;
    };

/** Which requests the rule matches: those that meet all given conditions. */
export interface RuleMatch {
  /** One or several operations, as dialect.operation. Both parts may contain *: image-v2.*, *.deleteImage. */
  readonly operation?: OperationPattern | readonly OperationPattern[];
  /**
   * Whether patterns of operations match those by which clients discover versions before they use a service. Default:
   * true; for one-off faults, false. An operation that is named in full always matches.
   */
  readonly discovery?: boolean;
  /** The method of the operation. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly image?: ImageMatch;
  /** Id or name of the project that sends the request. `*` matches any number of characters, `?` one. */
  readonly project?: string;
  /** Id or name of the user who sends the request. `*` matches any number of characters, `?` one. */
  readonly user?: string;
  /**
   * Name of the client: its X-Sideglance-Client header, or else its User-Agent. `*` matches any number of characters,
   * `?` one.
   */
  readonly client?: string;
  /** Request headers by name. `*` matches any number of characters, `?` one. null: must be absent. */
  readonly header?: {
    readonly [k: string]: string | null;
  };
  /** Query parameters by name. `*` matches any number of characters, `?` one. null: must be absent. */
  readonly query?: {
    readonly [k: string]: string | null;
  };
  readonly size?: SizeMatch;
  /**
   * Values in the JSON body, by JSON pointer. `*` as a step of the pointer is any element of a list or any member of an
   * object: /* /path. Text is a glob: `*` matches any number of characters, `?` one. Other values must be equal.
   */
  readonly body?: {
    readonly [k: string]: unknown;
  };
}
/** The image in the path of the request. */
export interface ImageMatch {
  /** Its id. `*` matches any number of characters, `?` one. */
  readonly id?: string;
  /** Its name. `*` matches any number of characters, `?` one. */
  readonly name?: string;
  /** One of its tags. `*` matches any number of characters, `?` one. */
  readonly tag?: string;
  /** Its status, as the Image API names it. */
  readonly status?:
    | 'queued'
    | 'saving'
    | 'uploading'
    | 'importing'
    | 'active'
    | 'deactivated'
    | 'killed'
    | 'pending_delete'
    | 'deleted';
  /** Its visibility, as the Image API names it. */
  readonly visibility?: 'public' | 'private' | 'shared' | 'community';
  /** Its custom properties, by name. `*` matches any number of characters, `?` one. */
  readonly property?: {
    readonly [k: string]: string;
  };
}
/**
 * Size of the request body: its Content-Length, or the bytes that arrived. A chunked upload announces no size and does
 * not match; "received" counts its bytes.
 */
export interface SizeMatch {
  /** Smaller than the body. Bytes, or a number with a unit: 2MB. */
  readonly over?: number | string;
  /** As large as the body, or larger. Bytes, or a number with a unit: 2MB. */
  readonly upTo?: number | string;
}
/**
 * Changes the natural response of the request, whether it is a success or an error. The request has its effect. What is
 * not mentioned stays.
 */
export interface Alter {
  /** Replaces the status. 204 and 304 also remove the body. */
  readonly status?: number;
  /** Headers to add or replace, spelled as they are sent; null removes a header. */
  readonly headers?: {
    readonly [k: string]: string | null;
  };
  /** New names of headers by old name; the values stay: { X-Subject-Token: x-subject-token }. */
  readonly renameHeaders?: {
    readonly [k: string]: string;
  };
  /** JSON merge patch (RFC 7396) for a JSON body: members to add or replace; null removes one. */
  readonly body?: unknown;
  /**
   * New values in a JSON body, by JSON pointer; null is a value here. `*` stands for every element of a list and every
   * member of an object.
   */
  readonly set?: {
    readonly [k: string]: unknown;
  };
  /**
   * JSON pointers of parts to remove from a JSON body. `*` stands for every element of a list and every member of an
   * object.
   */
  readonly remove?: readonly string[];
}
/**
 * A rate limit (token bucket). Requests within the limit pass. Requests over it get the response in "answer", or by
 * default 413 or 429 if the operation documents it, otherwise the 429 of Repose. Retry-After is the time until the next
 * token.
 */
export interface Limit {
  /** Number of tokens in a full bucket; each request takes one. */
  readonly requests: number;
  /** Time by the world's clock in which an empty bucket refills, evenly: 1m, 1h30m. */
  readonly per: string;
  /** What has its own bucket; world: one bucket for all requests. */
  readonly by?: 'world' | 'image' | 'project' | 'user' | 'client';
}
/** Progress and failure of the task that the request starts: an upload, an import, an image of a server, a job. */
export interface Progress {
  /**
   * once: ends before the response to the request that starts it. polls: is still running for a number of reads. clock:
   * ends after a number of seconds of the world's clock. hand: the admin API moves it.
   */
  readonly by: 'once' | 'polls' | 'clock' | 'hand';
  /** Number of reads that find the task running. Default: 1. */
  readonly polls?: number;
  /** Duration in seconds. Default: 1. */
  readonly seconds?: number;
  /** Makes the task fail, and how. `true` for the default failure of the service. */
  readonly fail?:
    | {
        /** Code of the failure, in services that have them: 721, IMG.0057. */
        readonly code?: string;
        /** Message of the failure. Default: the usual message for the code. */
        readonly message?: string;
        /** Percentage of the task at which it fails. Default: at its end. */
        readonly at?: number;
        /** Ids of the stores that fail, for imports into several stores. Default: all of them. */
        readonly stores?: readonly string[];
      }
    | boolean;
}
/**
 * Behavior of the address that the request downloads from, in a web-download, an import task or a location. Applies to
 * every address.
 */
export interface Source {
  /**
   * Why there is no response. refused, reset: the connection. dns: the host has no address. timeout: nothing comes, for
   * 127 seconds or for "seconds".
   */
  readonly error?: 'refused' | 'reset' | 'dns' | 'timeout';
  /** Status of the response. Default: 200. */
  readonly status?: number;
  /** Address that the response redirects to (302). */
  readonly redirect?: string;
  /** Number of redirects before the response, each to another address. More than 10 are too many. */
  readonly redirects?: number;
  /**
   * Content-Length; null for a response without one. Default: the size of the data. Bytes, or a number with a unit:
   * 512MiB.
   */
  readonly contentLength?: number | string | null;
  /** Where the connection ends, although more was announced. Bytes, or a number with a unit: 512MiB. */
  readonly truncateAfter?: number | string;
  /** Speed of the data, by the world's clock. Bytes, or a number with a unit: 512MiB. */
  readonly bytesPerSecond?: number | string;
  /** Seconds by the world's clock before the response, or before a connection without one is given up. */
  readonly seconds?: number;
  /** Replaces the data by the bytes of this text in UTF-8. */
  readonly text?: string;
}
/** A rule has a fault or a sequence. Both may be omitted with goto, and with phase twice or late. */
export interface Rule {
  /** The state in which the rule applies. */
  readonly when?: string;
  /**
   * The state of the scenario after the rule fires, or after the last fault of its sequence. It applies from the next
   * request on.
   */
  readonly goto?: string;
  readonly match: RuleMatch;
  readonly calls?: Calls;
  readonly fault?: Fault;
  /**
   * Faults for consecutive requests, one for each; pass passes a request. The last entry may be a word that sets what
   * follows: pass (the default) passes all requests, repeat starts over, last repeats the last fault.
   */
  readonly sequence?: readonly Fault[];
  /**
   * When the rule is evaluated. before-auth: before the token is checked and before a body is rejected as too large, as
   * in a gateway in front of the service. The caller is not known there. after-auth: for requests with a valid token.
   */
  readonly stage?: 'before-auth' | 'after-auth';
  /**
   * When the effect of the request takes place. before: never, there is only the fault. after: before the fault. twice:
   * two times, as if a proxy repeated the request; without a fault, the client receives the second response. { late:
   * ... }: after the response; without a fault, the client receives a success.
   */
  readonly phase?:
    | ('before' | 'after' | 'twice')
    | {
        readonly late: Late;
      };
  /** Allows statuses that the reference of the API does not list for the operation. */
  readonly undocumented?: boolean;
}
/** How long after the response the effect takes place. */
export interface Late {
  /** Seconds by the world's clock. */
  readonly seconds?: number;
  /**
   * Number of reads that still return the old state: reads of the image in the path, or all reads of the API if there
   * is no image in the path.
   */
  readonly polls?: number;
}
/** Makes the scenario a state machine: rules with when apply in one state, and goto changes the state. */
export interface ScenarioStates {
  /** The initial state. */
  readonly initial: string;
  /** What has its own state; rule: one state for all requests. */
  readonly per?: 'rule' | 'image' | 'project' | 'user' | 'client';
  /**
   * States that no rule leads to and that are set through the admin API.
   *
   * Items: A state.
   */
  readonly byHand?: readonly string[];
}
export interface Scenario {
  /** Path of the schema, for editors. */
  readonly $schema?: string;
  /** Name of the scenario. */
  readonly scenario: string;
  /** What happens in the scenario. */
  readonly description?: string;
  /** What a correct client does in the scenario. */
  readonly expect?: string;
  /** Enables the scenario in every new world. */
  readonly enabled?: boolean;
  readonly states?: ScenarioStates;
  /**
   * Certificate that the ports of the process present to new connections while the scenario is enabled in the default
   * world. For servers with TLS.
   */
  readonly certificate?: 'valid' | 'expired' | 'not-yet-valid' | 'wrong-host' | 'self-signed' | 'unknown-authority';
  readonly rules?: readonly Rule[];
}
