import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSideglance } from '../../src/index.ts';
import { type Client, clientOf } from '../conformance/support.ts';
import { NOON, startEmulator } from '../support/emulator.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator({ frozenAt: NOON }));
});
afterEach(() => client.emulator.close());

const REMOVE = 'rackspace-servers.deleteImage';
const remove = (image = 'demo-private') => client.send(REMOVE, { image_id: client.imageId(image) });
const put = (name: string, scenario: object) =>
  client.admin('put', `/scenarios/${name}`, { enabled: true, ...scenario });
const injecting = (status: number) => ({ match: { operation: REMOVE }, fault: { answer: status } });

describe('GET scenarios', () => {
  test('returns the order of scenarios, the counters of their rules and unused faults', async () => {
    await put('one', { rules: [{ ...injecting(413), calls: { to: 1 } }, injecting(409)] });
    await put('two', { rules: [injecting(503)] });
    await client.admin('put', '/clock', { advance: '5s' });
    expect((await remove()).status).toBe(413);
    const { scenarios, unusedFaults } = await client.admin('get', '/scenarios');
    const orders = scenarios.flatMap(({ name, order }: Scenario) => (order === undefined ? [] : [[order, name]]));
    expect(orders.sort()).toEqual([
      [1, 'trigger-images'],
      [2, 'one'],
      [3, 'two'],
    ]);
    expect(scenarios.find(({ name }: Scenario) => name === 'one')).toMatchObject({
      enabled: true,
      hits: 1,
      ruleHits: [
        { seen: 1, fired: 1, last: '2026-11-21T12:00:05.000Z' },
        { seen: 0, fired: 0 },
      ],
    });
    expect(unusedFaults).toEqual([
      { scenario: 'one', rule: 1, operations: [REMOVE] },
      { scenario: 'two', rule: 0, operations: [REMOVE] },
    ]);
  });

  test('explains for an operation what each rule would do with a request', async () => {
    const image = client.imageId('demo-private');
    await put('named', {
      rules: [{ ...injecting(409), match: { operation: REMOVE, image: { name: 'demo-pri*' }, user: 'demo' } }],
    });
    await put('later', { rules: [{ ...injecting(503), calls: { from: 2 } }] });
    const explained = async (query: string) =>
      (await client.admin('get', `/scenarios?operation=${REMOVE}${query}`)).explanations.filter(
        ({ scenario }: { readonly scenario: string }) => scenario !== 'trigger-images',
      );
    expect(await explained(`&image=${image}&user=demo`)).toEqual([
      { scenario: 'named', rule: 0, outcome: 'takes', why: [] },
      { scenario: 'later', rule: 0, outcome: 'passes', why: ['named, rule 0, takes the request first'] },
    ]);
    expect(await explained(`&image=${client.imageId('demo-shared')}&user=demo`)).toMatchObject([
      { outcome: 'passes', why: ['image {"name":"demo-pri*"} does not match'] },
      { outcome: 'passes', why: ['it starts with request 2, and this is request 1'] },
    ]);
    expect(await explained('&user=admin')).toMatchObject([
      { outcome: 'passes', why: ['user "demo" does not match'] },
      { outcome: 'passes' },
    ]);
    expect(await explained('')).toMatchObject([{ outcome: 'depends' }, { outcome: 'passes' }]);
    const { scenarios } = await client.admin('get', '/scenarios?operation=image-v2.listImages');
    expect(scenarios.map(({ name }: Scenario) => name)).toContain('slow-lists');
    expect(scenarios.map(({ name }: Scenario) => name)).not.toContain('named');
  });

  test.each([
    [`operation=${REMOVE}s`, `did you mean "${REMOVE}"?`],
    ['image=x', '/image: requires the parameter "operation"'],
    ['opration=x', '/opration: unknown query parameter'],
  ])('rejects ?%s', async (query, message) => {
    const response = await fetch(`${client.emulator.url}/__admin/scenarios?${query}`);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: { message: string } }).error.message).toContain(message);
  });

  interface Scenario {
    readonly name: string;
    readonly order?: number;
  }
});

describe('PUT scenarios/{name}/state', () => {
  const busy = {
    states: { initial: 'free', per: 'image' },
    rules: [
      { when: 'free', ...injecting(503), goto: 'busy' },
      { when: 'busy', ...injecting(409) },
    ],
  };

  test('sets the state of one image or of all, and GET shows it', async () => {
    await put('busy', busy);
    const image = client.imageId('demo-private');
    expect((await remove()).status).toBe(503);
    expect((await client.admin('get', '/scenarios/busy')).states).toEqual({
      initial: 'free',
      per: 'image',
      all: ['free', 'busy'],
      now: 'free',
      of: { [image]: 'busy' },
    });
    await client.admin('put', '/scenarios/busy/state', { state: 'free', of: image });
    expect((await remove()).status).toBe(503);
    expect((await remove()).status).toBe(409);
    const { states } = await client.admin('put', '/scenarios/busy/state', { state: 'busy' });
    expect(states).toMatchObject({ now: 'busy', of: {} });
    expect((await remove('demo-shared')).status).toBe(409);
    await client.admin('post', '/scenarios/busy/enable');
    expect((await client.admin('get', '/scenarios/busy')).states).toMatchObject({ now: 'free', of: {} });
  });

  test.each([
    ['busy', { state: 'bussy' }, 400, 'did you mean \\"busy\\"?'],
    ['busy', {}, 400, 'the member \\"state\\" is missing'],
    ['buzy', { state: 'busy' }, 404, 'did you mean \\"busy\\"?'],
    ['over-limit-seconds', { state: 'busy' }, 400, 'has no states'],
  ])('returns an error for %s with the body %j', async (name, body, status, message) => {
    await put('busy', busy);
    const response = await fetch(`${client.emulator.url}/__admin/scenarios/${name}/state`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(message)]);
  });
});

test('the library sets states, explains requests and lists unused faults of all worlds', async () => {
  const cloud = await startSideglance();
  try {
    const match = { operation: REMOVE } as const;
    cloud.scenarios.put('busy', {
      enabled: true,
      states: { initial: 'up', byHand: ['down'] },
      rules: [{ when: 'down', match, fault: { answer: 503 } }],
    });
    expect(cloud.scenarios.explain(match)).toContainEqual({
      scenario: 'busy',
      rule: 0,
      outcome: 'passes',
      why: ['the state is up, not down'],
    });
    expect(cloud.scenarios.setState('busy', 'down').states?.now).toBe('down');
    expect(cloud.scenarios.explain(match).at(-1)).toMatchObject({ scenario: 'busy', outcome: 'takes' });
    expect(cloud.scenarios.unusedFaults()).toEqual([{ scenario: 'busy', rule: 0, operations: [REMOVE] }]);
    cloud.worlds.create({ name: 'other' }).faults.arm({ match, fault: { answer: 503 } });
    cloud.reset();
    expect(cloud.scenarios.unusedFaults()).toEqual([]);
    expect(cloud.unusedFaults()).toEqual([
      { world: 'default', scenario: 'busy', rule: 0, operations: [REMOVE] },
      { world: 'other', scenario: 'fault-1', rule: 0, operations: [REMOVE] },
    ]);
  } finally {
    await cloud.close();
  }
});

test('faults that fired before a reset or a fork are not listed as unused', async () => {
  const cloud = await startSideglance();
  try {
    const rules = [{ match: { operation: 'identity.listVersions' }, fault: { answer: 503 } }] as const;
    const world = cloud.worlds.create({ name: 'parent', scenarios: [{ scenario: 'mine', rules }] });
    const unused = () => cloud.unusedFaults().map((fault) => `${fault.world} ${fault.scenario}`);
    expect(unused()).toEqual(['parent mine']);
    const fork = cloud.worlds.create({ name: 'fork', fork: 'parent' });
    expect(unused()).toEqual(['fork mine']);
    expect((await fetch(`${fork.url}/identity/`)).status).toBe(503);
    expect(unused()).toEqual([]);
    fork.reset();
    expect(unused()).toEqual([]);
    expect(fork.scenarios.unusedFaults()).toMatchObject([{ scenario: 'mine' }]);
    cloud.worlds.drop('fork');
    world.scenarios.put('other', { enabled: true, rules });
    cloud.worlds.drop('parent');
    expect(unused()).toEqual(['parent other']);
  } finally {
    await cloud.close();
  }
});

test('states are exact for 16 concurrent clients, each with its own state', async () => {
  const match = { operation: 'rackspace-servers.showImage' };
  await put('turns', {
    states: { initial: 'up', per: 'client' },
    rules: [
      { when: 'up', match, calls: { per: 'client', every: 2 }, fault: { answer: 503 }, goto: 'down' },
      { when: 'down', match, calls: { per: 'client', times: 2 }, fault: { answer: 413 } },
      { when: 'down', match, fault: { answer: 400 }, goto: 'up' },
    ],
  });
  const transcripts = await Promise.all(
    Array.from({ length: 16 }, async (_, number) => {
      const statuses: number[] = [];
      for (let index = 0; index < 9; index += 1) {
        const { status } = await client.send(match.operation).set('User-Agent', `client ${number}`);
        statuses.push(status);
      }
      return statuses.join(' ');
    }),
  );
  expect(new Set(transcripts)).toEqual(new Set(['200 503 413 413 400 200 503 400 200']));
});
