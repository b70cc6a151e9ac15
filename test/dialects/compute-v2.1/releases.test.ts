import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { RELEASES } from '../../../src/base/release.ts';
import { openSession, type Session } from './support.ts';

let session: Session;
beforeEach(async () => {
  session = await openSession();
});

const get = (path: string) => request(session.emulator.app).get(`/compute${path}`);
const messageOf = async (rest: string): Promise<readonly [number, string | undefined]> => {
  const { status, body } = await session.send('get', rest);
  return [status, body.badRequest?.message];
};

describe.each([
  ['zed', 93, 'SUPPORTED', '2011-01-21T11:33:21Z'],
  ['2025.1', 100, 'SUPPORTED', '2011-01-21T11:33:21Z'],
  ['2026.2', 104, 'DEPRECATED', '2025-07-04T12:00:00Z'],
] as const)('Nova of %s', (release, last, status, updated) => {
  beforeEach(() => session.world.setRelease(release));

  test('describes its versions', async () => {
    const { body } = await get('/');
    expect(body.versions).toMatchObject([
      { id: 'v2.0', status, updated },
      { id: 'v2.1', status: 'CURRENT', version: `2.${last}`, updated: '2013-07-23T11:33:21Z' },
    ]);
    expect((await get('/v2')).body.version).toMatchObject({ id: 'v2.0', status, updated });
    expect((await get('/v2.1/')).body.version).toMatchObject({ version: `2.${last}`, min_version: '2.1' });
    expect((await get('/v9')).body.choices).toMatchObject([{ status }, { status: 'CURRENT' }]);
  });

  test('accepts its last microversion and no later one', async () => {
    expect((await session.send('get', '/servers', last)).status).toBe(200);
    expect((await session.send('get', '/servers', 'latest')).headers['openstack-api-version']).toBe(
      `compute 2.${last}`,
    );
    const { status: refused, body } = await session.send('get', '/servers', last + 1);
    expect([refused, body.computeFault.message]).toEqual([
      406,
      `Version 2.${last + 1} is not supported by the API. Minimum is 2.1 and maximum is 2.${last}.`,
    ]);
  });
});

describe('The limit of a list of images', () => {
  const invalid = (value: string, reason: string, name = 'limit') => [
    400,
    `Invalid input for query parameters ${name}. Value: ${value}. ${reason}`,
  ];

  test.each(['2025.1', '2026.2'] as const)('is a positive number in %s', async (release) => {
    session.world.setRelease(release);
    expect(await messageOf('/images?limit=0')).toEqual(invalid('0', '0 is less than the minimum of 1'));
    expect(await messageOf('/images/detail?limit=00')).toEqual(invalid('00', '0 is less than the minimum of 1'));
    expect(await messageOf('/images?limit=-1')).toEqual(invalid('-1', "'-1' does not match '^[0-9]*$'"));
    expect(await messageOf('/images?limit=1&limit=a')).toEqual(invalid('a', "'a' does not match '^[0-9]*$'"));
    expect(await messageOf('/images?limit=%D9%A1')).toEqual(invalid('\u0661', "'\u0661' does not match '^[0-9]*$'"));
    expect(await messageOf('/images?marker=x&limit=0')).toEqual(invalid('0', '0 is less than the minimum of 1'));
    expect((await session.send('get', '/images?limit=1%0A')).body.images).toHaveLength(1);
    expect((await session.send('get', '/images?limit=01')).body.images).toHaveLength(1);
  });

  test.each(['2025.1', '2026.2'] as const)(
    'is checked before page_size, and that before offset, in %s',
    async (release) => {
      session.world.setRelease(release);
      expect(await messageOf('/images?page_size=a&limit=b')).toEqual(invalid('b', "'b' does not match '^[0-9]*$'"));
      expect(await messageOf('/images?offset=a&page_size=0')).toEqual(
        invalid('0', '0 is less than the minimum of 1', 'page_size'),
      );
      expect(await messageOf('/images?offset=a')).toEqual(invalid('a', "'a' does not match '^[0-9]*$'", 'offset'));
    },
  );

  test.each([
    ['2025.1', "'' is too short"],
    ['2026.2', "'' should be non-empty"],
  ] as const)('that is empty is described by %s as: %s', async (release, reason) => {
    session.world.setRelease(release);
    expect(await messageOf('/images?limit=')).toEqual(invalid('', reason));
    expect(await messageOf('/flavors?limit=')).toEqual(invalid('', reason));
    expect(await messageOf('/servers?limit=')).toEqual(invalid('', reason));
  });

  test('may be 0 in zed, whose Nova checks it itself', async () => {
    expect((await session.send('get', '/images?limit=0')).status).toBe(200);
    expect(await messageOf('/images?limit=-1')).toEqual([400, 'Invalid input received: limit must be >= 0']);
    expect(await messageOf('/images?limit=a')).toEqual([400, 'Invalid input received: limit must be an integer']);
  });
});

describe('A query that is not UTF-8', () => {
  const NOT_UTF8 = [400, 'Query string is not UTF-8 encoded'];

  test.each(['2025.1', '2026.2'] as const)('is refused by all operations that read, in %s', async (release) => {
    session.world.setRelease(release);
    const id = session.imageId('demo-private');
    for (const rest of [
      '/images',
      `/images/${id}`,
      `/images/${id}/metadata`,
      '/extensions',
      '/os-aggregates',
      '/flavors/1',
    ]) {
      expect([rest, ...(await messageOf(`${rest}?a=%ff`))]).toEqual([rest, ...NOT_UTF8]);
    }
    for (const path of ['/', '/v2.1/']) expect((await get(`${path}?a=%ff`)).status).toBe(400);
    expect((await session.send('delete', `/images/${id}?a=%ff`)).status).toBe(204);
  });

  test('is a fault of lists of images in zed, and ignored elsewhere', async () => {
    expect((await session.send('get', '/images?a=%ff')).status).toBe(500);
    expect((await get('/?a=%ff')).status).toBe(200);
  });
});

test.each([
  ['zed', 'Please report this at http://bugs.launchpad.net/nova/ and attach the Nova API log if possible.'],
  ['2025.1', 'Please report this at http://bugs.launchpad.net/nova/ and attach the Nova API log if possible.'],
  ['2026.2', 'Please contact the administrator'],
] as const)('A 500 of %s advises: %s', async (release, advice) => {
  session.world.setRelease(release);
  const admin = await session.as('admin');
  const { status, body } = await admin.send('put', `/os-quota-sets/${admin.projectId}`).send({ quota_set: null });
  expect([status, body.computeFault.message]).toEqual([500, `Unexpected API Error. ${advice}\n<class 'TypeError'>`]);
});

test.each(RELEASES)('What a body lacks is named in the words of %s', async (release) => {
  session.world.setRelease(release);
  const rest = `/images/${session.imageId('status-active')}/metadata/k`;
  const items = await session.send('put', rest).send({ meta: {} });
  const name = await session.send('post', '/os-keypairs').send({ keypair: { name: '' } });
  const [few, short] =
    release === '2026.2'
      ? ['should be non-empty', 'should be non-empty']
      : ['does not have enough properties', 'is too short'];
  expect(items.body.badRequest.message).toBe(`Invalid input for field/attribute meta. Value: {}. {} ${few}`);
  expect(name.body.badRequest.message).toBe(`Invalid input for field/attribute name. Value: . '' ${short}`);
});
