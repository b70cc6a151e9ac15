// npm run clients: real clients, each in a world of its own, all at once on one server. Prints a line for each step.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { STATUSES } from './steps.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const MINUTES = 8;

/** Fixtures of drivers that make images of servers. */
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

/** Those that need the server for themselves, some of them since they are patient for moments only. */
const ALONE = [
  { name: 'whole-files', command: ['/usr/bin/python3', 'whole_files.py'] },
  { name: 'wire-python', command: ['/usr/bin/python3', 'wire_faults.py'] },
  { name: 'wire-undici', command: [process.execPath, 'wire_faults.mjs'] },
];

/** Has a table of what each client raises for each status, which is held against what was met; `--write` writes it. */
const PAGE = join(here, '..', '..', 'docs', 'clients.md');

const scratch = mkdtempSync(join(tmpdir(), 'sideglance-clients-'));
const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});
setTimeout(() => {
  console.error(`not done after ${MINUTES} minutes`);
  process.exit(1);
}, MINUTES * 60_000).unref();

function start(command, options) {
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Installs the clients from npm where nothing else is. */
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
  ]);
  for await (const line of createInterface({ input: server.stdout })) {
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
    if (found) return { server, url: found[0] };
  }
  throw new Error('the server did not start');
}

let passed = 0;
let failed = 0;
/** By client and status, the errors that were met; of drivers that are no clients of the services nothing is kept. */
const met = new Map(
  DRIVERS.flatMap(({ client }) => client ?? []).map((client) => [
    client,
    new Map(STATUSES.map((status) => [status, new Set()])),
  ]),
);

async function drive({ name, client, command, fixtures }, { server, url }) {
  const made = await fetch(`${url}/__admin/worlds`, { method: 'POST', body: JSON.stringify({ name, fixtures }) });
  if (made.status !== 201) throw new Error(`the world ${name} was not made: ${await made.text()}`);
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
    const told = /^met (\d+) (.+)/.exec(line);
    if (told !== null) met.get(client)?.get(Number(told[1]))?.add(told[2]);
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

/** The table of what was met. */
function table() {
  const row = (cells) => `| ${cells.join(' | ')} |`;
  const cellsOf = (statuses) => [...statuses.values()].map((errors) => [...errors].sort().join('<br>'));
  const rows = [...met].map(([client, statuses]) => row([client, ...cellsOf(statuses)]));
  return [row(['client', ...STATUSES]), `|${'---|'.repeat(STATUSES.length + 1)}`, ...rows].join('\n');
}

/** Holds the page against what was met. */
function checkPage() {
  const page = readFileSync(PAGE, 'utf8');
  const right = page.replace(/^\| client \| 401 \|.*\n(?:\|.*\n)*/m, `${table()}\n`);
  if (process.argv.includes('--write')) writeFileSync(PAGE, right);
  else if (right !== page) {
    failed += 1;
    console.log(`not ok docs/clients.md tells otherwise than what was met:\n${table()}`);
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
