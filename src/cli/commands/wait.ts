import { get as getPlain, type RequestOptions } from 'node:http';
import { get as getSecure } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { CommandError } from '../client.ts';
import { flag, ownFlag, parseCount, urlFlag } from '../options.ts';
import { readReadyFile } from '../ready-file.ts';
import type { Terminal } from '../terminal.ts';

interface WaitFlags {
  readonly url: string;
  readonly readyFile?: string;
  readonly timeout: number;
}

/** Milliseconds between two requests. */
const PAUSE = 100;

/** Adds `wait`. */
export function addWait(program: Command, terminal: Terminal): void {
  program
    .command('wait')
    .description('wait until a Sideglance is ready')
    .addOption(urlFlag())
    .addOption(flag('--ready-file <file>', 'file that serve --ready-file writes, which has the address'))
    .addOption(ownFlag('--timeout <seconds>', 'maximum time to wait').default(30).argParser(parseCount))
    .action(async ({ url: given, readyFile, timeout }: WaitFlags) => {
      const until = Date.now() + timeout * 1000;
      for (;;) {
        const url = readyFile === undefined ? given : readReadyFile(readyFile);
        if (url !== undefined && (await isReady(url, Math.max(PAUSE, until - Date.now())))) {
          terminal.stdout.write(`${url} is ready\n`);
          return;
        }
        if (Date.now() + PAUSE > until) throw new CommandError(lateMessage(url ?? readyFile ?? given, timeout));
        await sleep(PAUSE);
      }
    });
}

const lateMessage = (place: string, timeout: number): string => `${place} was not ready within ${timeout} seconds`;

/** Asks whether a server is ready. It may present any certificate, such as an expired one: this is not about who it is. */
function isReady(url: string, milliseconds: number): Promise<boolean> {
  const get = url.startsWith('https:') ? getSecure : getPlain;
  const options: RequestOptions & { readonly rejectUnauthorized: boolean } = {
    rejectUnauthorized: false,
    signal: AbortSignal.timeout(milliseconds),
  };
  return new Promise((resolve) => {
    const request = get(`${url}/__admin/ready`, options, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode === 200));
      response.on('error', () => resolve(false));
    });
    request.on('error', () => resolve(false));
  });
}
