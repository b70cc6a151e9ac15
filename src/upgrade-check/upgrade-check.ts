import { join } from 'node:path';
import { RANK, RELEASES, type Release } from '../base/release.ts';
import { type ClientRun, type RunContext, runClient } from '../client-runs/run-client.ts';
import { InputError } from '../input/input-error.ts';
import { createFolder } from '../input/write-files.ts';
import type { Sideglance } from '../library/sideglance.ts';
import { startSideglance } from '../library/start-sideglance.ts';
import { changedRequests, changesByOperation, notesOn, unseenChanges } from './changed-requests.ts';
import { type CheckedRuns, judge } from './judge.ts';
import type { UpgradeCheckOptions } from './options.ts';
import type { UpgradeReport, UpgradeRun } from './report.ts';

/** Entries of the journal of each world. */
const JOURNAL_SIZE = 20_000;

/** Milliseconds after which a run is stopped. */
const TIMEOUT = 600_000;

/** Characters of the last line on standard error that a report keeps. */
const MAX_LINE = 300;

/**
 * Runs a command in worlds of two releases, and compares what it gets and how it ends. It runs twice in the older release, to
 * tell what differs anyway.
 * @throws InputError for options that are not valid; nothing is run then.
 * @example
 * const report = await upgradeCheck({ command: ['pytest'], from: 'zed', to: '2026.2' });
 * report.verdict; // 'survives'
 */
export async function upgradeCheck(options: UpgradeCheckOptions): Promise<UpgradeReport> {
  assertReleases(options);
  if (options.recordings !== undefined) createFolder(options.recordings);
  const cloud = await startSideglance({ ...options.server, journalSize: JOURNAL_SIZE });
  try {
    return await checkIn(cloud, options);
  } finally {
    await cloud.close();
  }
}

/** @throws InputError for releases that do not follow each other. */
function assertReleases({ from, to }: UpgradeCheckOptions): void {
  if (RANK[from] < RANK[to]) return;
  const issue = { pointer: '/to', message: `must be later than ${from}`, found: to, allowed: laterThan(from) };
  throw new InputError('upgrade-check', [issue]);
}

function laterThan(release: Release): readonly string[] | string {
  const later = RELEASES.filter((each) => RANK[each] > RANK[release]);
  return later.length === 0 ? 'none: there is no later release' : later;
}

async function checkIn(cloud: Sideglance, options: UpgradeCheckOptions): Promise<UpgradeReport> {
  const { command, from: older, to: newer } = options;
  const again = await run(cloud, older, options);
  const from = await run(cloud, older, options, 'from');
  const to = await run(cloud, newer, options, 'to');
  const runs: CheckedRuns = { from, again, to };
  const changesOf = changesByOperation({ from: older, to: newer });
  const requests = changedRequests(runs, changesOf);
  return {
    command,
    from: toReport(from, older),
    to: toReport(to, newer),
    ...judge(runs, requests),
    requests,
    unseen: unseenChanges(runs, requests, changesOf),
    notes: notesOn(runs),
  };
}

/** Runs the command in a release. @param name - name of the recording; none is written without it. */
const run = (
  cloud: Sideglance,
  release: Release,
  { command, cwd, user, timeout = TIMEOUT, recordings, signal }: UpgradeCheckOptions,
  name?: 'from' | 'to',
): Promise<ClientRun<string | undefined>> =>
  runClient(cloud, {
    command,
    timeout,
    world: { release, label: release },
    env: { SIDEGLANCE_RELEASE: release },
    ...(cwd !== undefined && { cwd }),
    ...(user !== undefined && { user }),
    ...(signal !== undefined && { signal }),
    inspect: ({ world }: RunContext) => {
      if (recordings === undefined || name === undefined) return undefined;
      const file = join(recordings, `${name}.json`);
      world.writeRecording(file, { kind: 'run', name: release, command });
      return file;
    },
  });

const toReport = ({ end, entries, inspected }: ClientRun<string | undefined>, release: Release): UpgradeRun => ({
  release,
  end: end.kind,
  exitCode: end.exitCode,
  signal: end.signal,
  milliseconds: Math.round(end.milliseconds),
  requests: entries.length,
  stderr: (end.stderr.text.trim().split('\n').at(-1) ?? '').slice(0, MAX_LINE),
  ...(inspected !== undefined && { recording: inspected }),
});
