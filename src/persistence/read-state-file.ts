import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { InputError, type InputIssue } from '../input/input-error.ts';
import type { LogEnd } from './document-log.ts';
import { parseState } from './format-1/parse-state.ts';
import type { DataReferences } from './image-document.ts';
import { type DamagedRecord, damaged, type ReadRecord, RecordFile } from './record-file.ts';
import { isChecksummed } from './record-line.ts';
import { Replay } from './replay.ts';
import { createState, type State } from './state.ts';

/** Version of the format of state files: records as lines with checksums. */
export const FORMAT = 2;

/** What was read from a state file besides its state. */
export interface FileReading {
  /** Version of the format. */
  readonly format: 1 | 2;
  /** Whether the file was closed, and so needs no log. */
  readonly isClosed: boolean;
  /** Position and sequence number of the last record. */
  readonly last: LogEnd;
}

/** A state file that was read. */
export interface ReadState {
  readonly state: State;
  readonly reading: FileReading;
}

/** How a state file is read. */
export interface ReadOptions {
  readonly references: DataReferences;
  /** Reports what is wrong with the file. Throws to stop. */
  readonly report: (issue: InputIssue, what?: DamagedRecord) => void;
  /** Whether layers are created whose records were lost. Default: false. */
  readonly createsMissing?: boolean;
}

/** Reads a state file of any format. @throws InputError if the file is not a state file. */
export function readStateFile(path: string, options: ReadOptions): ReadState {
  if (hasChecksums(path)) return readRecords(path, options);
  const state = parseState(parseJson(path, readFileSync(path, 'utf8')), path, options.references);
  return { state, reading: { format: 1, isClosed: false, last: { bytes: 0, sequence: 0 } } };
}

function readRecords(path: string, { references, report, createsMissing }: ReadOptions): ReadState {
  const file = new RecordFile(path);
  const state = checkHead(file, report);
  const replay = new Replay(state, references, createsMissing);
  let last: ReadRecord | undefined;
  let start = file.end;
  let next = file.end;
  for (const read of file.records()) {
    if (read.issue !== undefined) report(read.issue, damaged(read));
    if (isEnd(last)) report(afterEnd(read.line));
    last = read;
    start = next;
    next = file.end;
    if (read.decoded === undefined || isEnd(read)) continue;
    const { record } = read.decoded;
    for (const issue of replay.apply(record, '')) report({ ...issue, line: read.line }, { record, isKept: false });
  }
  if (!isEnd(last) || file.remainder.bytes.length > 0) report(cutOff(file));
  const isClosed = isEnd(last) && last?.decoded?.record[1] === 1;
  return { state, reading: { format: FORMAT, isClosed, last: start } };
}

function checkHead(file: RecordFile, report: ReadOptions['report']): State {
  const { head, headIssue, kind, version } = file;
  if (headIssue !== undefined) report(headIssue);
  if (kind !== 'state' || head['format'] !== FORMAT || version === undefined) {
    const message = 'expected the first record of a state file';
    report({ pointer: '', line: 1, message, found: head, allowed: `a state file of format ${FORMAT}` });
  }
  const state = createState();
  if (version !== undefined) state.version = version;
  if (Number.isSafeInteger(head['nextLayer'])) state.nextLayer = head['nextLayer'] as number;
  return state;
}

const isEnd = (read: ReadRecord | undefined): boolean => read?.decoded?.record[0] === 'end';

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = `expected JSON: ${(error as Error).message}`;
    const allowed = 'a state file that Sideglance wrote';
    throw new InputError(path, [{ pointer: '', message, found: text.slice(0, 100), allowed }]);
  }
}

/** Returns whether a file consists of lines with checksums, as those of format 1 do not. */
function hasChecksums(path: string): boolean {
  const bytes = Buffer.alloc(64 * 1024);
  const descriptor = openSync(path, 'r');
  try {
    return isChecksummed(bytes.toString('latin1', 0, readSync(descriptor, bytes)));
  } finally {
    closeSync(descriptor);
  }
}

const afterEnd = (line: number): InputIssue => ({
  pointer: '',
  line,
  message: 'a record follows on the last one',
  allowed: 'nothing after the end record',
});

const cutOff = ({ remainder: { line, bytes } }: RecordFile): InputIssue => ({
  pointer: '',
  line,
  message: 'the file was cut off here, so the records after this line are missing',
  ...(bytes.length > 0 && { found: bytes.toString('utf8', 0, 100) }),
  allowed: 'an end record as the last line',
});
