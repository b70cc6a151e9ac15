import { RecordingProblem } from './problem.ts';

/**
 * Whether the content of a recording is as Sideglance wrote it: `intact` by its digest, `edited` on purpose, `unknown` for versions
 * without a digest, and `unchecked` where the browser offers no digests, as on pages of other machines without TLS.
 */
export type Integrity = 'intact' | 'edited' | 'unknown' | 'unchecked';

/** What a file says about its content, and the content. */
interface IntegrityCheck {
  readonly file: string;
  readonly version: number;
  readonly found: unknown;
  /** The members and the requests as JSON. */
  readonly content: readonly string[];
}

/** First version of the format that has a digest. */
const FIRST_VERSION = 2;

/** Compares the digest of a recording with its content. @throws RecordingProblem for a file that was changed or damaged. */
export async function checkIntegrity({ file, version, found, content }: IntegrityCheck): Promise<Integrity> {
  if (found === 'edited') return 'edited';
  if (found === undefined && version < FIRST_VERSION) return 'unknown';
  if (globalThis.crypto?.subtle === undefined) return 'unchecked';
  const bytes = await new Blob(content.map((text) => `${text}\n`)).arrayBuffer();
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const actual = `sha256:${[...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  if (found === actual) return 'intact';
  throw new RecordingProblem(file, {
    pointer: '/digest',
    message:
      found === undefined
        ? 'is missing: the recording was changed after it was written'
        : 'is not the digest of the content: the recording was changed or damaged after it was written',
    found,
    allowed: `"${actual}", or "edited" if you have changed it on purpose`,
  });
}
