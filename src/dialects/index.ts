import type { Dialect } from './dialect.ts';
import { identity } from './identity/index.ts';

/** The published APIs, in the order in which they are listed everywhere. */
export const DIALECTS: readonly Dialect[] = [identity];
