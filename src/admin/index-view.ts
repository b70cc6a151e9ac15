/** One operation of the admin API. */
export interface IndexedOperation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** Path template, from the root of the server. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
}

/** What `GET /__admin` returns: where one is, and what one can ask for. */
export interface ApiIndex {
  readonly name: 'sideglance';
  readonly version: string;
  readonly world: string;
  /** Names of all worlds. */
  readonly worlds: readonly string[];
  /** Address of the OpenAPI document. */
  readonly openapi: string;
  readonly operations: readonly IndexedOperation[];
}
