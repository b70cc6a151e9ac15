const TRUE: ReadonlySet<string> = new Set(['1', 't', 'true', 'on', 'y', 'yes']);

/** Whether a text means true to Nova. */
export const isTrue = (text: string): boolean => TRUE.has(text.toLowerCase());
