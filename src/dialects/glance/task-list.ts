import { isUuid } from '../../base/uuid.ts';
import { isExpired, TASK_STATUSES, type Task } from '../../domain/tasks/task.ts';
import type { Tasks } from '../../domain/tasks/tasks.ts';
import { parseInteger } from '../shared/paging.ts';

/** How one API lists tasks. */
export interface TaskListRules {
  /** Dialect that created the tasks. */
  readonly api: string;
  /** Types that the filter accepts. */
  readonly types: readonly string[];
  /** Project id; `null` for all projects. */
  readonly owner: string | null;
  readonly limitDefault: number;
  readonly limitMost: number;
  /** Current time in milliseconds since 1970, in an API whose tasks expire. */
  readonly now?: number;
}

/** Tasks of one page, and its maximum size. */
export interface TaskPage {
  readonly tasks: readonly Task[];
  readonly limit: number;
  /** Whether further tasks follow. */
  readonly hasMore: boolean;
}

const SORT_KEYS: Readonly<Record<string, (task: Task) => string | number | null>> = {
  created_at: (task) => task.createdAt,
  expires_at: (task) => task.expiresAt,
  updated_at: (task) => task.updatedAt,
  id: (task) => task.id,
  owner: (task) => task.owner,
  status: (task) => task.status,
  type: (task) => task.type,
};

/**
 * Lists the tasks that a request selects.
 * @returns a page, or the error message for an invalid parameter.
 */
export function parseTaskList(query: URLSearchParams, tasks: Tasks, rules: TaskListRules): TaskPage | string {
  const limit = parseLimit(query.get('limit'), rules);
  if (typeof limit === 'string') return limit;
  const direction = query.get('sort_dir') ?? 'desc';
  if (direction !== 'asc' && direction !== 'desc') return `Invalid sort direction: ${direction}`;
  const status = query.get('status');
  if (status !== null && !(TASK_STATUSES as readonly string[]).includes(status)) {
    return `Invalid status value: ${status}`;
  }
  const type = query.get('type');
  if (type !== null && !rules.types.includes(type)) return `Invalid type value: ${type}`;
  const marker = query.get('marker');
  if (marker !== null && !isUuid(marker)) return 'Invalid marker format';
  const sortKey = query.get('sort_key') ?? 'created_at';
  const key = Object.hasOwn(SORT_KEYS, sortKey) ? SORT_KEYS[sortKey] : undefined;
  if (key === undefined) return 'Sort key supplied was not valid.';
  const last = marker === null ? undefined : tasks.peek(marker);
  if (
    marker !== null &&
    (last?.api !== rules.api || last.isUnseen === true || (rules.owner !== null && last.owner !== rules.owner))
  ) {
    return `Task with the given id ${marker} was not found`;
  }
  const id = query.get('id');
  const fits = (task: Task): boolean =>
    (type === null || task.type === type) &&
    (status === null || task.status === status) &&
    (id === null || task.id === id) &&
    (rules.now === undefined || !isExpired(task, rules.now));
  const all = tasks.list({ owner: rules.owner, api: rules.api, isShown: true });
  const isSorted = sortKey === 'created_at' && direction === 'desc';
  return pageOf(isSorted ? all : sort([...all], key, direction), last, fits, limit);
}

/** Returns the matching tasks after the last task of the previous page, and stops when the page is full. */
function pageOf(all: Iterable<Task>, last: Task | undefined, fits: (task: Task) => boolean, limit: number): TaskPage {
  const tasks: Task[] = [];
  let isPast = last === undefined;
  for (const task of all) {
    const isNext = isPast && fits(task);
    if (isNext && tasks.length === limit) return { tasks, limit, hasMore: true };
    if (isNext) tasks.push(task);
    isPast ||= task.id === last?.id;
  }
  return { tasks, limit, hasMore: false };
}

/** Sorts tasks; equal ones stay newest first. */
function sort(
  tasks: readonly Task[],
  key: (task: Task) => string | number | null,
  direction: 'asc' | 'desc',
): readonly Task[] {
  const sign = direction === 'asc' ? 1 : -1;
  const ordered = direction === 'asc' ? tasks.toReversed() : tasks;
  return [...ordered].sort((left, right) => {
    const one = key(left) ?? '';
    const other = key(right) ?? '';
    if (one === other) return 0;
    return (one < other ? -1 : 1) * sign;
  });
}

function parseLimit(text: string | null, { limitDefault, limitMost }: TaskListRules): number | string {
  if (text === null) return limitDefault;
  const limit = parseInteger(text);
  if (limit === undefined) return 'limit param must be an integer';
  return limit < 0 ? 'limit param must be positive' : Math.min(limit, limitMost);
}
