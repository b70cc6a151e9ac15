import { InputError } from '../../input/input-error.ts';
import type { DataReferences } from '../image-document.ts';
import { Replay } from '../replay.ts';
import type { State } from '../state.ts';
import { logOf, oldLogOf } from '../state-paths.ts';
import { type ParsedLog, readLog } from './read-log.ts';

/** A state of format 1 as it was read from its file, before the changes in the logs. */
export interface StateBeforeLogs {
  /** Path of the state file. */
  readonly file: string;
  /** Whether the file does not exist yet. */
  readonly isNew: boolean;
  /** Receives the changes. */
  readonly state: State;
  readonly references: DataReferences;
}

/** A log and its path. */
interface LogFile {
  readonly path: string;
  readonly log: ParsedLog;
}

/**
 * Applies the changes in the logs of a state file to its state.
 * @returns the generation of the last log; that of the state if there is no log.
 * @throws InputError if a log is invalid or continues another state file.
 */
export function replayLogs(before: StateBeforeLogs): number {
  const { state, references } = before;
  const replay = new Replay(state, references);
  let generation = state.version.generation;
  for (const [index, logFile] of logsAfter(before).entries()) {
    generation = state.version.generation + index;
    checkGeneration(before, logFile, generation);
    applyRecords(replay, logFile);
  }
  return generation;
}

/** Reads the logs whose changes the state lacks, oldest first. */
function logsAfter({ file, isNew, state }: StateBeforeLogs): readonly LogFile[] {
  const logs: LogFile[] = [];
  for (const path of [oldLogOf(file), logOf(file)]) {
    const log = readLog(path);
    if (log === undefined) continue;
    // An older log is in the state file already; the process ended before it deleted the log.
    if (isNew || log.generation >= state.version.generation) logs.push({ path, log });
  }
  return logs;
}

function checkGeneration({ file, isNew }: StateBeforeLogs, { path, log }: LogFile, expected: number): void {
  if (!isNew && log.generation === expected) return;
  throw new InputError(path, [
    {
      pointer: '/generation',
      line: 1,
      message: isNew
        ? `the log continues ${file}, which does not exist`
        : `the log does not continue ${file}: expected generation ${expected}`,
      found: log.generation,
      allowed: 'a log and a state file of the same run',
    },
  ]);
}

function applyRecords(replay: Replay, { path, log }: LogFile): void {
  for (const { line, record } of log.records) {
    const issues = replay.apply(record, '');
    if (issues.length > 0)
      throw new InputError(
        path,
        issues.map((issue) => ({ ...issue, line })),
      );
  }
}
