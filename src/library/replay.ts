import { contextOf } from '../admin/invoke.ts';
import type { AdminHost, AdminInput, AnyAdminOperation } from '../admin/operation.ts';
import { ADMIN_OPERATIONS } from '../admin/operations/index.ts';
import { clientEnvironment } from '../client-runs/environment.ts';
import { DIALECTS } from '../dialects/index.ts';
import type { ScenarioLibrary } from '../faults/scenario-file/library.ts';
import { InputError } from '../input/input-error.ts';
import { openRecording, type RecordingFile } from '../recording/read-recording.ts';
import type { RecordedAction, RecordingHead } from '../recording/recording.ts';
import { fromStartState } from '../recording/start-state.ts';
import { Player } from '../replay/player.ts';
import type { Departure, ReplayResult } from '../replay/replay-log.ts';
import { ReplayFiles } from './replay-files.ts';
import { ReplayPorts, tlsOfRecording } from './replay-ports.ts';
import type { Sideglance } from './sideglance.ts';
import type { SideglanceOptions } from './sideglance-options.ts';
import { startWith } from './start-with.ts';
import type { WorldControl } from './world-control.ts';

/** Options of `startReplay`. */
export interface ReplayOptions extends Pick<SideglanceOptions, 'port' | 'host' | 'listen' | 'keepAlive'> {
  /** Sends responses at once, and not after the recorded time. */
  readonly fast?: boolean;
  /**
   * Stops the server at the first request that is not in the recording, without a response. Otherwise the world responds to it, in the state that it has then.
   */
  readonly strict?: boolean;
  /** Fields of requests that may differ, as departures name them: `header accept`, `query limit`, `body /name`. */
  readonly ignore?: readonly string[];
  /** Called at the first request that is not in the recording. */
  readonly onDeparture?: (departure: Departure) => void;
}

/** A server that plays a recording. */
export interface Replay {
  readonly head: RecordingHead;
  readonly cloud: Sideglance;
  /** The recorded world. */
  readonly world: WorldControl;
  /** What the replay has shown so far. */
  result(): ReplayResult;
  /**
   * Returns the environment for a client that is a command: that of this process, with the settings of the world and the
   * variables in the recording.
   */
  environment(): NodeJS.ProcessEnv;
  /** Stops the server. */
  close(): Promise<void>;
}

/**
 * Starts a server that responds as in a recording, byte for byte, as long as clients send the same requests.
 * @throws InputError for an invalid recording or option.
 * @throws PortError when it cannot listen on a port.
 * @example
 * const replay = await startReplay('recording.json');
 * // ... run the client with replay.world.settings() ...
 * replay.result().result; // 'same', or 'departed' and where
 */
export async function startReplay(file: string, options: ReplayOptions = {}): Promise<Replay> {
  const recording = openRecording(file);
  try {
    return await start(recording, options);
  } catch (error) {
    recording.close();
    throw error;
  }
}

async function start(recording: RecordingFile, options: ReplayOptions): Promise<Replay> {
  const { fast = false, strict = false, ignore = [], onDeparture, ...server } = options;
  const { head } = recording;
  const { name } = head.world;
  const portNames = ['common', ...Object.keys(server.listen ?? {})];
  const tls = tlsOfRecording(head, portNames);
  const ports = new ReplayPorts(head, () => host?.ports() ?? [], portNames);
  let host: AdminHost | undefined;
  let cloud: Sideglance | undefined;
  const player = new Player(recording, {
    isFast: fast,
    isIgnored: testIgnored(ignore),
    isUpload: (operation) => operation !== null && UPLOADS.has(operation),
    onSent: (id) => void ports.after(id),
    act: (action) => actAgain(action, host as AdminHost, name),
    onDeparture: (departure) => {
      onDeparture?.(departure);
      if (strict) void cloud?.close();
    },
  });
  const parts = {
    playback: player,
    start: { name, state: (library: ScenarioLibrary) => fromStartState(recording, library) },
  };
  cloud = await startWith({ port: 0, ...server, ...(tls !== undefined && { tls }) }, parts, (created) => {
    host = created;
  });
  for (const port of ports.missing) {
    const message = `what happened at port ${port} is not played again; give it a port with --listen`;
    player.log.note({ request: 0, message });
  }
  await ports.after(0);
  const { url } = cloud;
  const files = new ReplayFiles(head.about);
  const world = cloud.world(name);
  return {
    head,
    cloud,
    world,
    result: () => player.log.result(),
    environment: () => ({
      ...ownVariables(),
      ...files.variables(),
      ...clientEnvironment({ url, world, folder: files.folder, user: undefined }),
    }),
    close: () =>
      (cloud as Sideglance).close().finally(() => {
        files.remove();
        recording.close();
      }),
  };
}

/** Variables that a user set for the client, such as the task of a conformance case. */
const ownVariables = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('SIDEGLANCE_')));

/** Operations whose requests are uploads. */
const UPLOADS: ReadonlySet<string> = new Set(
  DIALECTS.flatMap(({ contract: { name, operations } }) =>
    Object.entries(operations)
      .filter(([, { body }]) => body === 'stream')
      .map(([id]) => `${name}.${id}`),
  ),
);

/** What an ignored field may be. */
const FIELD = /^(?:path|query .+|header .+|body|body \/.*)$/;

/** @throws InputError for something that is no field. */
function testIgnored(fields: readonly string[]): (field: string) => boolean {
  const invalid = fields.find((field) => !FIELD.test(field));
  if (invalid !== undefined) {
    const allowed = 'path, query NAME, header NAME, body, or body /POINTER';
    throw new InputError('replay', [
      { pointer: '/ignore', message: 'is no field of a request', found: invalid, allowed },
    ]);
  }
  const ignored = new Set(fields.map((field) => (field.startsWith('header ') ? field.toLowerCase() : field)));
  return (field) => ignored.has(field);
}

/** Runs an action of a recording in the world that is played. */
function actAgain({ operation: id, params, query, body }: RecordedAction, host: AdminHost, name: string): void {
  const operation = (ADMIN_OPERATIONS as Readonly<Record<string, AnyAdminOperation>>)[id];
  const world = host.worlds.get(name);
  if (operation === undefined || world === undefined) throw new Error('this version does not have the operation');
  const context = contextOf(world, host, () => '');
  operation.run({ ...(params !== undefined && { params }), query: query ?? {}, body } as AdminInput, context);
}
