import type { Caller } from '../caller.ts';
import { type Pace, type Progress, progressOf } from '../progress.ts';
import type { NewTask } from './new-task.ts';
import type { TasksDependencies } from './tasks-dependencies.ts';

/** What progress rules match of a task that is about to start. */
export type StartingTask = Pick<NewTask, 'kind' | 'api' | 'type' | 'imageId' | 'matchImageId'>;

/**
 * The progress of a task that is about to start: that of the request if it has one, otherwise that of the world.
 * @param parts - parts of the task, for the images that they work on.
 */
export function progressOfTask(
  { names, progress }: TasksDependencies,
  caller: Caller,
  { task, parts = [] }: { readonly task: StartingTask; readonly parts?: NewTask['parts'] },
): Progress {
  if (caller.progress !== undefined) return caller.progress;
  const { kind, api, type } = task;
  const ids = [task, ...parts].flatMap(({ imageId, matchImageId }) => imageId ?? matchImageId ?? []);
  const { projectId, userId } = caller;
  return progressOf(progress(), {
    kind,
    api,
    type,
    images: [...ids, ...ids.flatMap((id) => names?.image(id) ?? [])],
    projectId,
    // A task that a schedule starts knows only ids.
    projectName: caller.projectName || (names?.project(projectId) ?? ''),
    userId,
    userName: caller.userName || (names?.user(userId) ?? ''),
  });
}

/** The pace of a task that takes some time of its own: where it would end at once or by the clock, it takes at least that. */
export function paceOf({ pace }: Progress, { seconds = 0 }: Pick<NewTask, 'seconds'>): Pace {
  const takesLonger = pace.by === 'once' || (pace.by === 'clock' && pace.seconds < seconds);
  return seconds > 0 && takesLonger ? { by: 'clock', seconds } : pace;
}
