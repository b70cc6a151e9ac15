import { existsSync } from 'node:fs';
import type { ImageData } from '../domain/data/image-data.ts';
import { InputError, type InputIssue } from '../input/input-error.ts';
import { applyLogs, type LogReporter } from './apply-logs.ts';
import { DataDirectory } from './data-directory.ts';
import { imagesOf } from './document-layer.ts';
import { replayLogs } from './format-1/replay-logs.ts';
import { mergeLayers } from './merge-layers.ts';
import { type ReadState, readStateFile } from './read-state-file.ts';
import { type DamagedRecord, RecordFile } from './record-file.ts';
import { createState, layersOf, type State } from './state.ts';
import { dataFilesOf, logPaths } from './state-files.ts';
import { dataOf as dataPathOf } from './state-paths.ts';

/** Something that is wrong with a state file, its log or its data. */
export interface StateProblem extends InputIssue {
  /** Path of the file. */
  readonly file: string;
  /** The record, image or change that it concerns; empty if that cannot be read. */
  readonly subject: string;
  /** What a repair does about it. */
  readonly repair: string;
  /** Whether a repair loses something. */
  readonly isLoss: boolean;
}

/** A state file as it was read, with all that is wrong. */
export interface Inspection {
  readonly state: State;
  readonly problems: readonly StateProblem[];
  /** The data of images whose files are missing or damaged. */
  readonly lostData: ReadonlySet<ImageData>;
}

/** Lists the data of all images of a state. */
export function* dataOf(state: State): Iterable<ImageData> {
  for (const layer of layersOf(state.worlds.values())) {
    for (const { data, staged } of imagesOf(layer)) {
      if (data !== null) yield data;
      if (staged !== undefined) yield staged.data;
    }
  }
}

/** Reads a state file, its logs and its data as far as they can be read. Changes nothing. */
export async function inspectState(file: string): Promise<Inspection> {
  const problems: StateProblem[] = [];
  const report = (path: string, issue: InputIssue, damaged?: DamagedRecord): void => {
    problems.push({ ...issue, file: path, ...remedyFor(damaged) });
  };
  const directory = new DataDirectory(dataPathOf(file), { place: file, fsync: 'never' });
  const { state, reading } = readFile(file, directory, report);
  const reporter: LogReporter = {
    report,
    drop: (path, line, found) => report(path, unfinished(line, found)),
  };
  const before = { file, state, references: directory };
  if (reading?.format === 1) replayFormer(before, report);
  else applyLogs({ ...before, isClosed: reading === undefined || reading.isClosed, createsMissing: true }, reporter);
  mergeLayers(state.worlds.values());
  const lostData = new Set<ImageData>();
  for await (const { data, issue } of directory.issues(dataOf(state))) {
    lostData.add(data);
    problems.push({
      ...issue,
      file,
      subject: '',
      repair: 'the images with this data are queued without it',
      isLoss: true,
    });
  }
  return { state, problems, lostData };
}

type Report = (path: string, issue: InputIssue, damaged?: DamagedRecord) => void;

function readFile(
  file: string,
  references: DataDirectory,
  report: Report,
): Partial<ReadState> & Pick<ReadState, 'state'> {
  if (!existsSync(file)) {
    const { log, old } = logPaths(file);
    const count = dataFilesOf(file).length;
    const isLeft = log !== undefined || old !== undefined || count > 0;
    const message = isLeft ? 'is missing, but its log or its data is there' : 'does not exist';
    report(file, {
      pointer: '',
      message,
      found: `${count} data files`,
      allowed: 'the state file of the log and the data',
    });
    return { state: stateBefore(old ?? log) };
  }
  try {
    const options = { references, createsMissing: true };
    return readStateFile(file, { ...options, report: (issue, damaged) => report(file, issue, damaged) });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const issue of error.issues) report(file, issue);
    const { log, old } = logPaths(file);
    return { state: stateBefore(old ?? log) };
  }
}

/** Returns an empty state in place of a file that is lost, to which its logs can be applied. */
function stateBefore(first: string | undefined): State {
  const state = createState();
  const version = first === undefined ? undefined : new RecordFile(first).version;
  if (version !== undefined) state.version = version;
  return state;
}

function replayFormer(before: Omit<Parameters<typeof replayLogs>[0], 'isNew'>, report: Report): void {
  try {
    replayLogs({ ...before, isNew: false });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const issue of error.issues) report(error.place, issue);
  }
}

function remedyFor(damaged: DamagedRecord | undefined): Pick<StateProblem, 'subject' | 'repair' | 'isLoss'> {
  const subject = damaged === undefined ? '' : describeRecord(damaged.record);
  if (damaged?.isKept === true)
    return { subject, repair: 'the record is kept as it reads; a value may be wrong', isLoss: false };
  return { subject, repair: 'what cannot be read is left out', isLoss: true };
}

/** Says what a record changes. */
function describeRecord([kind, first, second, third]: readonly unknown[]): string {
  const image = second as { readonly id?: unknown; readonly name?: unknown } | null;
  if (kind === 'image') return `image ${String(image?.id)} "${String(image?.name)}"`;
  if (kind === 'document') return `document ${String(third)} of ${String(second)}`;
  if (kind === 'snapshot' || kind === 'forget') return `snapshot ${String(second)} of world ${String(first)}`;
  return `${String(kind)} ${String(first)}`;
}

const unfinished = (line: number, found: string): InputIssue => ({
  pointer: '',
  line,
  message: 'the last change is not complete, since the process ended while it was written; no client got its response',
  found,
});
