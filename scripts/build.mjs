// Builds dist, unless it is up to date: `npm run build`. Safe to run while another build runs or a server runs from dist.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleCli, bundleLibrary, bundleRunners, compileChecks, ROOT, writeLicenses } from './bundle.mjs';
import { bundleConsole } from './console.mjs';
import { warmUp } from './warm-up.mjs';

const DIST = join(ROOT, 'dist');

/** File with the digest of the sources that dist was built from. It is written last. */
const STAMP = '.sources';

/** Files and folders that a build depends on. */
const INPUTS = [
  'src',
  'scripts/build.mjs',
  'scripts/bundle.mjs',
  'scripts/checks.ts',
  'scripts/console.mjs',
  'schemas/recording.schema.json',
  'scripts/warm-up.mjs',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
];

/** The files in a folder, with their paths below it. */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

function digestOfSources() {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    const files = input === 'src' ? filesIn(join(ROOT, 'src')).map((file) => join('src', file)) : [input];
    for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}

function digestOfDist() {
  try {
    return readFileSync(join(DIST, STAMP), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Builds into a folder: declarations with the compiler, the library, the adapters for test runners and the command line as
 * one file each, compiled checks, and the console.
 */
async function buildInto(folder, digest) {
  report('compiling the types');
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', join(ROOT, 'tsconfig.build.json'), '--outDir', folder], {
    stdio: 'inherit',
  });
  report('bundling the library');
  await bundleLibrary(join(folder, 'index.js'));
  await bundleRunners(folder);
  report('compiling the schemas');
  await compileChecks(join(folder, 'checks'));
  report('bundling the console and the command line');
  const inPage = await bundleConsole(join(folder, 'console/index.html'));
  writeLicenses(join(folder, 'console'), 'index.html contains', inPage);
  const bin = join(folder, 'bin');
  writeLicenses(bin, 'command-line.js and mcp.js contain', await bundleCli(bin, digest));
  chmodSync(join(bin, 'sideglance.js'), 0o755);
}

/** Prints a step of the build. */
const report = (step) => void process.stderr.write(`  ${step}\n`);

/**
 * Moves a fresh build into dist, one file after the other. A rename replaces a file atomically, so that each path can be
 * read at any time. A folder cannot be replaced atomically.
 */
function moveToDist(fresh) {
  const files = filesIn(fresh);
  // Until the end of the move, dist contains files of two builds.
  rmSync(join(DIST, STAMP), { force: true });
  for (const file of files) {
    mkdirSync(dirname(join(DIST, file)), { recursive: true });
    renameSync(join(fresh, file), join(DIST, file));
  }
  const current = new Set([...files, STAMP]);
  for (const file of filesIn(DIST)) if (!current.has(file)) rmSync(join(DIST, file), { force: true });
}

async function build() {
  const digest = digestOfSources();
  if (digestOfDist() === digest) return;
  const start = performance.now();
  process.stderr.write(
    `Building Sideglance: ${digestOfDist() === undefined ? 'first build' : 'the sources have changed'}\n`,
  );
  const fresh = mkdtempSync(join(ROOT, '.build-'));
  try {
    await buildInto(fresh, digest);
    moveToDist(fresh);
    // The compiled form contains the path of the file.
    report('running the server once, so that it starts faster');
    await warmUp(join(DIST, 'bin/sideglance.js'));
    writeFileSync(join(fresh, STAMP), digest);
    renameSync(join(fresh, STAMP), join(DIST, STAMP));
    process.stderr.write(`Built in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

await build();
