import type { Command } from 'commander';
import { startSideglance } from '../../index.ts';
import type { AdminTarget } from '../client.ts';
import { fixturesFlag, ownFlag, scenariosFlag, tokenFlag, urlFlag, worldFlag } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface McpFlags extends AdminTarget {
  readonly start?: boolean;
  readonly fixtures?: readonly string[];
  readonly scenarios?: readonly string[];
}

/** Adds `mcp`. */
export function addMcp(program: Command, terminal: Terminal): void {
  program
    .command('mcp')
    .description(
      'serve the Model Context Protocol on standard input and output, so that coding agents can use Sideglance',
    )
    .addOption(urlFlag())
    .addOption(worldFlag())
    .addOption(tokenFlag())
    .addOption(ownFlag('--start', 'start a Sideglance on a free port, instead of using a running one'))
    .addOption(fixturesFlag())
    .addOption(scenariosFlag())
    .action(async ({ start, fixtures, scenarios, ...target }: McpFlags) => {
      // A bundle of its own: no other command needs the SDK.
      const { serveMcp } = await import('../mcp/serve.ts');
      const { stdout, stopped } = terminal;
      const serve = (to: AdminTarget): Promise<void> => serveMcp({ target: to, stdin: process.stdin, stdout, stopped });
      if (start !== true) return serve(target);
      const cloud = await startSideglance({
        port: 0,
        ...(fixtures !== undefined && { fixtures }),
        ...(scenarios !== undefined && { scenarios }),
      });
      try {
        await serve({ ...target, url: cloud.url });
      } finally {
        await cloud.close();
      }
    });
}
