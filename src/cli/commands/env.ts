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
import { CommandError, callAdmin, rootOf } from '../client.ts';
import { fixturesFlag, ownFlag, tlsCaFlag, tokenFlag, urlFlag, worldFlag } from '../options.ts';
import { assignmentsFor, commentsFor, SHELL_NAMES, type Shell } from '../shells.ts';
import { printSuite, SUITE_USER, type EnvFlags as SuiteFlags } from '../suites/print.ts';
import { CREDENTIALS } from '../suites/suite.ts';
import { SUITE_NAMES } from '../suites/table.ts';
import { yamlOf } from '../suites/yaml.ts';
import type { Terminal } from '../terminal.ts';

interface EnvFlags extends SuiteFlags {
  readonly adminToken?: string;
  readonly shell: Shell;
}

/** Adds `env`. */
export function addEnv(program: Command, terminal: Terminal): void {
  const command = program
    .command('env')
    .description('print settings of clients, or of the integration suite of an SDK: eval "$(sideglance env)"')
    .addOption(urlFlag())
    .addOption(worldFlag())
    .addOption(tokenFlag())
    .addOption(ownFlag('--by-login', 'for clients with a fixed address: login names select the world'))
    .addOption(ownFlag('--user <name>', 'the user who logs in; the first one, or "admin" for a suite'))
    .addOption(tlsCaFlag())
    .addOption(fixturesFlag(ownFlag))
    .addOption(ownFlag('--seed <text>', 'seed of the server, with --fixtures'))
    .addOption(
      new Option('--format <format>', 'shell variables, clouds.yaml, or everything as JSON')
        .choices(['shell', 'clouds', 'json'])
        .default('shell'),
    )
    .addOption(
      new Option('--shell <shell>', 'the shell that reads the variables; sh for all POSIX shells')
        .choices(SHELL_NAMES)
        .default('sh'),
    );
  addSuiteFlags(command).action(async (flags: EnvFlags) => {
    const { suite } = flags;
    if (suite !== undefined) await assertWorldOfSuite(flags);
    terminal.stdout.write(suite === undefined ? print(await settingsFor(flags), flags) : printSuite(flags, suite));
  });
}

const addSuiteFlags = (command: Command): Command =>
  command
    .addOption(
      ownFlag('--suite <name>', 'what this integration suite wants; its world has --fixtures suites').choices(
        SUITE_NAMES,
      ),
    )
    .addOption(ownFlag('--output <folder>', 'folder to write the files of the suite to; otherwise they are printed'))
    .addOption(
      ownFlag('--credentials <kind>', 'accounts of Tempest: from accounts.yaml, or created for each class of tests')
        .choices(CREDENTIALS)
        .default('accounts'),
    )
    .addOption(
      ownFlag('--http-image <address>', 'address from which tests of Tempest import an image').default(
        'http://download.cirros-cloud.net/0.6.2/cirros-0.6.2-x86_64-disk.img',
      ),
    );

/**
 * Returns the settings of a client: those that the running server has, or those of a server that is started with `--fixtures`.
 * @throws CommandError with exit code 2 for an unknown user of the fixtures.
 */
async function settingsFor(flags: EnvFlags): Promise<ClientSettings> {
  if (flags.fixtures !== undefined || flags.seed !== undefined) return settingsOfFixtures(flags);
  const { world, user, byLogin, tlsCa } = flags;
  const query = user === undefined ? {} : { user };
  const target = { ...flags, world: 'default' };
  const view = await callAdmin(target, 'showWorld', { params: { name: world }, query });
  const settings = byLogin === true ? (view.settingsByLogIn ?? view.settings) : view.settings;
  if (settings === null) throw new CommandError(`world ${world} has no user`);
  return tlsCa === undefined || !flags.url.startsWith('https:') ? settings : trusting(settings, tlsCa);
}

/**
 * Checks that the server has the world of a suite, and its user. With `--fixtures`, no server is asked.
 * @throws CommandError if one of them does not exist, and when the server cannot be reached.
 */
async function assertWorldOfSuite(flags: EnvFlags): Promise<void> {
  if (flags.fixtures !== undefined) return;
  const { world, user = SUITE_USER } = flags;
  await callAdmin({ ...flags, world: 'default' }, 'showWorld', { params: { name: world }, query: { user } });
}

/** Returns settings that name another authority to trust. */
function trusting(settings: ClientSettings, file: string): ClientSettings {
  const clouds = Object.entries(settings.clouds.clouds).map(([name, cloud]) => [
    name,
    { ...(cloud as object), cacert: file },
  ]);
  return {
    ...settings,
    openstack: { ...settings.openstack, OS_CACERT: file },
    clouds: { clouds: Object.fromEntries(clouds) },
  };
}

function settingsOfFixtures(flags: EnvFlags): ClientSettings {
  const directory = directoryOf(flags.fixtures ?? [], flags.seed);
  const { url, world, user } = flags;
  const choice = { ...(user !== undefined && { user }), caFile: trustedFile(flags) };
  const isByLogIn = flags.byLogin === true && world !== 'default';
  const settings = isByLogIn
    ? clientSettings(url, directory, { ...choice, world })
    : clientSettings(rootOf(flags), directory, choice);
  if (settings !== undefined) return settings;
  const names = directory.users.map(({ name }) => name);
  const nearest = nearestName(user ?? '', names);
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  throw new CommandError(`unknown user "${user ?? ''}"${hint}; allowed: ${names.join(', ')}`, 2);
}

function print(settings: ClientSettings, { format, shell }: EnvFlags): string {
  if (format === 'json') return `${JSON.stringify(settings, null, 2)}\n`;
  if (format === 'clouds') return yamlOf(settings.clouds);
  const clouds = yamlOf(settings.clouds).trimEnd().split('\n');
  const lines = [
    ...assignmentsFor(shell, clientVariables(settings)),
    ...commentsFor(shell, ['clouds.yaml:', ...clouds]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The file with the authority that clients have to trust; `undefined` for addresses without TLS and for given certificates. */
function trustedFile({ url, tlsCa }: EnvFlags): string | undefined {
  const { protocol, port } = new URL(url);
  if (protocol !== 'https:') return undefined;
  const usual = authorityFile(port === '' ? 443 : Number(port));
  return tlsCa ?? (existsSync(usual) ? usual : undefined);
}
