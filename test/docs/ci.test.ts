import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { CLI } from '../support/build.ts';
import { blocksOf, readPage } from '../support/docs/markdown.ts';
import { fileNameOf } from '../support/docs/session.ts';
import { filesOf } from '../support/files.ts';

const SCENARIO = `scenario: mine
rules: [{ match: { operation: image-v2.deleteImage }, fault: { answer: 403 } }]
`;

/** Returns a file of docs/ci.md. */
function workflow(name: string): unknown {
  const block = blocksOf(readPage('docs/ci.md')).find((each) => fileNameOf(each) === name);
  return parse(block?.text ?? '');
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return String(port);
}

/** A project with a scenario, and with programs in place of those that a runner installs. */
function project(tests: string): string {
  const folder = filesOf({})();
  mkdirSync(join(folder, 'my-scenarios'));
  writeFileSync(join(folder, 'my-scenarios/mine.yaml'), SCENARIO);
  mkdirSync(join(folder, 'bin'));
  const programs = {
    sideglance: `exec "${process.execPath}" "${CLI}" "$@"`,
    npx: 'exec "$@"',
    npm: `[ "$1" = ci ] || ${tests}`,
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  return folder;
}

/** Runs the commands of a job as its runner does, and returns the exit code. */
async function run(commands: readonly string[], tests = 'true'): Promise<number | null> {
  const folder = project(tests);
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const port = await freePort();
  const script = commands.join('\n').replaceAll('node_modules/.bin/', '');
  const child = spawn('bash', ['--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    env: {
      ...env,
      PATH: [join(folder, 'bin'), env['PATH']].join(delimiter),
      SIDEGLANCE_PORT: port,
      SIDEGLANCE_URL: `http://127.0.0.1:${port}`,
    },
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

const github = workflow('.github/workflows/test.yaml') as {
  readonly jobs: { readonly test: { readonly steps: readonly { readonly run?: string }[] } };
};
const gitlab = workflow('.gitlab-ci.yml') as { readonly test: { readonly script: readonly string[] } };
const JOBS = [
  ['GitHub Actions', github.jobs.test.steps.flatMap(({ run: command }) => command ?? [])],
  ['GitLab', gitlab.test.script],
] as const;

test.each(JOBS)('the job for %s runs', async (_name, commands) => {
  expect(commands.length).toBeGreaterThan(2);
  expect(await run(commands)).toBe(0);
});

test.each(JOBS)('the job for %s fails when an enabled scenario never fired', async (_name, commands) => {
  expect(await run(commands, 'sideglance scenarios enable mine')).toBe(3);
});
