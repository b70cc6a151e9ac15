import { join } from 'node:path';
import type { ClientEnd } from '../client-runs/command.ts';
import { type ClientRun, type RunContext, runClient } from '../client-runs/run-client.ts';
import type { Sideglance } from '../library/sideglance.ts';
import type { ConformCase } from './case.ts';
import { type CaseOrigin, originOf } from './case-origin.ts';
import { worldOf } from './case-world.ts';
import { type CaseInputFiles, DATA_FILE, prepareInputs } from './inputs.ts';
import { type Judged, judgeCase } from './judge.ts';
import type { CaseResult, ExitOf } from './result.ts';

/** How cases are played. */
export interface PlayOptions {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Folder for the recordings of cases that failed; none are kept when omitted. */
  readonly recordings?: string | undefined;
  /** Stops the command. */
  readonly signal?: AbortSignal | undefined;
}

/** Seconds beyond `SIDEGLANCE_TIMEOUT` after which a client is stopped: programs need time to start and to end. */
const GRACE = 3;

/** Characters of the output that a result keeps. */
const TAIL = 2000;

/** What hooks of one run share. */
interface Running {
  readonly one: ConformCase;
  readonly origin: CaseOrigin;
  readonly options: PlayOptions;
  files?: CaseInputFiles;
  recording?: string;
}

let played = 0;

/** Plays a case: runs the command in a world of its own, and judges what it did. */
export async function playCase(cloud: Sideglance, one: ConformCase, options: PlayOptions): Promise<CaseResult> {
  played += 1;
  const running: Running = { one, origin: originOf(one), options };
  const run = await runClient<Judged>(cloud, {
    command: options.command,
    signal: options.signal,
    timeout: (one.inputs.timeout + GRACE) * 1000,
    world: worldOf(one, { name: `conform-${process.pid}-${played}`, url: cloud.url }),
    ...(one.user !== undefined && { user: one.user }),
    env: ({ folder }) => {
      running.files = prepareInputs(one, running.origin, folder);
      return running.files.env;
    },
    inspect: (context, ended) => inspect(running, context, ended),
  });
  return resultOf(running, run);
}

function inspect(running: Running, { world, folder }: RunContext, { end }: ClientRun): Judged {
  const { one, origin, options, files } = running;
  const judged = judgeCase(one, world, {
    exit: exitOf(end),
    origin,
    changes: world.images.changes(),
    output: files?.output(),
    file: files?.file,
  });
  if (options.recordings === undefined || judged.verdict !== 'fail' || end.kind === 'aborted') return judged;
  running.recording = join(options.recordings, `${one.id}.json`);
  world.writeRecording(running.recording, {
    kind: 'case',
    name: one.id,
    file: one.place,
    verdict: judged.verdict,
    error: judged.reasons.map(({ message }) => message).join('; '),
    command: options.command,
    ...(files !== undefined && { environment: files.env, folder, files: dataOf(files) }),
  });
  return judged;
}

/** The data that the client found in its folder, for a replay. */
const dataOf = ({ file }: CaseInputFiles): Readonly<Record<string, string>> =>
  file === undefined ? {} : { [DATA_FILE]: file.toString('base64') };

const exitOf = ({ kind, exitCode, signal, error }: ClientEnd): ExitOf => ({
  code: kind === 'not started' ? null : exitCode,
  signal: signal ?? (kind === 'not started' ? (error ?? 'not started') : null),
  timedOut: kind === 'timed out',
});

function resultOf({ one, recording }: Running, { inspected, end, entries }: ClientRun<Judged>): CaseResult {
  const { verdict, reasons, notes, fired } = inspected;
  return {
    case: one.id,
    version: one.version,
    api: one.api,
    profile: one.profile,
    task: one.task,
    title: one.title,
    verdict,
    reasons,
    notes,
    exit: exitOf(end),
    milliseconds: Math.round(end.milliseconds),
    requests: entries.length,
    fired,
    stdout: end.stdout.text.slice(-TAIL),
    stderr: end.stderr.text.slice(-TAIL),
    ...(recording !== undefined && { recording }),
  };
}
