/** Sends request lists to clouds, including this emulator, and records or compares their responses. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { FIRST_RELEASE, RELEASES, type Release } from '../src/base/release.ts';
import { reasonFor } from '../test/conformance/known-releases.ts';
import { APIS, type Api, type CaseFile, type RecordedStep, releasesOf } from './conformance/case.ts';
import { compare } from './conformance/compare.ts';
import { startFileServer } from './conformance/file-server.ts';
import { caseFiles, caseName, readCase } from './conformance/files.ts';
import { apisNamed, playOn, runFuzz } from './conformance/fuzz/command.ts';
import { FUZZED } from './conformance/fuzz/routes.ts';
import { startOwnEmulator } from './conformance/own-emulator.ts';
import { type Finding, tableOf } from './conformance/report.ts';
import { runList } from './conformance/run-list.ts';
import { seed } from './conformance/seed.ts';
import { openSession, type Session, type Target } from './conformance/session.ts';
import { readTranscript, recordedOn, writeTranscript } from './conformance/transcript.ts';

const SIDES = ['reference', 'subject'] as const;
type Side = (typeof SIDES)[number];

interface Flags {
  readonly reference?: string;
  readonly subject?: string;
  readonly cases?: readonly string[];
  readonly only?: readonly string[];
  readonly release: Release;
  readonly record?: string | true;
  readonly seed?: string | true;
  readonly fuzz?: true;
  readonly count: string;
  readonly apis: string;
  readonly write?: string;
  readonly out?: string;
  readonly open?: true;
  readonly server: string;
  readonly web?: string;
  readonly at: readonly string[];
  readonly users?: string;
  readonly password: string;
}

// Annotated, so that the compiler knows that `error` never returns.
const program: Command = new Command('conformance')
  .description('Send request lists to live services and compare their responses.')
  .addOption(new Option('--reference <url>', 'Keystone v3 of the real services; recorded responses when omitted'))
  .addOption(new Option('--subject <url>', 'Keystone v3 of the cloud to compare; this emulator when omitted'))
  .addOption(new Option('--cases <path...>', 'request lists, files or directories; those of the project when omitted'))
  .addOption(new Option('--only <name...>', 'lists whose names start with this; list/step for a single step'))
  .addOption(
    new Option('--release <name>', 'the lists of this release, and the release of this emulator')
      .choices(RELEASES)
      .default(FIRST_RELEASE),
  )
  .addOption(new Option('--record [directory]', 'record the responses of the reference'))
  .addOption(
    new Option(
      '--seed [seed]',
      'create the users, projects and domains of a list in the reference, and remove them afterwards; with --fuzz, what random choices depend on',
    ),
  )
  .addOption(new Option('--fuzz', 'send random sequences, and reduce each difference to its shortest sequence'))
  .addOption(new Option('--count <number>', 'number of random requests').default('1000'))
  .addOption(new Option('--apis <list>', 'APIs of random requests').default(FUZZED.join(',')))
  .addOption(new Option('--write <directory>', 'write random sequences with differences as request lists'))
  .addOption(new Option('--open', 'write the unexplained differences of the release to open-differences.json'))
  .addOption(new Option('--out <file>', 'write all differences to a JSON file'))
  .addOption(
    new Option('--server <text>', 'name and version of the reference, stored with the recording').default('unknown'),
  )
  .addOption(
    new Option(
      '--web <url>',
      'a file server that both can import from, with the files of scripts/conformance/file-server.ts',
    ),
  )
  .addOption(
    new Option('--at <side.api=url...>', 'a service whose address differs from the catalog: subject.image=...').default(
      [],
    ),
  )
  .addOption(new Option('--users <file>', 'users of the lists: {"demo": {"user": .., "project": ..}}'))
  .addOption(new Option('--password <text>', 'password of users without one in --users').default('secret'));

const isOneOf = <T extends string>(list: readonly T[], text: string): text is T => list.includes(text as T);

/** Parses `--at`: `reference.image=http://127.0.0.1:9494`. */
function servicesOf(given: readonly string[], side: Side): Readonly<Partial<Record<Api, string>>> {
  const services: Partial<Record<Api, string>> = {};
  for (const each of given) {
    const [, of = '', api = '', url = ''] = /^(\w+)\.(\w+)=(.+)$/.exec(each) ?? [];
    if (!isOneOf(SIDES, of) || !isOneOf(APIS, api)) {
      program.error(`--at ${each}: write it as ${SIDES.join('|')}.${APIS.join('|')}=<url>`, { exitCode: 2 });
    }
    if (of === side) services[api] = url;
  }
  return services;
}

const targetOf = (identity: string, side: Side, flags: Flags): Target => ({
  identity: identity.replace(/\/+$/, ''),
  password: flags.password,
  services: servicesOf(flags.at, side),
  ...(flags.users !== undefined && { users: JSON.parse(readFileSync(flags.users, 'utf8')) }),
  ...(flags.web !== undefined && { web: flags.web }),
});

/** Whether `--only` selects a list, or a step of it. */
const isSelected = (only: readonly string[] | undefined, list: string, step?: string): boolean =>
  only === undefined ||
  only.some((each) => {
    const [name = '', id] = each.split('/');
    return id === undefined ? list.startsWith(name) : list === name && (step === undefined || step === id);
  });

/** Returns the responses of the reference to a list. */
async function expectedOf(
  list: string,
  file: CaseFile,
  reference: Session | undefined,
  flags: Flags,
): Promise<readonly RecordedStep[]> {
  const directory = recordedOn(flags.release);
  if (reference === undefined) return readTranscript(list, directory).steps;
  const unseed = flags.seed !== undefined ? await seed(file, reference) : undefined;
  const steps = await runList(file, reference).finally(unseed);
  const { record, server } = flags;
  if (record !== undefined) {
    writeTranscript(list, { title: file.title, server, steps }, record === true ? directory : record);
  }
  return steps;
}

/** What an emulator for a list needs. */
interface Place {
  /** Address of a file server. */
  readonly web: string;
  readonly release: Release;
}

/** Returns the responses of the subject: the given cloud, or an emulator that is set up for the list. */
async function answersOf(
  file: CaseFile,
  subject: Session | undefined,
  { web, release }: Place,
): Promise<readonly RecordedStep[]> {
  if (subject !== undefined) return runList(file, subject);
  const own = await startOwnEmulator(file, web, { release });
  return runList(file, await openSession(own.target)).finally(own.close);
}

/** Sends random sequences to the reference and the subject. */
async function fuzz(flags: Flags): Promise<number> {
  const { reference, subject, seed: given, count, apis, write, server } = flags;
  if (reference === undefined) return program.error('--fuzz requires --reference.', { exitCode: 2 });
  const one = await openSession(targetOf(reference, 'reference', flags));
  const two = subject === undefined ? undefined : await openSession(targetOf(subject, 'subject', flags));
  const web = await startFileServer();
  const { kinds } = await runFuzz({
    seed: typeof given === 'string' ? given : '1',
    count: Number(count),
    apis: apisNamed(apis),
    reference: await playOn(one),
    subject:
      two === undefined
        ? (file) => answersOf(file, undefined, { web: flags.web ?? web.url, release: flags.release })
        : await playOn(two),
    ...(write !== undefined && { write }),
    server,
    print: (line) => process.stdout.write(`${line}\n`),
  }).finally(web.close);
  return kinds.length === 0 ? 0 : 4;
}

/** The steps that are not yet as in a release, by release and list. */
const OPEN = new URL('../test/conformance/open-differences.json', import.meta.url);

/** Replaces the open steps of the lists of a release. */
function writeOpen(release: Release, unexplained: readonly Finding[]): void {
  const open = JSON.parse(readFileSync(OPEN, 'utf8')) as Record<string, Record<string, readonly string[]>>;
  const lists: Record<string, readonly string[]> = {};
  for (const { list, step } of unexplained) lists[list] = [...new Set([...(lists[list] ?? []), step])].sort();
  writeFileSync(OPEN, `${JSON.stringify({ ...open, [release]: lists }, null, 1)}\n`);
}

async function main(flags: Flags): Promise<number> {
  if (flags.fuzz === true) return fuzz(flags);
  const { reference, subject, record, only, release } = flags;
  if (record !== undefined && reference === undefined) {
    program.error('--record requires --reference.', { exitCode: 2 });
  }
  const one = reference === undefined ? undefined : await openSession(targetOf(reference, 'reference', flags));
  const two = subject === undefined ? undefined : await openSession(targetOf(subject, 'subject', flags));
  const isCompared = record === undefined || subject !== undefined;
  const web = await startFileServer();
  const findings: Finding[] = [];
  let steps = 0;
  for (const path of caseFiles(flags.cases)) {
    const list = caseName(path);
    if (!isSelected(only, list)) continue;
    const file = readCase(path);
    if (!releasesOf(file).includes(release)) continue;
    const expected = await expectedOf(list, file, one, flags);
    steps += expected.length;
    const requests = new Map(file.steps.map((step) => [step.id, step]));
    const found = (
      isCompared ? compare(expected, await answersOf(file, two, { web: flags.web ?? web.url, release })) : []
    )
      .filter(({ step }) => isSelected(only, list, step))
      .map((each): Finding => {
        const { as = 'demo', method, path: to } = requests.get(each.step) ?? { method: '?', path: '?' };
        const reason = reasonFor({ list, release, step: requests.get(each.step) }, each);
        return { list, ...each, request: `${as} ${method} ${to}`, ...(reason !== undefined && { reason }) };
      });
    findings.push(...found);
    const known = found.filter(({ reason }) => reason !== undefined).length;
    const result = isCompared ? `, ${found.length - known} differences, ${known} known` : '';
    process.stdout.write(`${list}: ${expected.length} steps${result}\n`);
  }
  await web.close();
  const unexplained = findings.filter(({ reason }) => reason === undefined);
  if (unexplained.length > 0) process.stdout.write(`\n${tableOf(unexplained)}\n\n`);
  if (flags.open === true) writeOpen(release, unexplained);
  if (flags.out !== undefined) writeFileSync(flags.out, `${JSON.stringify(findings, null, 1)}\n`);
  const summary = isCompared ? `compared, ${unexplained.length} unexplained differences` : 'recorded';
  process.stdout.write(`${steps} steps ${summary}\n`);
  return unexplained.length === 0 ? 0 : 4;
}

program.parse();
process.exitCode = await main(program.opts<Flags>()).catch((error: Error) => program.error(error.message));
