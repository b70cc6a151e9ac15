import { toMicroseconds, toSeconds } from '../../../domain/clock.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import { pythonJson } from '../../glance/python-json.ts';

/** Formats a time with microseconds and without a zone, as the database of the service stores it. */
const recordTime = (milliseconds: number): string => toMicroseconds(milliseconds).slice(0, -1);

const resultOf = ({ status, result }: Pick<Task, 'status' | 'result'>): Task['result'] =>
  status === 'success' ? result : null;

/** The JSON text of a task in the list of its image: the unconverted database record. */
export const imageTaskText = (task: Task): string =>
  pythonJson({
    id: task.id,
    type: task.type,
    status: task.status,
    owner: task.owner,
    expires_at: task.expiresAt === null ? null : recordTime(task.expiresAt),
    created_at: recordTime(task.createdAt),
    updated_at: recordTime(task.updatedAt),
    deleted_at: null,
    deleted: false,
    image_id: task.imageId,
    request_id: task.requestId,
    user_id: task.userId,
    input: task.input,
    result: resultOf(task),
    message: task.message,
  });

/** What a client sees of a task. */
type TaskView = Pick<
  Task,
  | 'id'
  | 'input'
  | 'type'
  | 'status'
  | 'owner'
  | 'message'
  | 'result'
  | 'createdAt'
  | 'updatedAt'
  | 'imageId'
  | 'requestId'
  | 'userId'
  | 'expiresAt'
>;

/** The JSON text of a task. */
export const taskText = (task: TaskView): string =>
  pythonJson({
    id: task.id,
    input: task.input,
    type: task.type,
    status: task.status,
    owner: task.owner,
    message: task.message,
    result: resultOf(task),
    created_at: toSeconds(task.createdAt),
    updated_at: toSeconds(task.updatedAt),
    self: `/v2/tasks/${task.id}`,
    schema: '/v2/schemas/task',
    ...(task.imageId !== null && { image_id: task.imageId }),
    request_id: task.requestId,
    user_id: task.userId,
    ...(task.expiresAt !== null && { expires_at: toSeconds(task.expiresAt) }),
  });

/** The JSON text of a page of tasks, without their input and result. */
export const taskPageText = (
  tasks: readonly Task[],
  links: { readonly first: string; readonly next?: string },
): string =>
  pythonJson({
    tasks: tasks.map((task) => ({
      id: task.id,
      type: task.type,
      status: task.status,
      owner: task.owner,
      created_at: toSeconds(task.createdAt),
      updated_at: toSeconds(task.updatedAt),
      self: `/v2/tasks/${task.id}`,
      schema: '/v2/schemas/task',
      ...(task.expiresAt !== null && { expires_at: toSeconds(task.expiresAt) }),
    })),
    first: links.first,
    schema: '/v2/schemas/tasks',
    ...(links.next !== undefined && { next: links.next }),
  });
