/** Codes of tasks that failed on their file, and what each tells. */
export const TASK_CODES: Readonly<Record<string, string>> = {
  '111': 'The file is no valid VHD.',
  '396': 'The file is not a VHD.',
  '413': 'The virtual disk has more than 40 GB.',
  '523': 'The disk is neither fixed nor dynamic.',
  '609': 'The file has more than 40 GB.',
  '614': 'The UUID inside the VHD is all zeroes.',
  '721': 'The VHD has a parent disk.',
};

/** The longest file and the largest disk that can become an image, in bytes. */
export const MAX_BYTES = 40 * 1024 ** 3;

/** What a task says of a failure with that code, or with none. */
export const failureMessage = (code: string | null): string =>
  code === null ? 'The task failed.' : `${code}: ${TASK_CODES[code] ?? 'The task failed.'}`;
