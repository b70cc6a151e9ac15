// Runs the examples as their READMEs say, with a packed package: `node test/examples/run.mjs sideglance-0.1.0.tgz [folder...]`. Without
// a container engine, the services of docker-compose.yml run as processes of this machine, and the files for CI servers are run step by step.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

/** Variables of this process that would lead an example elsewhere. */
const FOREIGN = /^(OS|SIDEGLANCE)_/;

const environment = (extra = {}) => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
  // Debian's Python has Debian's packages.
  PATH: `/usr/bin:${process.env.PATH}`,
  ...extra,
});

/** Runs a script with bash, which is to end with this exit code, and ends what it has left running. */
async function run(script, folder, extra, expected = 0) {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: environment(extra),
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  const [code] = await once(child, 'exit');
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
  assert.equal(code, expected, `exit code of:\n${script}`);
}

/** The commands of a README. */
function commandsOf(folder) {
  const blocks = [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/^```sh\n(.*?)^```/gms)];
  assert.equal(blocks.length, 1, `${folder}/README.md has one block of commands`);
  return blocks[0][1];
}

/** Runs the steps of the workflow of GitHub, then the script of the job of GitLab, each in a copy of the project. */
async function runCi(folder) {
  const other = `${folder}-gitlab`;
  cpSync(folder, other, { recursive: true });
  const { jobs } = parse(readFileSync(join(folder, '.github/workflows/test.yml'), 'utf8'));
  const steps = jobs.test.steps.filter((step) => step.run !== undefined);
  // A failed step would run these as well; here they show that they work.
  await run(steps.map((step) => step.run).join('\n'), folder, { GITHUB_STEP_SUMMARY: join(folder, 'summary.md') });
  assert.match(readFileSync(join(folder, 'summary.md'), 'utf8'), /image-v2/);
  const { test: job } = parse(readFileSync(join(other, '.gitlab-ci.yml'), 'utf8'));
  await run(job.script.join('\n'), other);
  for (const path of [folder, other]) {
    assert.equal(JSON.parse(readFileSync(join(path, 'recording.json'), 'utf8')).format, 'sideglance-recording');
  }
  assert.match(readFileSync(join(other, 'coverage.xml'), 'utf8'), /<testsuite/);
  const failing = `${folder}-failing`;
  cpSync(other, failing, { recursive: true });
  rmSync(join(failing, 'recording.json'));
  await run(job.script.join('\n').replaceAll('npm test', 'false'), failing, {}, 1);
  assert.ok(existsSync(join(failing, 'recording.json')), 'a failed job keeps its recording');
}

/** Runs the services of docker-compose.yml: the server with mounted files, then the tests once it is healthy. */
async function runCompose(folder) {
  const { services } = parse(readFileSync(join(folder, 'docker-compose.yml'), 'utf8'));
  const mounts = Object.values(services).flatMap(({ volumes }) => volumes.map((volume) => volume.split(':')));
  for (const [source] of mounts) assert.ok(existsSync(join(folder, source)), `${source} is mounted`);
  const onHost = (text) => mounts.reduce((path, [source, target]) => path.replace(target, join(folder, source)), text);
  const settings = Object.entries(services.sideglance.environment).map(([name, value]) => [name, onHost(value)]);
  const tests = services.tests.command.map(onHost);
  const script = `
    npm init --yes >/dev/null
    npm install --silent --no-save ./sideglance.tgz
    node_modules/.bin/sideglance serve --quiet --port 0 --ready-file server.url &
    npx --no-install sideglance wait --ready-file server.url
    SIDEGLANCE_URL=$(cat server.url) ${tests.join(' ')}`;
  await run(script, folder, Object.fromEntries(settings));
}

const SPECIAL = { ci: runCi, 'docker-compose': runCompose };

/** Examples of test runners, in which a failing test is run as well. */
const RUNNERS = { 'jest-esm': 'jest', 'node-test': 'node-test', vitest: 'vitest' };
const FAILING = fileURLToPath(new URL('../package/runners/check.mjs', import.meta.url));

async function runExample(name, folder) {
  if (SPECIAL[name] !== undefined) return SPECIAL[name](folder);
  await run(commandsOf(folder), folder);
  if (RUNNERS[name] !== undefined) await run(`node ${FAILING} ${folder} ${RUNNERS[name]}`, folder);
}

const [archive, ...names] = process.argv.slice(2);
assert.ok(archive !== undefined, 'usage: node test/examples/run.mjs <archive> [folder...]');
const scratch = mkdtempSync(join(tmpdir(), 'sideglance-examples-'));
const isFolder = (name) => statSync(join(EXAMPLES, name)).isDirectory();
try {
  for (const name of names.length > 0 ? names : readdirSync(EXAMPLES).filter(isFolder)) {
    const folder = join(scratch, name);
    cpSync(join(EXAMPLES, name), folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
    cpSync(resolve(archive), join(folder, 'sideglance.tgz'));
    await runExample(name, folder);
    console.log(`ok: examples/${name}`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
