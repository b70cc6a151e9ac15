import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { generateFixtures } from '../../index.ts';
import { CommandError } from '../client.ts';
import { ownFlag, parseCount } from '../options.ts';
import { type ProgressBar, terminalBar } from '../progress-bar.ts';
import type { Terminal } from '../terminal.ts';

interface GenerateFlags {
  readonly count: number;
  readonly seed: number;
  readonly output?: string;
}

/** Adds `generate`. */
export function addGenerate(program: Command, terminal: Terminal): void {
  program
    .command('generate')
    .description('write a fixture file with realistic images; the same seed gives the same file')
    .addOption(ownFlag('--count <number>', 'number of images').default(100).argParser(parseCount))
    .addOption(ownFlag('--seed <number>', 'seed for the images').default(42).argParser(parseCount))
    .addOption(
      ownFlag('--output <file>', 'output file, in JSON (use the extension .json); standard output when omitted'),
    )
    .action(async ({ count, seed, output }: GenerateFlags) => {
      const bar = terminalBar(terminal.stderr);
      const text = Readable.from(counted(generateFixtures({ count, seed }), count, bar));
      try {
        if (output === undefined) await pipeline(text, terminal.stdout, { end: false });
        else await pipeline(text, createWriteStream(output));
      } catch (error) {
        throw new CommandError(`cannot write ${output ?? 'the fixtures'}: ${(error as Error).message}`);
      } finally {
        bar.end();
      }
    });
}

/** Shows how many images have been generated. The parts are the beginning of the file, the images, and its end. */
async function* counted(parts: AsyncIterable<string>, total: number, bar: ProgressBar): AsyncGenerator<string> {
  let done = -1;
  for await (const part of parts) {
    done += 1;
    if (done <= total) bar.update({ done, total, text: 'images' });
    yield part;
  }
}
