import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as library from '../../../src/index.ts';
import { CLI, SOURCES } from '../build.ts';
import { ROOT } from './markdown.ts';

/** Whether the blocks run with the real clients of other languages: `npm run docs:clients`. */
export const HAS_CLIENTS = process.env['DOCS_CLIENTS'] !== undefined;

const NODE = process.execPath;

/** Starts the server in the background, and ends the server that the session has started before. */
const SERVE = `
if [ -f "$SESSION/server.pid" ]; then
  kill "$(cat "$SESSION/server.pid")" 2> /dev/null
  while kill -0 "$(cat "$SESSION/server.pid")" 2> /dev/null; do sleep 0.05; done
fi
: > "$SESSION/serve.log"
"${NODE}" "${CLI}" serve "$@" > "$SESSION/serve.log" 2>&1 &
echo $! > "$SESSION/server.pid"
until grep -q '(port ' "$SESSION/serve.log"; do
  kill -0 "$(cat "$SESSION/server.pid")" 2> /dev/null || { cat "$SESSION/serve.log" >&2; exit 1; }
  sleep 0.05
done
cat "$SESSION/serve.log"`;

/** Writes the status of each response to the log. A time limit is the end of a stream, not a failure. */
const CURL = `
"${execFileSync('sh', ['-c', 'command -v curl'], { encoding: 'utf8' }).trim()}" -w '%{stderr}@@%{http_code} %{method} %{url}\\n' "$@" 2>> "$SESSION/curl.log"
code=$?
case "$code $*" in "28 "*--max-time*) exit 0 ;; esac
exit $code`;

/** Commands of npm are steps of `.ci/run`. Here, only the scripts that they name must exist. */
const NPM = `
case "$1" in
  ci | install | pack | start | test) ;;
  run) grep -q ""$2": " "${ROOT}/package.json" || { echo "there is no script $2" >&2; exit 1; } ;;
  *) echo "npm $1 is not run" >&2; exit 1 ;;
esac`;

/** Runs the server of a container as a process, with its variables, and with the folders of the host in place of its volumes. */
const DOCKER = `
case "$1" in
  build) [ -f "${ROOT}/Dockerfile" ]; exit ;;
  stop) kill "$(cat "$SESSION/server.pid")"; exit ;;
  run) shift ;;
  *) echo "docker $1 is not run" >&2; exit 1 ;;
esac
volumes=()
while [ "$1" != sideglance ]; do
  case "$1" in
    --rm | --detach) shift ;;
    --name | --publish) shift 2 ;;
    --env) case "$2" in *=*) export "$2" ;; esac; shift 2 ;;
    --volume) volumes+=("$2"); shift 2 ;;
    *) echo "docker run $1 is not run" >&2; exit 1 ;;
  esac
done
shift
[ $# -eq 0 ] && set -- serve
arguments=()
for argument in "$@"; do
  for volume in "\${volumes[@]}"; do IFS=: read -r host inside _ <<< "$volume"; argument=\${argument/#$inside/$host}; done
  arguments+=("$argument")
done
exec sideglance "\${arguments[@]}"`;

const PROGRAMS: Readonly<Record<string, string>> = {
  sideglance: `case "$1" in serve) shift; ${SERVE} ;; *) exec "${NODE}" "${CLI}" "$@" ;; esac`,
  npx: '[ "$1" = --no-install ] && shift; [ "$1" = sideglance ] || { echo "npx $1 is not run" >&2; exit 1; }; shift; exec sideglance "$@"',
  npm: NPM,
  docker: DOCKER,
  curl: CURL,
};

const OPENSTACK = `exec "${NODE}" "${fileURLToPath(new URL('openstack.mjs', import.meta.url))}" "$@"`;

/** Writes the programs that blocks use into a folder: `sideglance`, `npx`, `curl` and, without real clients, `openstack`. */
export function writePrograms(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const programs = HAS_CLIENTS ? PROGRAMS : { ...PROGRAMS, openstack: OPENSTACK };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/bash\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }
}

const BUNDLE = fileURLToPath(new URL('../../../scripts/bundle.mjs', import.meta.url));

/** Names that the module `sideglance` exports. */
const NAMES = Object.keys(library).filter((name) => /^\w+$/.test(name) && !['default', '__esModule'].includes(name));

/** Writes a package `sideglance` into a project, which exports the sources under test. */
export function writePackage(project: string): void {
  const folder = join(project, 'node_modules/sideglance');
  cpSync(join(ROOT, 'clients'), join(folder, 'clients'), { recursive: true });
  const script = `import(${JSON.stringify(BUNDLE)}).then(({ bundleRunners }) => bundleRunners(process.argv[1]))`;
  execFileSync(NODE, ['-e', script, folder]);
  const exports = { '.': './index.js', './node-test': './testing/runners/node-test.js' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', exports }));
  writeFileSync(
    join(folder, 'index.js'),
    `import { 'src/index.ts' as source } from '${SOURCES}';\nexport const { ${NAMES.join(', ')} } = source;\n`,
  );
}
