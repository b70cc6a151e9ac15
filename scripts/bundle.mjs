import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { LAZY, lazyModules } from './lazy-modules.mjs';

/** Root folder of the repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Makes the MCP server an import of its own bundle, because its SDK is large.
 * @param path - of the bundle, as it is imported.
 */
export const mcpApart = (path) => ({
  name: 'mcp-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/mcp\/serve\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
});

/** Packages that are loaded from node_modules on first use: they are large, and few runs need them. */
const LARGE = ['@faker-js/faker', 'ajv', 'ajv-formats', 'badge-maker'];

/**
 * Packages that Express loads at its start, and whose functions Sideglance hardly ever calls: the functions they export; none
 * for a package that is a function itself.
 */
const RARE = {
  accepts: [],
  'body-parser': ['json', 'raw', 'text', 'urlencoded'],
  'content-disposition': ['create'],
  'cookie-signature': ['sign'],
  etag: [],
  'mime-types': ['charset', 'contentType', 'extension', 'lookup'],
  qs: ['parse', 'stringify'],
  send: [],
  'serve-static': [],
};

/** Replaces the functions of `RARE` by ones that load their package from node_modules when they are called. */
const rarelyCalled = {
  name: 'rarely-called',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${Object.keys(RARE).join('|')})$`);
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'rarely-called' }));
    onLoad({ filter, namespace: 'rarely-called' }, ({ path }) => ({
      contents: [
        "const { createRequire } = require('node:module');",
        // The package may be installed below Express.
        `const load = () => createRequire(createRequire(importMetaUrl).resolve('express'))('${path}');`,
        ...(RARE[path].length > 0
          ? RARE[path].map((name) => `exports.${name} = (...parameters) => load().${name}(...parameters);`)
          : ['module.exports = (...parameters) => load()(...parameters);']),
      ].join('\n'),
    }));
  },
};

/** Parts of Node that few starts need. */
const RARE_PARTS = /^(?:node:)?(?:child_process|fs\/promises|https|os|readline|timers\/promises|tls|zlib)$/;

/** Loads the parts of Node in `RARE_PARTS` when something of them is first used. Importers get an object that inherits all from them. */
const lazyParts = {
  name: 'lazy-parts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: RARE_PARTS }, ({ path }) => ({ path, namespace: 'lazy-parts' }));
    onLoad({ filter: RARE_PARTS, namespace: 'lazy-parts' }, ({ path }) => ({
      contents: `const get = (_target, name) => process.getBuiltinModule('${path}')[name];
        module.exports = Object.create(new Proxy({}, { get }));`,
    }));
  },
};

/**
 * What a start with files of one's own needs of packages that are otherwise outside: it becomes a part of the bundle, and still
 * runs on first use. Finding and reading its files would take longer than to run them.
 */
const INCLUDED = {
  'src/input/load-yaml.ts': "export const loadYaml = () => require('yaml');",
  'src/contract/load-formats.ts':
    "export const loadFormats = () => require('./node_modules/ajv-formats/dist/formats.js').fullFormats;",
};

const included = {
  name: 'included',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/(?:input\/load-yaml|contract\/load-formats)\.ts$/ }, ({ path }) => ({
      contents: INCLUDED[relative(ROOT, path)],
      resolveDir: ROOT,
    }));
  },
};

/** What each file of the command line has in common. */
const COMMAND = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Node loads a CommonJS file faster than a module, and its compiled form can be stored, unless it imports something.
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  minifySyntax: true,
  minifyWhitespace: true,
  // A line is part of the message of an uncaught error.
  lineLimit: 200,
  legalComments: 'none',
  logLevel: 'error',
};

/** Around a file that `src/base/cached-script.ts` loads: the function that Node would put around it. */
const CACHED = { head: '(function (exports, require, module, __filename, __dirname) {', foot: '})' };

/**
 * Bundles the command line with the modules that every start needs, because loading about two hundred small modules takes
 * as long as the rest of a start, and the MCP server beside it.
 * @param folder - gets `sideglance.js`, which loads `command-line.js`.
 * @param digest - of the sources.
 * @returns the folders of the bundled packages.
 */
export async function bundleCli(folder, digest) {
  const define = { ...COMMAND.define, BUILD_DIGEST: JSON.stringify(digest.slice(0, 16)) };
  const banner = { js: `#!/usr/bin/env node\n${COMMAND.banner.js}` };
  await build({ ...COMMAND, define, banner, entryPoints: ['src/launch.ts'], outfile: join(folder, 'sideglance.js') });
  const { metafile } = await build({
    ...COMMAND,
    define: { ...define, CHECKS_FOLDER: '"../checks/"', CONSOLE_FILE: '"../console/index.html"' },
    banner: { js: `${CACHED.head}${COMMAND.banner.js}` },
    footer: { js: CACHED.foot },
    entryPoints: ['src/cli/main.ts'],
    outfile: join(folder, 'command-line.js'),
    external: LARGE,
    plugins: [rarelyCalled, lazyParts, included, mcpApart('./mcp.js'), lazyModules(LAZY)],
    metafile: true,
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  return [...new Set([...packagesOf(metafile), ...(await bundleMcp(join(folder, 'mcp.js')))])].sort();
}

async function bundleMcp(outfile) {
  const { metafile } = await build({
    ...COMMAND,
    entryPoints: ['src/cli/mcp/serve.ts'],
    outfile,
    external: LARGE,
    plugins: [rarelyCalled, included],
    metafile: true,
  });
  return packagesOf(metafile);
}

/**
 * Bundles the modules of the library, whose start would otherwise mostly load small files. Packages stay outside.
 * @param outfile - path of the bundle.
 */
export async function bundleLibrary(outfile) {
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/index.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    define: { CHECKS_FOLDER: '"./checks/"', CONSOLE_FILE: '"./console/index.html"' },
    // With `node --enable-source-maps`, stack traces name the sources, which the map contains.
    sourcemap: 'linked',
    logLevel: 'error',
  });
}

/**
 * Compiles the checks of schemas.
 * @param folder - gets a file for each schema.
 */
export async function compileChecks(folder) {
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, 'compile.mjs');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['scripts/checks.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  });
  const { writeChecks } = await import(pathToFileURL(outfile).href);
  writeChecks(folder);
  rmSync(outfile);
}

/** The adapters for test runners. */
const RUNNERS = ['jest', 'node-test', 'vitest'];

/** Makes the library an import of its own bundle, so that each process loads it once. */
const libraryApart = {
  name: 'library-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^(\.\.\/)+index\.ts$/ }, () => ({ path: '../../index.js', external: true }));
  },
};

/**
 * Bundles the adapters for test runners, one file each.
 * @param folder - the folder that has the bundle of the library as `index.js`.
 */
export async function bundleRunners(folder) {
  await build({
    absWorkingDir: ROOT,
    entryPoints: RUNNERS.map((name) => `src/testing/runners/${name}.ts`),
    outdir: join(folder, 'testing/runners'),
    bundle: true,
    packages: 'external',
    plugins: [libraryApart],
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  });
}

/** Returns the folders of the packages in a bundle. */
export function packagesOf({ inputs }) {
  const folders = Object.keys(inputs).map((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return folders.filter((folder) => folder !== undefined);
}

/**
 * Writes the licenses of bundled packages into the folder of the bundle.
 * @param subject - which files contain them, as the beginning of a sentence.
 */
export function writeLicenses(folder, subject, folders) {
  const notices = folders.map(noticeOf).join(`\n${'-'.repeat(80)}\n\n`);
  writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), `${subject} these packages.\n\n${notices}`);
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(ROOT, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const path = file === undefined ? undefined : join(ROOT, folder, file);
  const text = path === undefined || !existsSync(path) ? '' : readFileSync(path, 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
