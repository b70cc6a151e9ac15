/**
 * What produced a response: state and input in a world with default profiles; a profile, without which the response would be
 * another one; or a rule.
 */
export const SOURCES = ['natural', 'by-profile', 'injected'] as const;

/** One of `SOURCES`. */
export type Source = (typeof SOURCES)[number];
