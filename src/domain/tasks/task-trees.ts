import BTreeModule from 'sorted-btree';
import { dueAt, hasEnded, type Task } from './task.ts';

const BTree = BTreeModule.default;
type Tree<V> = BTreeModule.default<string, V>;

/** State of the tasks of a world, to start others from; costs the same however many there are. */
export interface TasksState {
  readonly tasks: Tree<Task>;
  /** Ids by creation. */
  readonly byTime: Tree<string>;
  /** Ids by owner and creation. */
  readonly byOwner: Tree<string>;
  /** Ids by image and creation. */
  readonly byImage: Tree<string>;
  /** Ids of tasks on their way, by image. */
  readonly running: Tree<string>;
  /** Ids of tasks that the clock ends, by when. */
  readonly due: Tree<string>;
  /** Ids of tasks on their way, by owner and type. */
  readonly runningByType: Tree<string>;
}

const timeKey = (time: number): string => String(time).padStart(16, '0');

/** Without a task. */
export const createTrees = (): TasksState => ({
  tasks: new BTree<string, Task>(),
  byTime: new BTree<string, string>(),
  byOwner: new BTree<string, string>(),
  byImage: new BTree<string, string>(),
  running: new BTree<string, string>(),
  due: new BTree<string, string>(),
  runningByType: new BTree<string, string>(),
});

/** The same, to change apart. */
export const cloneTrees = ({
  tasks,
  byTime,
  byOwner,
  byImage,
  running,
  due,
  runningByType,
}: TasksState): TasksState => ({
  tasks: tasks.clone(),
  byTime: byTime.clone(),
  byOwner: byOwner.clone(),
  byImage: byImage.clone(),
  running: running.clone(),
  due: due.clone(),
  runningByType: runningByType.clone(),
});

/** Puts a task in, in place of itself. */
export function putInto(
  { tasks, byTime, byOwner, byImage, running, due, runningByType }: TasksState,
  task: Task,
): void {
  const { id, owner, imageId, createdAt, type } = task;
  const before = tasks.get(id);
  const ended = hasEnded(task);
  const moment = `${timeKey(createdAt)} ${String(task.ordinal).padStart(12, '0')}`;
  if (before === undefined) {
    byTime.set(`${moment}`, id);
    if (imageId !== null) byImage.set(`${imageId}\u0000${moment}`, id);
    byOwner.set(`${owner}\u0000${moment}`, id);
  }
  tasks.set(id, task);
  const mark = (tree: Tree<string>, key: string): void => {
    if (ended) tree.delete(key);
    else tree.set(key, id);
  };
  mark(runningByType, `${owner}\u0000${type}\u0000${id}`);
  if (imageId !== null) mark(running, `${imageId}\u0000${id}`);
  const key = dueKey(task);
  const formerKey = before === undefined ? undefined : dueKey(before);
  if (formerKey !== undefined && formerKey !== key) due.delete(formerKey);
  if (key !== undefined) mark(due, key);
}

/** When the clock ends a task, for one that it does. */
const dueKey = (task: Task): string | undefined =>
  task.pace.by === 'clock' ? `${timeKey(dueAt(task, task.pace.seconds))} ${task.id}` : undefined;

/** Values whose key begins so, from the last to the first. */
export function* reversedUnder(tree: Tree<string>, prefix: string): IterableIterator<string> {
  for (const [key, value] of tree.entriesReversed(`${prefix}\uffff`)) {
    if (!key.startsWith(prefix)) return;
    yield value;
  }
}

/** The state of tasks that were kept. */
export function restoreTasks(tasks: Iterable<Task>): TasksState {
  const trees = createTrees();
  for (const task of tasks) putInto(trees, task);
  return trees;
}
