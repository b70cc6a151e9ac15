import { expect, test } from '@jest/globals';
import { runLoad } from '../fuzz/connection-load.ts';
import { CLI } from '../support/build.ts';

test('300 open connections, slow clients and pipelined requests do not hold up others', async () => {
  const failed: string[] = [];
  const options = { cli: CLI, connections: 300, slowClients: 20, requests: 500 };
  for await (const { isFine, line } of runLoad(options)) if (!isFine) failed.push(line);
  expect(failed).toEqual([]);
});
