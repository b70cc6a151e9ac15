// Writes the pictures of README.md and docs/console.md from a real run: `npm run build && node scripts/console-pictures.mjs`.
// Needs Debian's chromium and python3-openstacksdk.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startConsole } from '../test/console/support/console.mjs';
import { ROOT } from './bundle.mjs';
import { reduceColors } from './console-pictures/palette.mjs';

const FOLDER = join(ROOT, 'docs/pictures');
const VIEWPORT = { width: 1180, height: 640 };
/** Largest picture, in bytes. */
const MAX_SIZE = 150 * 1024;
const PYTHON = '/usr/bin/python3';
const CLIENT = join(ROOT, 'scripts/console-pictures/client.py');
const COMMAND = join(ROOT, 'dist/bin/sideglance.js');

const scratch = mkdtempSync(join(tmpdir(), 'sideglance-pictures-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** Runs a part of the client against a world. */
const client = (part, { settings }) =>
  promisify(execFile)(PYTHON, [CLIENT, part], { env: { ...process.env, ...settings().openstack } });

const onCall = (operation, from, to = from) => ({
  match: { operation: `image-v2.${operation}` },
  calls: { from, to },
  undocumented: true,
});

/** A run of two clients that faults hit: in a world for each of them, with a clock that jumps. */
async function run(cloud) {
  const { faults, images, scenarios, worlds } = cloud;
  images.place({ name: 'web-1-base', members: ['demo'] });
  faults.arm({ ...onCall('createImage', 2), phase: 'after', fault: { answer: 503, retryAfter: 2 } });
  faults.arm({ ...onCall('uploadImageData', 2), fault: { cut: 'reset' } });
  faults.arm({ ...onCall('showImage', 3, 4), fault: { answer: 429, retryAfter: 1 } });
  const nightly = worlds.create({ name: 'nightly' });
  nightly.faults.arm({ ...onCall('deleteImage', 2), phase: 'after', fault: { cut: 'reset' } });
  await Promise.all([client('build', cloud.worlds.get('default')), client('clean', nightly)]);
  cloud.clock.advance('2h');
  scenarios.enable('up-and-down');
}

/** The recording of a run that creates one image. */
async function record(cloud, name, arm = () => undefined) {
  const world = cloud.worlds.create({ name });
  arm(world.faults);
  await client('create', world);
  const file = join(scratch, `${name}.json`);
  const query = new URLSearchParams({ kind: 'test', name });
  writeFileSync(file, await (await fetch(`${world.url}/__admin/recording?${query}`)).text());
  cloud.worlds.drop(name);
  return file;
}

/** Results of a sweep with their recordings. */
function sweep() {
  const recordings = join(scratch, 'recordings');
  const points = ['createImage', 'uploadImageData', 'showImage', 'listImages'].map((id) => `image-v2.${id}#1/*`);
  const flags = ['--json', 'sweep.json', '--recordings', 'recordings', '--only', points.join(), '--timeout', '9s'];
  execFileSync(process.execPath, [COMMAND, 'sweep', ...flags, '--', PYTHON, CLIENT, 'create'], {
    cwd: scratch,
    stdio: 'ignore',
  });
  return [join(scratch, 'sweep.json'), ...readdirSync(recordings).map((name) => join(recordings, name))];
}

const PICTURES = {
  requests: ['requests', (page) => page.locator('.virtual-list').evaluate((list) => list.scrollTo(0, 0))],
  detail: [
    'requests/q=op:image-v2.createImage',
    async (page) => {
      await page.locator('[role=option]', { hasText: '503' }).first().click();
      await page.locator('.detail').waitFor();
    },
  ],
  scenarios: ['scenarios/up-and-down'],
  coverage: ['coverage'],
  conduct: ['conduct'],
  worlds: [
    'worlds/default/images',
    async (page) => {
      await page.getByRole('searchbox', { name: 'Name' }).fill('web-1-base');
      await page.getByRole('button', { name: 'web-1-base', exact: true }).click();
      await page.getByRole('region', { name: 'Image web-1-base' }).waitFor();
    },
  ],
  results: [
    'results',
    async (page, { files }) => {
      await page.getByLabel('Open results: file').setInputFiles(files);
      const cells = page.locator('.verdict-cell');
      await cells.first().waitFor();
      await page.locator('.word-duplicated').first().click();
    },
  ],
  compare: [
    'compare',
    async (page, { one, two }) => {
      await page.getByLabel('Recording file').setInputFiles(one);
      await page.waitForSelector('.state-recording');
      await page.getByRole('link', { name: 'Compare' }).click();
      await page.getByLabel('Open the other recording: file').setInputFiles(two);
      await page.locator('.is-different button').first().click();
    },
  ],
};

async function takePicture(app, name, context) {
  const [view, prepare] = PICTURES[name];
  const page = await app.open(view, { viewport: VIEWPORT });
  await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => undefined);
  await prepare?.(page, context);
  await page.waitForTimeout(500);
  const picture = await reduceColors(page, await page.screenshot());
  if (picture.length > MAX_SIZE) throw new Error(`${name}: ${picture.length} bytes, more than ${MAX_SIZE}`);
  writeFileSync(join(FOLDER, `console-${name}.png`), picture);
  console.log(`console-${name}.png  ${Math.round(picture.length / 1024)} KiB`);
  await page.context().close();
}

const wanted = process.argv.slice(2);
const names = Object.keys(PICTURES).filter((name) => wanted.length === 0 || wanted.includes(name));
const app = await startConsole();
mkdirSync(FOLDER, { recursive: true });
const lost = { ...onCall('createImage', 1), phase: 'after', fault: { cut: 'reset' } };
const context = {
  files: names.includes('results') ? sweep() : [],
  one: names.includes('compare') ? await record(app.cloud, 'creates-an-image') : '',
  two: names.includes('compare') ? await record(app.cloud, 'creates-an-image-lost', (faults) => faults.arm(lost)) : '',
};
await run(app.cloud);
for (const name of names) await takePicture(app, name, context);
await app.close();
