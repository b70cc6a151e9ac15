import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Root folder of the repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Makes the MCP server an import of its own bundle, beside the one of the command line: its SDK is large. */
export const mcpApart = {
  name: 'mcp-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/mcp\/serve\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './mcp.mjs', external: true } : undefined,
    );
  },
};

/**
 * Bundles the command line with the modules that every start needs, because loading about two hundred small modules takes
 * as long as the rest of a start, and the MCP server beside it.
 * @param outfile - path of the bundle.
 * @returns the folders of the bundled packages.
 */
export async function bundleCli(outfile) {
  const [cli, mcp] = await Promise.all([
    bundleCommand('src/cli/main.ts', outfile),
    bundleCommand('src/cli/mcp/serve.ts', join(dirname(outfile), 'mcp.mjs')),
  ]);
  return [...new Set([...cli, ...mcp])].sort();
}

async function bundleCommand(entry, outfile) {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    plugins: [mcpApart],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // Large, and rarely needed: loaded from node_modules on first use.
    external: ['@faker-js/faker', 'yaml', 'ajv', 'ajv-formats'],
    banner: {
      js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);",
    },
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
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
    logLevel: 'error',
  });
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

function packagesOf({ inputs }) {
  const folders = Object.keys(inputs).map((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return folders.filter((folder) => folder !== undefined);
}

/** Writes the licenses of bundled packages beside the bundle. */
export function writeLicenses(outfile, folders) {
  const notices = folders.map(noticeOf).join(`\n${'-'.repeat(80)}\n\n`);
  writeFileSync(
    join(dirname(outfile), 'THIRD-PARTY-LICENSES.txt'),
    `sideglance.js and mcp.mjs contain these packages.\n\n${notices}`,
  );
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(ROOT, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const path = file === undefined ? undefined : join(ROOT, folder, file);
  const text = path === undefined || !existsSync(path) ? '' : readFileSync(path, 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
