/** Changes to the headers of a response, made when it is sent, so that they also apply to headers that every response has. */
export interface HeaderChanges {
  /** Headers to add or replace, by name in any case; `null` removes one. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** New names by old name in any case. The values stay. */
  readonly renameHeaders?: Readonly<Record<string, string>>;
}

/** What a rule changes in the natural response of a request. */
export interface Alteration extends HeaderChanges {
  /** Replaces the status. */
  readonly status?: number;
  /** JSON merge patch (RFC 7396) for a JSON body. */
  readonly body?: unknown;
  /** New values by JSON pointer. A `*` in a pointer stands for every element of a list and every member of an object. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** JSON pointers of what is removed from the body, with `*` as in `set`. */
  readonly remove?: readonly string[];
}
