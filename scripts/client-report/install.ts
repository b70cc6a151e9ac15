import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../src/input/package-files.ts';

/** Where the report keeps what it installs, and its results; git does not have it. */
export const WORK_FOLDER = packageFile('.build-client-report');
/** Has the `node_modules` with the clients from npm. */
export const NPM_FOLDER = join(WORK_FOLDER, 'npm');
/** The program of gophercloud. */
export const GOPHERCLOUD = join(WORK_FOLDER, 'gophercloud');

/** Where Debian's packages have the sources of Go libraries. */
const GO_PATH = '/usr/share/gocode';

function run(command: string, parameters: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): void {
  const { status } = spawnSync(command, parameters, { stdio: ['ignore', 'ignore', 'inherit'], ...options });
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} failed`);
}

/** Installs the clients from npm, and compiles the program of gophercloud. What is there already stays. */
export function installClients(): void {
  mkdirSync(NPM_FOLDER, { recursive: true });
  const wanted = packageFile('test/clients/package.json');
  const installed = join(NPM_FOLDER, 'package.json');
  const isInstalled = existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(wanted, 'utf8');
  if (!isInstalled || !existsSync(join(NPM_FOLDER, 'node_modules'))) {
    copyFileSync(wanted, installed);
    run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: NPM_FOLDER });
  }
  run('go', ['build', '-o', GOPHERCLOUD, '.'], {
    cwd: packageFile('test/client-programs/go'),
    env: { ...process.env, GO111MODULE: 'off', GOPATH: GO_PATH },
  });
}
