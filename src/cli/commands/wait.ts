import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { CommandError } from '../client.ts';
import { flag, parseCount, urlFlag } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** Milliseconds between two requests. */
const PAUSE = 100;

/** Adds `wait`. */
export function addWait(program: Command, terminal: Terminal): void {
  program
    .command('wait')
    .description('wait until a Sideglance is ready')
    .addOption(urlFlag())
    .addOption(flag('--timeout <seconds>', 'maximum time to wait').default(30).argParser(parseCount))
    .action(async ({ url, timeout }: { readonly url: string; readonly timeout: number }) => {
      const until = Date.now() + timeout * 1000;
      for (;;) {
        if (await isReady(url, Math.max(PAUSE, until - Date.now()))) {
          terminal.stdout.write(`${url} is ready\n`);
          return;
        }
        if (Date.now() + PAUSE > until) throw new CommandError(`${url} was not ready within ${timeout} seconds`);
        await sleep(PAUSE);
      }
    });
}

async function isReady(url: string, milliseconds: number): Promise<boolean> {
  try {
    const response = await fetch(`${url}/__admin/ready`, { signal: AbortSignal.timeout(milliseconds) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}
