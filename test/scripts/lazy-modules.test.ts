import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';

const root = new URL('../..', import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), 'sideglance-lazy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bundles an entry that imports `part.ts`, runs it, and prints what it exports as `log`. */
const PROGRAM = `
import { build } from '${root}node_modules/esbuild/lib/main.js';
import { lazyModules } from '${root}scripts/lazy-modules.mjs';
const { outputFiles } = await build({
  entryPoints: [process.argv[2]],
  bundle: true,
  write: false,
  format: 'iife',
  globalName: 'bundle',
  plugins: [lazyModules([/part\\.ts$/])],
  logLevel: 'silent',
});
console.log(JSON.stringify(new Function(outputFiles[0].text + '; return bundle.log;')()));
`;

/** Returns what an entry exports as `log`. @param part - the text of `part.ts`, which is loaded on first use. */
async function logOf(part: string, entry: string): Promise<unknown> {
  const files = {
    'log.ts': 'export const log: unknown[] = [];',
    'part.ts': part,
    'entry.ts': entry,
    'run.mjs': PROGRAM,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'run.mjs'), join(folder, 'entry.ts')]);
  return JSON.parse(stdout);
}

test('a module that a start does not need runs when one of its functions is first called', async () => {
  const part = [
    "import { log } from './log.ts';",
    "log.push('runs');",
    'export const add = (a: number, b: number): number => a + b;',
    'export function twice(text: string): string { return text + text; }',
    'export type Sum = ReturnType<typeof add>;',
  ].join('\n');
  const imports = `import { log } from './log.ts'; import { add, twice } from './part.ts'; export { log };`;

  const used = await logOf(part, `${imports} log.push('start'); log.push(add(1, 2), twice('ab'));`);
  const unused = await logOf(part, `${imports} log.push('start', typeof add);`);

  expect(used).toEqual(['start', 'runs', 3, 'abab']);
  expect(unused).toEqual(['start', 'function']);
});

test('a module that exports a value cannot be loaded on first use', async () => {
  const built = logOf('export const LIMIT = 5;', `export { LIMIT as log } from './part.ts';`);

  await expect(built).rejects.toThrow('exports this: const LIMIT = 5');
});
