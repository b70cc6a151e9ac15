import { isObject, type Json } from '../base/json.ts';
import type { InputIssue } from '../input/input-error.ts';
import type { LogEnd } from './document-log.ts';
import { type RawLine, readLines } from './line-reader.ts';
import type { StateVersion } from './log-record.ts';
import { checksumSeed, type DecodedLine, decodeLine } from './record-line.ts';

/** A complete line of a file of records. */
export interface ReadRecord {
  /** Number of the line, from 1. */
  readonly line: number;
  /** The record; `undefined` if the line cannot be read. */
  readonly decoded: DecodedLine | undefined;
  /** What is wrong with the line. */
  readonly issue: InputIssue | undefined;
}

/** A record that is damaged or invalid. */
export interface DamagedRecord {
  readonly record: readonly unknown[];
  /** Whether the record can be used as it is. */
  readonly isKept: boolean;
}

/** Returns the record of a damaged line, if it can be read. */
export const damaged = ({ decoded }: ReadRecord): DamagedRecord | undefined =>
  decoded === undefined ? undefined : { record: decoded.record, isKept: true };

/** What follows the last complete line of a file. */
export interface Remainder {
  readonly line: number;
  readonly bytes: Buffer;
}

/** The first record of a file: its kind, and its members. */
export interface FileHead {
  readonly kind: unknown;
  readonly members: Json;
}

/** Reads a file of records, one after the other: a state file or its log. */
export class RecordFile {
  readonly path: string;
  /** What is wrong with the first line; `undefined` for a valid one. */
  readonly headIssue: InputIssue | undefined;
  readonly #lines: Generator<RawLine>;
  readonly #head: FileHead;
  #remainder: Remainder | undefined;
  #sequence = 1;
  #endBytes = 0;

  /** Opens a file and reads its head. @throws InputError if the file cannot be read. */
  constructor(path: string) {
    this.path = path;
    this.#lines = readLines(path);
    const first = this.#lines.next().value as RawLine;
    if (!first.isComplete) {
      this.#remainder = first;
      this.#head = { kind: undefined, members: {} };
      const message = first.bytes.length === 0 ? 'the file is empty' : 'the first line has no end';
      this.headIssue = { pointer: '', line: 1, message, allowed: 'a file that Sideglance wrote' };
      return;
    }
    const { decoded, issue } = decodeLine(first.bytes, 0);
    const [kind, members] = decoded?.record ?? [];
    this.#head = { kind, members: isObject(members) ? members : {} };
    this.headIssue = issue && { ...issue, line: 1 };
    this.#endBytes = first.at + first.bytes.length + 1;
  }

  /** The kind of the file, which is that of its first record. */
  get kind(): unknown {
    return this.#head.kind;
  }

  /** The members of the first record, which have not been checked yet. */
  get head(): Json {
    return this.#head.members;
  }

  /** The version of the state file that the first record names; `undefined` if it names none. */
  get version(): StateVersion | undefined {
    const { generation, id, previous } = this.#head.members;
    if (!Number.isSafeInteger(generation) || typeof id !== 'string') return undefined;
    return { generation: generation as number, id, previous: typeof previous === 'string' ? previous : null };
  }

  /** What follows the last complete line. Known once all records have been read. */
  get remainder(): Remainder {
    return this.#remainder ?? { line: 1, bytes: Buffer.alloc(0) };
  }

  /** Where the record after those that were read goes. */
  get end(): LogEnd {
    return { sequence: this.#sequence, bytes: this.#endBytes };
  }

  /** Reads the records after the first one. */
  *records(): Generator<ReadRecord> {
    const seed = this.#seed;
    for (const raw of this.#lines) {
      if (!raw.isComplete) {
        this.#remainder = raw;
        return;
      }
      this.#endBytes = raw.at + raw.bytes.length + 1;
      yield this.#check(raw, seed);
    }
  }

  /** Whether what follows the last complete line is a record without its line end. */
  isWhole({ bytes }: Remainder): boolean {
    const whole = bytes.subarray(0, bytes.lastIndexOf(']') + 1);
    return whole.length > 0 && decodeLine(whole, this.#seed).issue === undefined;
  }

  /** The initial value of checksums; `undefined` if it is unknown, because the first line is damaged. */
  get #seed(): number | undefined {
    const { version } = this;
    return version === undefined ? undefined : checksumSeed(version.id);
  }

  #check({ line, bytes }: RawLine, seed: number | undefined): ReadRecord {
    const { decoded, issue } = decodeLine(bytes, seed);
    const expected = this.#sequence;
    this.#sequence = (decoded?.sequence ?? expected) + 1;
    if (decoded === undefined || issue !== undefined) return { line, decoded, issue: issue && { ...issue, line } };
    if (decoded.sequence === expected) return { line, decoded, issue: undefined };
    const message = `expected record ${expected}: records before this line are missing, or lines changed places`;
    return { line, decoded, issue: { pointer: '', line, message, found: decoded.sequence, allowed: String(expected) } };
  }

  /** Closes the file, if not all records have been read. */
  close(): void {
    this.#lines.return(undefined);
  }
}

/** What the remainder of a log shows. */
export type LogTail =
  /** All records are there. */
  | { readonly kind: 'complete' }
  /** The last change was not written completely: the process ended before it sent the response. */
  | { readonly kind: 'unfinished'; readonly found: string }
  /** The file ends where the log has a filler, so records may be missing. */
  | { readonly kind: 'cut'; readonly found: string };

/**
 * Returns what the remainder of a log shows.
 * @param isSealed - whether the last record marks the log as complete.
 */
export function tailOf({ bytes }: Remainder, isSealed: boolean): LogTail {
  const found = bytes.toString().trim().slice(0, 100);
  const isFilled = bytes[0] === FILLER || bytes[bytes.length - 1] === FILLER;
  if (!isFilled && !isSealed) return { kind: 'cut', found };
  return found === '' ? { kind: 'complete' } : { kind: 'unfinished', found };
}

const FILLER = ' '.charCodeAt(0);
