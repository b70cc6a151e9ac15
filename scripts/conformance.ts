/** Plays request lists against one live cloud or two, and writes down or compares what they answer. */
import { Command, Option } from 'commander';
import { findKnown, KNOWN } from '../test/conformance/known-differences.ts';
import { compare, type Difference } from './conformance/compare.ts';
import { caseFiles, caseName, RECORDED, readCase, readTranscript, writeTranscript } from './conformance/files.ts';
import { enter, play, type Target } from './conformance/play.ts';

interface Flags {
  readonly reference?: string;
  readonly subject?: string;
  readonly cases?: readonly string[];
  readonly record?: string | true;
  readonly server: string;
  readonly web?: string;
  readonly password: string;
}

const program = new Command('conformance')
  .description('Plays request lists against live services and compares their answers.')
  .addOption(new Option('--reference <url>', 'Keystone v3 of the real services; the recorded answers when left out'))
  .addOption(new Option('--subject <url>', 'Keystone v3 of the cloud that is held against them'))
  .addOption(new Option('--cases <path...>', 'request lists; those of the project when left out'))
  .addOption(new Option('--record [directory]', 'writes down what the reference answers'))
  .addOption(new Option('--server <text>', 'what was recorded, for the record').default('unknown'))
  .addOption(new Option('--web <url>', 'a file server that both may import from: /image.bin is there, /nothere is not'))
  .addOption(new Option('--password <text>', 'password of all users').default('secret'));
program.parse();
const flags = program.opts<Flags>();

const target = (identity: string): Target => ({
  identity: identity.replace(/\/+$/, ''),
  password: flags.password,
  ...(flags.web !== undefined && { web: flags.web }),
});

const show = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 160 ? `${text.slice(0, 160)}...` : text;
};

async function main(): Promise<number> {
  const { reference, subject, record } = flags;
  if (subject === undefined && (record === undefined || reference === undefined)) {
    process.stderr.write('Either --subject, or --reference with --record.\n');
    return 2;
  }
  const one = reference === undefined ? undefined : await enter(target(reference));
  const two = subject === undefined ? undefined : await enter(target(subject));
  let steps = 0;
  let unexplained = 0;
  for (const path of caseFiles(flags.cases)) {
    const name = caseName(path);
    const file = readCase(path);
    const expected = one === undefined ? readTranscript(name).steps : await play(file, one);
    if (record !== undefined) {
      const transcript = { title: file.title, server: flags.server, steps: expected };
      writeTranscript(name, transcript, record === true ? RECORDED : record);
    }
    steps += expected.length;
    const differences = two === undefined ? [] : compare(expected, await play(file, two));
    const isKnown = (difference: Difference): boolean => findKnown(KNOWN, name, difference) !== undefined;
    const fresh = differences.filter((difference) => !isKnown(difference));
    unexplained += fresh.length;
    const known = differences.length - fresh.length;
    process.stdout.write(
      `${name}: ${expected.length} steps${two === undefined ? '' : `, ${fresh.length} differences, ${known} known`}\n`,
    );
    for (const { step, what, reference: wanted, subject: found } of fresh) {
      process.stdout.write(`  ${step}: ${what}\n    reference ${show(wanted)}\n    subject   ${show(found)}\n`);
    }
  }
  process.stdout.write(
    `${steps} steps${two === undefined ? ' recorded' : `, ${unexplained} unexplained differences`}\n`,
  );
  return unexplained === 0 ? 0 : 4;
}

process.exitCode = await main();
