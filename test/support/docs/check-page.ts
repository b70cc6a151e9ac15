import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { checkFiles } from '../../../src/library/check-files.ts';
import { blocksOf, type CodeBlock, readPage } from './markdown.ts';
import { type Finished, fileNameOf, runSession } from './session.ts';
import { patternOf, stepsOf } from './steps.ts';

const run = promisify(execFile);

/** Returns the steps of a console block that print something else than the page shows. */
function otherOutput({ block, outputs }: Finished): readonly string[] {
  if (block.language !== 'console') return [];
  return stepsOf(block.text).flatMap(({ command, expected }, index) => {
    const output = (outputs[index] ?? '').trim();
    return patternOf(expected).test(output)
      ? []
      : [`line ${block.line}: ${command}\nprints\n${output.slice(0, 1500)}\nnot\n${expected}`];
  });
}

/** Returns the error responses that a block does not mention. */
const unexpectedErrors = ({ block, responses }: Finished): readonly string[] =>
  responses
    .filter((response) => /^[45]/.test(response) && !block.text.includes(response.slice(0, 3)))
    .map((response) => `line ${block.line}: unexpected response ${response}`);

/** Whether a file is of another tool. `test/docs/ci.test.ts` runs workflows. */
const isForeign = (block: CodeBlock): boolean => /\.github|gitlab-ci|compose/.test(fileNameOf(block) ?? '');

/** Validates scenarios or fixtures. Fixtures may refer to the default ones. */
function validate(text: string, path: string): void {
  if (/^(?:- )?scenario:/m.test(text)) return void checkFiles({ scenarios: [path] });
  // A file of data that the reader has.
  for (const [, name] of text.matchAll(/\bfile: ([\w.-]+)/g))
    writeFileSync(join(dirname(path), name as string), 'data');
  try {
    checkFiles({ fixtures: [path] });
  } catch {
    checkFiles({ fixtures: ['default', path] });
  }
}

/** Validates a YAML or JSON file of a page: scenarios, fixtures, or a file of another tool. */
function checkFile(block: CodeBlock, folder: string): readonly string[] {
  const path = join(folder, fileNameOf(block) ?? `block-${block.line}.${block.language}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, block.text);
  try {
    if (block.language === 'json') JSON.parse(block.text);
    const [error] = parseAllDocuments(block.text).flatMap(({ errors }) => errors);
    if (error !== undefined) throw error;
    if (block.language === 'yaml' && !isForeign(block)) validate(block.text, path);
    return [];
  } catch (error) {
    return [`line ${block.line}: ${(error as Error).message}`];
  }
}

/** Runs a JavaScript block: a test with `node --test`, anything else as a module. */
async function runModule(block: CodeBlock, folder: string): Promise<readonly string[]> {
  const name = fileNameOf(block) ?? `block-${block.line}.mjs`;
  writeFileSync(join(folder, name), block.text);
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined, NODE_OPTIONS: undefined };
  const args = name.includes('.test.') ? ['--test', name] : [name];
  return run(process.execPath, args, { cwd: folder, env }).then(
    () => [],
    (error: { readonly stdout: string; readonly stderr: string }) => [
      `line ${block.line}: ${error.stdout.slice(-2000)}${error.stderr.slice(-2000)}`,
    ],
  );
}

/** Runs and validates all blocks of a page. Returns a message for each problem. */
export async function problemsOf(path: string): Promise<readonly string[]> {
  const blocks = blocksOf(readPage(path));
  const { folder, finished, failure } = await runSession(blocks);
  const files = blocks.filter(({ language }) => language === 'yaml' || language === 'json');
  const modules = blocks.filter(({ language }) => language === 'js');
  const problems = [
    ...(failure === undefined ? [] : [failure]),
    ...finished.flatMap(otherOutput),
    ...finished.flatMap(unexpectedErrors),
    ...files.flatMap((block) => checkFile(block, folder)),
  ];
  for (const block of modules) problems.push(...(await runModule(block, folder)));
  return problems.map((problem) => `${path}, ${problem}`);
}
