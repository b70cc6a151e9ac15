/** Lengths in bytes, with line ends, from which the web server of a service rejects lines. */
export interface LineLimits {
  readonly requestLine: number;
  readonly headerLine: number;
}

/** How a service decodes the address of a request before its API sees it. */
export interface RequestDecoding {
  /**
   * Normalizes a path: equal paths of the service become the same text, percent-encoded only where needed.
   * @returns `undefined` for a path that the service cannot decode.
   */
  path(path: string): string | undefined;
  /** Decodes one segment of a normalized path, which is the value of a path parameter. */
  segment(segment: string): string;
  /** Decodes a query. @param search - without the question mark. */
  query(search: string): URLSearchParams;
  /** Whether the service understands a target with scheme and host, as clients send it to a proxy. */
  readonly acceptsAbsoluteForm: boolean;
  /** Joins the values of a header that a request repeats; by default with commas and blanks. */
  joinRepeated?(name: string, values: readonly string[]): string;
  /** Limits of single lines, if its web server has any. */
  readonly lines?: LineLimits;
}
