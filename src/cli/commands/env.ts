import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import {
  authorityFile,
  type ClientSettings,
  clientSettings,
  clientVariables,
  directoryOf,
  nearestName,
} from '../../index.ts';
import { CommandError, rootOf } from '../client.ts';
import { fixturesFlag, flag, tlsCaFlag, urlFlag, worldFlag } from '../options.ts';
import { type EnvFlags, printSuite } from '../suites/print.ts';
import { exportsOf } from '../suites/shell.ts';
import { CREDENTIALS } from '../suites/suite.ts';
import { SUITE_NAMES } from '../suites/table.ts';
import { yamlOf } from '../suites/yaml.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `env`. */
export function addEnv(program: Command, terminal: Terminal): void {
  const command = program
    .command('env')
    .description('print settings of clients, or of the integration suite of an SDK: eval "$(sideglance env)"')
    .addOption(urlFlag())
    .addOption(worldFlag())
    .addOption(flag('--by-login', 'for clients with a fixed address: login names select the world'))
    .addOption(flag('--user <name>', 'the user who logs in; "demo", or "admin" for a suite'))
    .addOption(tlsCaFlag())
    .addOption(fixturesFlag())
    .addOption(flag('--seed <text>', 'seed of the world, if it is not the default'))
    .addOption(
      new Option('--format <format>', 'shell variables, clouds.yaml, or everything as JSON')
        .choices(['shell', 'clouds', 'json'])
        .default('shell')
        .env('SIDEGLANCE_FORMAT'),
    );
  addSuiteFlags(command).action((flags: EnvFlags) => {
    terminal.stdout.write(flags.suite === undefined ? printClient(flags) : printSuite(flags, flags.suite));
  });
}

const addSuiteFlags = (command: Command): Command =>
  command
    .addOption(
      flag('--suite <name>', 'what this integration suite wants; its world has --fixtures suites').choices(SUITE_NAMES),
    )
    .addOption(flag('--output <folder>', 'folder to write the files of the suite to; otherwise they are printed'))
    .addOption(
      flag('--credentials <kind>', 'accounts of Tempest: from accounts.yaml, or created for each class of tests')
        .choices(CREDENTIALS)
        .default('accounts'),
    )
    .addOption(
      flag('--http-image <address>', 'address from which tests of Tempest import an image').default(
        'http://download.cirros-cloud.net/0.6.2/cirros-0.6.2-x86_64-disk.img',
      ),
    );

/** @throws CommandError with exit code 2 for an unknown user. */
function printClient(flags: EnvFlags): string {
  const directory = directoryOf(flags.fixtures ?? [], flags.seed);
  const { url, world, user = 'demo' } = flags;
  const caFile = trustedFile(flags);
  const isByLogIn = flags.byLogin === true && world !== 'default';
  const settings = isByLogIn
    ? clientSettings(url, directory, { user, world, caFile })
    : clientSettings(rootOf(flags), directory, { user, caFile });
  if (settings !== undefined) return print(settings, flags.format);
  const names = directory.users.map(({ name }) => name);
  const nearest = nearestName(user, names);
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  throw new CommandError(`unknown user "${user}"${hint}; allowed: ${names.join(', ')}`, 2);
}

function print(settings: ClientSettings, format: EnvFlags['format']): string {
  if (format === 'json') return `${JSON.stringify(settings, null, 2)}\n`;
  if (format === 'clouds') return yamlOf(settings.clouds);
  const variables = clientVariables(settings);
  const clouds = yamlOf(settings.clouds).trimEnd().split('\n');
  return [...exportsOf(variables), '# clouds.yaml:', ...clouds.map((line) => `# ${line}`), ''].join('\n');
}

/** The file with the authority that clients have to trust; `undefined` for addresses without TLS and for given certificates. */
function trustedFile({ url, tlsCa }: EnvFlags): string | undefined {
  const { protocol, port } = new URL(url);
  if (protocol !== 'https:') return undefined;
  const usual = authorityFile(port === '' ? 443 : Number(port));
  return tlsCa ?? (existsSync(usual) ? usual : undefined);
}
