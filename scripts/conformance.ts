/** Plays request lists against one live cloud or two, and writes down or compares what they answer. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { findKnown, KNOWN } from '../test/conformance/known-differences.ts';
import { APIS, type Api } from './conformance/case.ts';
import { compare } from './conformance/compare.ts';
import { caseFiles, caseName, readCase } from './conformance/files.ts';
import { enter, play, type Target } from './conformance/play.ts';
import { type Finding, tableOf } from './conformance/report.ts';
import { RECORDED, readTranscript, writeTranscript } from './conformance/transcript.ts';

const SIDES = ['reference', 'subject'] as const;
type Side = (typeof SIDES)[number];

interface Flags {
  readonly reference?: string;
  readonly subject?: string;
  readonly cases?: readonly string[];
  readonly only?: readonly string[];
  readonly record?: string | true;
  readonly out?: string;
  readonly server: string;
  readonly web?: string;
  readonly at: readonly string[];
  readonly users?: string;
  readonly password: string;
}

// Typed by hand, so that the compiler knows that `error` does not come back.
const program: Command = new Command('conformance')
  .description('Plays request lists against live services and compares their answers.')
  .addOption(new Option('--reference <url>', 'Keystone v3 of the real services; the recorded answers when left out'))
  .addOption(new Option('--subject <url>', 'Keystone v3 of the cloud that is held against them'))
  .addOption(new Option('--cases <path...>', 'request lists, files or directories; those of the project when left out'))
  .addOption(new Option('--only <name...>', 'lists whose names begin so; list/step tells of that step alone'))
  .addOption(new Option('--record [directory]', 'writes down what the reference answers'))
  .addOption(new Option('--out <file>', 'writes all differences down, as JSON'))
  .addOption(new Option('--server <text>', 'what was recorded, for the record').default('unknown'))
  .addOption(new Option('--web <url>', 'a file server that both may import from: /image.bin is there, /nothere is not'))
  .addOption(
    new Option('--at <side.api=url...>', 'a service that is not where the catalogue says: subject.image=...').default(
      [],
    ),
  )
  .addOption(new Option('--users <file>', 'who the people of the lists are: {"demo": {"user": .., "project": ..}}'))
  .addOption(new Option('--password <text>', 'password of users who have none in --users').default('secret'));

const isOneOf = <T extends string>(list: readonly T[], text: string): text is T => list.includes(text as T);

/** Addresses given by hand: `reference.image=http://127.0.0.1:9494`. */
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

/** Whether `--only` leaves a list in, or a step of it. */
const isAskedFor = (only: readonly string[] | undefined, list: string, step?: string): boolean =>
  only === undefined ||
  only.some((each) => {
    const [name = '', id] = each.split('/');
    return id === undefined ? list.startsWith(name) : list === name && (step === undefined || step === id);
  });

async function main(flags: Flags): Promise<number> {
  const { reference, subject, record, only } = flags;
  if (subject === undefined && (record === undefined || reference === undefined)) {
    program.error('Either --subject, or --reference with --record.', { exitCode: 2 });
  }
  const one = reference === undefined ? undefined : await enter(targetOf(reference, 'reference', flags));
  const two = subject === undefined ? undefined : await enter(targetOf(subject, 'subject', flags));
  const findings: Finding[] = [];
  let steps = 0;
  for (const path of caseFiles(flags.cases)) {
    const list = caseName(path);
    if (!isAskedFor(only, list)) continue;
    const file = readCase(path);
    const expected = one === undefined ? readTranscript(list).steps : await play(file, one);
    if (record !== undefined) {
      const transcript = { title: file.title, server: flags.server, steps: expected };
      writeTranscript(list, transcript, record === true ? RECORDED : record);
    }
    steps += expected.length;
    const requests = new Map(file.steps.map((step) => [step.id, step]));
    const found = (two === undefined ? [] : compare(expected, await play(file, two)))
      .filter(({ step }) => isAskedFor(only, list, step))
      .map((each): Finding => {
        const { as = 'demo', method, path: to } = requests.get(each.step) ?? { method: '?', path: '?' };
        const reason = findKnown(KNOWN, list, each)?.reason;
        return { list, ...each, request: `${as} ${method} ${to}`, ...(reason !== undefined && { reason }) };
      });
    findings.push(...found);
    const known = found.filter(({ reason }) => reason !== undefined).length;
    const told = two === undefined ? '' : `, ${found.length - known} differences, ${known} known`;
    process.stdout.write(`${list}: ${expected.length} steps${told}\n`);
  }
  const unexplained = findings.filter(({ reason }) => reason === undefined);
  if (unexplained.length > 0) process.stdout.write(`\n${tableOf(unexplained)}\n\n`);
  if (flags.out !== undefined) writeFileSync(flags.out, `${JSON.stringify(findings, null, 1)}\n`);
  const result = two === undefined ? 'recorded' : `compared, ${unexplained.length} unexplained differences`;
  process.stdout.write(`${steps} steps ${result}\n`);
  return unexplained.length === 0 ? 0 : 4;
}

program.parse();
process.exitCode = await main(program.opts<Flags>()).catch((error: Error) => program.error(error.message));
