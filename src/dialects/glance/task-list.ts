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
  readonly limitMax: number;
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

type SortKey = (task: Task) => string | number | null;

const SORT_KEYS: Readonly<Record<string, SortKey>> = {
  created_at: (task) => task.createdAt,
  expires_at: (task) => task.expiresAt,
  updated_at: (task) => task.updatedAt,
  id: (task) => task.id,
  owner: (task) => task.owner,
  status: (task) => task.status,
  type: (task) => task.type,
};

/** A query parameter with the check of its value, which returns the error message. */
type ParameterCheck = readonly [string, (value: string, rules: TaskListRules) => string | undefined];

/** Checks of the parameters, in the order of the service. */
const PARAMETER_CHECKS: readonly ParameterCheck[] = [
  ['sort_dir', (value) => (value === 'asc' || value === 'desc' ? undefined : `Invalid sort direction: ${value}`)],
  [
    'status',
    (value) => ((TASK_STATUSES as readonly string[]).includes(value) ? undefined : `Invalid status value: ${value}`),
  ],
  ['type', (value, { types }) => (types.includes(value) ? undefined : `Invalid type value: ${value}`)],
  ['marker', (value) => (isUuid(value) ? undefined : 'Invalid marker format')],
  ['sort_key', (value) => (Object.hasOwn(SORT_KEYS, value) ? undefined : 'Sort key supplied was not valid.')],
];

function firstProblem(query: URLSearchParams, rules: TaskListRules): string | undefined {
  for (const [name, check] of PARAMETER_CHECKS) {
    const value = query.get(name);
    const problem = value === null ? undefined : check(value, rules);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * Lists the tasks that a request selects.
 * @returns a page, or the error message for an invalid parameter.
 */
export function parseTaskList(query: URLSearchParams, tasks: Tasks, rules: TaskListRules): TaskPage | string {
  const limit = parseLimit(query.get('limit'), rules);
  if (typeof limit === 'string') return limit;
  const problem = firstProblem(query, rules);
  if (problem !== undefined) return problem;
  const marker = query.get('marker');
  const last = marker === null ? undefined : tasks.peek(marker);
  if (marker !== null && !isListed(last, rules)) return `Task with the given id ${marker} was not found`;
  const all = tasks.list({ owner: rules.owner, api: rules.api, isShown: true });
  return pageOf(sorted(all, query), { last, limit, matches: filterOf(query, rules) });
}

/** Whether a task is visible in lists with these rules. */
const isListed = (task: Task | undefined, { api, owner }: TaskListRules): boolean =>
  task?.api === api && task.isUnseen !== true && (owner === null || task.owner === owner);

function filterOf(query: URLSearchParams, { now }: TaskListRules): (task: Task) => boolean {
  const type = query.get('type');
  const status = query.get('status');
  const id = query.get('id');
  return (task) =>
    (type === null || task.type === type) &&
    (status === null || task.status === status) &&
    (id === null || task.id === id) &&
    (now === undefined || !isExpired(task, now));
}

function sorted(all: Iterable<Task>, query: URLSearchParams): Iterable<Task> {
  const sortKey = query.get('sort_key') ?? 'created_at';
  const direction = query.get('sort_dir') === 'asc' ? 'asc' : 'desc';
  // The store lists the newest tasks first, so the default order needs no copy.
  if (sortKey === 'created_at' && direction === 'desc') return all;
  return sort([...all], SORT_KEYS[sortKey] as SortKey, direction);
}

/** What selects the tasks of a page. */
interface PageRequest {
  /** The last task of the previous page. */
  readonly last: Task | undefined;
  readonly limit: number;
  matches(task: Task): boolean;
}

/** Returns the matching tasks after the last task of the previous page, and stops when the page is full. */
function pageOf(all: Iterable<Task>, { last, limit, matches }: PageRequest): TaskPage {
  const tasks: Task[] = [];
  let isPast = last === undefined;
  for (const task of all) {
    const isNext = isPast && matches(task);
    if (isNext && tasks.length === limit) return { tasks, limit, hasMore: true };
    if (isNext) tasks.push(task);
    isPast ||= task.id === last?.id;
  }
  return { tasks, limit, hasMore: false };
}

/** Sorts tasks; equal ones stay newest first. */
function sort(tasks: readonly Task[], key: SortKey, direction: 'asc' | 'desc'): readonly Task[] {
  const sign = direction === 'asc' ? 1 : -1;
  const ordered = direction === 'asc' ? tasks.toReversed() : tasks;
  return [...ordered].sort((left, right) => {
    const one = key(left) ?? '';
    const other = key(right) ?? '';
    if (one === other) return 0;
    return (one < other ? -1 : 1) * sign;
  });
}

function parseLimit(text: string | null, { limitDefault, limitMax }: TaskListRules): number | string {
  if (text === null) return limitDefault;
  const limit = parseInteger(text);
  if (limit === undefined) return 'limit param must be an integer';
  return limit < 0 ? 'limit param must be positive' : Math.min(limit, limitMax);
}
