/** What the timeline draws: lanes by world and client, attempts that belong together, and waits that Retry-After asked for. */
import type { EntryList } from '../session/entry-list.ts';
import { type Finding, keyOf, type Mark, type SessionEntry } from '../session/session.ts';
import { statusClass } from '../ui/format.ts';
import { Numbers } from './numbers.ts';

/** Rows of a lane, one above the other, for requests at the same time. */
const MAX_ROWS = 5;
/** Lanes with a name; the requests of all further clients share one more. */
const MAX_LANES = 60;

/** What decides the color of a bar, the most important last: of bars on the same pixel, it is drawn. */
export const KINDS = ['ok', 'redirect', 'accent', 'client', 'none', 'server'] as const;

/** The requests of one client in one world. */
export interface Lane {
  readonly world: string;
  readonly client: string;
  /** Indexes of its entries. */
  readonly indexes: number[];
  /** Number of rows that it needs. */
  rows: number;
  /** When the last request in each row ended. */
  readonly ends: number[];
}

/** How long a client was asked to wait. */
export interface Wait {
  readonly lane: number;
  readonly row: number;
  readonly from: number;
  readonly to: number;
  /** Index of the next attempt that came before its time; -1 for none. */
  early: number;
}

/** A link between an attempt and the next one. */
export interface Link {
  readonly from: number;
  readonly to: number;
}

/** A mark with its place. */
export interface PlacedMark {
  readonly mark: Mark;
  /** Milliseconds since 1970, by the machine's clock. */
  readonly at: number;
  /** Index of the entry that it is about. */
  readonly index?: number;
}

/** The model of a timeline, which grows with the list of entries. */
export class TimelineModel {
  readonly lanes: Lane[] = [];
  readonly waits: Wait[] = [];
  readonly links: Link[] = [];
  /** Lane and row of each entry, by index. */
  readonly lane: number[] = [];
  readonly row: number[] = [];
  /** Of each entry: when it started and ended, the index of its kind, and 1 if a rule changed its response. */
  readonly columns = { started: new Numbers(), ended: new Numbers(), kind: new Numbers(), fault: new Numbers() };
  /** When the first request started and the last one ended. */
  from = Number.POSITIVE_INFINITY;
  to = Number.NEGATIVE_INFINITY;
  readonly #lanes = new Map<string, number>();
  /** The last attempt at each logical operation. */
  readonly #attempts = new Map<string, number>();
  readonly #waits = new Map<string, Wait>();
  #generation = -1;
  #replaced = 0;

  /** Takes what has been added to the list. */
  update(entries: EntryList): void {
    if (this.#generation !== entries.generation.peek()) this.#clear(entries.generation.peek());
    for (let index = this.lane.length; index < entries.length; index += 1) {
      this.#add(entries.at(index) as SessionEntry, index);
    }
    for (; this.#replaced < entries.replaced.length; this.#replaced += 1) {
      const index = entries.replaced[this.#replaced] as number;
      const entry = entries.at(index) as SessionEntry;
      this.#measure(entry, index);
      this.#noteWait(entry, index);
    }
  }

  #clear(generation: number): void {
    this.#generation = generation;
    for (const list of [this.lanes, this.waits, this.links, this.lane, this.row]) list.length = 0;
    for (const map of [this.#lanes, this.#attempts, this.#waits]) map.clear();
    for (const column of Object.values(this.columns)) column.clear();
    this.#replaced = 0;
    this.from = Number.POSITIVE_INFINITY;
    this.to = Number.NEGATIVE_INFINITY;
  }

  #add(entry: SessionEntry, index: number): void {
    const lane = this.#laneOf(entry);
    const row = rowFor(this.lanes[lane] as Lane, entry);
    this.lane.push(lane);
    this.row.push(row);
    this.lanes[lane]?.indexes.push(index);
    this.from = Math.min(this.from, entry.started);
    this.#measure(entry, index);
    this.#join(entry, index);
  }

  /** Notes what the bar of an entry looks like. */
  #measure(entry: SessionEntry, index: number): void {
    const { started, ended, kind, fault } = this.columns;
    const end = endOf(entry);
    started.set(index, entry.started);
    ended.set(index, end);
    kind.set(index, KINDS.indexOf(entry.outcome === 'pending' ? 'accent' : statusClass(entry.status)));
    fault.set(index, entry.fault === undefined ? 0 : 1);
    this.to = Math.max(this.to, end);
  }

  #laneOf(entry: SessionEntry): number {
    const { world } = entry;
    const client = clientOf(entry);
    const key = `${world}\n${client}`;
    const known = this.#lanes.get(key);
    if (known !== undefined) return known;
    if (this.lanes.length > MAX_LANES) return MAX_LANES;
    const lane = this.lanes.length;
    const isRest = lane === MAX_LANES;
    this.#lanes.set(key, lane);
    this.lanes.push({
      world: isRest ? '' : world,
      client: isRest ? 'other clients' : client,
      indexes: [],
      rows: 1,
      ends: [],
    });
    return lane;
  }

  #keyOf({ method, url }: SessionEntry, index: number): string {
    return `${this.lane[index]}\n${method}\n${url}`;
  }

  /** Joins an attempt with the one before it, and notes how long the client has to wait before the next one. */
  #join(entry: SessionEntry, index: number): void {
    const key = this.#keyOf(entry, index);
    const before = this.#attempts.get(key);
    if (before !== undefined && entry.attempt > 1) this.links.push({ from: before, to: index });
    const due = this.#waits.get(key);
    if (due !== undefined && entry.started < due.to) due.early = index;
    this.#attempts.set(key, index);
    this.#waits.delete(key);
    this.#noteWait(entry, index);
  }

  /** Notes how long Retry-After asks the client to wait. */
  #noteWait(entry: SessionEntry, index: number): void {
    const key = this.#keyOf(entry, index);
    const wanted = waitOf(entry);
    if (wanted === undefined || this.#waits.has(key)) return;
    const from = endOf(entry);
    const wait = {
      lane: this.lane[index] as number,
      row: this.row[index] as number,
      from,
      to: from + wanted,
      early: -1,
    };
    this.waits.push(wait);
    this.#waits.set(key, wait);
  }
}

/** When the response had been sent. */
export const endOf = ({ started, timings }: SessionEntry): number => started + timings.lastByte;

/** The name of a client: its User-Agent without its version. */
const clientOf = ({ userAgent, user }: SessionEntry): string => userAgent?.split(/[ /]/)[0] || user || 'unknown client';

/** Takes the first row that is free. */
function rowFor(lane: Lane, entry: SessionEntry): number {
  const free = lane.ends.findIndex((end) => end <= entry.started);
  const row = free === -1 ? Math.min(lane.ends.length, MAX_ROWS - 1) : free;
  lane.ends[row] = endOf(entry);
  lane.rows = Math.max(lane.rows, row + 1);
  return row;
}

/** Milliseconds that Retry-After asks to wait: seconds, or a date by the world's clock. */
function waitOf({ response, time }: SessionEntry): number | undefined {
  const text = response.headers.find(({ name }) => name.toLowerCase() === 'retry-after')?.value;
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - time);
}

/** Places marks after the requests that had ended before them. */
export function placeMarks(marks: readonly Mark[], entries: EntryList, origin: number): readonly PlacedMark[] {
  return marks.map((mark) => {
    if (mark.at !== undefined) return { mark, at: mark.at };
    const before = entries.at(entries.indexOf(keyOf({ world: mark.world, id: mark.after })));
    return { mark, at: before === undefined ? origin : endOf(before) };
  });
}

/** Places findings on the requests that show them. */
export const placeFindings = (findings: readonly Finding[], entries: EntryList): readonly PlacedMark[] =>
  findings.flatMap(({ rule, severity, message, world, entries: ids }) =>
    ids.flatMap((id): readonly PlacedMark[] => {
      const index = entries.indexOf(keyOf({ world, id }));
      const entry = entries.at(index);
      const text = `${severity} ${rule}: ${message}`;
      const mark: Mark = { kind: 'finding', world, after: id, time: 0, text, severity };
      return entry === undefined ? [] : [{ mark, at: entry.started, index }];
    }),
  );
