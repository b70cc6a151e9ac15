import type { Command } from 'commander';
import {
  type NewScenario,
  nearestName,
  type OperationName,
  type ProbeView,
  type ScenarioLimit,
  type ScenarioView,
} from '../../index.ts';
import { type AdminFlags, type AdminGroup, adminGroup, targetOf } from '../admin-group.ts';
import { CommandError, callAdmin } from '../client.ts';
import { readJson } from '../json-argument.ts';
import { ownFlag, parseSize } from '../options.ts';
import { type ScenarioSelection, scenarioTable, selectScenarios, themeOf, themeTable } from '../scenario-list.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface ListFlags extends AdminFlags, ScenarioSelection {
  readonly all?: boolean;
  readonly operation?: OperationName;
}

type ExplainFlags = AdminFlags & Omit<ProbeView, 'operation'>;

/** Adds `scenarios` and its subcommands. */
export function addScenarios(program: Command, terminal: Terminal): void {
  const about = 'list, enable and disable the scenarios of a running Sideglance';
  const group = adminGroup(program, terminal, ['scenarios', about]);
  addToggles(group);
  addExplain(group);
  addList(group);
  group
    .command('show <name>', 'print a scenario with its rules, as JSON')
    .action(async (name: string, flags: AdminFlags) => {
      const scenario = await callAdmin(targetOf(flags), 'showScenario', { params: { name } });
      group.print(flags, scenario, () => JSON.stringify(scenario, null, 2));
    });
  addPutAndDelete(group);
  group
    .command('state <name> <state> [of]', 'set the state of a scenario, or of one image, project, user or client')
    .action(async (name: string, state: string, of: string | undefined, flags: AdminFlags) => {
      const body = { state, ...(of !== undefined && { of }) };
      const scenario = await callAdmin(targetOf(flags), 'setScenarioState', { params: { name }, body });
      const whose = of === undefined ? '' : ` for ${of}`;
      group.print(flags, scenario, () => `${name} is ${state}${whose} in world ${flags.world}`);
    });
}

function addPutAndDelete(group: AdminGroup): void {
  group
    .command('put <name> <scenario>', 'add a scenario, or replace it: JSON, a file that holds it, or "-"')
    .action(async (name: string, written: string, flags: AdminFlags) => {
      const input = { params: { name }, body: readJson<NewScenario>(written) };
      const scenario = await callAdmin(targetOf(flags), 'putScenario', input);
      const state = scenario.enabled ? 'enabled' : 'disabled';
      group.print(flags, scenario, () => `${name} is ${state} in world ${flags.world}`);
    });
  group.command('delete <name>', 'delete a scenario').action(async (name: string, flags: AdminFlags) => {
    await callAdmin(targetOf(flags), 'deleteScenario', { params: { name } });
    group.print(flags, null, () => `${name} is deleted from world ${flags.world}`);
  });
}

function addToggles(group: AdminGroup): void {
  group
    .command('enable <name>', 'enable a scenario')
    .addOption(ownFlag('--calls <number>', 'disable it after it fired this many times').argParser(parseSize))
    .addOption(ownFlag('--seconds <number>', "disable it after this time by the world's clock").argParser(parseSize))
    .action(async (name: string, { calls, seconds, ...flags }: AdminFlags & ScenarioLimit) => {
      const body = { ...(calls !== undefined && { calls }), ...(seconds !== undefined && { seconds }) };
      const scenario = await callAdmin(targetOf(flags), 'enableScenario', { params: { name }, body });
      group.print(flags, scenario, () => `${name} is enabled in world ${flags.world}`);
    });
  group.command('disable <name>', 'disable a scenario').action(async (name: string, flags: AdminFlags) => {
    const scenario = await callAdmin(targetOf(flags), 'disableScenario', { params: { name } });
    group.print(flags, scenario, () => `${name} is disabled in world ${flags.world}`);
  });
}

function addList(group: AdminGroup): void {
  group
    .command('list', 'list scenarios; their themes and the enabled ones without flags (the default)', true)
    .addOption(ownFlag('--search <words>', 'only those whose name or description has all these words'))
    .addOption(ownFlag('--enabled', 'only enabled ones'))
    .addOption(ownFlag('--theme <theme>', 'only those of this theme, which is the name of their file'))
    .addOption(ownFlag('--operation <name>', 'only those with a rule for this operation'))
    .addOption(ownFlag('--all', 'all of them'))
    .action(async ({ all, operation, search, enabled, theme, ...flags }: ListFlags) => {
      const query = operation === undefined ? {} : { operation };
      const { scenarios, ...rest } = await callAdmin(targetOf(flags), 'listScenarios', { query });
      if (theme !== undefined) assertKnownTheme(theme, scenarios);
      const selected = selectScenarios(scenarios, { search, enabled, theme });
      const isSummary = [all, operation, search, enabled, theme].every((flag) => flag === undefined);
      group.print(flags, { scenarios: selected, ...rest }, () =>
        isSummary ? themeTable(scenarios) : scenarioTable(selected),
      );
    });
}

/** @throws CommandError with exit code 2 for a theme that no scenario has. */
function assertKnownTheme(theme: string, scenarios: readonly ScenarioView[]): void {
  const themes = [...new Set(scenarios.map(themeOf))];
  if (themes.includes(theme)) return;
  const nearest = nearestName(theme, themes);
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  throw new CommandError(`no scenario has the theme "${theme}"${hint}; allowed: ${themes.join(', ')}`, 2);
}

function addExplain(group: AdminGroup): void {
  group
    .command('explain <operation>', 'explain what each rule would do with a request, in evaluation order')
    .addOption(ownFlag('--image <id>', 'the image in the path of the request'))
    .addOption(ownFlag('--project <name>', 'the project that sends the request'))
    .addOption(ownFlag('--user <name>', 'the user who sends the request'))
    .addOption(ownFlag('--client <name>', 'the name of the client, as in its User-Agent'))
    .action(async (operation: OperationName, { image, project, user, client, ...flags }: ExplainFlags) => {
      const query = { operation, image, project, user, client };
      const { explanations = [] } = await callAdmin(targetOf(flags), 'listScenarios', { query: given(query) });
      group.print(flags, { explanations }, () => {
        const rows = explanations.map(({ scenario, rule, outcome, why }) => [
          scenario,
          String(rule),
          outcome,
          why.join('; '),
        ]);
        return table([['SCENARIO', 'RULE', 'EFFECT', 'REASON'], ...rows]);
      });
    });
}

/** Leaves out what is undefined. */
const given = (query: { readonly [K in keyof ProbeView]: ProbeView[K] | undefined }): Partial<ProbeView> =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
