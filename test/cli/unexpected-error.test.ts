import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CLI } from '../support/build.ts';
import { login } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

/** Throws outside of everything that catches errors. */
const THROW = 'data:text/javascript,process.on("SIGUSR2",()=>{throw new Error("broken part")})';

/** Starts a server with a state file, and waits until it is ready. */
async function startServer(directory: string) {
  const args = ['serve', '--port', '0', '--state', join(directory, 'state'), '--ready-file', join(directory, 'ready')];
  const child = spawn(process.execPath, ['--import', THROW, CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  const port = /\(port (\d+)\)/.exec(first.toString())?.[1];
  return { child, url: `http://127.0.0.1:${port}`, errors: () => errors };
}

test('an error that nothing catches ends serve with exit code 70, and no change is lost', async () => {
  const directory = filesOf({})();
  const { child, url, errors } = await startServer(directory);
  const token = await login(url);
  const headers = { 'x-auth-token': token, 'content-type': 'application/json' };
  const created = await fetch(`${url}/image/v2/images`, { method: 'POST', headers, body: '{"name":"kept"}' });
  const { id } = (await created.json()) as { readonly id: string };
  const exit = once(child, 'exit');
  child.kill('SIGUSR2');
  expect(await exit).toEqual([70, null]);
  expect(errors()).toContain('sideglance: ended by an error that nothing caught.');
  expect(errors()).toContain('Error: broken part\n    at ');
  expect(existsSync(join(directory, 'ready'))).toBe(false);

  const next = await startServer(directory);
  const shown = await fetch(`${next.url}/image/v2/images/${id}`, { headers });
  expect(shown.status).toBe(200);
  next.child.kill('SIGKILL');
  await once(next.child, 'exit');
});
