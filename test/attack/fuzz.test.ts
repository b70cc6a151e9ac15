import { expect, test } from '@jest/globals';
import { runFuzz } from '../fuzz/run-fuzz.ts';
import { CLI } from '../support/build.ts';

/** Four requests are under way at a time, each of which may hold the event loop for 20 milliseconds, before it is compiled for longer. */
const MAX_HOLD = 200;

test('2,000 hostile requests cause no crash, hang, internal error or changed prototype', async () => {
  const { problems, statuses } = await runFuzz({ cli: CLI, seed: 2026, requests: 2000, maxHold: MAX_HOLD });
  expect(problems).toEqual([]);
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 204, 400, 401, 404]));
});
