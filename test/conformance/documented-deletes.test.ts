import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Test } from 'supertest';
import request from 'supertest';
import { triggerImageId } from '../../scripts/shipped-scenarios.ts';
import { triggerOf } from '../../src/contract/contract.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { startEmulator } from '../support/emulator.ts';
import { type Client, clientOf } from './support.ts';

/** What the five documents list for the deletion of an image: 35 answers. */
const DOCUMENTED: Readonly<Record<string, readonly number[]>> = {
  'image-v2': [204, 403, 404],
  'compute-v2.1': [204, 400, 401, 403, 404, 405, 503],
  'rackspace-images': [204, 400, 401, 403, 404, 405, 413, 500, 503],
  'rackspace-servers': [204, 400, 401, 403, 405, 409, 413, 500, 503],
  ims: [204, 400, 401, 403, 404, 500, 503],
};

const PAIRS = Object.entries(DOCUMENTED).flatMap(([dialect, statuses]) =>
  statuses.map((status) => [dialect, status] as const),
);
const ERRORS = [...new Set(PAIRS.map(([, status]) => status))].filter((status) => status >= 400).sort();

const NOWHERE = '5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator());
});
afterEach(() => client.emulator.close());

const remove = (dialect: string, image_id: string): Test => client.send(`${dialect}.deleteImage`, { image_id });
const named = (dialect: string, name: string): Test => remove(dialect, client.imageId(name));
const exists = (id: string): boolean => client.emulator.worlds.default.images.peek(id)?.status !== 'deleted';
const lastEntry = () => client.emulator.worlds.default.journal.query({ limit: 1 })[0];

/** The same address with another method, for paths on which several are offered. */
const otherMethod = (dialect: string, method: 'put' | 'post'): Test => {
  const url = new URL(named(dialect, 'demo-private').url);
  return request(client.emulator.url)[method](url.pathname).set('X-Auth-Token', client.token);
};

/** Past the calls that an account may make in a minute. */
const overLimit = (dialect: string): Test => {
  client.emulator.worlds.default.setLimits({ callsPerMinute: 0 });
  return named(dialect, 'demo-private');
};

/** How each answer comes about by what is there and what is sent, with no rule in between. */
const HOW: Readonly<
  Record<string, Readonly<Record<number, (dialect: string) => PromiseLike<{ readonly status: number }>>>>
> = {
  every: {
    204: (dialect) => named(dialect, 'demo-private'),
    401: (dialect) => named(dialect, 'demo-private').set('X-Auth-Token', 'no-such-token'),
    403: (dialect) => named(dialect, 'demo-protected'),
    404: (dialect) => remove(dialect, NOWHERE),
    405: (dialect) => otherMethod(dialect, 'put'),
  },
  'rackspace-images': { 400: (dialect) => remove(dialect, 'no-uuid'), 413: overLimit },
  'rackspace-servers': {
    400: (dialect) => remove(dialect, 'no-uuid'),
    409: (dialect) => named(dialect, 'status-saving'),
    413: overLimit,
  },
  ims: { 400: (dialect) => named(dialect, 'demo-private').send({ delete_backup: 'x' }) },
  'compute-v2.1': {
    400: (dialect) => client.send(`${dialect}.deleteImage`, { tenant_id: NOWHERE.replaceAll('-', '') }),
  },
};

test('the contracts list exactly the 35 answers that the documents list', () => {
  expect(PAIRS).toHaveLength(35);
  const listed = DIALECTS.filter(({ contract }) => contract.operations['deleteImage'] !== undefined).map(
    ({ name, contract }) => [name, [...(contract.operations['deleteImage']?.statuses ?? [])].sort()],
  );
  expect(Object.fromEntries(listed)).toEqual(DOCUMENTED);
});

describe('by its shipped scenario', () => {
  test.each(PAIRS)('%s answers %i to a delete', async (dialect, status) => {
    const name = `${dialect}.deleteImage.${status}`;
    const id = client.imageId('demo-private');
    await client.admin('post', `/scenarios/${name}/enable`);
    expect((await remove(dialect, id)).status).toBe(status);
    expect(lastEntry()).toMatchObject({ status, source: 'injected', fault: { scenario: name, rule: 0 } });
    expect(await client.met(`${dialect}.deleteImage`, status)).toMatchObject({ natural: 0, injected: 1 });
    expect(exists(id)).toBe(true);
    await client.admin('post', `/scenarios/${name}/disable`);
    expect((await remove(dialect, id)).status).toBe(204);
    expect(exists(id)).toBe(false);
  });
});

describe('by trigger image, with no call of the admin API', () => {
  test.each(PAIRS.filter(([, status]) => status >= 400))('%s answers %i to a delete', async (dialect, status) => {
    const id = triggerImageId('deleteImage', status);
    expect((await remove(dialect, id)).status).toBe(status);
    expect(lastEntry()).toMatchObject({ source: 'injected', fault: { scenario: 'trigger-images' } });
    expect(exists(id)).toBe(true);
  });

  const elsewhere = Object.keys(DOCUMENTED).flatMap((dialect) =>
    ERRORS.filter((status) => !DOCUMENTED[dialect]?.includes(status)).map((status) => [dialect, status] as const),
  );
  test.each(elsewhere)('%s, which does not document %i, deletes that image like any other', async (dialect, status) => {
    const id = triggerImageId('deleteImage', status);
    expect((await remove(dialect, id)).status).toBe(204);
    expect(lastEntry()?.source).toBe('natural');
    expect(exists(id)).toBe(false);
  });
});

describe('by state and input', () => {
  const pairs = DIALECTS.flatMap(({ name, contract }) => {
    const operation = contract.operations['deleteImage'];
    const statuses = operation?.statuses.filter((status) => triggerOf(operation, status) !== 'inject') ?? [];
    return statuses.map((status) => [name, status] as const);
  });

  test.each(pairs)('%s answers %i to a delete', async (dialect, status) => {
    const how = HOW[dialect]?.[status] ?? HOW['every']?.[status];
    if (how === undefined) throw new Error(`nobody has said how ${dialect} comes to answer ${status}`);
    expect((await how(dialect)).status).toBe(status);
    expect(lastEntry()).toMatchObject({ status, source: 'natural' });
    expect(await client.met(`${dialect}.deleteImage`, status)).toMatchObject({ natural: 1, injected: 0 });
  });

  test('only those that no request can cause are left out', () => {
    const covered = new Set(pairs.map(([dialect, status]) => `${dialect}.${status}`));
    const left = PAIRS.map(([dialect, status]) => `${dialect}.${status}`).filter((pair) => !covered.has(pair));
    expect(left.sort()).toEqual(
      [
        ...['compute-v2.1.503', 'rackspace-images.500', 'rackspace-images.503'],
        ...['rackspace-servers.500', 'rackspace-servers.503', 'ims.500', 'ims.503'],
      ].sort(),
    );
  });
});
