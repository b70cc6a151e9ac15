import { redactToken } from '../journal/redact.ts';

/** A token as the journal shows it. */
const DIGEST = /sha256:[0-9a-f]{16}/g;

/**
 * The tokens of a recording, which names them by digests, and those of its replay. They are the same as long as the client has the same name; a
 * client with another `User-Agent` gets other tokens.
 */
export class TokenNames {
  /** Digests of the recording by digests of the replay, where they differ. */
  readonly #recorded = new Map<string, string>();
  /** Tokens of the replay by digests of the recording. */
  readonly #tokens = new Map<string, string>();

  /** Notes that a token stands for one of the recording. */
  learn(digest: string, token: string): void {
    this.#tokens.set(digest, token);
    const own = redactToken(token);
    if (own !== digest) this.#recorded.set(own, digest);
  }

  /** Notes a token that the client has sent. */
  note(token: string): void {
    const own = redactToken(token);
    this.#tokens.set(this.#recorded.get(own) ?? own, token);
  }

  /** Replaces digests of the replay in a redacted text by those of the recording. */
  toRecorded(text: string): string {
    if (this.#recorded.size === 0) return text;
    return text.replace(DIGEST, (digest) => this.#recorded.get(digest) ?? digest);
  }

  /** Returns the token of the replay for a digest of the recording. */
  tokenOf(digest: string): string | undefined {
    return this.#tokens.get(digest);
  }
}
