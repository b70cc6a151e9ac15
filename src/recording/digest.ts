import { createHash } from 'node:crypto';
import { toJsonParts } from '../base/json-pieces.ts';
import { InputError } from '../input/input-error.ts';

/** Value of `digest` in a recording that was changed on purpose. */
export const EDITED = 'edited';

/** First version of the format that has a digest. */
const FIRST_VERSION = 2;

/** A digest as recordings have it. */
export const DIGEST_PATTERN = `^(?:sha256:[0-9a-f]{64}|${EDITED})$`;

/**
 * Whether the content of a recording is as Sideglance wrote it: `intact` by its digest, `edited` on purpose, or `unknown` for files of versions
 * that wrote no digest.
 */
export type Integrity = 'intact' | 'edited' | 'unknown';

/** Digest of the content of a recording: SHA-256 of its members but `requests` and `digest`, and then of its requests, each as JSON and a line break. */
export class ContentDigest {
  readonly #hash = createHash('sha256');

  /** Adds a member, `"name":value`, or a request. */
  add(text: string | Buffer): void {
    this.#hash.update(text).update('\n');
  }

  /** Adds a part of a member or request. */
  addPart(text: string): void {
    this.#hash.update(text);
  }

  /** Ends a member or request that was added in parts. */
  endItem(): void {
    this.#hash.update('\n');
  }

  /** Adds a member of the recording. */
  addMember(name: string, value: unknown): void {
    this.add(memberText(name, value));
  }

  /** Returns the digest of what was added: `sha256:` and hexadecimal digits. Nothing can be added after that. */
  value(): string {
    return `sha256:${this.#hash.digest('hex')}`;
  }
}

/** A member as it stands in the file: `"name":value`. */
export const memberText = (name: string, value: unknown): string => `${JSON.stringify(name)}:${JSON.stringify(value)}`;

/** The images at the start are two levels below their member. */
const MEMBER_LEVELS = 2;

/** The same text in parts, for a value with many members. */
export function* memberParts(name: string, value: unknown): Iterable<string> {
  yield `${JSON.stringify(name)}:`;
  yield* toJsonParts(value, MEMBER_LEVELS);
}

/** What a file says about its content, and what it has. */
export interface DigestCheck {
  readonly file: string;
  /** Line of the digest. */
  readonly line?: number;
  /** Version of the format. */
  readonly version: number;
  /** The digest in the file. */
  readonly found: unknown;
  /** The digest of the content. */
  readonly actual: string;
}

/** Compares the digest in a file with that of its content. @throws InputError for a file that was changed or damaged after it was written. */
export function checkDigest({ file, line, version, found, actual }: DigestCheck): Integrity {
  if (found === actual) return 'intact';
  if (found === EDITED) return 'edited';
  if (found === undefined && version < FIRST_VERSION) return 'unknown';
  const message =
    found === undefined
      ? 'is missing: the recording was changed after it was written'
      : 'is not the digest of the content: the recording was changed or damaged after it was written';
  const allowed = `"${actual}", or "${EDITED}" if you have changed it on purpose`;
  const at = line === undefined ? {} : { line };
  throw new InputError(file, [{ pointer: '/digest', message, ...(found !== undefined && { found }), allowed, ...at }]);
}
