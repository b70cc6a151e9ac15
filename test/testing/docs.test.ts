import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const page = readFileSync(new URL('../../docs/testing.md', import.meta.url), 'utf8');
const EXAMPLES = new URL('../../examples/', import.meta.url);
const BLOCK = /^```[jt]s\n(.*?)^```/gms;
const FILE = /\.[jt]s$/;

/** All code of the examples, which .ci/run executes. */
function examples(): string {
  const files = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => FILE.test(file) && !file.includes('node_modules'));
  return code.map((file) => readFileSync(new URL(file, EXAMPLES), 'utf8')).join('\n');
}

test('the code of docs/testing.md is code of the examples', () => {
  const blocks = [...page.matchAll(BLOCK)].map(([, code = '']) => code);
  expect(blocks.length).toBeGreaterThan(2);
  const code = examples();
  for (const block of blocks) expect(code).toContain(block);
});
