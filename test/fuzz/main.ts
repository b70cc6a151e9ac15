// npm run fuzz: sends hostile requests to a server. `npm run fuzz -- --seed 7 --requests 2000` repeats a run.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runFuzz } from './run-fuzz.ts';

const DEFAULT_REQUESTS = '50000';
/** Milliseconds. Four requests are under way at a time, and each may take 20. */
const DEFAULT_HOLD = '100';
const STEP = 5000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    requests: { type: 'string', default: DEFAULT_REQUESTS },
    'max-hold': { type: 'string', default: DEFAULT_HOLD },
  },
});

const { seed, longest, statuses, problems } = await runFuzz({
  cli: fileURLToPath(new URL('../../dist/bin/sideglance.js', import.meta.url)),
  seed: Number(values.seed),
  requests: Number(values.requests),
  maxHold: Number(values['max-hold']),
  onProgress: (sent, report) => {
    if (sent % STEP === 0) console.log(`${sent} requests, ${report.problems.length} problems`);
  },
});
const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
console.log(`seed ${seed}; ${counts.join(', ')}; longest hold ${longest.cpu.toFixed(1)} ms`);
console.log(
  `in the ${longest.requests} requests of seed ${longest.seed}: ${longest.elapsed.toFixed(1)} ms passed; ` +
    `the longest collection of garbage took ${longest.collection.toFixed(1)} ms`,
);
for (const problem of problems) console.log(`not ok ${problem}`);
console.log(problems.length === 0 ? 'ok' : `${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
