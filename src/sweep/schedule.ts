import type { Budget } from './options.ts';

/** How many things are done at the same time, and when it ends. */
export interface ScheduleOptions {
  readonly jobs: number;
  readonly budget: Budget | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Does something with each item, in order, several at a time. Starts nothing new once the budget is used up. */
export async function runInParallel<T>(
  items: readonly T[],
  run: (item: T) => Promise<void>,
  { jobs, budget, signal }: ScheduleOptions,
): Promise<void> {
  const within = budget !== undefined && 'points' in budget ? items.slice(0, budget.points) : items;
  const until =
    budget !== undefined && 'milliseconds' in budget
      ? performance.now() + budget.milliseconds
      : Number.POSITIVE_INFINITY;
  const queue = within.values();
  const work = async (): Promise<void> => {
    for (const item of queue) {
      if (signal?.aborted === true || performance.now() >= until) return;
      await run(item);
    }
  };
  const workers = Array.from({ length: Math.max(1, Math.min(jobs, within.length)) }, work);
  const failed = (await Promise.allSettled(workers)).find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
