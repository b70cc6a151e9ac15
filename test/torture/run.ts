/** Tries to make state files lose something: kills, damage, a full disk, two servers, no descriptors. See CONTRIBUTING.md. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions } from './options.ts';
import { fullDisk, kills, noDescriptors, spoilings, type Trial, twoServers } from './trials.ts';

const TRIALS: readonly Trial[] = [spoilings, fullDisk, twoServers, noDescriptors, kills];

const options = readOptions();
let failed = 0;
for (const trial of TRIALS) {
  const directory = mkdtempSync(join(tmpdir(), 'sideglance-torture-'));
  try {
    const { tried, failures } = await trial(directory, options);
    process.stdout.write(`${failures.length === 0 ? 'ok' : 'FAILED'}: ${tried}\n`);
    for (const failure of failures.slice(0, 20)) process.stdout.write(`  ${failure}\n`);
    failed += failures.length;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
process.exitCode = failed === 0 ? 0 : 1;
