import type { Command } from 'commander';
import type { ProbeView, RuleExplanation, ScenarioDetails, ScenarioView } from '../../index.ts';
import { type AdminTarget, ask } from '../client.ts';
import { flag, parseSize, tokenFlag, urlFlag, worldFlag } from '../options.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

export function addScenarios(program: Command, terminal: Terminal): void {
  const print = (text: string): void => void terminal.stdout.write(`${text}\n`);
  const scenarios = program.command('scenarios').description('list and toggle the scenarios of a running Sideglance');
  const command = (usage: string, description: string, isDefault = false): Command =>
    scenarios
      .command(usage, { isDefault })
      .description(description)
      .addOption(urlFlag())
      .addOption(worldFlag())
      .addOption(tokenFlag());

  command('list', 'all scenarios with what they did (the default)', true)
    .addOption(flag('--json', 'as the admin API answers'))
    .action(async ({ json, ...target }: AdminTarget & { readonly json?: boolean }) => {
      const answer = (await ask(target, 'GET', '/scenarios')) as { readonly scenarios: readonly ScenarioView[] };
      const rows = answer.scenarios.map(({ name, enabled, hits, description }) => [
        name,
        enabled ? 'on' : 'off',
        String(hits),
        description,
      ]);
      print(json ? JSON.stringify(answer, null, 2) : table([['NAME', 'STATE', 'HITS', 'DESCRIPTION'], ...rows]));
    });
  command('show <name>', 'one scenario with its rules').action(async (name: string, target: AdminTarget) => {
    print(JSON.stringify((await ask(target, 'GET', pathOf(name))) as ScenarioDetails, null, 2));
  });
  command('enable <name>', 'put its rules to work')
    .addOption(flag('--calls <number>', 'until it took so many calls').argParser(parseSize))
    .addOption(flag('--seconds <number>', "for so long by the world's clock").argParser(parseSize))
    .action(
      async (
        name: string,
        { calls, seconds, ...target }: AdminTarget & { readonly calls?: number; readonly seconds?: number },
      ) => {
        await ask(target, 'POST', `${pathOf(name)}/enable`, {
          ...(calls !== undefined && { calls }),
          ...(seconds !== undefined && { seconds }),
        });
        print(`${name} is on in world ${target.world}`);
      },
    );
  command('state <name> <state> [of]', 'put it into a state, or one image, project, user or client of it').action(
    async (name: string, state: string, of: string | undefined, target: AdminTarget) => {
      await ask(target, 'PUT', `${pathOf(name)}/state`, { state, ...(of !== undefined && { of }) });
      print(`${name} is ${state}${of === undefined ? '' : ` for ${of}`} in world ${target.world}`);
    },
  );
  command('explain <operation>', 'which rules a call is offered to, in this order, and what each would do')
    .addOption(flag('--image <id>', 'the image that the call names'))
    .addOption(flag('--project <name>', 'who calls'))
    .addOption(flag('--user <name>', 'who calls'))
    .addOption(flag('--client <name>', 'what the client calls itself, as in its User-Agent'))
    .action(
      async (
        operation: string,
        { image, project, user, client, ...target }: AdminTarget & Omit<ProbeView, 'operation'>,
      ) => {
        const query = new URLSearchParams({ operation });
        for (const [name, value] of Object.entries({ image, project, user, client })) {
          if (value !== undefined) query.set(name, value);
        }
        const { asked } = (await ask(target, 'GET', `/scenarios?${query}`)) as {
          readonly asked: readonly RuleExplanation[];
        };
        const rows = asked.map(({ scenario, rule, outlook, why }) => [scenario, String(rule), outlook, why.join('; ')]);
        print(table([['SCENARIO', 'RULE', 'DOES', 'WHY'], ...rows]));
      },
    );
  command('disable <name>', 'take its rules out of work').action(async (name: string, target: AdminTarget) => {
    await ask(target, 'POST', `${pathOf(name)}/disable`);
    print(`${name} is off in world ${target.world}`);
  });
}

const pathOf = (name: string): string => `/scenarios/${encodeURIComponent(name)}`;
