import type { Dialect } from './dialect.ts';
import { identity } from './identity/index.ts';
import { imageV2 } from './image-v2/index.ts';

/** The published APIs, in the order in which they are listed everywhere. */
export const DIALECTS: readonly Dialect[] = [imageV2, identity];
