/** Digests of a body that is too large to store, in lower-case hexadecimal. */
export interface BodyDigests {
  readonly md5: string;
  readonly sha256?: string;
  readonly sha512?: string;
}

/** A body as the journal stores it. */
export interface StoredBody {
  /** Bytes of the body that arrived or were sent, stored or not. */
  readonly size: number;
  /** Whether the body may still grow. */
  readonly isArriving: boolean;
  /** The body, or its beginning; `undefined` if the journal does not store bodies or there is none. */
  readonly content: string | Buffer | undefined;
  /** Digests of an upload. */
  readonly digests: BodyDigests | undefined;
}

/** A message without a body. All entries share it. */
export const NO_BODY: StoredBody = Object.freeze({
  size: 0,
  isArriving: false,
  content: undefined,
  digests: undefined,
});
