import type { Command } from 'commander';
import { type AdminTarget, assertSuccess, openAdmin } from '../client.ts';
import { writeOutput } from '../coverage-output.ts';
import { ownFlag, tokenFlag, urlFlag, worldFlag } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface RecordingFlags extends AdminTarget {
  readonly output?: string;
}

/** Adds `recording`. */
export function addRecording(program: Command, terminal: Terminal): void {
  program
    .command('recording')
    .description('save what happened in a world of a running Sideglance, for replay and show')
    .addOption(urlFlag())
    .addOption(worldFlag())
    .addOption(tokenFlag())
    .addOption(ownFlag('--output <file>', 'output file; standard output when omitted'))
    .action(async ({ output, ...target }: RecordingFlags) => {
      const response = await openAdmin(target, { method: 'GET', path: '/recording' });
      await assertSuccess(response, target);
      response.setEncoding('utf8');
      const parts: string[] = [];
      for await (const part of response) parts.push(part as string);
      if (output === undefined) for (const part of parts) terminal.stdout.write(part);
      else writeOutput(output, parts.join(''));
    });
}
