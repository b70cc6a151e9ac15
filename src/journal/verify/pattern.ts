/** Texts and globs that headers or query parameters must match, by name; `null`: it must be absent. */
export type TextPatterns = Readonly<Record<string, string | null>>;

/** Number of bytes of a body. */
export interface SizePattern {
  readonly over?: number;
  readonly upTo?: number;
}

/** What a header, body and size must be. */
export interface MessagePattern {
  /** Header names in any case. */
  readonly header?: TextPatterns;
  /** Values of a JSON body by JSON pointer; `*` as a step stands for any element. Texts can be globs. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly size?: SizePattern;
}

/** Describes requests. A request must match every member. Texts can be globs with `*` and `?`. */
export interface EntryPattern extends MessagePattern {
  /** `image-v2.showImage`, `image-v2.*`. */
  readonly operation?: string;
  readonly dialect?: string;
  readonly method?: string;
  /** The path without the query. */
  readonly path?: string;
  readonly query?: TextPatterns;
  /** A status, or a class such as `5xx`; 0 for requests that got no response. */
  readonly status?: number | string;
  readonly source?: string;
  readonly outcome?: string;
  readonly user?: string;
  /** Project id. */
  readonly project?: string;
  readonly image?: string;
  readonly label?: string;
  readonly userAgent?: string;
  /** Scenario or one-off fault whose rule fired. */
  readonly scenario?: string;
  readonly rule?: number;
  readonly kind?: string;
  readonly phase?: string;
  readonly attempt?: number;
  /** Number of the connection. */
  readonly connection?: number;
  /** Whether the request body violates the schema. */
  readonly violations?: boolean;
  readonly response?: MessagePattern;
}

/** Time between one matching request and the next. */
export interface GapPattern {
  /** Milliseconds. */
  readonly atLeast?: number;
  /** Milliseconds. */
  readonly atMost?: number;
  /** The clock that measures it: that of the machine, or that of the world. */
  readonly clock: 'machine' | 'world';
}

/** What is expected of the requests in a journal. */
export type Expectation =
  | {
      readonly kind: 'count';
      readonly pattern: EntryPattern;
      readonly atLeast: number;
      /** `Infinity` when there is no maximum. */
      readonly atMost: number;
      readonly gap?: GapPattern;
    }
  /** For each pattern, a request that matches it, after the one that matches the pattern before. */
  | { readonly kind: 'order'; readonly patterns: readonly EntryPattern[] };
