import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { generateFixtures } from '../../index.ts';
import { CommandError } from '../client.ts';
import { flag, parseCount } from '../options.ts';
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
    .addOption(flag('--count <number>', 'number of images').default(100).argParser(parseCount))
    .addOption(flag('--seed <number>', 'seed for the images').default(42).argParser(parseCount))
    .addOption(flag('--output <file>', 'output file, in JSON (use the extension .json); standard output when omitted'))
    .action(async ({ count, seed, output }: GenerateFlags) => {
      const text = Readable.from(generateFixtures({ count, seed }));
      try {
        if (output === undefined) await pipeline(text, terminal.stdout, { end: false });
        else await pipeline(text, createWriteStream(output));
      } catch (error) {
        throw new CommandError(`cannot write ${output ?? 'the fixtures'}: ${(error as Error).message}`);
      }
    });
}
