import { type Command, Option } from 'commander';
import { type ClientSettings, clientSettings, directoryOf, nearestName } from '../../index.ts';
import { CommandError, rootOf } from '../client.ts';
import { fixturesFlag, flag, urlFlag, worldFlag } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface EnvFlags {
  readonly url: string;
  readonly world: string;
  readonly byLogin?: boolean;
  readonly user: string;
  readonly fixtures?: readonly string[];
  readonly seed?: string;
  readonly format: 'shell' | 'clouds' | 'json';
}

/** Adds `env`. */
export function addEnv(program: Command, terminal: Terminal): void {
  program
    .command('env')
    .description('print client settings: eval "$(sideglance env)"')
    .addOption(urlFlag())
    .addOption(worldFlag())
    .addOption(flag('--by-login', 'for clients with a fixed address: login names select the world'))
    .addOption(flag('--user <name>', 'the user who logs in').default('demo'))
    .addOption(fixturesFlag())
    .addOption(flag('--seed <text>', 'seed of the world, if it is not the default'))
    .addOption(
      new Option('--format <format>', 'shell variables, clouds.yaml, or everything as JSON')
        .choices(['shell', 'clouds', 'json'])
        .default('shell')
        .env('SIDEGLANCE_FORMAT'),
    )
    .action((flags: EnvFlags) => {
      const directory = directoryOf(flags.fixtures ?? [], flags.seed);
      const { url, world, user } = flags;
      const isByLogIn = flags.byLogin === true && world !== 'default';
      const settings = isByLogIn
        ? clientSettings(url, directory, { user, world })
        : clientSettings(rootOf(flags), directory, { user });
      if (settings === undefined) {
        const names = directory.users.map(({ name }) => name);
        const nearest = nearestName(flags.user, names);
        const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
        throw new CommandError(`unknown user "${flags.user}"${hint}; allowed: ${names.join(', ')}`, 2);
      }
      terminal.stdout.write(print(settings, flags.format));
    });
}

function print(settings: ClientSettings, format: EnvFlags['format']): string {
  if (format === 'json') return `${JSON.stringify(settings, null, 2)}\n`;
  if (format === 'clouds') return yamlOf(settings.clouds);
  const variables = {
    ...settings.openstack,
    ...rackspaceVariables(settings.rackspace),
    ...huaweiVariables(settings.huawei),
  };
  const clouds = yamlOf(settings.clouds).trimEnd().split('\n');
  return [...exportsOf(variables), '# clouds.yaml:', ...clouds.map((line) => `# ${line}`), ''].join('\n');
}

const rackspaceVariables = (settings: ClientSettings['rackspace']): Readonly<Record<string, string>> =>
  settings === null
    ? {}
    : {
        RS_USERNAME: settings.username,
        RS_API_KEY: settings.apiKey,
        RS_REGION_NAME: settings.region,
        RS_AUTH_URL: settings.authUrl,
        RS_TENANT_ID: settings.tenantId,
      };

const huaweiVariables = (settings: ClientSettings['huawei']): Readonly<Record<string, string>> =>
  settings === null
    ? {}
    : {
        HW_ACCESS_KEY: settings.accessKey,
        HW_SECRET_KEY: settings.secretKey,
        HW_REGION_NAME: settings.region,
        HW_PROJECT_ID: settings.projectId,
        HW_PROJECT_NAME: settings.projectName,
        HW_AUTH_URL: `${settings.iamEndpoint}/v3`,
        HW_IMS_ENDPOINT: settings.imsEndpoint,
      };

const exportsOf = (variables: Readonly<Record<string, string>>): string[] =>
  Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value)}`);

const quote = (value: string): string =>
  /^[A-Za-z0-9_./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;

/** Formats nested objects as YAML. Strings are in JSON syntax, which is also valid YAML. */
function yamlOf(value: object, indent = ''): string {
  let text = '';
  for (const [name, member] of Object.entries(value)) {
    text +=
      typeof member === 'object' && member !== null
        ? `${indent}${name}:\n${yamlOf(member as object, `${indent}  `)}`
        : `${indent}${name}: ${JSON.stringify(member)}\n`;
  }
  return text;
}
