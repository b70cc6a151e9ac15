/** Codes of failed tasks, and the message of each. */
export const TASK_CODES: Readonly<Record<string, string>> = {
  '111': 'The file is no valid VHD.',
  '396': 'The file is not a VHD.',
  '413': 'The virtual disk has more than 40 GB.',
  '523': 'The disk is neither fixed nor dynamic.',
  '609': 'The file has more than 40 GB.',
  '614': 'The UUID inside the VHD is all zeroes.',
  '721': 'The VHD has a parent disk.',
};

/** Maximum size in bytes of an imported file. */
export const MAX_IMPORT_BYTES = 40 * 1024 ** 3;

/** The message of a task that failed with that code, or without one. */
export const failureMessage = (code: string | null): string =>
  code === null ? 'The task failed.' : `${code}: ${TASK_CODES[code] ?? 'The task failed.'}`;
