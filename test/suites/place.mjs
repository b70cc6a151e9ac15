import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveImage } from './image-server.mjs';
import { serve, serveSideglance } from './processes.mjs';

const MINUTES = 60;
/** Suites that run at the same time. */
const AT_ONCE = 2;

/** Starts what the suites share: a Sideglance, a server of an image, and the loaded `openstack` command. */
export async function openPlace() {
  const scratch = mkdtempSync(join(tmpdir(), 'sideglance-suites-'));
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  setTimeout(() => {
    console.error(`The suites did not finish within ${MINUTES} minutes.`);
    process.exit(1);
  }, MINUTES * 60_000).unref();
  const forks = join(scratch, 'openstack.sock');
  const script = fileURLToPath(new URL('openstack_forks.py', import.meta.url));
  const [cloud, commands, image] = await Promise.all([
    serveSideglance(),
    serve(['/usr/bin/python3', script, forks], /^ready$/),
    serveImage(),
  ]);
  const close = () => Promise.all([cloud.stop(), commands.stop(), image.stop()]);
  return { url: cloud.url, scratch, forks, image, close };
}

/** Calls a function with each suite, with a few at the same time. */
export async function runEach(suites, call) {
  const queue = [...suites];
  const work = async () => {
    for (let suite = queue.shift(); suite !== undefined; suite = queue.shift()) await call(suite);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
