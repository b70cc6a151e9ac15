import { hasEnded, type Task } from '../../../domain/tasks/task.ts';
import { pythonJson } from '../../glance/python-json.ts';
import { failureMessage } from './failure-codes.ts';

const time = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** The part of a task that a response contains. */
type PresentedTask = Pick<
  Task,
  'id' | 'type' | 'status' | 'owner' | 'input' | 'result' | 'message' | 'code' | 'createdAt' | 'updatedAt' | 'expiresAt'
>;

/** A task in a list: without its input and its result. */
const presentSummary = (task: PresentedTask) => ({
  created_at: time(task.createdAt),
  ...(task.expiresAt !== null && { expires_at: time(task.expiresAt) }),
  id: task.id,
  owner: task.owner,
  schema: '/v2/schemas/task',
  self: `/v2/tasks/${task.id}`,
  status: task.status,
  type: task.type,
  updated_at: time(task.updatedAt),
});

/** JSON text of a task. */
export const taskText = (task: PresentedTask): string =>
  pythonJson({
    ...presentSummary(task),
    input: task.input ?? {},
    message: hasEnded(task) ? messageOf(task) : NO_MESSAGE,
    ...(task.status === 'success' && task.result !== null && { result: task.result }),
  });

/** The message of a task that has not failed. */
const NO_MESSAGE = 'None';

const messageOf = ({ message, code, status }: PresentedTask): string => {
  if (message !== '') return message;
  return status === 'failure' ? failureMessage(code) : NO_MESSAGE;
};

/** JSON text of a page of tasks. */
export const taskPageText = (
  tasks: readonly PresentedTask[],
  { first, next }: { readonly first: string; readonly next?: string },
): string =>
  pythonJson({
    tasks: tasks.map(presentSummary),
    first,
    ...(next !== undefined && { next }),
    schema: '/v2/schemas/tasks',
  });
