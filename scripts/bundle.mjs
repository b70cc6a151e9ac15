// Puts the command line and what it needs at every start into one file: loading some two hundred small ones takes as long
// as all the rest of a start. Runs after the compiler, on what it wrote.
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const outfile = join(root, 'dist', 'bin', 'sideglance.js');

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['dist/cli/main.js'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // Needed by few runs, and large: they stay where they are, and are loaded when they are asked for.
  external: ['@faker-js/faker', 'yaml', 'ajv', 'ajv-formats'],
  banner: {
    js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);",
  },
  legalComments: 'none',
  metafile: true,
  logLevel: 'error',
});
chmodSync(outfile, 0o755);

// What is copied into the file keeps its licence beside it.
const folders = new Set(
  Object.keys(metafile.inputs)
    .map((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
    .filter((folder) => folder !== undefined),
);
const notices = [...folders].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined || !existsSync(join(root, folder, file)) ? '' : readFileSync(join(root, folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
});
writeFileSync(
  join(root, 'dist', 'bin', 'THIRD-PARTY-LICENSES.txt'),
  `sideglance.js holds these packages.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`,
);
