import type { Clock } from '../clock.ts';
import type { Store } from '../data/store.ts';
import type { Ids } from '../ids.ts';
import type { ReceivingDependencies } from './receive-data.ts';

/** What `Images` uses of its world. */
export interface ImagesDependencies extends ReceivingDependencies {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Stores that take data. */
  readonly stores: () => readonly Store[];
  /** Called with the id of each image that a client requests, before the lookup. */
  readonly onShow?: (imageId: string) => void;
}
