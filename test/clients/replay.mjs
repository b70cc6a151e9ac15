// Records clients with and without faults, and runs each again against its recording: it must send the same requests.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { admin, end, ROOT, step } from './steps.mjs';

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const CLI = file('../../dist/bin/sideglance.js');
const python = (name) => ['/usr/bin/python3', file(`../client-programs/python/${name}.py`)];
const node = (name) => [process.execPath, file(`../client-programs/node/${name}.mjs`)];
const scratch = mkdtempSync(join(tmpdir(), 'sideglance-replay-'));

/** A rule for one request. */
const rule = (operation, fault, phase = 'before') => ({ match: { operation }, fault, phase, undocumented: true });

const CASES = [
  [python('openstack_sdk'), 'image-v2', 'list-images', rule('image-v2.listImages', { answer: 503, retryAfter: 1 })],
  [python('openstack_sdk'), 'image-v2', 'create-and-upload'],
  [python('openstack_client'), 'image-v2', 'create-and-upload'],
  [python('glance_client'), 'image-v2', 'create-image', rule('image-v2.createImage', { cut: 'reset' }, 'after')],
  [python('glance_client'), 'image-v2', 'list-images', rule('image-v2.listImages', { cut: { after: 300 } })],
  [python('nova_client'), 'image-v2', 'list-images', rule('image-v2.listImages', { corrupt: 'json' })],
  [python('libcloud_openstack'), 'compute-v2.1', 'list-images'],
  [python('libcloud_rackspace'), 'rackspace-servers', 'list-images'],
  [node('undici'), 'image-v2', 'create-and-upload', rule('image-v2.uploadImageData', { cut: 'empty' }, 'after')],
  [node('undici'), 'ims', 'list-images', rule('ims.listImages', { delay: '100ms' })],
  [node('huawei'), 'ims', 'list-images'],
];

/** Runs a command to its end; returns its exit code and output. */
function run(command, env) {
  const child = spawn(command[0], command.slice(1), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, text })));
}

const [url, world] = ROOT.split('/w/');
writeFileSync(join(scratch, 'data'), Buffer.alloc(200_000, 'image data '));

for (const [command, api, task, fault] of CASES) {
  const [, program] = command;
  const name = program.replace(/.*\/|\.\w+$/g, '');
  await step(
    `${name}: ${task} of ${api}${fault === undefined ? '' : ` with ${JSON.stringify(fault.fault)}`}`,
    async () => {
      const env = {
        SIDEGLANCE_API: api,
        SIDEGLANCE_TASK: task,
        SIDEGLANCE_IMAGE_NAME: 'mine',
        SIDEGLANCE_FILE: join(scratch, 'data'),
        SIDEGLANCE_OUTPUT: join(scratch, 'output'),
      };
      await admin('POST', '/reset');
      if (fault !== undefined) await admin('POST', '/faults', fault);
      const settings = `eval "$('${process.execPath}' '${CLI}' env --url ${url} --world ${world})"; exec "$@"`;
      const first = await run(['sh', '-c', settings, 'sh', ...command], env);
      const recording = join(scratch, `${name}-${task}.json`);
      const recorded = await admin('GET', '/recording');
      assert.ok(recorded.requests.length > 0, `${recorded.requests.length} requests, exit code ${first.code}`);
      writeFileSync(recording, JSON.stringify(recorded));
      const { code, text } = await run([process.execPath, CLI, 'replay', recording, '--fast', '--', ...command], env);
      assert.equal(code, 0, text);
      assert.match(text, /^same: /m);
    },
  );
}
rmSync(scratch, { recursive: true, force: true });
end();
