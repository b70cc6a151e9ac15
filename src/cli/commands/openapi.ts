import type { Command } from 'commander';
import { openapi, packageVersion } from '../../index.ts';
import { rootOf } from '../client.ts';
import { urlFlag, worldFlag } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `openapi`. */
export function addOpenapi(program: Command, terminal: Terminal): void {
  program
    .command('openapi')
    .description('print the OpenAPI 3.1 document of the admin API')
    .addOption(urlFlag())
    .addOption(worldFlag())
    .action((flags: { readonly url: string; readonly world: string }) => {
      const description = openapi(packageVersion(), `${rootOf(flags)}/__admin`);
      terminal.stdout.write(`${JSON.stringify(description, null, 2)}\n`);
    });
}
