import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TestEnvironment } from 'jest-environment-node';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const require = createRequire(import.meta.url);
// Whether commands print colors is up to the tests, and not to the terminal or the CI server that runs them.
for (const name of ['FORCE_COLOR', 'NO_COLOR', 'TERM']) delete process.env[name];

/** The bundle of `build.mjs` that is loaded, and its address. With `--watch`, later runs have other ones. */
let sources;
let loaded;

/** Returns a source file from the bundle of `build.mjs`, or a file of a package as Node loads it. */
function loadNatively(path) {
  const file = relative(ROOT, path).replaceAll('\\', '/');
  return file.startsWith('src/') ? sources[file] : require(path);
}

/** Every AsyncLocalStorage that was used since the last suite ended. */
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...parameters) {
  storages.add(this);
  return run.apply(this, parameters);
};

/**
 * Jest's Node environment, in which all suites of a process share sources and packages: Node loads them once, instead of
 * Jest for each suite. `transform.mjs` turns the imports of tests into calls of `loadNatively`.
 */
export default class Environment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    // A getter, because Jest would clean up a value, which all suites share.
    Object.defineProperty(this.global, 'loadNatively', { get: () => loadNatively });
    this.projectConfig = config.projectConfig;
  }

  async setup() {
    await super.setup();
    // Imported here and not at the top, where Jest would transform the bundle.
    if (loaded !== process.env.TEST_BUILD) {
      sources = await import(new URL('sources.mjs', process.env.TEST_BUILD));
      loaded = process.env.TEST_BUILD;
    }
    const { timers } = sources['test/support/jest/timers.mjs'];
    this.fakeTimersModern = new this.fakeTimersModern.constructor({ config: this.projectConfig, global: timers });
    // Jest captures 100 frames for each error and each `expect`. Most are never read.
    Error.stackTraceLimit = 10;
    this.global.Error.stackTraceLimit = 10;
  }

  async teardown() {
    await super.teardown();
    // Jest enables one for each suite and never disables it, which slows down every promise of later suites.
    for (const storage of storages) storage.disable();
    storages.clear();
  }
}
