import { InputError, type InputIssue } from '../input/input-error.ts';
import type { LogEnd } from './document-log.ts';
import { isFormerLog } from './format-1/read-log.ts';
import type { DataReferences } from './image-document.ts';
import type { StateVersion } from './log-record.ts';
import { openLog, readLog } from './read-log.ts';
import type { DamagedRecord, RecordFile } from './record-file.ts';
import { Replay } from './replay.ts';
import { type Outline, outlineOf, type State } from './state.ts';
import { logPaths } from './state-files.ts';
import { logOf, oldLogOf } from './state-paths.ts';

/** A state as it was read from its file, before the changes in the logs. */
export interface StateBeforeLogs {
  /** Path of the state file. */
  readonly file: string;
  /** Receives the changes. */
  readonly state: State;
  readonly references: DataReferences;
  /** Whether the file was closed, and so needs no log. */
  readonly isClosed: boolean;
  /** Whether layers are created whose records were lost. Default: false. */
  readonly createsMissing?: boolean;
}

/** Receives what is wrong with logs. */
export interface LogReporter {
  /** Reports that a log is missing, damaged or does not belong to the file. Throws to stop. */
  report(path: string, issue: InputIssue, what?: DamagedRecord): void;
  /** Reports a change at the end of a log that was not written completely and is ignored. */
  drop(path: string, line: number, found: string): void;
}

/** The log that the next changes continue. */
export interface OpenLog {
  readonly version: StateVersion;
  readonly end: LogEnd;
  /** What the next version of the state file consists of, if the file still lacks the changes of the old log. */
  readonly outline: Outline | undefined;
}

/** A log whose first line was read. */
interface Opened {
  readonly file: RecordFile;
  readonly version: StateVersion;
}

/**
 * Reports the first problem as an error.
 * @param notices - receives what is ignored at the end of a log.
 */
export const strictReporter = (notices: string[]): LogReporter => ({
  report: (path, issue) => {
    throw new InputError(path, [issue]);
  },
  drop: (path, line, found) => {
    const reason = 'since the process ended while it was written';
    notices.push(`${path}: line ${line} is not complete, ${reason}; its change is ignored: ${found}`);
  },
});

/**
 * Applies the changes in the logs of a state file to its state.
 * @returns the log to continue; `undefined` if a new one is needed.
 */
export function applyLogs(before: StateBeforeLogs, reporter: LogReporter): OpenLog | undefined {
  const { file, state, isClosed } = before;
  const paths = logPaths(file);
  const log = open(paths.log, before, reporter);
  const old = open(paths.old, before, reporter);
  const { id, previous } = state.version;
  if (log === undefined) {
    if (!isClosed) reporter.report(logOf(file), missing(`the changes since ${file} was written`));
    if (old !== undefined && old.version.id !== previous) reporter.report(old.file.path, foreign(old, state.version));
    return undefined;
  }
  if (log.version.id === id) {
    if (old !== undefined && old.version.id !== previous) reporter.report(old.file.path, foreign(old, state.version));
    return { version: log.version, end: replay(log, before, reporter), outline: undefined };
  }
  if (log.version.previous !== id) {
    reporter.report(log.file.path, foreign(log, state.version));
    return undefined;
  }
  if (old === undefined) reporter.report(oldLogOf(file), missing(`the changes between ${file} and ${logOf(file)}`));
  else if (old.version.id === id) replay(old, before, reporter);
  else reporter.report(old.file.path, foreign(old, state.version));
  const outline = outlineOf(state);
  return { version: log.version, end: replay(log, before, reporter), outline };
}

/** Opens a log. A log of format 1 is in the state file already: the process ended before it removed the log. */
function open(path: string | undefined, { isClosed }: StateBeforeLogs, reporter: LogReporter): Opened | undefined {
  if (path === undefined) return undefined;
  if (isClosed && isFormerLog(path)) return undefined;
  try {
    return openLog(path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const issue of error.issues) reporter.report(path, issue);
    return undefined;
  }
}

function replay({ file }: Opened, before: StateBeforeLogs, reporter: LogReporter): LogEnd {
  const { state, references, createsMissing } = before;
  const target = new Replay(state, references, createsMissing);
  const { end } = readLog(file, {
    apply: (record) => target.apply(record, ''),
    report: (issue, what) => reporter.report(file.path, issue, what),
    drop: (line, found) => reporter.drop(file.path, line, found),
  });
  return end;
}

const missing = (what: string): InputIssue => ({
  pointer: '',
  message: `is missing; it holds ${what}`,
  allowed: 'the state file together with its logs',
});

const foreign = ({ version }: Opened, { generation, id }: StateVersion): InputIssue => ({
  pointer: '',
  line: 1,
  message: 'the log continues another state file',
  found: `generation ${version.generation}, id ${version.id}`,
  allowed: `generation ${generation}, id ${id}, as the state file has it`,
});
