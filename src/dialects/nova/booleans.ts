const TRUE: ReadonlySet<string> = new Set(['1', 't', 'true', 'on', 'y', 'yes']);

const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'false', 'off', 'n', 'no']);

/** Whether a text means true to Nova. */
export const isTrue = (text: string): boolean => TRUE.has(text.toLowerCase());

/** Whether a text means false to Nova. */
export const isFalse = (text: string): boolean => FALSE.has(text.toLowerCase());
