import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { digestVirtual, HASH_ALGORITHMS, type HashAlgorithm, streamVirtual } from '../../index.ts';
import { CommandError } from '../client.ts';
import { ownFlag, parseBytes, parseCount } from '../options.ts';
import { terminalBar } from '../progress-bar.ts';
import type { Terminal } from '../terminal.ts';

interface StreamFlags {
  readonly size: number;
  readonly seed: number;
}

interface DigestFlags extends StreamFlags {
  readonly algorithm: HashAlgorithm;
  readonly json?: true;
}

interface BytesFlags extends StreamFlags {
  readonly from: number;
  readonly to?: number;
  readonly output?: string;
}

/** The digests of `--json`. */
const ALL: readonly HashAlgorithm[] = ['md5', 'sha256', 'sha512'];

/** Maximum seed in fixtures. */
const MAX_SEED = 2 ** 32 - 1;

const MEBIBYTE = 1024 ** 2;

function parseAlgorithm(text: string): HashAlgorithm {
  const known = HASH_ALGORITHMS.find((algorithm) => algorithm === text);
  if (known === undefined) throw new InvalidArgumentError(`It must be one of ${HASH_ALGORITHMS.join(', ')}.`);
  return known;
}

function parseSeed(text: string): number {
  const seed = parseCount(text);
  if (seed > MAX_SEED) throw new InvalidArgumentError(`It must be 0 to ${MAX_SEED}.`);
  return seed;
}

const sizeFlag = () =>
  ownFlag('--size <bytes>', 'bytes, or a number with a unit: 512MiB, 2TiB').argParser(parseBytes).makeOptionMandatory();
const seedFlag = () => ownFlag('--seed <number>', 'seed of the data').default(0).argParser(parseSeed);

/** Adds `digest` and `bytes`, the commands for virtual data. */
export function addVirtualData(program: Command, terminal: Terminal): void {
  addDigest(program, terminal);
  addBytes(program, terminal);
}

function addDigest(program: Command, terminal: Terminal): void {
  program
    .command('digest')
    .description('compute digests of virtual data in the form of fixtures; takes seconds for each GiB')
    .addOption(sizeFlag())
    .addOption(seedFlag())
    .addOption(
      ownFlag('--algorithm <name>', `the digest in addition to MD5: ${HASH_ALGORITHMS.join(', ')}`)
        .default('sha512')
        .argParser(parseAlgorithm),
    )
    .addOption(ownFlag('--json', 'print MD5, SHA-256 and SHA-512 as JSON'))
    .action(async ({ size, seed, algorithm, json }: DigestFlags) => {
      const algorithms = json ? ALL : [...new Set<HashAlgorithm>(['md5', algorithm])];
      const bar = terminalBar(terminal.stderr);
      const total = Math.ceil(size / MEBIBYTE);
      const digests = await digestVirtual({ kind: 'virtual', sizeBytes: size, seed }, algorithms, {
        onBytes: (bytes) => bar.update({ done: Math.floor(bytes / MEBIBYTE), total, text: 'MiB' }),
      }).finally(() => bar.end());
      terminal.stdout.write(
        json
          ? `${JSON.stringify({ size, seed, ...digests })}\n`
          : `data: { virtual: { size: ${size}, seed: ${seed} } }\nchecksum: ${digests['md5']}\n` +
              `hashAlgorithm: ${algorithm}\nhashValue: ${digests[algorithm]}\n`,
      );
    });
}

function addBytes(program: Command, terminal: Terminal): void {
  program
    .command('bytes')
    .description('write virtual data, to upload or compare')
    .addOption(sizeFlag())
    .addOption(seedFlag())
    .addOption(ownFlag('--from <number>', 'offset of the first byte').default(0).argParser(parseCount))
    .addOption(
      ownFlag('--to <number>', 'offset of the last byte; the end of the data when omitted').argParser(parseCount),
    )
    .addOption(ownFlag('--output <file>', 'output file; standard output when omitted'))
    .action(async ({ size, seed, from, to = size - 1, output }: BytesFlags, command: Command) => {
      if (to >= size || (from > to && size > 0)) {
        command.error(`error: invalid range ${from} to ${to}. It must lie within 0 to ${size - 1}.`);
      }
      const stream = streamVirtual({ kind: 'virtual', sizeBytes: size, seed }, from, to);
      try {
        if (output === undefined) await pipeline(stream, terminal.stdout, { end: false });
        else await pipeline(stream, createWriteStream(output));
      } catch (error) {
        throw new CommandError(`cannot write ${output ?? 'the bytes'}: ${(error as Error).message}`);
      }
    });
}
