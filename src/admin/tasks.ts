import type { Contract } from '../contract/contract.ts';
import type { Failure } from '../domain/progress.ts';
import {
  type FailForm,
  type PaceForm,
  parseFailure,
  parsePace,
  presentFailure,
} from '../domain/tasks/progress-schema.ts';
import { hasEnded, percentOf, type Task, type TaskStatus } from '../domain/tasks/task.ts';
import { checkFailure } from '../fixtures/sections/progress/check-failure.ts';
import { InputError } from '../input/input-error.ts';
import type { World } from '../world/world.ts';
import type { AdminContext } from './operation.ts';
import { notFound } from './problems.ts';

/** A task, as the admin API shows it. */
export interface TaskView {
  /** UUID. */
  readonly id: string;
  /** What it does, such as `import`. */
  readonly kind: string;
  /** The API that started it, such as `image-v2`. */
  readonly api: string;
  /** Its type, as that API names it. */
  readonly type: string;
  readonly status: TaskStatus;
  readonly owner: string;
  readonly image: string | null;
  /** Id of the task that this one is a part of and that advances it; `null` for none. */
  readonly partOf: string | null;
  readonly polls: number;
  /** What advances it: polls, the clock or the admin API. */
  readonly pace: Task['pace'];
  /** Progress, 0 to 100. */
  readonly percent: number;
  /** How it will fail or has failed; `null` for a task that does not fail. */
  readonly fail: Readonly<Record<string, unknown>> | null;
  readonly message: string;
  readonly code: string | null;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Selects tasks; all given members must match. */
export interface TaskFilter {
  readonly status?: TaskStatus;
  readonly api?: string;
  readonly image?: string;
  /** Maximum number of tasks; 100 when omitted. */
  readonly limit?: number;
}

/** How a task ends: successfully, unless `fail` is given. */
export interface TaskEnd {
  readonly fail?: FailForm;
}

/** A change of the pace of a task and of its end; omitted members keep their values. */
export type TaskChange = Partial<PaceForm> & TaskEnd;

/** Lists the tasks that match a filter, newest first. */
export function listTasks(world: World, { status, api, image, limit = 100 }: TaskFilter): readonly TaskView[] {
  world.applyDueChanges();
  const found: TaskView[] = [];
  const query = { owner: null, ...(status !== undefined && { status }), ...(api !== undefined && { api }) };
  for (const task of world.tasks.list(query)) {
    if (found.length === limit) break;
    if (image === undefined || task.imageId === image) found.push(presentTask(task, world));
  }
  return found;
}

/**
 * Advances a task by one step.
 * @throws AdminError 404 for an unknown task.
 */
export const advanceTask = (world: World, id: string): TaskView =>
  presentTask(world.tasks.advance(find(world, id)), world);

/**
 * Ends a task.
 * @throws AdminError 404 for an unknown task.
 * @throws InputError for an error code that its API does not have.
 */
export function finishTask({ world, host }: AdminContext, id: string, { fail }: TaskEnd): TaskView {
  const task = find(world, id);
  return presentTask(world.tasks.finish(task, assertValidFailure(fail, task, host.contracts)), world);
}

/**
 * Changes the pace of a running task, or how it ends.
 * @throws AdminError 404 for an unknown task.
 * @throws InputError for an error code that its API does not have, and for a pace without `by`.
 */
export function changeTask({ world, host }: AdminContext, id: string, { fail, by, ...rest }: TaskChange): TaskView {
  const task = find(world, id);
  if (by === undefined && Object.keys(rest).length > 0) {
    const allowed = ['polls', 'clock'];
    throw new InputError('body', [{ pointer: '/by', message: 'is required with polls and seconds', allowed }]);
  }
  const failure = assertValidFailure(fail, task, host.contracts) ?? null;
  const change = {
    ...(by !== undefined && { pace: parsePace({ ...rest, by }) }),
    ...(fail !== undefined && { failure }),
  };
  return presentTask(world.tasks.change(task, change), world);
}

/** @throws InputError for an error code that tasks of its API do not have. */
function assertValidFailure(
  fail: FailForm | undefined,
  { api }: Task,
  contracts: readonly Contract[],
): Failure | undefined {
  const failure = parseFailure(fail);
  const issue = checkFailure(failure, { api, contracts, pointer: '/fail' });
  if (issue !== undefined) throw new InputError('body', [issue]);
  return failure;
}

function find(world: World, id: string): Task {
  world.applyDueChanges();
  const task = world.tasks.peek(id);
  if (task === undefined) {
    const running = [...world.tasks.list({ owner: null })].filter((each) => !hasEnded(each)).map((each) => each.id);
    throw notFound(`Task "${id}" does not exist.`, { pointer: '/task_id', found: id, allowed: running.slice(0, 20) });
  }
  return task;
}

const presentTask = (task: Task, { clock }: Pick<World, 'clock'>): TaskView => ({
  id: task.id,
  kind: task.kind,
  api: task.api,
  type: task.type,
  status: task.status,
  owner: task.owner,
  image: task.imageId,
  partOf: task.partOf ?? null,
  polls: task.polls,
  pace: task.pace,
  percent: percentOf(task, clock.now()),
  fail: task.failure === null ? null : presentFailure(task.failure),
  message: task.message,
  code: task.code,
  createdAt: new Date(task.createdAt).toISOString(),
  updatedAt: new Date(task.updatedAt).toISOString(),
});
