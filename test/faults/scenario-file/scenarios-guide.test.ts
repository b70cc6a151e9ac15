import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { DIALECTS } from '../../../src/dialects/index.ts';
import { buildRoutes } from '../../../src/dialects/routes.ts';
import { loadScenarios } from '../../../src/faults/scenario-file/load.ts';
import { KnownOperations } from '../../../src/faults/scenario-file/operations.ts';
import { CLI, SOURCES } from '../../support/build.ts';
import { filesOf } from '../../support/files.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(join(root, 'docs/scenarios.md'), 'utf8');

/** Returns the code blocks of the guide in a language, without their indentation. */
const blocks = (language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^\\1\`\`\``, 'gm'))].map(([, indent, text]) =>
    (text as string).replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );

/** The code blocks of files, by file name. */
const files = new Map(
  [...blocks('yaml'), ...blocks('js')].map((text) => [/^(?:#|\/\/) (\S+)\n/.exec(text)?.[1] as string, text]),
);
const scenarioFiles = [...files].filter(([name]) => name.startsWith('my-scenarios/'));

/** Creates a directory with files of the guide. */
function pageFiles(names: readonly string[] = [...files.keys()]): string {
  const directory = filesOf({})();
  for (const [name, text] of files) {
    if (!names.includes(name)) continue;
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

interface Step {
  readonly command: string;
  readonly expected: string;
}

/** Parses a console block into commands and their expected output. */
function stepsOf(text: string): readonly Step[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((step) => {
      const lines = step.split('\n');
      // A command continues while a quote is open.
      let end = 1;
      while ((lines.slice(0, end).join('\n').split("'").length - 1) % 2 === 1) end += 1;
      return { command: lines.slice(0, end).join('\n'), expected: lines.slice(end).join('\n').trim() };
    });
}

/** Builds the pattern for an expected output, in which `...` stands for any text. */
const patternOf = (expected: string): RegExp =>
  new RegExp(
    `^${expected
      .split('...')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[\\s\\S]*')}$`,
  );

/** Runs a bash script with `sideglance` on the PATH and returns its output. */
async function runScript(script: string, directory: string, port: number): Promise<string> {
  const bin = join(directory, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'sideglance'), `#!/bin/sh\nexec "${process.execPath}" ${CLI} "$@"\n`);
  chmodSync(join(bin, 'sideglance'), 0o755);
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const child = spawn('bash', ['-c', script], {
    cwd: directory,
    env: {
      ...env,
      PATH: `${bin}:${process.env['PATH']}`,
      SIDEGLANCE_PORT: String(port),
      SIDEGLANCE_URL: `http://127.0.0.1:${port}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await once(child, 'close');
  return output;
}

test('the console sessions of the guide show the real output', async () => {
  const port = await freePort();
  const steps = blocks('console').flatMap(stepsOf);
  expect(steps.length).toBeGreaterThan(10);
  const script = steps
    .map(({ command }) => {
      const run = command.replaceAll('localhost:9292', `127.0.0.1:${port}`);
      // Waits for a command in the background, so that its output comes before that of the next command.
      return command.endsWith('&')
        ? `${run}\nPID=$!\nsideglance wait > /dev/null\necho; echo ----`
        : `${run}\necho; echo ----`;
    })
    .join('\n');
  const output = await runScript(
    `trap 'kill $PID' EXIT\n${script}\n`,
    pageFiles(['my-scenarios/busy-after-delete.yaml', 'my-scenarios/delete-over-limit.yaml']),
    port,
  );
  const outputs = output.replaceAll(String(port), '9292').replaceAll('\r', '').split('\n----\n');
  steps.forEach(({ command, expected }, at) => {
    expect({ command, output: outputs[at]?.trim() }).toEqual({
      command,
      output: expect.stringMatching(patternOf(expected)),
    });
  });
});

describe('the scenario files of the guide', () => {
  const known = new KnownOperations(buildRoutes(DIALECTS).operations);
  const schema = JSON.parse(readFileSync(join(root, 'schemas/scenario.schema.json'), 'utf8'));
  const validate = new Ajv({ strict: false }).compile(schema);

  test('load together without notes', () => {
    expect(scenarioFiles.length).toBeGreaterThan(8);
    const scenarios = loadScenarios([join(pageFiles(), 'my-scenarios')], known);
    expect(scenarios.length).toBeGreaterThan(15);
    expect(scenarios.filter(({ description }) => !description.endsWith('.'))).toEqual([]);
    expect(scenarios.flatMap(({ notes }) => notes)).toEqual([]);
  });

  test.each(scenarioFiles)('%s matches the published schema', (_name, text) => {
    validate(parse(text));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('refer to the schema in the installed package', () => {
    const paths = [...page.matchAll(/(?:\$schema[=:"]+ ?"?)(\.\.\/\S*?\.json)/g)].map(([, path]) => path as string);
    expect(paths).toHaveLength(3);
    for (const path of paths)
      expect(join('/project/my-scenarios', path)).toBe('/project/node_modules/sideglance/schemas/scenario.schema.json');
    expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).files).toContain('schemas');
  });

  test('load in JSON, with the member $schema', () => {
    const [, json] = blocks('json');
    const path = filesOf({ 'a.json': json as string })('a.json');
    expect(loadScenarios([path], known).map(({ name }) => name)).toEqual(['images-not-found']);
    validate(JSON.parse(json as string));
    expect(validate.errors ?? []).toEqual([]);
  });
});

test('the example test of the guide passes', async () => {
  const directory = pageFiles();
  const path = join(directory, 'images.test.mjs');
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(
      /import (\{.*\}) from 'sideglance'/,
      `import { 'src/index.ts' as library } from '${SOURCES}'; const $1 = library`,
    ),
  );
  const output = await runScript(`"${process.execPath}" --test images.test.mjs; echo code $?`, directory, 0);
  expect(output).toMatch(/# pass 2\n[\s\S]*code 0\n$/);
});

test('the workflow of the guide runs and exits with code 3 for unused faults', async () => {
  const { jobs } = parse(files.get('.github/workflows/client.yaml') as string);
  const commands = (jobs.client.steps as readonly { run?: string }[]).flatMap(({ run }) => run ?? []).slice(1);
  const script = commands
    .join('\n')
    .replaceAll(/npx |node_modules\/\.bin\//g, '')
    .replace('npm test', 'true');
  const output = await runScript(
    `set -e\n${script}`.replace('wait $SIDEGLANCE', 'wait $SIDEGLANCE || echo code $?'),
    pageFiles(),
    await freePort(),
  );
  expect(output).toMatch(/delete-over-limit is enabled in world default\n[\s\S]*code 3\n$/);
});
