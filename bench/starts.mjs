// Measures starts as continuous integration has them: node bench/starts.mjs. Compares the CPU time until the first response,
// and the memory then, of bare Express and of Sideglance with the default fixtures, with a fixture file and with a scenario
// file of one's own. They take turns. Prints JSON: for each, milliseconds of CPU and MiB (medians).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cpuOf, median, memoryOf, start, stop } from './process.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3) * 5;
const FIXTURES = `
projects: [{ name: web }]
users: [{ name: ann, password: secret, project: web, roles: { web: [member] } }]
images:
  - { name: web-base, owner: web, visibility: shared, diskFormat: qcow2, tags: [golden], data: the bytes of this text }
`;
const SCENARIOS = `
scenario: unavailable
description: The first lookup fails, later ones succeed.
rules:
  - { match: { operation: compute-v2.1.showImage }, calls: { to: 1 }, fault: { answer: 503 } }
`;

const scratch = mkdtempSync(join(tmpdir(), 'sideglance-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const file = (name, text) => {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
};
const fixtures = ['--fixtures', file('fixtures.yaml', FIXTURES)];
const scenarios = ['--scenarios', file('scenarios.yaml', SCENARIOS)];
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const serve = [here('../dist/bin/sideglance.js'), 'serve', '--port', '0'];

/** Commands, by what they start with. */
const STARTS = {
  Express: [[here('express-server.mjs')], '/'],
  'default fixtures': [serve, '/__admin/health'],
  'own fixtures': [[...serve, ...fixtures], '/__admin/health'],
  'own scenarios': [[...serve, ...scenarios], '/__admin/health'],
  'own fixtures and scenarios': [[...serve, ...fixtures, ...scenarios], '/__admin/health'],
};

const results = new Map(Object.keys(STARTS).map((name) => [name, { cpu: [], memory: [] }]));
for (let round = -1; round < ROUNDS; round += 1) {
  for (const [name, [command, path]] of Object.entries(STARTS)) {
    const server = await start(command, path);
    // Only a process that has run for a second stores the compiled form of what it used, for its version of Node.
    if (round < 0) await new Promise((resolve) => setTimeout(resolve, 1200));
    if (round >= 0) {
      results.get(name).cpu.push(cpuOf(server.child) / 1000);
      results.get(name).memory.push(memoryOf(server.child));
    }
    await stop(server);
  }
}
const medians = [...results].map(([name, { cpu, memory }]) => [name, { cpu: median(cpu), memory: median(memory) }]);
console.log(JSON.stringify(Object.fromEntries(medians)));
