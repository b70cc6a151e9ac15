import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TestEnvironment } from 'jest-environment-node';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const require = createRequire(import.meta.url);
let sources;

/** A source file from the bundle of `build.mjs`, or a file of a package as Node itself loads it. */
function loadNatively(path) {
  const file = relative(ROOT, path).replaceAll('\\', '/');
  return file.startsWith('src/') ? sources[file] : require(path);
}

/** What has run in an AsyncLocalStorage since the last suite ended. */
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...parameters) {
  storages.add(this);
  return run.apply(this, parameters);
};

/**
 * Jest's Node environment, in which suites share the sources and the packages: both are loaded once a process, by Node,
 * and not again for each suite, by Jest. What a test imports is turned into a call of `loadNatively` by `transform.mjs`.
 */
export default class Environment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    // As a getter, so that Jest does not clean up what belongs to all suites.
    Object.defineProperty(this.global, 'loadNatively', { get: () => loadNatively });
    this.projectConfig = config.projectConfig;
  }

  async setup() {
    await super.setup();
    // Not while this file is imported: Jest would transform what it imports in turn.
    sources ??= await import(new URL('sources.mjs', process.env.TEST_BUILD));
    const { timers } = sources['test/support/jest/timers.mjs'];
    this.fakeTimersModern = new this.fakeTimersModern.constructor({ config: this.projectConfig, global: timers });
    // Jest asks for 100 frames, of each error and each `expect`. Most are never read.
    Error.stackTraceLimit = 10;
    this.global.Error.stackTraceLimit = 10;
  }

  async teardown() {
    await super.teardown();
    // Jest makes one for each suite and leaves it on, so that every promise of all later suites pays for it.
    for (const storage of storages) storage.disable();
    storages.clear();
  }
}
