import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { ProgressRules } from '../progress.ts';
import type { Effect, Task } from './task.ts';

/** What `Tasks` uses of its world. */
export interface TasksDependencies {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly progress: () => ProgressRules;
  /** Called with the remaining rules when a task has used up one application of a rule. */
  readonly setProgress?: (rules: ProgressRules) => void;
  /** Names of images, projects and users by their ids. */
  readonly names?: Readonly<Record<'image' | 'project' | 'user', (id: string) => string | null | undefined>>;
  /** Whether an image was deleted. */
  readonly isGone?: (imageId: string) => boolean;
  /** Applies an effect of a task. */
  readonly apply: (effect: Effect) => void;
  /** Called with each task before it is stored. */
  readonly onPut?: (task: Task) => void;
  /** Called with the id of each task before it is forgotten. */
  readonly onDrop?: (taskId: string) => void;
}
