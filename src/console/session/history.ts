import { type Signal, signal } from '@preact/signals';
import { call } from '../api/client.ts';
import type { ListHistoryResponse } from '../api/types.ts';
import type { EntryList } from './entry-list.ts';
import { actionText } from './mark-text.ts';
import type { Mark, SessionEntry } from './session.ts';

/** How long requests are collected before the history of their worlds is read, in milliseconds. */
const DELAY = 250;

/** What happened in the worlds of a running server besides their requests. Read once requests have arrived. */
export class HistoryOfWorlds {
  readonly marks: Signal<readonly Mark[]> = signal([]);
  readonly #entries: EntryList;
  /** Worlds to read, with the id of the first request that arrived since the last time. */
  readonly #due = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(entries: EntryList) {
    this.#entries = entries;
  }

  /** Notes that a request arrived. */
  mustRead({ world, id }: SessionEntry): void {
    this.#due.set(world, Math.min(id, this.#due.get(world) ?? id));
    this.#timer ??= setTimeout(() => void this.#read(), DELAY);
  }

  /** Reads the latest history of worlds. */
  readAll(worlds: readonly string[]): void {
    for (const world of worlds) {
      const latest = this.#entries.items.findLast((entry) => entry.world === world)?.id ?? 1;
      this.#due.set(world, Math.min(latest, this.#due.get(world) ?? latest));
    }
    this.#timer ??= setTimeout(() => void this.#read(), 0);
  }

  /** Removes what is known about a world; about all when omitted. */
  forget(world?: string): void {
    this.marks.value = world === undefined ? [] : this.marks.peek().filter((mark) => mark.world !== world);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#due.clear();
  }

  async #read(): Promise<void> {
    const due = [...this.#due];
    this.#due.clear();
    this.#timer = undefined;
    for (const [world, first] of due) {
      const since = Math.max(0, first - 1);
      // The world may have been dropped meanwhile.
      const history = await call('listHistory', { query: { since } }, world).catch(() => undefined);
      if (history === undefined) continue;
      const kept = this.marks.peek().filter((mark) => mark.world !== world || mark.after < since);
      this.marks.value = [...kept, ...marksOf(world, history)];
    }
  }
}

const marksOf = (world: string, { actions, changes }: ListHistoryResponse): readonly Mark[] => [
  ...actions.map(
    ({ after, time, operation, input }): Mark => ({
      kind: 'action',
      world,
      after,
      time,
      operation,
      text: actionText(operation, input),
    }),
  ),
  ...changes.map(
    ({ after, time, image, name, status }): Mark => ({
      kind: 'change',
      world,
      after,
      time,
      image,
      text: `${name ?? image}: ${status}`,
    }),
  ),
];
