import {
  type NewWorld,
  type Sideglance,
  type SideglanceOptions,
  startSideglance,
  type WorldControl,
} from '../index.ts';
import { withDeadline } from './deadline.ts';
import { type TestIdentity, withRecording, writeRecording } from './recording.ts';

/** Options of the tests of one file. */
export interface TestingOptions {
  /** Options of the server. */
  readonly server?: SideglanceOptions;
  /** Options of the world of each test. It is a fork of the default world, unless it has its own fixtures. */
  readonly world?: Omit<NewWorld, 'name' | 'label'>;
  /** Folder for the recordings of failing tests, `sideglance-recordings` when omitted; `false` writes none. */
  readonly recordings?: string | false;
  /**
   * Milliseconds that a test may take, unless it has a timeout of its own. The failure then names its recording; the runner
   * gives the test up two seconds later. The timeout of the runner when omitted.
   */
  readonly timeout?: number;
}

/** What a test gets. */
export interface TestFixtures {
  /** The server, which all tests of the file share. */
  readonly cloud: Sideglance;
  /** The world of this test alone. */
  readonly world: WorldControl;
}

/** A test, and whether the runner noticed a failure that was not thrown. */
export interface RunningTest extends TestIdentity {
  /** Milliseconds that it may take. */
  readonly timeout?: number | undefined;
  hasFailed?(): boolean;
}

/** Longest label that a world can have. */
const MAX_LABEL = 256;

/** One server for a file of tests, and a world for each test. */
export class TestWorlds {
  readonly #options: TestingOptions;
  readonly #running = new Map<WorldControl, TestIdentity>();
  #cloud: Promise<Sideglance> | undefined;

  constructor(options: TestingOptions) {
    this.#options = options;
  }

  /** Runs a test in a world of its own. The server starts with the first test. */
  async run(test: RunningTest, body: (fixtures: TestFixtures) => unknown): Promise<void> {
    this.#cloud ??= startSideglance(this.#options.server);
    const cloud = await this.#cloud;
    const world = cloud.worlds.create(this.#newWorld(test));
    this.#running.set(world, test);
    try {
      await withDeadline(body({ cloud, world }), test.timeout);
      if (test.hasFailed?.() === true) throw new Error('The test failed.');
    } catch (error) {
      throw this.#record(world, test, error);
    } finally {
      this.#running.delete(world);
      cloud.worlds.drop(world.name);
    }
  }

  /** Records the tests that have not ended, which the runner has given up, and stops the server. */
  async close(): Promise<void> {
    const cloud = await this.#cloud?.catch(() => undefined);
    for (const [world, test] of this.#running) this.#record(world, test, new Error('The test did not end.'));
    await cloud?.close();
  }

  #newWorld({ name }: TestIdentity): NewWorld {
    const { world = {} } = this.#options;
    const label = [...name].slice(0, MAX_LABEL).join('');
    return { ...(world.fixtures === undefined && { fork: 'default' }), ...world, ...(label !== '' && { label }) };
  }

  #record(world: WorldControl, test: TestIdentity, error: unknown): unknown {
    const { recordings = 'sideglance-recordings' } = this.#options;
    return recordings === false ? error : withRecording(error, writeRecording(recordings, world, test, error));
  }
}
