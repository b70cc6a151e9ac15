import { type ClientSettings, settingsOf } from '../admin/client-settings.ts';
import type { ClockReading } from '../admin/clock.ts';
import { bindGroup, bindOperation, contextOf, type Methods } from '../admin/invoke.ts';
import type { AdminContext, AdminHost } from '../admin/operation.ts';
import { ADMIN_GROUPS, WORLD_GROUPS } from '../admin/operations/index.ts';
import { record } from '../admin/recording.ts';
import type { ProbeView } from '../admin/scenario-views.ts';
import { listScenarios } from '../admin/scenarios.ts';
import { parseQuery } from '../admin/validate.ts';
import { presentWorld, type WorldView } from '../admin/worlds.ts';
import { lazyObject, type MemberBuilders } from '../base/lazy-object.ts';
import type { RuleExplanation } from '../faults/engine/explain.ts';
import type { UnusedFault } from '../faults/fault.ts';
import { InputError } from '../input/input-error.ts';
import type { RecordingAbout } from '../recording/recording.ts';
import { writeRecordingFile } from '../recording/write-recording.ts';
import { objectsOf, type WorldObject } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { DEFAULT_WORLD } from '../world/world-name.ts';

type Groups = typeof WORLD_GROUPS;

/** The admin API of one world as methods, which the operation table of the admin API defines. */
export interface WorldMethods
  extends Methods<typeof ADMIN_GROUPS.world>,
    Omit<{ readonly [Name in keyof Groups]: Methods<Groups[Name]> }, 'scenarios' | 'clock'> {
  readonly scenarios: ScenarioMethods;
  readonly clock: ClockMethods;
}

/** Methods on the scenarios of a world. */
export interface ScenarioMethods extends Methods<Groups['scenarios']> {
  /** Explains what each rule would do with a request, in evaluation order. */
  explain(request: ProbeView): readonly RuleExplanation[];
  /** Lists enabled rules and one-off faults that have not fired yet. */
  unusedFaults(): readonly UnusedFault[];
}

/** Methods on the clock of a world. */
export interface ClockMethods extends Methods<Groups['clock']> {
  /** Freezes the clock, at a time (ISO 8601) or at its current time. */
  freeze(at?: string): ClockReading;
  /** Sets the time (ISO 8601). */
  set(now: string): ClockReading;
  /** Advances the time by seconds, or by text such as `90s`, `5m`, `1h30m`. */
  advance(by: number | string): ClockReading;
  /** Resumes a frozen clock. */
  resume(): ClockReading;
}

/** Controls one world. Methods throw `InputError` for invalid values and `AdminError` for things that do not exist. */
export interface WorldControl extends WorldMethods {
  readonly name: string;
  /** Address of the world's root, without a trailing slash. */
  readonly url: string;
  /** Returns addresses, seed and client settings. */
  describe(): WorldView;
  /**
   * Returns the settings with which clients log in as a user; as the first user when omitted.
   * @throws InputError for a user that the world does not have.
   */
  settings(user?: string): ClientSettings;
  /** Returns the same for clients with a fixed address: the names in the settings select the world. */
  settingsByLogIn(user?: string): ClientSettings;
  /** Lists what the world has besides images, tokens and settings: servers, tasks, users, metadata definitions ... */
  objects(): readonly WorldObject[];
  /**
   * Writes a recording of the world to a file, for `sideglance replay` and `sideglance show`.
   * @param about - what the world was used for, and how it ended.
   */
  writeRecording(file: string, about?: RecordingAbout): void;
}

/** What world controls need from the process. */
export interface WorldControlDependencies {
  readonly host: AdminHost;
  /** Returns the address of a world's root. */
  rootOf(world: string): string;
}

/** What the members of a control are built from. */
interface ControlSource extends WorldControlDependencies {
  readonly world: World;
  readonly context: AdminContext;
}

// Written out, since a spread takes most of the time that creating a control takes.
const sourceOf = (world: World, { host, rootOf }: WorldControlDependencies): ControlSource => ({
  host,
  rootOf,
  world,
  context: contextOf(world, host, rootOf),
});

/** Binds each entry of a table when it is first used. */
const builders = <Entries extends object, Members>(
  entries: Entries,
  bind: (entry: never, context: AdminContext) => unknown,
): MemberBuilders<ControlSource, Members> =>
  Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [
      name,
      ({ context }: ControlSource) => bind(entry as never, context),
    ]),
  ) as unknown as MemberBuilders<ControlSource, Members>;

const METHODS: MemberBuilders<ControlSource, WorldMethods> = {
  ...builders<typeof ADMIN_GROUPS.world, Methods<typeof ADMIN_GROUPS.world>>(ADMIN_GROUPS.world, bindOperation),
  ...builders<Groups, { readonly [Name in keyof Groups]: Methods<Groups[Name]> }>(WORLD_GROUPS, bindGroup),
  scenarios: ({ world, context }) => ({
    ...bindGroup(WORLD_GROUPS.scenarios, context),
    explain: (request) => explainRequest(world, request),
    unusedFaults: () => world.faults.unusedFaults(),
  }),
  clock: ({ context }) => clockMethods(bindGroup(WORLD_GROUPS.clock, context)),
};

const createControl = lazyObject<ControlSource, WorldControl>({
  ...METHODS,
  name: ({ world }) => world.name,
  url: ({ world, rootOf }) => rootOf(world.name),
  describe:
    ({ world, context }) =>
    () =>
      presentWorld(world, context),
  // The directory is read each time: a reset replaces the identity service.
  settings:
    ({ world, rootOf, host }) =>
    (user) =>
      settingsOf(rootOf(world.name), world.identity.directory, {
        caFile: host.caFile(),
        ...(user !== undefined && { user }),
      }),
  settingsByLogIn:
    ({ world, rootOf, host }) =>
    (user) =>
      settingsOf(rootOf(DEFAULT_WORLD), world.identity.directory, {
        caFile: host.caFile(),
        ...(user !== undefined && { user }),
        ...(world.name !== DEFAULT_WORLD && { world: world.name }),
      }),
  objects:
    ({ world }) =>
    () =>
      objectsOf(world),
  writeRecording:
    ({ context }) =>
    (file, about) =>
      writeRecordingFile(file, record(context, about).atOnce()),
});

/** Creates the control of a world. */
export const controlWorld = (world: World, dependencies: WorldControlDependencies): WorldControl =>
  createControl(sourceOf(world, dependencies));

/** Creates the methods of a world, all at once. */
export function worldMethods(world: World, dependencies: WorldControlDependencies): WorldMethods {
  const source = sourceOf(world, dependencies);
  return Object.fromEntries(
    Object.entries(METHODS).map(([name, build]) => [name, build(source)]),
  ) as unknown as WorldMethods;
}

const clockMethods = (methods: Methods<Groups['clock']>): ClockMethods => ({
  ...methods,
  freeze: (at) => methods.change({ freeze: at ?? true }),
  set: (now) => methods.change({ set: now }),
  advance: (by) => methods.change({ advance: by }),
  resume: () => methods.change({ resume: true }),
});

function explainRequest(world: World, request: ProbeView): readonly RuleExplanation[] {
  const given = Object.entries(request).filter(([, value]) => value !== undefined);
  const probe: Partial<ProbeView> = parseQuery(WORLD_GROUPS.scenarios.list, given);
  if (probe.operation === undefined) {
    throw new InputError('query', [{ pointer: '/operation', message: 'is required' }]);
  }
  return listScenarios(world, probe).explanations ?? [];
}
