import type { Command } from 'commander';
import type { ScenarioDetails, ScenarioView } from '../../index.ts';
import { type AdminTarget, ask } from '../client.ts';
import { flag, parseSize, tokenFlag, urlFlag, worldFlag } from '../options.ts';
import { table } from '../table.ts';

export function addScenarios(program: Command): void {
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
  command('disable <name>', 'take its rules out of work').action(async (name: string, target: AdminTarget) => {
    await ask(target, 'POST', `${pathOf(name)}/disable`);
    print(`${name} is off in world ${target.world}`);
  });
}

const pathOf = (name: string): string => `/scenarios/${encodeURIComponent(name)}`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);
