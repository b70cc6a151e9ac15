/** What is selected of the session: the query, a time range, and one entry. Each view that shows requests follows these signals. */
import { effect, signal } from '@preact/signals';
import { compileLocal, compileQuery, type Predicate } from '../search/compile.ts';
import { keyOf, type Session, type SessionEntry, session } from '../session/session.ts';
import { showView } from './route.ts';

/** A range of time, in milliseconds since 1970 by the machine's clock. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The query in the search language. */
export const query = signal('');
/** The time range that was brushed on the timeline. */
export const timeRange = signal<TimeRange | undefined>(undefined);
/** Key of the entry whose details are shown. */
export const selected = signal<string | undefined>(undefined);
/** Indexes of the entries that match the query and the time range, in order. */
export const filtered = signal<readonly number[]>([]);
/** Whether the filter is still running. */
export const isFiltering = signal(false);

/** Shows the requests that match a query. */
export function showRequests(text: string, entry?: SessionEntry): void {
  query.value = text;
  timeRange.value = undefined;
  if (entry !== undefined) selected.value = keyOf(entry);
  showView('requests');
}

/** Time for which the filter runs before the browser may draw, in milliseconds. */
const SLICE = 5;
/** Entries between two looks at the clock. */
const STEP = 256;

const next = new MessageChannel();
const resumers: (() => void)[] = [];
next.port1.onmessage = () => {
  resumers.shift()?.();
};

/** Lets the browser draw and react. */
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    resumers.push(resolve);
    next.port2.postMessage(null);
  });

/** Filters the entries of a session in slices. A new filter replaces one that is still running. */
class Filter {
  #predicate: Predicate | undefined;
  #result: number[] = [];
  #done = 0;
  #replaced = 0;
  #run = 0;
  #isRunning = false;

  /** Begins again with another query, time range or list. */
  restart(of: Session, text: string, range: TimeRange | undefined): void {
    this.#run += 1;
    const run = this.#run;
    const inRange: Predicate = ({ started, timings }) =>
      range === undefined || (started <= range.to && started + timings.lastByte >= range.from);
    const local = compileLocal(text);
    isFiltering.value = true;
    if (local !== undefined) {
      this.#begin(of, (entry) => inRange(entry) && local(entry));
      return;
    }
    this.#predicate = undefined;
    void compileQuery(text, of).then(
      (matches) => {
        if (run === this.#run) this.#begin(of, (entry) => inRange(entry) && matches(entry));
      },
      () => {
        if (run === this.#run) isFiltering.value = false;
      },
    );
  }

  #begin(of: Session, predicate: Predicate): void {
    this.#predicate = predicate;
    this.#result = [];
    this.#done = 0;
    this.#replaced = of.entries.replaced.length;
    this.#isRunning = false;
    void this.resume(of);
  }

  /** Filters what has been added since the last time. */
  async resume(of: Session): Promise<void> {
    if (this.#predicate === undefined || this.#isRunning) return;
    const run = this.#run;
    this.#isRunning = true;
    let end = performance.now() + SLICE;
    this.#revise(of);
    while (this.#done < of.entries.length) {
      this.#step(of, this.#predicate);
      if (performance.now() < end) continue;
      await pause();
      if (run !== this.#run) return;
      end = performance.now() + SLICE;
    }
    this.#isRunning = false;
    isFiltering.value = false;
    filtered.value = this.#result.slice();
  }

  #step({ entries }: Session, matches: Predicate): void {
    const end = Math.min(this.#done + STEP, entries.length);
    for (; this.#done < end; this.#done += 1) {
      if (matches(entries.at(this.#done) as SessionEntry)) this.#result.push(this.#done);
    }
  }

  /** Looks again at entries that were replaced. */
  #revise({ entries }: Session): void {
    for (; this.#replaced < entries.replaced.length; this.#replaced += 1) {
      const index = entries.replaced[this.#replaced] as number;
      if (index >= this.#done) continue;
      const at = placeOf(this.#result, index);
      const isIn = this.#result[at] === index;
      const matches = this.#predicate?.(entries.at(index) as SessionEntry) === true;
      if (matches !== isIn) this.#result.splice(at, isIn ? 1 : 0, ...(isIn ? [] : [index]));
    }
  }
}

/** Returns the first place in a sorted list whose value is not lower. */
export function placeOf(list: readonly number[], value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const filter = new Filter();

/** Keeps `filtered` up to date. */
export function startFilter(): void {
  effect(() => {
    const current = session.value;
    const text = query.value;
    const range = timeRange.value;
    if (current === undefined) return;
    void current.entries.generation.value;
    filter.restart(current, text, range);
  });
  effect(() => {
    const current = session.value;
    if (current !== undefined && current.entries.version.value > 0) void filter.resume(current);
  });
}
