import { InputError, type InputIssue } from '../input/input-error.ts';
import type { LogEnd } from './document-log.ts';
import type { StateVersion } from './log-record.ts';
import { type DamagedRecord, damaged, type ReadRecord, RecordFile, tailOf } from './record-file.ts';

/** Receives what is read from a log. */
export interface LogVisitor {
  /** Applies a record. Returns what is wrong with it. */
  apply(record: readonly unknown[]): readonly InputIssue[];
  /** Reports what is wrong with the log, and with which record. Throws to stop. */
  report(issue: InputIssue, what?: DamagedRecord): void;
  /** Reports a change at the end of the log that was not written completely and is ignored. */
  drop(line: number, found: string): void;
}

/** A log whose records were read. */
export interface LogReading {
  /** Where the next record goes. */
  readonly end: LogEnd;
  /** Whether the log ends with the mark that it was closed. */
  readonly isSealed: boolean;
}

/** Opens a log and checks its first line. @throws InputError if it is no log. */
export function openLog(path: string): { readonly file: RecordFile; readonly version: StateVersion } {
  const file = new RecordFile(path);
  const { headIssue, kind, version } = file;
  if (headIssue === undefined && kind === 'log' && version !== undefined) return { file, version };
  file.close();
  const message = 'expected the first record of a log';
  throw new InputError(path, [
    headIssue ?? { pointer: '', line: 1, message, found: kind, allowed: 'a log that Sideglance wrote' },
  ]);
}

/** Reads the records of a log. The records of one change are applied together, or not at all. */
export function readLog(file: RecordFile, visitor: LogVisitor): LogReading {
  const change: ReadRecord[] = [];
  let end = file.end;
  let isSealed = false;
  for (const read of file.records()) {
    if (read.issue !== undefined) visitor.report(read.issue, damaged(read));
    if (read.decoded === undefined) continue;
    change.push(read);
    if (read.decoded.more > 0) continue;
    isSealed = read.decoded.record[0] === 'closed';
    applyChange(change.splice(0), visitor);
    end = file.end;
  }
  const tail = tailOf(file.remainder, isSealed);
  const { line } = file.remainder;
  if (tail.kind === 'cut') visitor.report(cutOff(line, tail.found));
  else if (tail.kind === 'unfinished' && file.isWhole(file.remainder)) visitor.report(endless(line, tail.found));
  else if (tail.kind === 'unfinished') visitor.drop(line, tail.found);
  else if (change.length > 0)
    visitor.drop(change[0]?.line ?? line, `${change.length} records of a change that has more`);
  return { end, isSealed };
}

function applyChange(change: readonly ReadRecord[], visitor: LogVisitor): void {
  for (const { decoded, line } of change) {
    const record = decoded?.record ?? [];
    if (record[0] === 'closed') continue;
    for (const issue of visitor.apply(record)) visitor.report({ ...issue, line }, { record, isKept: false });
  }
}

const endless = (line: number, found: string): InputIssue => ({
  pointer: '',
  line,
  message: 'the record is complete, but its line has no end, so the line was changed after it was written',
  found,
  allowed: 'a line end behind each record',
});

const cutOff = (line: number, found: string): InputIssue => ({
  pointer: '',
  line,
  message: 'the log was cut off here, so the changes after this line are missing',
  ...(found !== '' && { found }),
  allowed: 'the whole log of the last run',
});
