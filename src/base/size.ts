/** Bytes of a MiB. */
export const MEBIBYTE = 2 ** 20;

/** Bytes of a GiB. */
export const GIBIBYTE = 2 ** 30;

/** Bytes of a TiB. */
export const TEBIBYTE = 2 ** 40;

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  KiB: 2 ** 10,
  MiB: MEBIBYTE,
  GiB: GIBIBYTE,
  TiB: TEBIBYTE,
  PiB: 2 ** 50,
};

/** Pattern of a size as a text: a number of bytes, or a number and a unit. */
export const SIZE_PATTERN = `^[0-9]+(\\.[0-9]+)? ?(${Object.keys(UNITS).join('|')})?$`;

const SIZE = new RegExp(SIZE_PATTERN);

/**
 * Converts a size such as `4096`, `512MiB` or `2 TiB` to bytes.
 * @param size - A text must match `SIZE_PATTERN`.
 */
export function parseSize(size: number | string): number {
  if (typeof size === 'number') return size;
  const match = /^([0-9.]+) ?([A-Za-z]*)$/.exec(size);
  const bytes = Number(match?.[1]) * (UNITS[match?.[2] || 'B'] ?? Number.NaN);
  return Math.round(bytes);
}

/**
 * Parses a size such as `4096`, `512MiB` or `2 TiB`.
 * @returns Bytes, or `undefined` when the text is not a size or is past 2^53 - 1 bytes.
 */
export function parseByteSize(text: string): number | undefined {
  const bytes = SIZE.test(text) ? parseSize(text) : Number.NaN;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
