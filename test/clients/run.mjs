// npm run clients: runs real clients at once against one server, each in its own world. Prints one line for each step.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { STATUSES } from './steps.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
// Generous: on a machine with a load of 20 the clients take several times as long.
const MINUTES = 45;

/** Fixtures of drivers that create images from servers. */
const WITH_SERVERS = ['default', join(here, 'servers.yaml')];

const DRIVERS = [
  { name: 'openstack', client: 'openstack', command: ['/usr/bin/python3', 'openstack_cli.py'] },
  { name: 'openstacksdk', client: 'openstacksdk', command: ['/usr/bin/python3', 'openstacksdk.py'] },
  { name: 'glanceclient', client: 'glanceclient', command: ['/usr/bin/python3', 'glance_images.py'] },
  { name: 'glance-resources', client: 'glanceclient', command: ['/usr/bin/python3', 'glance_resources.py'] },
  { name: 'glance-metadefs', client: 'glanceclient', command: ['/usr/bin/python3', 'glance_metadefs.py'] },
  {
    name: 'pkgcloud-openstack',
    client: 'pkgcloud (openstack)',
    command: [process.execPath, 'pkgcloud.mjs', 'openstack'],
    fixtures: WITH_SERVERS,
  },
  {
    name: 'pkgcloud-rackspace',
    client: 'pkgcloud (rackspace)',
    command: [process.execPath, 'pkgcloud.mjs', 'rackspace'],
    fixtures: WITH_SERVERS,
  },
  {
    name: 'libcloud-openstack',
    client: 'libcloud (OPENSTACK)',
    command: ['/usr/bin/python3', 'libcloud_images.py', 'openstack'],
    fixtures: WITH_SERVERS,
  },
  {
    name: 'libcloud-rackspace',
    client: 'libcloud (RACKSPACE)',
    command: ['/usr/bin/python3', 'libcloud_images.py', 'rackspace'],
    fixtures: WITH_SERVERS,
  },
  { name: 'huawei', client: 'Huawei SDK core', command: [process.execPath, 'huawei.mjs'], fixtures: WITH_SERVERS },
  { name: 'fixed-address', command: ['/usr/bin/python3', 'fixed_address.py'] },
];

/** Drivers that run one after the other, because they measure memory, have short timeouts or start servers. */
const ALONE = [
  { name: 'whole-files', command: ['/usr/bin/python3', 'whole_files.py'] },
  { name: 'wire-python', command: ['/usr/bin/python3', 'wire_faults.py'] },
  { name: 'wire-undici', command: [process.execPath, 'wire_faults.mjs'] },
  { name: 'replay', command: [process.execPath, 'replay.mjs'] },
];

/** Has a table of the error that each client raises for each status. It must match the run; `--write` updates it. */
const PAGE = join(here, '..', '..', 'docs', 'clients.md');

const scratch = mkdtempSync(join(tmpdir(), 'sideglance-clients-'));
const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});
setTimeout(() => {
  console.error(`The clients did not finish within ${MINUTES} minutes.`);
  process.exit(1);
}, MINUTES * 60_000).unref();

function start(command, options) {
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Installs the clients from npm into the temporary directory. */
function install() {
  writeFileSync(join(scratch, 'package.json'), readFileSync(join(here, 'package.json')));
  const { status } = spawnSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: scratch,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0 || !existsSync(join(scratch, 'node_modules', 'pkgcloud'))) throw new Error('npm install failed');
}

async function serve() {
  const server = start([
    process.execPath,
    join(here, '..', '..', 'dist', 'bin', 'sideglance.js'),
    'serve',
    '--port',
    '0',
    '--fixture-folders',
    here,
  ]);
  for await (const line of createInterface({ input: server.stdout })) {
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
    if (found) return { server, url: found[0] };
  }
  throw new Error('The server did not start.');
}

let passed = 0;
let failed = 0;
/** The errors that each client raised, by client and status. */
const errors = new Map(
  DRIVERS.flatMap(({ client }) => client ?? []).map((client) => [
    client,
    new Map(STATUSES.map((status) => [status, new Set()])),
  ]),
);

async function drive({ name, client, command, fixtures }, { server, url }) {
  const created = await fetch(`${url}/__admin/worlds`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, fixtures }),
  });
  if (created.status !== 201) throw new Error(`World ${name} was not created: ${await created.text()}`);
  const child = start(command, {
    cwd: here,
    env: {
      ...process.env,
      SIDEGLANCE_ROOT: `${url}/w/${name}`,
      SIDEGLANCE_PID: String(server.pid),
      CLIENTS_FOLDER: scratch,
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let steps = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const error = /^error (\d+) (.+)/.exec(line);
    if (error !== null) errors.get(client)?.get(Number(error[1]))?.add(error[2]);
    const mark = /^(ok|not ok) /.exec(line)?.[1];
    if (mark === undefined) continue;
    steps += 1;
    if (mark === 'ok') passed += 1;
    else failed += 1;
    console.log(`${mark} ${name}: ${line.slice(mark.length + 1)}`);
  }
  const code = await ended;
  if (steps === 0 || (code !== 0 && failed === 0)) {
    failed += 1;
    console.log(`not ok ${name}: ended with ${code} after ${steps} steps`);
  }
}

/** Formats the table of errors. */
function table() {
  const row = (cells) => `| ${cells.join(' | ')} |`;
  const cellsOf = (statuses) => [...statuses.values()].map((names) => [...names].sort().join('<br>'));
  const rows = [...errors].map(([client, statuses]) => row([client, ...cellsOf(statuses)]));
  return [row(['client', ...STATUSES]), `|${'---|'.repeat(STATUSES.length + 1)}`, ...rows].join('\n');
}

/** Compares the table of the page with the run. */
function checkPage() {
  const page = readFileSync(PAGE, 'utf8');
  const expected = page.replace(/^\| client \| 401 \|.*\n(?:\|.*\n)*/m, `${table()}\n`);
  if (process.argv.includes('--write')) writeFileSync(PAGE, expected);
  else if (expected !== page) {
    failed += 1;
    console.log(`not ok docs/clients.md is out of date, run: npm run clients -- --write\n${table()}`);
  }
}

install();
const served = await serve();
await Promise.all(DRIVERS.map((driver) => drive(driver, served)));
for (const driver of ALONE) await drive(driver, served);
checkPage();
const { server } = served;
const stopped = new Promise((resolve) => server.once('exit', resolve));
server.kill('SIGTERM');
await stopped;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
