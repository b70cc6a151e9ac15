import BTreeModule from 'sorted-btree';
import { dueAt, hasEnded, type Task } from './task.ts';

const BTree = BTreeModule.default;
type TaskTree<V> = BTreeModule.default<string, V>;

/** State of the tasks of a world, from which others can start. */
export interface TasksState {
  readonly tasks: TaskTree<Task>;
  /** The highest ordinal so far. */
  readonly last: { ordinal: number };
  /** Ids of ended tasks by ordinal. */
  readonly ended: BTreeModule.default<number, string>;
  /** Ids by creation. */
  readonly byTime: TaskTree<string>;
  /** Ids by owner and creation. */
  readonly byOwner: TaskTree<string>;
  /** Ids by image and creation. */
  readonly byImage: TaskTree<string>;
  /** Ids of running tasks by image. */
  readonly running: TaskTree<string>;
  /** Ids of running tasks that the clock ends, by their time. */
  readonly due: TaskTree<string>;
  /** Ids of running tasks by owner and type. */
  readonly runningByType: TaskTree<string>;
}

const timeKey = (time: number): string => String(time).padStart(16, '0');

/** Creates the state of a world without tasks. */
export const createTrees = (): TasksState => ({
  tasks: new BTree<string, Task>(),
  last: { ordinal: -1 },
  ended: new BTree<number, string>(),
  byTime: new BTree<string, string>(),
  byOwner: new BTree<string, string>(),
  byImage: new BTree<string, string>(),
  running: new BTree<string, string>(),
  due: new BTree<string, string>(),
  runningByType: new BTree<string, string>(),
});

/** An independent copy; costs the same for any number of tasks. */
export const cloneTrees = ({
  tasks,
  last,
  ended,
  byTime,
  byOwner,
  byImage,
  running,
  due,
  runningByType,
}: TasksState): TasksState => ({
  tasks: tasks.clone(),
  last: { ...last },
  ended: ended.clone(),
  byTime: byTime.clone(),
  byOwner: byOwner.clone(),
  byImage: byImage.clone(),
  running: running.clone(),
  due: due.clone(),
  runningByType: runningByType.clone(),
});

/** Stores a task in place of its former value. */
export function putInto(
  { tasks, last, ended, byTime, byOwner, byImage, running, due, runningByType }: TasksState,
  task: Task,
): void {
  const { id, owner, imageId, type, ordinal } = task;
  const before = tasks.get(id);
  if (before === undefined) {
    const { time, ofOwner, ofImage } = keysOf(task);
    last.ordinal = Math.max(last.ordinal, ordinal);
    byTime.set(time, id);
    if (ofImage !== undefined) byImage.set(ofImage, id);
    byOwner.set(ofOwner, id);
  }
  tasks.set(id, task);
  if (hasEnded(task)) ended.set(ordinal, id);
  const mark = (tree: TaskTree<string>, key: string): void => {
    if (hasEnded(task)) tree.delete(key);
    else tree.set(key, id);
  };
  mark(runningByType, `${owner}\u0000${type}\u0000${id}`);
  if (imageId !== null) mark(running, `${imageId}\u0000${id}`);
  const key = dueKey(task);
  const formerKey = before === undefined ? undefined : dueKey(before);
  if (formerKey !== undefined && formerKey !== key) due.delete(formerKey);
  if (key !== undefined) mark(due, key);
}

/** Removes a task that has ended. */
export function removeFrom({ tasks, ended, byTime, byOwner, byImage }: TasksState, task: Task): void {
  const { time, ofOwner, ofImage } = keysOf(task);
  tasks.delete(task.id);
  ended.delete(task.ordinal);
  byTime.delete(time);
  byOwner.delete(ofOwner);
  if (ofImage !== undefined) byImage.delete(ofImage);
}

/** The keys of a task by which lists find it. */
function keysOf({ owner, imageId, createdAt, ordinal }: Task) {
  const time = `${timeKey(createdAt)} ${String(ordinal).padStart(12, '0')}`;
  return {
    time,
    ofOwner: `${owner}\u0000${time}`,
    ofImage: imageId === null ? undefined : `${imageId}\u0000${time}`,
  };
}

/** Key of a task that the clock ends; `undefined` for others. */
const dueKey = (task: Task): string | undefined =>
  task.pace.by === 'clock' ? `${timeKey(dueAt(task, task.pace.seconds))} ${task.id}` : undefined;

/** Iterates over the values whose key starts with a prefix, from the last to the first. */
export function* reversedUnder(tree: TaskTree<string>, prefix: string): IterableIterator<string> {
  for (const [key, value] of tree.entriesReversed(`${prefix}\uffff`)) {
    if (!key.startsWith(prefix)) return;
    yield value;
  }
}

/** Restores the state of the tasks of a world. */
export function restoreTasks(tasks: Iterable<Task>): TasksState {
  const trees = createTrees();
  for (const task of tasks) putInto(trees, task);
  return trees;
}
