// Builds the container image without an engine, lints the Dockerfile, and runs the image as docker does: `node test/container/run.mjs`.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { buildImage, entriesOf } from './image.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Runs the health check of the image until it succeeds, as an engine does with its start interval. */
async function untilHealthy(image, child, env) {
  for (;;) {
    const { status } = spawnSync('chroot', image.argumentsFor(image.healthCheck, env));
    if (status === 0) return;
    assert.equal(child.exitCode, null, 'the server has ended');
  }
}

/** Starts the image, checks its health, sends a request, stops it, and checks that it is no longer healthy. */
async function check(title, image, { env = {}, args = [], url }) {
  const child = spawn(
    'chroot',
    image.argumentsFor([...image.entrypoint, ...(args.length > 0 ? args : image.command)], env),
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  await untilHealthy(image, child, env);
  if (url.startsWith('http:')) {
    const health = await fetch(`${url}/__admin/health`);
    assert.equal(health.status, 200);
    assert.equal(
      (await fetch(`${url}/__admin/worlds`)).status,
      401,
      'the admin API asks for its token beyond loopback',
    );
  }
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  assert.notEqual(
    spawnSync('chroot', image.argumentsFor(image.healthCheck, env)).status,
    0,
    'healthy without a server',
  );
  console.log(`ok: ${title}`);
}

/** Checks the content of the image: what is there, and what is not. */
function checkContent(image) {
  const packages = entriesOf(image, 'node_modules');
  for (const name of ['typescript', 'jest', 'esbuild', 'tsx'])
    assert.ok(!packages.includes(name), `${name} is in the image`);
  assert.deepEqual(entriesOf(image, '.').sort(), [
    'conformance',
    'dist',
    'docs',
    'fixtures',
    'node_modules',
    'package.json',
    'scenarios',
    'schemas',
  ]);
  const size = execFileSync('du', ['-sm', image.path('.')], { encoding: 'utf8' });
  console.log(`ok: content, ${Number.parseInt(size, 10)} MiB besides Node`);
}

function lint() {
  const problems = validate(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'));
  assert.deepEqual(
    problems.map(({ message, range }) => `${range.start.line + 1}: ${message}`),
    [],
  );
  const { services } = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  assert.equal(services.sideglance.image, `sideglance:${version}`);
  assert.equal(services.sideglance.healthcheck, undefined, 'the image has the only health check');
  console.log('ok: Dockerfile and docker-compose.yml');
}

lint();
// The files of the last commit and of the work tree, without what git ignores.
const context = mkdtempSync(join(tmpdir(), 'sideglance-context-'));
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT });
const list = join(context, '.files');
writeFileSync(list, files);
execFileSync('sh', ['-c', `tar --null --files-from ${list} --ignore-failed-read -cf - | tar -xf - -C ${context}`], {
  cwd: ROOT,
});
rmSync(list);
const { image, remove } = buildImage(context);
try {
  checkContent(image);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await check('the port of SIDEGLANCE_PORT', image, { env: { SIDEGLANCE_PORT: port }, url });
  await check('the port of --port', image, { args: ['serve', '--port', String(port)], url });
  await check('HTTPS', image, { args: ['serve', '--tls', '--port', String(port)], url: `https://127.0.0.1:${port}` });
  const state = ['serve', '--port', String(port), '--state', '/data/state.json'];
  await check('a state file in /data', image, { args: state, url });
  assert.ok(entriesOf(image, '/data').includes('state.json'));
} finally {
  remove();
  rmSync(context, { recursive: true, force: true });
}
