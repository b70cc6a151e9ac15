import type { Command } from 'commander';
import {
  DEFAULT_RELEASE,
  RELEASES,
  type Release,
  type UpgradeCheckOptions,
  type UpgradeReport,
  upgradeCheck,
  upgradeToText,
} from '../../index.ts';
import { CommandError, INTERRUPTED } from '../client.ts';
import { assertWritable, writeOutput } from '../coverage-output.ts';
import { fixturesFlag, flag, ownFlag, parseMilliseconds, scenariosFlag, serverOf } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface UpgradeFlags {
  readonly from: Release;
  readonly to: Release;
  readonly fixtures?: readonly string[];
  readonly scenarios?: readonly string[];
  readonly seed?: string;
  readonly user?: string;
  readonly timeout?: number;
  readonly strict?: boolean;
  readonly json?: string;
  readonly recordings?: string;
}

/** Exit code when the newer release breaks the client, or with `--strict` changes a response. */
const BREAKS = 4;
/** Exit code when nothing can be said. */
const INCONCLUSIVE = 5;

/** Adds `upgrade-check`. */
export function addUpgradeCheck(program: Command, terminal: Terminal): void {
  program
    .command('upgrade-check')
    .description('run a client in two releases, and compare: sideglance upgrade-check --to 2026.2 -- COMMAND')
    .argument('<command...>', 'the client: a program and its arguments, after --')
    .addOption(
      ownFlag('--from <release>', 'the release that it is used with').choices(RELEASES).default(DEFAULT_RELEASE),
    )
    .addOption(ownFlag('--to <release>', 'a later release').choices(RELEASES).default(RELEASES.at(-1)))
    .addOption(fixturesFlag())
    .addOption(scenariosFlag())
    .addOption(flag('--seed <text>', 'seed for generated ids and random choices'))
    .addOption(ownFlag('--user <name>', 'the user who logs in; "demo" of the default fixtures'))
    .addOption(ownFlag('--timeout <time>', 'when a run is stopped; 10m when omitted').argParser(parseMilliseconds))
    .addOption(ownFlag('--strict', 'exit with 4 also when responses differ that the client survives'))
    .addOption(ownFlag('--json <file>', 'write the report as JSON'))
    .addOption(ownFlag('--recordings <folder>', 'write recordings of both runs, from.json and to.json'))
    .action((command: readonly string[], flags: UpgradeFlags) => check(command, flags, terminal));
}

async function check(command: readonly string[], flags: UpgradeFlags, terminal: Terminal): Promise<void> {
  assertWritable([flags.json]);
  const controller = new AbortController();
  void terminal.stopped().then(() => controller.abort());
  const report = await upgradeCheck({ ...optionsOf(command, flags), signal: controller.signal });
  if (controller.signal.aborted) throw new CommandError('interrupted', INTERRUPTED);
  if (flags.json !== undefined) writeOutput(flags.json, `${JSON.stringify(report, null, 2)}\n`);
  terminal.stdout.write(`${upgradeToText(report)}\n`);
  assertGood(report, flags.strict === true);
}

function optionsOf(command: readonly string[], flags: UpgradeFlags): UpgradeCheckOptions {
  const { fixtures, scenarios, seed, strict: _strict, json: _json, ...rest } = flags;
  return {
    ...rest,
    command,
    server: serverOf({ fixtures, scenarios, seed }),
  };
}

/** @throws CommandError with exit code 4 for a client that breaks, and 5 when nothing can be said. */
function assertGood({ verdict, reason, from, to }: UpgradeReport, isStrict: boolean): void {
  const name = `${from.release} -> ${to.release}`;
  if (verdict === 'inconclusive') throw new CommandError(`${name}: nothing can be said: ${reason}`, INCONCLUSIVE);
  const isBroken = verdict === 'breaks' || verdict === 'differs';
  if (isBroken || (isStrict && verdict !== 'same')) throw new CommandError(`${name}: ${verdict}: ${reason}`, BREAKS);
}
