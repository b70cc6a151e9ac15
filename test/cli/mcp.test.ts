import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { type Sideglance, startSideglance } from '../../src/index.ts';
import { packageFile } from '../../src/input/package-files.ts';
import { CLI } from '../support/build.ts';
import { login } from '../support/emulator.ts';

/** Connects the client of the SDK to `sideglance mcp`. */
async function connect(...flags: readonly string[]): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [CLI, 'mcp', ...flags] }));
  return client;
}

interface ToolText {
  readonly text: string;
  readonly isError: boolean;
}

async function use(client: Client, name: string, input: Record<string, unknown> = {}): Promise<ToolText> {
  const { content, isError } = await client.callTool({ name, arguments: input });
  const [first] = content as readonly { readonly text: string }[];
  return { text: first?.text ?? '', isError: isError === true };
}

const json = async (client: Client, name: string, input?: Record<string, unknown>) =>
  JSON.parse((await use(client, name, input)).text);

describe('sideglance mcp', () => {
  let cloud: Sideglance;
  let client: Client;
  beforeAll(async () => {
    cloud = await startSideglance();
    cloud.worlds.create({ name: 'w' });
    client = await connect('--url', cloud.url, '--world', 'w');
  });
  afterAll(async () => {
    await client.close();
    await cloud.close();
  });

  const list = async (): Promise<number> => {
    const token = await login(cloud.url, { world: 'w' });
    return (await fetch(`${cloud.url}/w/w/image/v2/images`, { headers: { 'X-Auth-Token': token } })).status;
  };

  test('describes its tools, and which of them change something', async () => {
    const { tools } = await client.listTools();
    expect(tools.length).toBeGreaterThan(20);
    for (const { description, inputSchema } of tools) {
      expect(description).toMatch(/\.$/);
      expect(inputSchema.properties).toHaveProperty('world');
    }
    expect(tools.find(({ name }) => name === 'list_requests')?.annotations).toMatchObject({ readOnlyHint: true });
    expect(tools.find(({ name }) => name === 'reset_world')?.annotations).toMatchObject({ destructiveHint: true });
    expect(tools.find(({ name }) => name === 'enable_scenario')?.inputSchema.required).toEqual(['name']);
    expect(client.getServerVersion()).toEqual({ name: 'sideglance', version: cloud.version });
  });

  test('finds, enables and disables scenarios', async () => {
    const found = await json(client, 'list_scenarios', { search: 'deleteImage 403', limit: 2 });
    expect(found.total).toBeGreaterThan(2);
    expect(found.scenarios).toHaveLength(2);
    expect(await json(client, 'list_scenarios', { search: 'image-v2.listImages.401' })).toMatchObject({ total: 1 });
    const enabled = await json(client, 'enable_scenario', { name: 'image-v2.listImages.401', limit: { calls: 1 } });
    expect(enabled).toMatchObject({ enabled: true, callsLeft: 1 });
    expect(await json(client, 'explain', { operation: 'image-v2.listImages' })).toMatchObject({
      explanations: expect.arrayContaining([expect.objectContaining({ outcome: 'takes' })]),
    });
    expect([await list(), await list()]).toEqual([401, 200]);
    expect(await json(client, 'disable_scenario', { name: 'image-v2.listImages.401' })).toMatchObject({
      enabled: false,
    });
  });

  test('arms a fault, and shows what the client met', async () => {
    await use(client, 'reset_world');
    const rule = { match: { operation: 'image-v2.listImages' }, fault: { answer: 403 } };
    expect(await json(client, 'arm_fault', { rule })).toMatchObject({ operations: ['image-v2.listImages'], fired: 0 });
    expect(await list()).toBe(403);
    const { requests } = await json(client, 'list_requests', { operation: 'image-v2.listImages' });
    expect(requests).toMatchObject([{ status: 403, source: 'injected' }]);
    expect(await json(client, 'show_request', { id: requests[0].id })).toMatchObject({ status: 403 });
    const expectation = { requests: { operation: 'image-v2.listImages' }, exactly: 1 };
    expect(await json(client, 'verify', { expectation })).toMatchObject({ result: 'yes' });
    expect(await json(client, 'coverage', { operation: '*.listImages', received: true })).toMatchObject({
      total: 1,
      responses: [{ response: 'image-v2.listImages 403', injected: 1 }],
    });
    expect(await json(client, 'conduct')).toHaveProperty('verdict');
    expect(await use(client, 'disarm_faults')).toEqual({ text: 'Done.', isError: false });
  });

  test('uses another world for one call', async () => {
    expect(await json(client, 'show_world', { name: 'w' })).toMatchObject({ name: 'w' });
    await use(client, 'enable_scenario', { name: 'image-v2.listImages.401', world: 'default' });
    expect(cloud.scenarios.get('image-v2.listImages.401').enabled).toBe(true);
    expect(cloud.worlds.get('w')?.scenarios.get('image-v2.listImages.401').enabled).toBe(false);
  });

  test('finds operations with their statuses', async () => {
    expect(await json(client, 'list_operations', { search: 'image-v2.deleteImage DELETE {image_id}' })).toMatchObject({
      operations: expect.arrayContaining([
        expect.objectContaining({ name: 'image-v2.deleteImage', statuses: [204, 403, 404] }),
      ]),
    });
  });

  test.each([
    ['show_scenario', {}, '/name: is required'],
    ['show_scenario', { nam: 'a' }, '/nam: is no argument; did you mean name?'],
    ['list_scenarios', { enabled: 'yes' }, '/enabled: has another type; found "yes"; allowed: boolean'],
    ['show_scenario', { name: 'delete-conflct' }, 'delete-conflict'],
    ['arm_fault', { rule: { match: { operation: 'image-v2.deletImage' }, fault: { answer: 403 } } }, 'deleteImage'],
    ['list_faults', { world: 'nowhere' }, 'nowhere'],
  ])('%s explains bad input %j', async (name, input, message) => {
    const { text, isError } = await use(client, name, input);
    expect([isError, text]).toEqual([true, expect.stringContaining(message)]);
  });

  test('names the nearest tool', async () => {
    await expect(client.callTool({ name: 'list_scenario' })).rejects.toThrow('Did you mean list_scenarios?');
  });

  test('has the documentation as resources', async () => {
    const { resources } = await client.listResources();
    const faults = resources.find(({ uri }) => uri === 'sideglance://docs/faults.md');
    expect(faults?.title).toMatch(/fault/i);
    const { contents } = await client.readResource({ uri: 'sideglance://docs/faults.md' });
    expect(contents).toEqual([
      expect.objectContaining({ mimeType: 'text/markdown', text: expect.stringContaining('# ') }),
    ]);
    await expect(client.readResource({ uri: 'sideglance://docs/../package.json' })).rejects.toThrow('no resource');
  });
});

test('docs/mcp.md describes all tools, and a configuration that starts them', async () => {
  const page = readFileSync(packageFile('docs/mcp.md'), 'utf8');
  const described = [...page.matchAll(/^\| (`[a-z_`, ]+) \|/gm)].flatMap(([, names = '']) =>
    names.match(/[a-z]+_?[a-z_]*/g),
  );
  const [, block = ''] = /^```json\n(.*?)^```/ms.exec(page) ?? [];
  const { command, args } = JSON.parse(block).mcpServers.sideglance;
  expect([command, args[0], args[1]]).toEqual(['npx', 'sideglance', 'mcp']);
  const cloud = await startSideglance();
  const client = await connect(...args.slice(2, -1), cloud.url);
  const { tools } = await client.listTools();
  expect(described.sort()).toEqual(tools.map(({ name }) => name).sort());
  expect(await json(client, 'list_worlds')).toMatchObject({ worlds: [{ name: 'default' }] });
  await client.close();
  await cloud.close();
});

test('sideglance mcp --start uses a server of its own, which ends with it', async () => {
  const client = await connect('--start');
  const { url } = await json(client, 'show_world', { name: 'default' });
  expect((await fetch(`${url}/__admin/health`)).status).toBe(200);
  await client.close();
  await expect(fetch(`${url}/__admin/health`)).rejects.toThrow();
});

test('sideglance mcp says when it cannot reach the server', async () => {
  const client = await connect('--url', 'http://127.0.0.1:1');
  expect(await use(client, 'list_faults')).toEqual({
    text: 'cannot reach http://127.0.0.1:1; start a server with: sideglance serve',
    isError: true,
  });
  await client.close();
});
