import type { Source } from '../base/source.ts';
import type { FiredRule, JournalCaller, RecordedRequest } from './recorded.ts';
import { lengthOf } from './text-length.ts';

/** How many lists of request headers are compared with a new one. A power of two. */
const LISTS = 32;
/** How many kinds are compared with a new request. A power of two. */
const KINDS = 128;
/** Longer lists of request headers, in characters, are not shared: they would take memory that nobody counts. */
const MAX_SHARED = 8192;

/** Lists with more response headers have no kind. */
export const MAX_HEADERS = 2 * 30;

/** What requests of one kind have in common, so that their entries share it. */
export interface EntryKind {
  readonly dialect: string;
  readonly operation: string | null;
  readonly method: string;
  readonly status: number;
  readonly source: Source;
  readonly caller: JournalCaller | undefined;
  readonly label: string | undefined;
  readonly fired: FiredRule | undefined;
  readonly decision: object | undefined;
  readonly isDecidedEarly: boolean;
  readonly requestHeaders: readonly string[];
  /** Names and values in turn; the values of other requests of this kind may differ. */
  readonly responseHeaders: readonly string[];
  /** Characters of all headers. */
  readonly headerLength: number;
}

/**
 * Recent kinds of requests. Clients send the same headers with most requests, whatever the connection, and the responses of one
 * operation differ in few values, such as the request id: what entries share is in the caches of the processor.
 */
export class EntryKinds {
  readonly #lists: (readonly string[] | undefined)[] = new Array<undefined>(LISTS).fill(undefined);
  readonly #kinds: (EntryKind | undefined)[] = new Array<undefined>(KINDS).fill(undefined);

  /** Returns the kind of a request: a recent one, or a new one with its response headers. */
  find(entry: RecordedRequest): EntryKind {
    const headers = this.#share(entry.requestHeaders);
    const slot = slotOf(entry, headers);
    const recent = this.#kinds[slot];
    if (recent !== undefined && fits(recent, entry, headers)) return recent;
    return this.#add(slot, entry, headers);
  }

  /** Makes a new kind with the response headers of a request, which later ones are compared with. */
  renew(entry: RecordedRequest, { requestHeaders }: EntryKind): EntryKind {
    return this.#add(slotOf(entry, requestHeaders), entry, requestHeaders);
  }

  /** Returns an equal recent list of headers, or the list itself. */
  #share(list: readonly string[]): readonly string[] {
    let [hash, length] = [list.length, 0];
    for (let at = 1; at < list.length; at += 2) {
      const value = list[at] as string;
      hash = (hash * 31 + (value.length === 0 ? 0 : value.charCodeAt(value.length - 1))) | 0;
      length += value.length;
    }
    if (length > MAX_SHARED) return list;
    const slot = (hash ^ (hash >>> 7) ^ length) & (LISTS - 1);
    const recent = this.#lists[slot];
    if (recent !== undefined && isEqual(recent, list)) return recent;
    this.#lists[slot] = list;
    return list;
  }

  #add(slot: number, entry: RecordedRequest, requestHeaders: readonly string[]): EntryKind {
    const { responseHeaders } = entry;
    const kind = {
      dialect: entry.dialect,
      operation: entry.operation,
      method: entry.method,
      status: entry.status,
      source: entry.source,
      caller: entry.caller,
      label: entry.label,
      fired: entry.fired,
      decision: entry.decision,
      isDecidedEarly: entry.isDecidedEarly,
      requestHeaders,
      responseHeaders,
      headerLength: lengthOf(requestHeaders) + lengthOf(responseHeaders),
    };
    this.#kinds[slot] = kind;
    return kind;
  }
}

/** Tells the most common kinds apart: operations differ in the length of their name or in its middle. */
function slotOf({ operation, status, method }: RecordedRequest, headers: readonly string[]): number {
  const name = operation ?? '';
  const middle = name.length === 0 ? 0 : name.charCodeAt(name.length >>> 1);
  const last = headers.length === 0 ? 0 : (headers[headers.length - 1] as string).length;
  return (status * 7 + name.length * 3 + middle * 5 + method.length + last * 11) & (KINDS - 1);
}

const fits = (kind: EntryKind, entry: RecordedRequest, requestHeaders: readonly string[]): boolean =>
  kind.requestHeaders === requestHeaders &&
  kind.operation === entry.operation &&
  kind.status === entry.status &&
  kind.caller === entry.caller &&
  kind.decision === entry.decision &&
  kind.fired === entry.fired &&
  kind.source === entry.source &&
  kind.label === entry.label &&
  kind.method === entry.method &&
  kind.dialect === entry.dialect &&
  kind.isDecidedEarly === entry.isDecidedEarly &&
  hasSameNames(kind.responseHeaders, entry.responseHeaders);

function hasSameNames(one: readonly string[], other: readonly string[]): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 2) if (one[at] !== other[at]) return false;
  return true;
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
