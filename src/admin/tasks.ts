import { hasEnded, type Task, type TaskStatus } from '../domain/task.ts';
import type { World } from '../world.ts';
import { AdminError } from './problems.ts';

/** Something that takes time, as the admin API shows it. */
export interface TaskView {
  readonly id: string;
  readonly kind: string;
  readonly api: string;
  readonly type: string;
  readonly status: TaskStatus;
  readonly owner: string;
  readonly image: string | null;
  readonly polls: number;
  /** What moves it: `once`, `polls`, `clock`, `hand`. */
  readonly by: string;
  readonly message: string;
  readonly code: string | null;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Which tasks are asked for; all that is given must hold. */
export interface TaskFilter {
  readonly status?: TaskStatus;
  readonly api?: string;
  readonly image?: string;
  /** At most so many; 100 when left out. */
  readonly limit?: number;
}

/** How a task is to end. */
export interface TaskEnd {
  readonly fail?: boolean | { readonly code?: string; readonly message?: string };
}

/** The newest tasks that fit. */
export function listTasks(world: World, { status, api, image, limit = 100 }: TaskFilter): readonly TaskView[] {
  world.settle();
  const found: TaskView[] = [];
  const query = { owner: null, ...(status !== undefined && { status }), ...(api !== undefined && { api }) };
  for (const task of world.tasks.list(query)) {
    if (found.length === limit) break;
    if (image === undefined || task.imageId === image) found.push(presentTask(task));
  }
  return found;
}

/** @throws AdminError 404 for a task that is not there. */
export const advanceTask = (world: World, id: string): TaskView => presentTask(world.tasks.advance(find(world, id)));

/** @throws AdminError 404 for a task that is not there. */
export function finishTask(world: World, id: string, { fail }: TaskEnd): TaskView {
  const failure = fail === undefined || fail === false ? undefined : { code: null, message: null, ...Object(fail) };
  return presentTask(world.tasks.finish(find(world, id), failure));
}

function find(world: World, id: string): Task {
  world.settle();
  const task = world.tasks.peek(id);
  if (task === undefined) {
    const running = [...world.tasks.list({ owner: null })].filter((each) => !hasEnded(each)).map((each) => each.id);
    throw new AdminError(404, `There is no task "${id}".`, [
      { pointer: '/task_id', message: 'there is no such task', found: id, allowed: running.slice(0, 20) },
    ]);
  }
  return task;
}

const presentTask = (task: Task): TaskView => ({
  id: task.id,
  kind: task.kind,
  api: task.api,
  type: task.type,
  status: task.status,
  owner: task.owner,
  image: task.imageId,
  polls: task.polls,
  by: task.pace.by,
  message: task.message,
  code: task.code,
  createdAt: new Date(task.createdAt).toISOString(),
  updatedAt: new Date(task.updatedAt).toISOString(),
});
