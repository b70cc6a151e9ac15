// `prepare`: builds the package when it is installed from a git URL, because npm then runs no other script. In a clone, `npm ci` builds
// nothing: npm start and npm pack do, and the tests need no build.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { _PACOTE_NO_PREPARE_: resolved, npm_config_user_agent: agent = 'npm/' } = process.env;

/** npm sets this variable while it installs from git. Other package managers do not tell, so that they always build. */
const isFromGit = resolved !== undefined || !agent.startsWith('npm/');
const path = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url));

// Without the development dependencies, there is no compiler: an installation with --omit=dev.
if (isFromGit && existsSync(path('node_modules/typescript'))) {
  execFileSync(process.execPath, [path('scripts/build.mjs')], { stdio: 'inherit' });
}
