import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { CLI, SOURCES } from '../support/build.ts';
import { serveProcess } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';

const page = readFileSync(new URL('../../docs/ports.md', import.meta.url), 'utf8');
const run = promisify(execFile);

/** The code blocks of a language that contain a text. */
function block(language: string, text: string): string {
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  const found = blocks.filter(([, name, code = '']) => name === language && code.includes(text));
  expect(found).toHaveLength(1);
  return found[0]?.[2] ?? '';
}

/** Runs the lines of a block that do not start a server. `openstack` stands for any client that reads `OS_CACERT`. */
async function shell(code: string): Promise<string> {
  const script = [
    `sideglance() { '${process.execPath}' '${CLI}' "$@"; }`,
    'openstack() { curl -sf --cacert "$OS_CACERT" "$OS_AUTH_URL"; }',
    code.replace(/^sideglance serve .*$/gm, ''),
  ].join('\n');
  const { stdout } = await run('bash', ['--norc', '-euo', 'pipefail', '-c', script]);
  return stdout;
}

test('With the settings of docs/ports.md, a client trusts the certificate of --tls', async () => {
  const { port } = await serveProcess(['--tls']);
  const output = await shell(block('sh', 'serve --tls').replaceAll('9292', String(port)));
  expect(JSON.parse(output).version.links[0].href).toBe(`https://127.0.0.1:${port}/identity/v3/`);
});

test('The requests of docs/ports.md refuse, reset and open ports', async () => {
  const { port } = await serveProcess(['--listen', 'image-v2=0,identity=0']);
  const output = await shell(block('sh', '/__admin/ports').replaceAll('localhost:9292', `127.0.0.1:${port}`));
  const [list, ...changes] = output
    .replaceAll(/\}\s*\{/g, '}\n{')
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(list.ports.map(({ name }: { readonly name: string }) => name)).toEqual(['common', 'image-v2', 'identity']);
  expect(changes.map(({ name, state }) => [name, state])).toEqual([
    ['image-v2', 'refusing'],
    ['identity', 'resetting'],
    ['image-v2', 'open'],
  ]);
});

test('The test of docs/ports.md passes', async () => {
  const path = filesOf({ 'tls.test.mjs': block('js', 'startSideglance') });
  const library = path('node_modules/sideglance/index.js');
  mkdirSync(dirname(library), { recursive: true });
  writeFileSync(path('node_modules/sideglance/package.json'), '{ "type": "module", "exports": "./index.js" }');
  writeFileSync(
    library,
    `import { 'src/index.ts' as library } from '${SOURCES}';\nexport const { startSideglance } = library;\n`,
  );
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', path('tls.test.mjs')], { env });
  expect(stdout).toMatch(/^# pass 1$/m);
});
