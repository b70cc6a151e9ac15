import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sideglance, startSideglance } from '../../src/index.ts';
import { Bench } from '../conduct/bench.ts';
import { run } from '../support/cli.ts';

let cloud: Sideglance;
let world: string;

beforeAll(async () => {
  cloud = await startSideglance();
  const bench = new Bench(cloud);
  world = bench.world.name;
  await bench.login();
  bench.arm('listImages', { answer: 503, retryAfter: 5 });
  await bench.list();
  await bench.list();
  bench.client.close();
});
afterAll(() => cloud.close());

const conduct = (...args: string[]) => run(['conduct', '--url', cloud.url, '--world', world, ...args]);

describe('conduct', () => {
  test('prints findings as a table, with a summary', async () => {
    const { code, stdout } = await conduct();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^SEVERITY {2}RULE +REQUESTS {2}FINDING\n/);
    expect(stdout).toMatch(/\nerror +retry-after-seconds-ignored {2}2 3 +repeated GET .* asked to wait 5 s\n/);
    expect(stdout).toMatch(/\n\nfail: 1 finding; \d+ of \d+ rules had an opportunity\n$/);
  });

  test('prints JSON as the admin API returns it, and Markdown', async () => {
    expect(JSON.parse((await conduct('--format', 'json')).stdout)).toEqual(
      JSON.parse(JSON.stringify(cloud.world(world).conduct())),
    );
    const { stdout } = await conduct('--format', 'markdown');
    expect(stdout).toContain('| SEVERITY | RULE | REQUESTS | FINDING |\n| --- | --- | --- | --- |\n| error | ');
  });

  test('prints what docs/conduct.md shows', async () => {
    const page = readFileSync(new URL('../../docs/conduct.md', import.meta.url), 'utf8');
    const [, fault] = /__admin\/faults --json '(.*)'/.exec(page) ?? [];
    const [, shown] = /```text\n([\s\S]*?)```/.exec(page) ?? [];
    const bench = new Bench(cloud, new Agent({ keepAlive: false }));
    await bench.login();
    bench.world.faults.arm(JSON.parse(fault as string));
    for (let attempt = 0; attempt < 3; attempt += 1) await bench.list();
    const { stdout } = await run(['conduct', '--url', cloud.url, '--world', bench.world.name]);
    const withoutTimes = (text: string): string =>
      text.replaceAll(/after [\d.]+ s/g, 'after N s').replaceAll(`/w/${bench.world.name}`, '');
    expect(withoutTimes(stdout)).toBe(withoutTimes(shown as string));
  });

  test.each([
    [['--fail-on', 'error'], 4],
    [['--fail-on', 'info'], 4],
    [['--fail-on', 'warning', '--ignore', 'retry-after-seconds-ignored'], 0],
    [['--fail-on', 'error', '--only', 'content-type-missing'], 0],
    [['--fail-on', 'error', '--only', 'retry-storm'], 5],
    [['--fail-on', 'error', '--label', 'none'], 5],
    [['--label', 'none'], 0],
  ])('with %j exits with %d', async (args, code) => {
    expect((await conduct(...args)).code).toBe(code);
  });

  test.each([
    [['--ignore', 'retry-strom'], 'retry-storm'],
    [['--client', 'maybe'], 'success'],
    [['--fail-on', 'fatal'], 'warning'],
    [['--format', 'html'], 'markdown'],
  ])('with %j exits with 2 and names what is allowed', async (args, allowed) => {
    const { code, stderr } = await conduct(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(allowed)]);
  });
});
