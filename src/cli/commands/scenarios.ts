import type { Command } from 'commander';
import { nearestName, type ProbeView, type ScenarioLimit, type ScenarioView } from '../../index.ts';
import { type AdminTarget, CommandError, callAdmin } from '../client.ts';
import { ownFlag, parseSize, tokenFlag, urlFlag, worldFlag } from '../options.ts';
import { type ScenarioSelection, scenarioTable, selectScenarios, themeOf, themeTable } from '../scenario-list.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface ListFlags extends AdminTarget, ScenarioSelection {
  readonly json?: boolean;
  readonly all?: boolean;
  readonly operation?: string;
}

type ExplainFlags = AdminTarget & Omit<ProbeView, 'operation'>;

type AddCommand = (usage: string, description: string, isDefault?: boolean) => Command;
type Print = (text: string) => void;

/** Adds `scenarios` and its subcommands. */
export function addScenarios(program: Command, terminal: Terminal): void {
  const print: Print = (text) => void terminal.stdout.write(`${text}\n`);
  const scenarios = program
    .command('scenarios')
    .description('list, enable and disable the scenarios of a running Sideglance');
  const command: AddCommand = (usage, description, isDefault = false) =>
    scenarios
      .command(usage, { isDefault })
      .description(description)
      .addOption(urlFlag())
      .addOption(worldFlag())
      .addOption(tokenFlag());
  addEnable(command, print);
  addExplain(command, print);
  command('list', 'list scenarios; their themes and the enabled ones without flags (the default)', true)
    .addOption(ownFlag('--search <words>', 'only those whose name or description has all these words'))
    .addOption(ownFlag('--enabled', 'only enabled ones'))
    .addOption(ownFlag('--theme <theme>', 'only those of this theme, which is the name of their file'))
    .addOption(ownFlag('--operation <name>', 'only those with a rule for this operation'))
    .addOption(ownFlag('--all', 'all of them'))
    .addOption(ownFlag('--json', 'print the response of the admin API, with the scenarios that are selected'))
    .action(async (flags: ListFlags) => print(await list(flags)));
  command('show <name>', 'print a scenario with its rules').action(async (name: string, target: AdminTarget) =>
    print(JSON.stringify(await callAdmin(target, 'showScenario', { params: { name } }), null, 2)),
  );
  command('state <name> <state> [of]', 'set the state of a scenario, or of one image, project, user or client').action(
    async (name: string, state: string, of: string | undefined, target: AdminTarget) => {
      const body = { state, ...(of !== undefined && { of }) };
      await callAdmin(target, 'setScenarioState', { params: { name }, body });
      print(`${name} is ${state}${of === undefined ? '' : ` for ${of}`} in world ${target.world}`);
    },
  );
  command('disable <name>', 'disable a scenario').action(async (name: string, target: AdminTarget) => {
    await callAdmin(target, 'disableScenario', { params: { name } });
    print(`${name} is disabled in world ${target.world}`);
  });
}

function addEnable(command: AddCommand, print: Print): void {
  command('enable <name>', 'enable a scenario')
    .addOption(ownFlag('--calls <number>', 'disable it after it fired this many times').argParser(parseSize))
    .addOption(ownFlag('--seconds <number>', "disable it after this time by the world's clock").argParser(parseSize))
    .action(async (name: string, { calls, seconds, ...target }: AdminTarget & ScenarioLimit) => {
      const body = { ...(calls !== undefined && { calls }), ...(seconds !== undefined && { seconds }) };
      await callAdmin(target, 'enableScenario', { params: { name }, body });
      print(`${name} is enabled in world ${target.world}`);
    });
}

function addExplain(command: AddCommand, print: Print): void {
  command('explain <operation>', 'explain what each rule would do with a request, in evaluation order')
    .addOption(ownFlag('--image <id>', 'the image in the path of the request'))
    .addOption(ownFlag('--project <name>', 'the project that sends the request'))
    .addOption(ownFlag('--user <name>', 'the user who sends the request'))
    .addOption(ownFlag('--client <name>', 'the name of the client, as in its User-Agent'))
    .action(async (operation: string, flags: ExplainFlags) => print(await explain(operation, flags)));
}

async function list({ json, all, operation, search, enabled, theme, ...target }: ListFlags): Promise<string> {
  const query = operation === undefined ? {} : { operation };
  const { scenarios, ...rest } = await callAdmin(target, 'listScenarios', { query });
  if (theme !== undefined) assertKnownTheme(theme, scenarios);
  const selection = {
    ...(search !== undefined && { search }),
    ...(enabled !== undefined && { enabled }),
    ...(theme !== undefined && { theme }),
  };
  const selected = selectScenarios(scenarios, selection);
  if (json === true) return JSON.stringify({ scenarios: selected, ...rest }, null, 2);
  const isSummary = [all, operation, search, enabled, theme].every((flag) => flag === undefined);
  return isSummary ? themeTable(scenarios) : scenarioTable(selected);
}

/** @throws CommandError with exit code 2 for a theme that no scenario has. */
function assertKnownTheme(theme: string, scenarios: readonly ScenarioView[]): void {
  const themes = [...new Set(scenarios.map(themeOf))];
  if (themes.includes(theme)) return;
  const nearest = nearestName(theme, themes);
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  throw new CommandError(`no scenario has the theme "${theme}"${hint}; allowed: ${themes.join(', ')}`, 2);
}

async function explain(operation: string, flags: ExplainFlags): Promise<string> {
  const { image, project, user, client, ...target } = flags;
  const probe = {
    operation,
    ...(image !== undefined && { image }),
    ...(project !== undefined && { project }),
    ...(user !== undefined && { user }),
    ...(client !== undefined && { client }),
  };
  const { explanations = [] } = await callAdmin(target, 'listScenarios', { query: probe });
  const rows = explanations.map(({ scenario, rule, outcome, why }) => [
    scenario,
    String(rule),
    outcome,
    why.join('; '),
  ]);
  return table([['SCENARIO', 'RULE', 'EFFECT', 'REASON'], ...rows]);
}
