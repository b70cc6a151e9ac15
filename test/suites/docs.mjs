// Runs the blocks of docs/sdk-suites.md, each in an empty folder, as a reader would. Commands of SDKs that are not installed are left out.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, sideglance } from './processes.mjs';

const PAGE = new URL('../../docs/sdk-suites.md', import.meta.url);

/** First words of lines for which no package is installed. */
const NOT_INSTALLED = /^(go|bundle) /;

/**
 * Runs the blocks of the page that create a world.
 * @returns a line for each block that fails, with its output.
 */
export async function runBlocks({ url, scratch }) {
  const blocks = [...readFileSync(PAGE, 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block);
  const failures = [];
  for (const [index, block] of blocks.filter((each) => each.includes('worlds create')).entries()) {
    const lines = block.split('\n').filter((line) => !NOT_INSTALLED.test(line));
    const script = lines.join('\n').replaceAll('npx sideglance', sideglance().join(' '));
    const folder = join(scratch, `block-${index}`);
    mkdirSync(folder);
    const env = { ...process.env, SIDEGLANCE_URL: url, TMPDIR: folder, PATH: `/usr/bin:${process.env.PATH}` };
    const { code, stdout, stderr } = await run(['bash', '-euc', script], { cwd: folder, env });
    const name = /worlds create (\S+)/.exec(block)[1];
    console.log(`${code === 0 ? 'ok' : 'not ok'} docs: the block of ${name}`);
    if (code !== 0) failures.push(`the block of ${name}: ${stdout}${stderr}`);
  }
  return failures;
}
