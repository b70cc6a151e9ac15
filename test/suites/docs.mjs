// Runs the blocks of docs/sdk-suites.md, each in an empty folder, as a reader would.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, sideglance } from './processes.mjs';

/** Minutes after which a block is stopped. */
const TIME_LIMIT = 10;

const PAGE = new URL('../../docs/sdk-suites.md', import.meta.url);

/** The specs of fog are in no package; a program that logs in as they do takes their place. */
const FOG_SPEC = /^ruby .*_spec\.rb$/m;
const FOG_LOGIN = `/usr/bin/ruby -W0 ${fileURLToPath(new URL('fog_login.rb', import.meta.url))}`;

/**
 * Runs the blocks of the page that create a world.
 * @returns a line for each block that fails, with its output.
 */
export async function runBlocks({ url, scratch, image }) {
  const blocks = [...readFileSync(PAGE, 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block);
  const failures = [];
  for (const [index, block] of blocks.filter((each) => each.includes('worlds create')).entries()) {
    const script = block.replace(FOG_SPEC, FOG_LOGIN).replaceAll('npx sideglance', sideglance().join(' '));
    const folder = join(scratch, `block-${index}`);
    mkdirSync(folder);
    const { code, stdout, stderr } = await run(['bash', '-euc', script], {
      cwd: folder,
      env: environmentOf(url, folder, image),
      timeout: TIME_LIMIT * 60_000,
    });
    const name = /worlds create (\S+)/.exec(block)[1];
    console.log(`${code === 0 ? 'ok' : 'not ok'} docs: the block of ${name}`);
    if (code !== 0) failures.push(`the block of ${name}: ${stdout}${stderr}`);
  }
  return failures;
}

/** A test of gophercloud downloads an image of CirrOS; the image server stands in for the internet. */
const environmentOf = (url, folder, image) => ({
  ...process.env,
  SIDEGLANCE_URL: url,
  TMPDIR: folder,
  PATH: `/usr/bin:${process.env.PATH}`,
  http_proxy: image.proxy,
  no_proxy: '127.0.0.1',
});
