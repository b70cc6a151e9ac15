import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { RequestList } from '../admin/requests.ts';
import type { NewWorld } from '../admin/worlds.ts';
import type { ConductReport } from '../conduct/analyze.ts';
import { InputError } from '../input/input-error.ts';
import type { Entry } from '../journal/entry.ts';
import type { FiredRule } from '../journal/recorded.ts';
import type { Sideglance } from '../library/sideglance.ts';
import type { WorldControl } from '../library/world-control.ts';
import { type ClientEnd, type CommandOptions, runCommand } from './command.ts';
import { clientEnvironment } from './environment.ts';
import { type ImageOutcome, imageOutcome } from './image-outcome.ts';
import { type ObjectOutcome, objectOutcome } from './object-outcome.ts';

/** What hooks of a run get. */
export interface RunContext {
  readonly world: WorldControl;
  /** A folder of its own for the run, which is removed afterwards; the client knows it as `SIDEGLANCE_FOLDER`. */
  readonly folder: string;
}

/** A command, the world in which it runs, and what is done before and after. */
export interface ClientRunOptions<Inspected = undefined>
  extends Pick<CommandOptions, 'command' | 'cwd' | 'grace' | 'signal'> {
  /** Milliseconds after which the command is stopped. */
  readonly timeout: number;
  /** The world: fixtures, scenarios, clock, seed, label. Like the default world when omitted. */
  readonly world?: NewWorld;
  /** Name of the user who logs in; the first user of the fixtures when omitted. */
  readonly user?: string;
  /** Further environment variables, or a function that returns them. `undefined` removes a variable. */
  readonly env?: NodeJS.ProcessEnv | ((context: RunContext) => NodeJS.ProcessEnv);
  /** Ids of conduct rules to leave out. */
  readonly ignore?: readonly string[];
  /** Called before the command starts, to arm faults or to place images. Such images are not part of the outcome. */
  prepare?(context: RunContext): void | Promise<void>;
  /** Called after the command has ended, while the world and the folder exist; its result becomes `inspected`. */
  inspect?(context: RunContext, run: ClientRun): Inspected | Promise<Inspected>;
}

/** A rule that fired, and for which requests. */
export interface RuleFirings extends FiredRule {
  /** Ids of journal entries. */
  readonly entries: readonly number[];
}

/** What came of running a command once in a world of its own. */
export interface ClientRun<Inspected = undefined> {
  /** Name of the world. */
  readonly world: string;
  /** Seed of the world. */
  readonly seed: string;
  /** Exit code, signal, deadline, duration and output. */
  readonly end: ClientEnd;
  /** The requests of the client. */
  readonly entries: readonly Entry[];
  /** Requests that the full journal has dropped; above 0, nothing can be said with certainty. */
  readonly droppedEntries: number;
  /** How the client behaved. */
  readonly conduct: ConductReport;
  /** The rules that fired, in the order in which they first did. */
  readonly fired: readonly RuleFirings[];
  /** What it did to the images of the world. */
  readonly images: ImageOutcome;
  /** What it did to servers, tasks, users and whatever else is no image. */
  readonly objects: ObjectOutcome;
  /** What `inspect` returned. */
  readonly inspected: Inspected;
}

/**
 * Runs a command once, in a world of its own that is dropped afterwards. No process of its group is left.
 * @throws InputError for an empty command, an invalid world and an unknown user.
 * @example
 * const run = await runClient(cloud, { command: ['openstack', 'image', 'list'], timeout: 10_000 });
 * run.end.exitCode; run.entries.map(({ operation, status }) => [operation, status]);
 */
export async function runClient<Inspected = undefined>(
  cloud: Sideglance,
  options: ClientRunOptions<Inspected>,
): Promise<ClientRun<Inspected>> {
  assertCommand(options.command);
  const world = cloud.worlds.create(options.world);
  const folder = mkdtempSync(join(tmpdir(), 'sideglance-run-'));
  try {
    return await runInWorld(cloud, { world, folder }, options);
  } finally {
    cloud.worlds.drop(world.name);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws InputError for a command without a program. */
function assertCommand([program = '']: readonly string[]): void {
  if (program !== '') return;
  const issue = { pointer: '/command', message: 'has no program', allowed: 'a program and its arguments' };
  throw new InputError('client run', [issue]);
}

async function runInWorld<Inspected>(
  cloud: Sideglance,
  context: RunContext,
  options: ClientRunOptions<Inspected>,
): Promise<ClientRun<Inspected>> {
  const { world, folder } = context;
  await options.prepare?.(context);
  const before = world.images.changes();
  const objectsBefore = world.objects();
  const settings = { url: cloud.url, world, folder, user: options.user };
  const own = typeof options.env === 'function' ? options.env(context) : options.env;
  const end = await runCommand({ ...options, env: { ...clientEnvironment(settings), ...own } });
  await untilSettled(world);
  const { entries, dropped } = readJournal(world);
  const { ignore = [] } = options;
  const images = imageOutcome(before, world.images.changes());
  const newIds = images.created.map(({ id }) => id);
  const run: ClientRun = {
    world: world.name,
    seed: world.describe().seed,
    end,
    entries,
    droppedEntries: dropped,
    conduct: world.conduct({
      client: end.kind === 'exited' && end.exitCode === 0 ? 'success' : 'failure',
      ...(ignore.length > 0 && { ignore: ignore.join(',') }),
    }),
    fired: firedIn(entries),
    images,
    objects: objectOutcome(objectsBefore, world.objects(), newIds),
    inspected: undefined,
  };
  // Without `inspect`, the type of its result is `undefined`.
  return { ...run, inspected: (await options.inspect?.(context, run)) as Inspected };
}

/** Reads the whole journal of a world, page by page. */
function readJournal(world: WorldControl): { readonly entries: readonly Entry[]; readonly dropped: number } {
  const entries: Entry[] = [];
  let page: RequestList;
  let after = 0;
  do {
    page = world.requests.list({ after, limit: 1000 });
    // The full view has headers and bodies.
    entries.push(...(page.requests as readonly Entry[]));
    after = page.next ?? 0;
  } while (page.next !== null);
  return { entries, dropped: page.dropped };
}

/** Milliseconds to wait for responses that are still being sent to a client that is gone. */
const SETTLING = 1000;

/** Waits until the server has read what the client sent, and has noticed that it is gone. */
async function untilSettled(world: WorldControl): Promise<void> {
  const until = performance.now() + SETTLING;
  // A turn accepts connections, the next one reads requests, and the one after that completes synchronous replies.
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
  while (hasPending(world) && performance.now() < until) await pause(2);
}

function hasPending(world: WorldControl): boolean {
  const { requests, unanswered } = world.requests.list({ outcome: 'pending', view: 'summary', limit: 1 });
  return requests.length > 0 || unanswered > 0;
}

function firedIn(entries: readonly Entry[]): readonly RuleFirings[] {
  const firings = new Map<string, FiredRule & { readonly entries: number[] }>();
  for (const { id, fault } of entries) {
    if (fault === undefined) continue;
    const key = `${fault.scenario}\n${fault.rule}`;
    const known = firings.get(key);
    if (known === undefined) firings.set(key, { ...fault, entries: [id] });
    else known.entries.push(id);
  }
  return [...firings.values()];
}
