import type { Clock } from '../clock.ts';
import type { Store } from '../data/store.ts';
import type { Images } from '../images/images.ts';
import type { ReceivingDependencies } from '../images/receive-data.ts';
import type { Tasks } from '../tasks/tasks.ts';
import type { ImportConventions } from './import-conventions.ts';
import type { Sources } from './sources.ts';

/** What imports use of their world. */
export interface ImportsDependencies extends ReceivingDependencies {
  readonly images: Images;
  readonly clock: Pick<Clock, 'now'>;
  readonly tasks: Tasks;
  readonly stores: () => readonly Store[];
  readonly sources: Sources;
  readonly conventions: ImportConventions;
}
