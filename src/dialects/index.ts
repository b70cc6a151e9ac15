import type { Dialect } from './dialect.ts';

/** The published APIs, in the order in which they are listed everywhere. */
export const DIALECTS: readonly Dialect[] = [];
