import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { InputError } from '../../src/input/input-error.ts';
import { Documents } from '../../src/persistence/documents.ts';
import { checkState } from '../../src/persistence/repair-state.ts';
import { randomBelow, type TortureOptions } from './options.ts';
import { contentOf, writeSampleStates } from './sample-state.ts';
import { type Server, type ServerLimits, send, startServer } from './server.ts';
import { SPOILINGS } from './spoiling.ts';
import { type Acknowledged, findLosses, nothingAcknowledged, write, writeOnce } from './writers.ts';

/** What a trial found: what was tried, and everything that is wrong. */
export interface Outcome {
  readonly tried: string;
  readonly failures: readonly string[];
}

/** A trial: works in an empty directory. */
export type Trial = (directory: string, options: TortureOptions) => Promise<Outcome>;

/** Kills servers while clients write. Each server goes on with the state that the one before left. */
export const kills: Trial = async (directory, options) => {
  const state = join(directory, 'state');
  const random = randomBelow(options.seed);
  const acknowledged = nothingAcknowledged();
  const failures: string[] = [];
  for (let nth = 0; nth < options.kills; nth += 1) {
    const server = await startServer(state, {}, ['--fsync', ['always', 'interval', 'never'][nth % 3] as string]);
    const writing = [1, 2, 3].map(() => write(server, acknowledged, random));
    await untilChanged(acknowledged, 5 + random(40));
    await server.end(nth % 10 === 9 ? 'SIGTERM' : 'SIGKILL');
    await Promise.all(writing);
    if (nth % 10 !== 9) continue;
    failures.push(...(await verify(state, acknowledged)));
    process.stdout.write(`  ${nth + 1} of ${options.kills} servers ended, ${failures.length} losses so far\n`);
  }
  failures.push(...(await verify(state, acknowledged)));
  const changes = acknowledged.images.size + acknowledged.deleted.size;
  return { tried: `${options.kills} servers ended while 3 clients wrote, ${changes} images acknowledged`, failures };
};

/** Waits until clients were told of some more images; at most some seconds. */
async function untilChanged({ images, deleted }: Acknowledged, count: number): Promise<void> {
  const wanted = images.size + deleted.size + count;
  for (let waited = 0; images.size + deleted.size < wanted && waited < 3000; waited += 5) await wait(5);
}

/** Applies each kind of damage. Everything but a refusal, a complete state or a named line is a silent change. */
export const spoilings: Trial = async (directory) => {
  const sample = await writeSampleStates(directory);
  const content = await readContent(sample.file, join(directory, 'sound'));
  const failures: string[] = [];
  const counts = { refused: 0, whole: 0, named: 0 };
  for (const [nth, { name, outcome, apply }] of SPOILINGS.entries()) {
    const copy = join(directory, `spoilt-${nth}`, 'state');
    cpSync(dirname(sample.file), dirname(copy), { recursive: true });
    apply({ ...sample, file: copy });
    const found = await Documents.open(copy, 'never').then(
      async (documents) => {
        const isSame = contentOf(documents) === content;
        const kind = documents.notices.length > 0 ? 'named' : 'whole';
        await documents.close();
        return isSame ? kind : 'changed silently';
      },
      (error: unknown) => (error instanceof InputError ? 'refused' : `failed: ${String(error)}`),
    );
    if (found !== outcome) failures.push(`${name}: ${found} instead of ${outcome}`);
    else counts[outcome] += 1;
  }
  const { refused, whole, named } = counts;
  return { tried: `${SPOILINGS.length} kinds of damage: ${refused} refused, ${named} named, ${whole} whole`, failures };
};

async function readContent(file: string, directory: string): Promise<string> {
  cpSync(dirname(file), directory, { recursive: true });
  const documents = await Documents.open(join(directory, 'state'), 'never');
  const content = contentOf(documents);
  await documents.close();
  return content;
}

/** Writes until the disk is full: a small tmpfs, or a limit of the size of files where mounting is not allowed. */
export const fullDisk: Trial = async (directory, options) => {
  const mount = join(directory, 'small');
  mkdirSync(mount);
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', mount]).status === 0;
  try {
    const limits = isMounted ? {} : { maxFileKibibytes: 1024 };
    const failures = await untilRejected(join(mount, 'state'), limits, options);
    const kind = isMounted ? 'a tmpfs of 3 MiB' : 'files of at most 1 MiB, since this user may not mount a tmpfs';
    return { tried: `a full disk: ${kind}`, failures };
  } finally {
    if (isMounted) spawnSync('umount', [mount]);
  }
};

async function untilRejected(
  state: string,
  limits: ServerLimits,
  { seed }: TortureOptions,
): Promise<readonly string[]> {
  const random = randomBelow(seed);
  const acknowledged = nothingAcknowledged();
  const failures: string[] = [];
  const server = await startServer(state, limits);
  let rejected: number | undefined;
  for (let nth = 0; nth < 5000 && rejected === undefined; nth += 1)
    rejected = await writeOnce(server, acknowledged, random);
  if (rejected !== 500 && rejected !== 413) failures.push(`a write on a full disk got ${rejected}`);
  failures.push(...(await findLosses(server, acknowledged)).map((loss) => `while full: ${loss}`));
  const code = await server.end('SIGTERM');
  if (/\n {4}at /.test(server.errors())) failures.push(`a stop on a full disk printed a stack: ${server.errors()}`);
  if (code !== 0) failures.push(`a stop on a full disk ended with ${code}: ${server.errors()}`);
  const { problems } = await checkState(state);
  failures.push(...problems.map(({ message }) => `after a full disk: ${message}`));
  return failures;
}

/** Starts a second server with the same file: directly, through a link, and twice at once. */
export const twoServers: Trial = async (directory) => {
  const state = join(directory, 'state');
  const link = join(directory, 'link');
  const first = await startServer(state);
  symlinkSync(state, link);
  const failures: string[] = [];
  for (const path of [state, link]) {
    const second = await startOrFail(path);
    if (second !== undefined) failures.push(`a second server opened ${path}`);
    await second?.end('SIGKILL');
  }
  await first.end('SIGTERM');
  for (let round = 0; round < 3; round += 1) {
    const servers = (await Promise.all([startOrFail(state), startOrFail(link)])).filter((each) => each !== undefined);
    if (servers.length > 1) failures.push('two servers that started at once both opened the file');
    for (const each of servers) await each.end('SIGKILL');
  }
  return { tried: 'two servers on one file, through links and at once', failures };
};

const startOrFail = (state: string): Promise<Server | undefined> => startServer(state).catch(() => undefined);

/** Uses up the descriptors of a server with idle connections, while its log is compacted. */
export const noDescriptors: Trial = async (directory, { seed }) => {
  const state = join(directory, 'state');
  const server = await startServer(state, { maxOpenFiles: 64 });
  const acknowledged = nothingAcknowledged();
  const random = randomBelow(seed);
  for (let nth = 0; nth < 20; nth += 1) await writeOnce(server, acknowledged, random);
  const sockets = await occupy(server.url, 80);
  rmSync(`${state}.log`);
  await wait(2500);
  for (const socket of sockets) socket.destroy();
  await wait(200);
  const failures: string[] = [];
  for (let nth = 0; nth < 20; nth += 1) {
    const status = await writeOnce(server, acknowledged, random);
    if (status !== undefined) failures.push(`a write after the descriptors ran out got ${status}`);
  }
  const code = await server.end('SIGTERM');
  if (code !== 0) failures.push(`the stop ended with ${code}: ${server.errors()}`);
  return {
    tried: 'no descriptors left while the log was removed and written anew',
    failures: [...failures, ...(await verify(state, acknowledged))],
  };
};

/** Opens idle connections. */
async function occupy(url: string, count: number): Promise<readonly Socket[]> {
  const { hostname, port } = new URL(url);
  const sockets = Array.from({ length: count }, () => connect(Number(port), hostname).on('error', () => undefined));
  await wait(500);
  return sockets;
}

/** Starts a server and compares it with what clients were told. */
async function verify(state: string, acknowledged: Acknowledged): Promise<readonly string[]> {
  const server = await startServer(state);
  try {
    const { status } = await send(server.url, 'GET', '/__admin/ready');
    return [...(status === 200 ? [] : [`not ready: ${status}`]), ...(await findLosses(server, acknowledged))];
  } finally {
    await server.end('SIGKILL');
  }
}
