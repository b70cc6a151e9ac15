import { brotliDecompressSync, inflateRawSync, inflateSync, unzipSync } from 'node:zlib';

/** Compressed bodies are decoded up to 1 MiB. */
const OPTIONS = { maxOutputLength: 2 ** 20 };

/** How a body is decoded, by its `Content-Encoding`; the first one that works. */
const DECODERS: Readonly<Record<string, readonly ((bytes: Buffer, options: typeof OPTIONS) => Buffer)[]>> = {
  gzip: [unzipSync],
  'x-gzip': [unzipSync],
  // Some clients leave out the header of the zlib format.
  deflate: [inflateSync, inflateRawSync],
  br: [brotliDecompressSync],
};

/** Whether a body is compressed. @param coding - the value of `Content-Encoding`. */
export const isCompressed = (bytes: Buffer, coding: string | undefined): boolean =>
  (coding !== undefined && coding.trim() !== '' && coding.trim().toLowerCase() !== 'identity') || isGzip(bytes);

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * Returns what a compressed body holds; `undefined` if that cannot be told: the coding is unknown, the body was cut, or
 * holds more than 1 MiB.
 */
export function decode(bytes: Buffer, coding: string | undefined): Buffer | undefined {
  const name = isGzip(bytes) ? 'gzip' : (coding?.trim().toLowerCase() ?? '');
  for (const decoder of Object.hasOwn(DECODERS, name) ? (DECODERS[name] ?? []) : []) {
    try {
      return decoder(bytes, OPTIONS);
    } catch {
      // The next decoder may understand it.
    }
  }
  return undefined;
}
