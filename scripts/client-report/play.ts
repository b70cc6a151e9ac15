import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { ConformCase } from '../../src/conform/case.ts';
import type { CaseResult } from '../../src/conform/result.ts';
import { runSuite } from '../../src/conform/run-suite.ts';
import { packageFile } from '../../src/input/package-files.ts';
import type { ReportedClient } from './clients.ts';
import { NPM_FOLDER } from './install.ts';
import { readResults, recordingsOf, type Store, storeResult } from './stored.ts';

/**
 * A client is told the seconds of a case, and stopped after twice as many, so that a function that waits that long can still report it, also where
 * the program takes seconds to start.
 */
const SECONDS_FOR_ONE_TOLD = 2;

/** Tells the program half of the seconds after which it is stopped. */
const TOLD_HALF = ['/bin/sh', '-c', 'SIDEGLANCE_TIMEOUT=$((SIDEGLANCE_TIMEOUT / 2)) exec "$@"', 'sh'];

/** How cases are played. */
export interface PlayingOptions {
  /** How many at once. */
  readonly jobs: number;
  /** The seconds of each case are multiplied by this whole number: 1, and more on a machine that is busy with other things. */
  readonly patience: number;
  /** Where the results are kept. */
  readonly store: Store;
}

/** Plays the cases that have no stored result with a client; returns the results of all cases, in their order. */
export async function playClient(
  client: ReportedClient,
  suite: readonly ConformCase[],
  { jobs, patience, store }: PlayingOptions,
): Promise<readonly CaseResult[]> {
  const cases = suite.filter(({ api }) => client.apis.includes(api));
  const place = { store, client: client.name };
  const program = digestOfProgram(client);
  const digests = new Map(cases.map((one) => [one.id, digestOf(one, program)]));
  const play = (chosen: readonly ConformCase[], atOnce: number): Promise<void> =>
    playAll(client, chosen, { jobs: atOnce, patience, digests, store });
  const before = readResults(place);
  await play(
    cases.filter(({ id }) => before.get(id)?.digest !== digests.get(id)),
    jobs,
  );
  // A busy machine is no property of a client: what did not end in time, though nothing stalled, has a second try, alone.
  const stored = readResults(place);
  const late = cases.filter((one) => {
    const result = stored.get(one.id);
    return (
      result !== before.get(one.id) &&
      result?.result.exit.timedOut === true &&
      result.result.verdict === 'fail' &&
      !hasStall(one)
    );
  });
  await play(late, 1);
  return storedResults(client, cases, store);
}

/** Returns the stored results of cases, in their order, without playing any. */
export function storedResults(
  { name }: ReportedClient,
  cases: readonly ConformCase[],
  store: Store,
): readonly CaseResult[] {
  const results = readResults({ store, client: name });
  return cases.flatMap(({ id }) => results.get(id)?.result ?? []);
}

const hasStall = ({ faults }: ConformCase): boolean => JSON.stringify(faults).includes('"stall"');

interface Playing extends PlayingOptions {
  readonly digests: ReadonlyMap<string, string>;
}

async function playAll(
  { name, command }: ReportedClient,
  cases: readonly ConformCase[],
  { jobs, patience, store, digests }: Playing,
): Promise<void> {
  if (cases.length === 0) return;
  mkdirSync(recordingsOf(name), { recursive: true });
  process.env['CLIENTS_FOLDER'] = NPM_FOLDER;
  const factor = SECONDS_FOR_ONE_TOLD * patience;
  const longer = cases.map((one) => ({ ...one, inputs: { ...one.inputs, timeout: one.inputs.timeout * factor } }));
  await runSuite(longer, {
    name,
    command: [...TOLD_HALF, ...command],
    jobs,
    recordings: recordingsOf(name),
    onResult: (result, done) => {
      storeResult({ store, client: name }, { digest: digests.get(result.case) ?? '', result });
      console.log(`${name} ${done} of ${cases.length}: ${result.verdict} ${result.case}`);
    },
  });
}

/** Digest of all that a result depends on but Sideglance itself. */
const digestOf = (one: ConformCase, program: string): string =>
  createHash('sha256')
    .update(program)
    .update(JSON.stringify({ ...one, place: '' }))
    .digest('hex')
    .slice(0, 16);

function digestOfProgram({ command }: ReportedClient): string {
  const root = packageFile('test/client-programs');
  const file = command.find((part) => part.startsWith(root));
  const folder = file === undefined ? join(root, 'go') : join(file, '..');
  const hash = createHash('sha256');
  // A program is one file and what programs of its language share, or several files with its name.
  const own = file === undefined ? '' : parse(file).name;
  for (const name of readdirSync(folder).sort()) {
    if (name.startsWith('program.') || name.startsWith(own)) hash.update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}
