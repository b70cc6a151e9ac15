// Writes the pictures of docs/console.md from a running console: `npm run build && node scripts/console-pictures.mjs`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startConsole } from '../test/console/support/console.mjs';
import { ROOT } from './bundle.mjs';

const FOLDER = join(ROOT, 'docs/pictures');
const VIEWPORT = { width: 1180, height: 640 };

/** Requests of a client, some of them wrong, so that each view has something to show. */
async function work({ url, faults, images, scenarios }) {
  images.place({ name: 'web-1', members: ['demo'] });
  scenarios.enable('up-and-down');
  faults.arm({
    match: { operation: 'image-v2.listVersions' },
    undocumented: true,
    calls: 2,
    fault: { answer: 503, retryAfter: 2 },
  });
  for (const path of ['/image/', '/image/', '/image/', '/image/v2/images', '/identity/', '/compute/', '/ims/v2/images'])
    await fetch(`${url}${path}`);
}

const app = await startConsole();
mkdirSync(FOLDER, { recursive: true });
await work(app.cloud);
app.cloud.worlds.create({ name: 'w1' });
for (const [name, view] of [
  ['scenarios', 'scenarios/up-and-down'],
  ['coverage', 'coverage'],
  ['conduct', 'conduct'],
  ['worlds', 'worlds/default/images'],
]) {
  const page = await app.open(view, { viewport: VIEWPORT });
  await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => undefined);
  await page.screenshot({ path: join(FOLDER, `console-${name}.png`) });
  await page.context().close();
}
await app.close();
