import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Test } from 'supertest';
import request from 'supertest';
import { triggerImageId } from '../../scripts/shipped-scenarios.ts';
import { triggerOf } from '../../src/contract/contract.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { startEmulator } from '../support/emulator.ts';
import { entriesOf } from '../support/journal.ts';
import { type Client, clientOf } from './support.ts';

/** The statuses that the five documents list for the deletion of an image: 35 in total. */
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

const UNKNOWN_ID = '5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator());
});
afterEach(() => client.emulator.close());

const remove = (dialect: string, image_id: string): Test => client.send(`${dialect}.deleteImage`, { image_id });
const removeNamed = (dialect: string, name: string): Test => remove(dialect, client.imageId(name));
const isStored = (id: string): boolean => client.emulator.worlds.default.images.peek(id)?.status !== 'deleted';
const lastEntry = () => entriesOf(client.emulator.worlds.default, { limit: 1 })[0];

/** Sends another method to the path of the operation. */
const otherMethod = (dialect: string, method: 'put' | 'post'): Test => {
  const url = new URL(removeNamed(dialect, 'demo-private').url);
  return request(client.emulator.url)[method](url.pathname).set('X-Auth-Token', client.token);
};

/** Sends the request when the rate limit of the account is used up. */
const overLimit = (dialect: string): Test => {
  client.emulator.worlds.default.setLimits({ callsPerMinute: 0 });
  return removeNamed(dialect, 'demo-private');
};

/** Requests that get each status without a fault; `every` applies to all dialects. */
const RECIPES: Readonly<
  Record<string, Readonly<Record<number, (dialect: string) => PromiseLike<{ readonly status: number }>>>>
> = {
  every: {
    204: (dialect) => removeNamed(dialect, 'demo-private'),
    401: (dialect) => removeNamed(dialect, 'demo-private').set('X-Auth-Token', 'no-such-token'),
    403: (dialect) => removeNamed(dialect, 'demo-protected'),
    404: (dialect) => remove(dialect, UNKNOWN_ID),
    405: (dialect) => otherMethod(dialect, 'put'),
  },
  'rackspace-images': { 400: (dialect) => remove(dialect, 'no-uuid'), 413: overLimit },
  'rackspace-servers': {
    400: (dialect) => remove(dialect, 'no-uuid'),
    409: (dialect) => removeNamed(dialect, 'status-saving'),
    413: overLimit,
  },
  ims: { 400: (dialect) => removeNamed(dialect, 'demo-private').send({ delete_backup: 'x' }) },
  'compute-v2.1': {
    400: (dialect) => client.send(`${dialect}.deleteImage`, { tenant_id: UNKNOWN_ID.replaceAll('-', '') }),
  },
};

test('The contracts list exactly the 35 statuses of the documents', () => {
  expect(PAIRS).toHaveLength(35);
  const listed = DIALECTS.filter(({ contract }) => contract.operations['deleteImage'] !== undefined).map(
    ({ name, contract }) => [name, [...(contract.operations['deleteImage']?.statuses ?? [])].sort()],
  );
  expect(Object.fromEntries(listed)).toEqual(DOCUMENTED);
});

describe('By its shipped scenario', () => {
  test.each(PAIRS)('%s returns %i', async (dialect, status) => {
    const name = `${dialect}.deleteImage.${status}`;
    const id = client.imageId('demo-private');
    await client.admin('post', `/scenarios/${name}/enable`);
    expect((await remove(dialect, id)).status).toBe(status);
    expect(lastEntry()).toMatchObject({ status, source: 'injected', fault: { scenario: name, rule: 0 } });
    expect(await client.cellOf(`${dialect}.deleteImage`, status)).toMatchObject({ natural: 0, injected: 1 });
    expect(isStored(id)).toBe(true);
    await client.admin('post', `/scenarios/${name}/disable`);
    expect((await remove(dialect, id)).status).toBe(204);
    expect(isStored(id)).toBe(false);
  });
});

describe('By trigger image', () => {
  test.each(PAIRS.filter(([, status]) => status >= 400))('%s returns %i', async (dialect, status) => {
    const id = triggerImageId('deleteImage', status);
    expect((await remove(dialect, id)).status).toBe(status);
    expect(lastEntry()).toMatchObject({ source: 'injected', fault: { scenario: 'trigger-images' } });
    expect(isStored(id)).toBe(true);
  });

  const undocumented = Object.keys(DOCUMENTED).flatMap((dialect) =>
    ERRORS.filter((status) => !DOCUMENTED[dialect]?.includes(status)).map((status) => [dialect, status] as const),
  );
  test.each(undocumented)('%s, which does not document %i, deletes the trigger image', async (dialect, status) => {
    const id = triggerImageId('deleteImage', status);
    expect((await remove(dialect, id)).status).toBe(204);
    expect(lastEntry()?.source).toBe('natural');
    expect(isStored(id)).toBe(false);
  });
});

describe('By state and input', () => {
  const pairs = DIALECTS.flatMap(({ name, contract }) => {
    const operation = contract.operations['deleteImage'];
    const statuses = operation?.statuses.filter((status) => triggerOf(operation, status) !== 'inject') ?? [];
    return statuses.map((status) => [name, status] as const);
  });

  test.each(pairs)('%s returns %i', async (dialect, status) => {
    const recipe = RECIPES[dialect]?.[status] ?? RECIPES['every']?.[status];
    if (recipe === undefined) throw new Error(`Add ${status} to RECIPES['${dialect}'] in this file.`);
    expect((await recipe(dialect)).status).toBe(status);
    expect(lastEntry()).toMatchObject({ status, source: 'natural' });
    expect(await client.cellOf(`${dialect}.deleteImage`, status)).toMatchObject({ natural: 1, injected: 0 });
  });

  test('covers every status except those that no request can cause', () => {
    const covered = new Set(pairs.map(([dialect, status]) => `${dialect}.${status}`));
    const omitted = PAIRS.map(([dialect, status]) => `${dialect}.${status}`).filter((pair) => !covered.has(pair));
    expect(omitted.sort()).toEqual(
      [
        ...['compute-v2.1.503', 'rackspace-images.500', 'rackspace-images.503'],
        ...['rackspace-servers.500', 'rackspace-servers.503', 'ims.500', 'ims.503'],
      ].sort(),
    );
  });
});
