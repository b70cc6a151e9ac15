import type { ApiIndex } from './index-view.ts';
import { ADMIN_OPERATIONS } from './operations/index.ts';
import { tagOf } from './tags.ts';

/** What the index says besides the operations. */
export interface IndexContext {
  readonly version: string;
  readonly world: string;
  readonly worlds: readonly string[];
  /** Address of the admin API, including `/__admin`. */
  readonly address: string;
}

/** Builds the index of the admin API. */
export const apiIndex = ({ version, world, worlds, address }: IndexContext): ApiIndex => ({
  name: 'sideglance',
  version,
  world,
  worlds,
  openapi: `${address}/openapi.json`,
  operations: Object.values(ADMIN_OPERATIONS).map(({ id, method, path, summary }) => ({
    id,
    method: method.toUpperCase(),
    path: new URL(address).pathname + (path === '/' ? '' : path),
    summary,
    tag: tagOf(id),
  })),
});
