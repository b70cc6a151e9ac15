import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, openAccount } from './support.ts';

let account: Account;
let image: string;

beforeEach(async () => {
  account = await openAccount();
  image = `/images/${account.imageId('demo-private')}`;
});

const getMetadata = async (): Promise<object> => (await account.send('get', `${image}/metadata`)).body.metadata;

describe('metadata of an image', () => {
  test('contains the properties of the image', async () => {
    const { metadata } = (await account.send('get', image)).body.image;
    expect(metadata).toEqual({ architecture: 'x86_64', team: 'a' });
    expect(await getMetadata()).toEqual(metadata);
  });

  test('adds and replaces items, with names in lower case, and returns all of them', async () => {
    const response = await account.send('post', `${image}/metadata`).send({ metadata: { Stage: 'Test', team: 'b' } });
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ metadata: { architecture: 'x86_64', team: 'b', stage: 'Test' } });
    expect(await getMetadata()).toEqual(response.body.metadata);
  });

  test('is set, shown and removed item by item', async () => {
    const item = `${image}/metadata/stage`;
    expect((await account.send('put', item).send({ meta: { stage: 'test' } })).body).toEqual({
      meta: { stage: 'test' },
    });
    expect((await account.send('get', item)).body).toEqual({ meta: { stage: 'test' } });
    const removed = await account.send('delete', item);
    expect([removed.status, removed.text]).toEqual([204, '']);
    const missing = await account.send('get', item);
    expect([missing.status, Object.keys(missing.body)]).toEqual([404, ['itemNotFound']]);
    expect((await account.send('delete', item)).status).toBe(404);
    expect(await getMetadata()).toEqual({ architecture: 'x86_64', team: 'a' });
  });

  test.each([
    ['an item with another name than in the path', { meta: { other: 'x' } }],
    ['two items', { meta: { stage: 'x', other: 'y' } }],
    ['a value that is not a string', { meta: { stage: 1 } }],
    ['a value of more than 255 characters', { meta: { stage: 'x'.repeat(256) } }],
    ['no item', {}],
    ['a list', []],
  ])('is not set by %s', async (_title, body) => {
    const response = await account.send('put', `${image}/metadata/stage`).send(body);
    expect([response.status, Object.keys(response.body)]).toEqual([400, ['badRequest']]);
    expect(await getMetadata()).toEqual({ architecture: 'x86_64', team: 'a' });
  });

  test.each(['image_type', 'com.rackspace__1__options', 'org.openstack__1__x'])(
    'has items of the provider that clients cannot set, such as %s',
    async (name) => {
      expect((await account.send('put', `${image}/metadata/${name}`).send({ meta: { [name]: 'x' } })).status).toBe(403);
      expect((await account.send('delete', `${image}/metadata/${name}`)).status).toBe(403);
    },
  );

  test.each([
    ['TRUE', 200],
    ['false', 200],
    ['DISABLED', 403],
    ['perhaps', 400],
  ])('returns for the disk configuration %s %i', async (value, status) => {
    const response = await account.send('post', `${image}/metadata`).send({ metadata: { auto_disk_config: value } });
    expect(response.status).toBe(status);
  });

  test('can be changed to remove the disk configuration', async () => {
    const item = `${image}/metadata/auto_disk_config`;
    await account.send('put', item).send({ meta: { auto_disk_config: 'TRUE' } });
    expect((await account.send('get', image)).body.image['OS-DCF:diskConfig']).toBe('AUTO');
    expect((await account.send('delete', item)).status).toBe(204);
    expect((await account.send('get', image)).body.image).not.toHaveProperty('OS-DCF:diskConfig');
  });

  test.each<[string, string | Buffer, string | undefined, number, string]>([
    ['malformed JSON', '{', undefined, 400, 'badRequest'],
    ['a list', '[]', undefined, 400, 'badRequest'],
    ['null', 'null', undefined, 400, 'badRequest'],
    ['metadata of null', '{"metadata":null}', undefined, 400, 'badRequest'],
    ['a value of null', '{"metadata":{"a":null}}', undefined, 400, 'badRequest'],
    ['a value that is an object', '{"metadata":{"a":{}}}', undefined, 400, 'badRequest'],
    ['an item without a name', '{"metadata":{"":"x"}}', undefined, 400, 'badRequest'],
    ['a long name', JSON.stringify({ metadata: { ['n'.repeat(256)]: 'x' } }), undefined, 400, 'badRequest'],
    [
      'bytes that are not UTF-8',
      Buffer.from([...Buffer.from('{"metadata":{"a":"'), 0xff, 0x22, 0x7d, 0x7d]),
      undefined,
      400,
      'badRequest',
    ],
    ['a lone surrogate', '{"metadata":{"a":"\\ud800"}}', undefined, 400, 'badRequest'],
    ['another media type', '{"metadata":{"a":"b"}}', 'application/xml', 415, 'badMediaType'],
  ])('is not set by a body with %s', async (_title, body, type, status, fault) => {
    const response = await account
      .send('post', `${image}/metadata`)
      .set('Content-Type', type ?? 'application/json')
      .send(body);
    expect([response.status, Object.keys(response.body)]).toEqual([status, [fault]]);
    expect(await getMetadata()).toEqual({ architecture: 'x86_64', team: 'a' });
  });

  test('has at most forty items', async () => {
    const items = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`item-${index}`, 'x']));
    expect((await account.send('post', `${image}/metadata`).send({ metadata: items(39) })).status).toBe(413);
    expect((await account.send('post', `${image}/metadata`).send({ metadata: items(38) })).status).toBe(200);
    expect(Object.keys(await getMetadata())).toHaveLength(40);
  });

  test('cannot be changed for an image of another account, nor while the image is saving', async () => {
    const standard = `/images/${account.imageId('cirros-0.6.2-x86_64-disk')}/metadata`;
    expect((await account.send('get', standard)).status).toBe(200);
    const change = { metadata: { stage: 'test' } };
    expect((await account.send('post', standard).send(change)).status).toBe(403);
    const saving = `/images/${account.imageId('status-saving')}/metadata`;
    const response = await account.send('post', saving).send(change);
    expect([response.status, Object.keys(response.body)]).toEqual([409, ['buildInProgress']]);
  });
});
