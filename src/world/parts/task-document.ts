import type { Task } from '../../domain/tasks/task.ts';

/** A task as a document, with the id of its parent in `whole`. State files contain the name: do not rename. */
export type TaskDocument = Omit<Task, 'partOf'> & { readonly whole?: string };

/** Converts a task to a document. */
export const toTaskDocument = (task: Task): TaskDocument => {
  const { partOf, ...rest } = task;
  return partOf === undefined ? task : { ...rest, whole: partOf };
};

/** Converts a document to a task; the inverse of `toTaskDocument`. */
const toTask = (document: TaskDocument): Task => {
  const { whole, ...rest } = document;
  return whole === undefined ? document : { ...rest, partOf: whole };
};

/** Converts documents to tasks. */
export function* toTasks(documents: Iterable<TaskDocument>): Iterable<Task> {
  for (const document of documents) yield toTask(document);
}

/** Converts tasks, by id, to documents. */
export function* toTaskDocuments(tasks: Iterable<readonly [string, Task]>): Iterable<readonly [string, TaskDocument]> {
  for (const [id, task] of tasks) yield [id, toTaskDocument(task)];
}
