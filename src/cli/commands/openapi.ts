import type { Command } from 'commander';
import { openapi, packageVersion } from '../../index.ts';
import { rootOf } from '../client.ts';
import { urlFlag, worldFlag } from '../options.ts';
import type { Terminal } from '../terminal.ts';

export function addOpenapi(program: Command, terminal: Terminal): void {
  program
    .command('openapi')
    .description('print the admin API as OpenAPI 3.1')
    .addOption(urlFlag())
    .addOption(worldFlag())
    .action((flags: { readonly url: string; readonly world: string }) => {
      const description = openapi(packageVersion(), `${rootOf(flags)}/__admin`);
      terminal.stdout.write(`${JSON.stringify(description, null, 2)}\n`);
    });
}
