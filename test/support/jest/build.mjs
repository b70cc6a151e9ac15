import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The repository. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds of the last runs, each in a folder named after its content. Packages are found from here. */
const CACHE = join(ROOT, 'node_modules/.cache/sideglance-tests');

/** The module whose timers the sources use. */
export const TIMERS = 'test/support/jest/timers.mjs';

/** How long an unused build is kept, in milliseconds. Another run may be using it. */
const KEPT = 24 * 60 * 60 * 1000;

/**
 * Bundles `src` into one module. Loading that one file takes a fraction of the time that loading 400 modules takes.
 * @returns the module's address.
 */
export async function buildSources() {
  const { outputFiles } = await bundle();
  const folder = join(CACHE, digestOf(outputFiles));
  removeOldBuilds();
  writeOnce(folder, outputFiles);
  return pathToFileURL(join(folder, 'sources.mjs')).href;
}

/** One module that exports each source file as a namespace, named by its path: `src/emulator.ts`. */
function bundle() {
  const lines = [...sourceFiles(), TIMERS].map(
    (file) => `export * as ${JSON.stringify(file)} from ${JSON.stringify(`./${file}`)};`,
  );
  return build({
    absWorkingDir: ROOT,
    stdin: { contents: lines.join('\n'), resolveDir: ROOT },
    outfile: join(CACHE, 'any/sources.mjs'),
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    inject: [join(ROOT, TIMERS)],
    packages: 'external',
    sourcemap: 'linked',
    logLevel: 'error',
  });
}

/** All source files but the command line's entry, which runs when it is imported. */
const sourceFiles = () =>
  readdirSync(join(ROOT, 'src'), { recursive: true })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && file !== 'src/cli/main.ts')
    .sort();

function digestOf(files) {
  const hash = createHash('sha256');
  for (const { contents } of files) hash.update(contents);
  return hash.digest('hex').slice(0, 16);
}

/** Writes the files beside their folder and renames it, so that runs at the same time see all of it or nothing. */
function writeOnce(folder, files) {
  mkdirSync(CACHE, { recursive: true });
  if (isTouched(folder)) return;
  const fresh = mkdtempSync(join(CACHE, 'fresh-'));
  for (const { path, contents } of files) writeFileSync(join(fresh, basename(path)), contents);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another run was first with the same content.
    if (!isTouched(folder)) throw error;
  }
}

/** Whether the folder exists; if it does, it counts as used now. */
function isTouched(folder) {
  try {
    utimesSync(folder, new Date(), new Date());
    return true;
  } catch {
    return false;
  }
}

function removeOldBuilds() {
  mkdirSync(CACHE, { recursive: true });
  for (const name of readdirSync(CACHE)) {
    const path = join(CACHE, name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changed > KEPT) rmSync(path, { recursive: true, force: true });
  }
}
