import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sideglance-prepare-'));
  mkdirSync(join(folder, 'scripts'));
  cpSync(join(ROOT, 'scripts/prepare.mjs'), join(folder, 'scripts/prepare.mjs'));
  const build = "import { writeFileSync } from 'node:fs';\nwriteFileSync(new URL('../built', import.meta.url), '');\n";
  writeFileSync(join(folder, 'scripts/build.mjs'), build);
  mkdirSync(join(folder, 'node_modules/typescript'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script, and returns whether it has built the package. */
function builds(env: NodeJS.ProcessEnv): boolean {
  const { _PACOTE_NO_PREPARE_: _resolved, npm_config_user_agent: _agent, ...rest } = process.env;
  execFileSync(process.execPath, [join(folder, 'scripts/prepare.mjs')], { env: { ...rest, ...env } });
  return existsSync(join(folder, 'built'));
}

test('prepare builds the package when npm installs it from git', () => {
  expect(builds({ npm_config_user_agent: 'npm/11.0.0 node/v20.19.0', _PACOTE_NO_PREPARE_: 'git+file:///a#b' })).toBe(
    true,
  );
});

test('prepare builds the package for other package managers, which do not tell where it comes from', () => {
  expect(builds({ npm_config_user_agent: 'pnpm/10.0.0 npm/? node/v20.19.0' })).toBe(true);
});

test('prepare builds nothing in a clone, and where the compiler is missing', () => {
  expect(builds({ npm_config_user_agent: 'npm/11.0.0 node/v20.19.0' })).toBe(false);
  rmSync(join(folder, 'node_modules'), { recursive: true });
  expect(builds({ _PACOTE_NO_PREPARE_: 'git+file:///a#b' })).toBe(false);
});

test('npm runs prepare, which is the only script that it runs for a package from git', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(scripts['prepare']).toBe('node scripts/prepare.mjs');
});
