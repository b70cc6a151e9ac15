/** `npm run conformance -- --fuzz`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findKnownKind } from '../../../test/conformance/known-kinds.ts';
import { runList } from '../run-list.ts';
import { removeCredentials } from '../seed.ts';
import type { Session } from '../session.ts';
import { writeTranscript } from '../transcript.ts';
import { type FoundKind, type FuzzResult, fuzz, type Play } from './fuzz.ts';
import { Leftovers } from './leftovers.ts';
import { FUZZED, type Fuzzed } from './routes.ts';
import { Sequences } from './sequence.ts';

/** What a run of the fuzzer is asked for. */
export interface FuzzRequest {
  readonly seed: string;
  readonly count: number;
  readonly apis: readonly Fuzzed[];
  readonly reference: Play;
  readonly subject: Play;
  /** Directory for the sequences that show differences. */
  readonly write?: string;
  /** Name and version of the reference. */
  readonly server: string;
  readonly print: (line: string) => void;
}

/** Parses `--apis`. @throws Error for a name that is not one of `FUZZED`. */
export function apisNamed(text: string): readonly Fuzzed[] {
  return text.split(',').map((name) => {
    const found = FUZZED.find((each) => each === name);
    if (found === undefined) throw new Error(`--apis ${name}: not one of ${FUZZED.join(', ')}`);
    return found;
  });
}

/** Plays lists on a running cloud, and removes what their own steps leave behind. */
export async function playOn(session: Session): Promise<Play> {
  const leftovers = await Leftovers.of(session);
  return async (file) => {
    const steps = await runList(file, session);
    // Access rules outlive their credentials.
    if (file.steps.some(({ method, path }) => method === 'POST' && CREDENTIALS.test(path))) {
      await removeCredentials(session);
    }
    await leftovers.remove(file);
    return steps;
  };
}

const CREDENTIALS = /application_credentials/;

/** How many requests lie between two lines of progress. */
const PROGRESS = 1000;

/** Runs the fuzzer, prints what it finds and writes the sequences. */
export async function runFuzz(request: FuzzRequest): Promise<FuzzResult> {
  const { seed, count, apis, reference, subject, write, server, print } = request;
  let printed = 0;
  let found = 0;
  const result = await fuzz({
    sequences: new Sequences(seed, apis),
    count,
    reference,
    subject,
    reasonFor: ({ request: step, ...difference }) => findKnownKind(step, difference)?.reason,
    onFound: (kind) => {
      found += 1;
      const name = `fuzz-${seed}-${String(found).padStart(2, '0')}`;
      print(describe(name, kind));
      if (write !== undefined) writeKind(write, name, kind, server);
    },
    onProgress: (requests, error) => {
      if (error !== undefined) print(`not sent: ${error.message}`);
      if (requests - printed < PROGRESS) return;
      printed = requests;
      print(`${requests} requests`);
    },
  });
  print(summaryOf(result));
  return result;
}

function describe(name: string, { difference, file }: FoundKind): string {
  const steps = file.steps.filter(({ cleanup }) => cleanup !== true);
  const lines = steps.map(({ as = 'demo', method, path, json, text, headers, chunked }) =>
    [
      '  ',
      as,
      method,
      path.slice(0, 200),
      JSON.stringify(json) ?? text ?? '',
      JSON.stringify(headers) ?? '',
      chunked ? 'chunked' : '',
    ]
      .join(' ')
      .trimEnd()
      .slice(0, 400),
  );
  const value = (side: unknown): string => (JSON.stringify(side) ?? '-').slice(0, 300);
  return [
    `${name}: ${difference.kind.slice(0, 120)}`,
    ...lines,
    `   ${difference.what}: reference ${value(difference.reference)}`,
    `   ${difference.what}: subject   ${value(difference.subject)}`,
  ].join('\n');
}

/** Writes a sequence as a request list, and what the reference answered. */
function writeKind(directory: string, name: string, { file, expected }: FoundKind, server: string): void {
  const cases = join(directory, 'cases');
  mkdirSync(cases, { recursive: true });
  const { steps, ...rest } = file;
  const lines = steps.map((step) => `  ${JSON.stringify(step)}`).join(',\n');
  writeFileSync(join(cases, `${name}.json`), `${JSON.stringify(rest).slice(0, -1)},\n "steps": [\n${lines}\n ]}\n`);
  writeTranscript(name, { title: file.title, server, steps: expected }, join(directory, 'recorded'));
}

const summaryOf = ({ requests, kinds, known, unrepeatable, failures }: FuzzResult): string =>
  [
    ...[...known].map(([reason, count]) => `known, ${count} times: ${reason}`),
    ...unrepeatable.map(({ kind, step }) => `not shown again: ${step} ${kind}`),
    `${requests} requests, ${kinds.length} kinds of unexplained differences, ${failures} sequences not sent`,
  ].join('\n');
