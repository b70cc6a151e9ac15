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
import { checkFailure } from '../fixtures/progress-settings.ts';
import { InputError } from '../input/input-error.ts';
import type { World } from '../world/world.ts';
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
  /** Id of the task that it is a part of, which moves it; `null` for one that stands for itself. */
  readonly partOf: string | null;
  readonly polls: number;
  /** What moves it. */
  readonly pace: Task['pace'];
  /** How far it has come. */
  readonly percent: number;
  /** How it will fail, or has failed; `null` for one that does not. */
  readonly fail: Readonly<Record<string, unknown>> | null;
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
  readonly fail?: FailForm;
}

/** How a task is to get on from now on, and to end; what is absent stays. */
export type TaskChange = Partial<PaceForm> & TaskEnd;

/** The newest tasks that fit. */
export function listTasks(world: World, { status, api, image, limit = 100 }: TaskFilter): readonly TaskView[] {
  world.settle();
  const found: TaskView[] = [];
  const query = { owner: null, ...(status !== undefined && { status }), ...(api !== undefined && { api }) };
  for (const task of world.tasks.list(query)) {
    if (found.length === limit) break;
    if (image === undefined || task.imageId === image) found.push(presentTask(task, world));
  }
  return found;
}

/** @throws AdminError 404 for a task that is not there. */
export const advanceTask = (world: World, id: string): TaskView =>
  presentTask(world.tasks.advance(find(world, id)), world);

/**
 * @throws AdminError 404 for a task that is not there.
 * @throws InputError for a code that its API does not have.
 */
export function finishTask(world: World, id: string, { fail }: TaskEnd, contracts: readonly Contract[]): TaskView {
  const task = find(world, id);
  return presentTask(world.tasks.finish(task, assertValidFailure(fail, task, contracts)), world);
}

/**
 * @throws AdminError 404 for a task that is not there.
 * @throws InputError for a code that its API does not have, and for a pace without its manner.
 */
export function changeTask(
  world: World,
  id: string,
  { fail, by, ...rest }: TaskChange,
  contracts: readonly Contract[],
): TaskView {
  const task = find(world, id);
  if (by === undefined && Object.keys(rest).length > 0) {
    const allowed = ['polls', 'clock'];
    throw new InputError('body', [{ pointer: '/by', message: 'polls and seconds need it', allowed }]);
  }
  const failure = assertValidFailure(fail, task, contracts) ?? null;
  const change = {
    ...(by !== undefined && { pace: parsePace({ ...rest, by }) }),
    ...(fail !== undefined && { failure }),
  };
  return presentTask(world.tasks.change(task, change), world);
}

/** @throws InputError for a code that tasks of its API do not have. */
function assertValidFailure(
  fail: FailForm | undefined,
  { api }: Task,
  contracts: readonly Contract[],
): Failure | undefined {
  const failure = parseFailure(fail);
  const issue = checkFailure(failure, api, contracts, '/fail');
  if (issue !== undefined) throw new InputError('body', [issue]);
  return failure;
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

const presentTask = (task: Task, { clock }: Pick<World, 'clock'>): TaskView => ({
  id: task.id,
  kind: task.kind,
  api: task.api,
  type: task.type,
  status: task.status,
  owner: task.owner,
  image: task.imageId,
  partOf: task.whole ?? null,
  polls: task.polls,
  pace: task.pace,
  percent: percentOf(task, clock.now()),
  fail: task.failure === null ? null : presentFailure(task.failure),
  message: task.message,
  code: task.code,
  createdAt: new Date(task.createdAt).toISOString(),
  updatedAt: new Date(task.updatedAt).toISOString(),
});
