import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleCli, mcpApart, ROOT } from '../../../scripts/bundle.mjs';
import { bundleConsole } from '../../../scripts/console.mjs';

/** Builds of recent runs, each in a folder named by its digest. Below node_modules, so that imports of packages resolve. */
const CACHE = join(ROOT, 'node_modules/.cache/sideglance-tests');

/** The module whose timers the sources use. */
const TIMERS = 'test/support/jest/timers.mjs';

/** How long an unused build is kept, in milliseconds. Another run may be using it. */
const MAX_AGE = 24 * 60 * 60 * 1000;

/**
 * Bundles `src` as one module, and the command line. Loading one file is much faster than loading 400 modules.
 * Jest calls this as `globalSetup`, with `--watch` before each run. The test processes find the folder of `sources.mjs`
 * and `bin/sideglance.js` in the variable `TEST_BUILD`.
 */
export default async function buildForTests() {
  mkdirSync(CACHE, { recursive: true });
  removeOldBuilds();
  const fresh = mkdtempSync(join(CACHE, 'fresh-'));
  await Promise.all([
    bundleSources(join(fresh, 'sources.mjs')),
    bundleCli(join(fresh, 'bin'), 'test'),
    bundleConsole(join(fresh, 'console/index.html')),
  ]);
  process.env.TEST_BUILD = keep(fresh);
}

/** Writes a module that exports each source file as a namespace, named by its path: `src/emulator.ts`. */
function bundleSources(outfile) {
  const lines = [...sourceFiles(), TIMERS].map(
    (file) => `export * as ${JSON.stringify(file)} from ${JSON.stringify(`./${file}`)};`,
  );
  return build({
    absWorkingDir: ROOT,
    stdin: { contents: lines.join('\n'), resolveDir: ROOT },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    inject: [join(ROOT, TIMERS)],
    define: { CONSOLE_FILE: '"./console/index.html"' },
    plugins: [mcpApart('./bin/mcp.js')],
    packages: 'external',
    sourcemap: 'linked',
    logLevel: 'error',
  });
}

const APART = /^src\/(?:console\/|launch\.ts$|cli\/(?:main|mcp\/serve)\.ts$|testing\/runners\/)/;

/**
 * Lists all source files, without those that run when they are imported (the command line and the adapters for test runners), and
 * without the MCP server, which has a bundle of its own.
 */
const sourceFiles = () =>
  readdirSync(join(ROOT, 'src'), { recursive: true })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !APART.test(file))
    .sort();

/** Renames a build to its digest, in one step, so that concurrent runs never see a part of it. */
function keep(fresh) {
  const folder = join(CACHE, digestOf(fresh));
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error;
    // The same build exists already. Its new time keeps it from being removed.
    utimesSync(folder, new Date(), new Date());
  }
  return pathToFileURL(`${folder}/`).href;
}

function digestOf(folder) {
  const hash = createHash('sha256');
  for (const name of ['sources.mjs', 'bin/sideglance.js', 'bin/command-line.js', 'console/index.html'])
    hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}

function removeOldBuilds() {
  for (const name of readdirSync(CACHE)) {
    const path = join(CACHE, name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changed > MAX_AGE) rmSync(path, { recursive: true, force: true });
  }
}
