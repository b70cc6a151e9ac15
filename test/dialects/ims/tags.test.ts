import { expect, test } from '@jest/globals';
import request from 'supertest';
import { type Session, start } from './support.ts';

interface KeyValue {
  readonly key: string;
  readonly value: string;
}

const tagsOf = async (session: Session, id: string): Promise<readonly KeyValue[]> =>
  (await session.send('get', `/v2/${session.projectId}/images/${id}/tags`)).body.tags;
const nativeTags = async (session: Session, id: string): Promise<readonly string[]> =>
  (await session.send('get', `/v2/images/${id}`)).body.tags;
const codeOf = async (response: PromiseLike<request.Response>): Promise<readonly [number, string]> => {
  const { status, body } = await response;
  return [status, body.error?.code];
};

test('a tag with key and value is one string in the other APIs', async () => {
  const demo = await start();
  const id = await demo.createImage({ tags: ['test=testvalue', 'plain'] });
  expect(await tagsOf(demo, id)).toEqual([
    { key: 'test', value: 'testvalue' },
    { key: 'plain', value: '' },
  ]);
  const put = await demo.send('put', '/v1/cloudimages/tags', { image_id: id, tag: 'stage.first' });
  expect([put.status, put.text]).toEqual([204, '']);
  expect(await nativeTags(demo, id)).toEqual(['test=testvalue', 'plain', 'stage=first']);
  const glance = await request(demo.app).get(`/image/v2/images/${id}`).set('X-Auth-Token', demo.token);
  expect(glance.body.tags).toEqual(['test=testvalue', 'plain', 'stage=first']);
  const found = await demo.send('get', '/v2/cloudimages?tag=stage=first');
  expect(found.body.images.map((image: { id: string }) => image.id)).toEqual([id]);
});

test('a tag with an existing key replaces the value in place', async () => {
  const demo = await start();
  const id = await demo.createImage({ tags: ['a=1', 'b=2'] });
  await demo.send('put', '/v1/cloudimages/tags', { image_id: id, image_tag: { key: ' a ', value: ' 3 ' } });
  expect(await nativeTags(demo, id)).toEqual(['a=3', 'b=2']);
  const path = `/v2/${demo.projectId}/images/${id}/tags`;
  expect((await demo.send('post', path, { tag: { key: 'b', value: '' } })).status).toBe(204);
  expect(await tagsOf(demo, id)).toEqual([
    { key: 'a', value: '3' },
    { key: 'b', value: '' },
  ]);
});

test('batches add and remove several tags and can be repeated', async () => {
  const demo = await start();
  const id = await demo.createImage({ tags: ['kept=yes', 'a=1'] });
  const path = `/v2/${demo.projectId}/images/${id}/tags/action`;
  const tags = [
    { key: 'a', value: '2' },
    { key: 'b', value: '' },
  ];
  for (const action of ['create', 'create']) expect((await demo.send('post', path, { action, tags })).status).toBe(204);
  expect(await nativeTags(demo, id)).toEqual(['kept=yes', 'a=2', 'b']);
  const keys = [{ key: 'a' }, { key: 'b', value: 'whatever' }];
  for (const action of ['delete', 'delete']) {
    expect((await demo.send('post', path, { action, tags: keys })).status).toBe(204);
  }
  expect(await nativeTags(demo, id)).toEqual(['kept=yes']);
});

test('a tag is removed by its key; a second delete returns 404', async () => {
  const demo = await start();
  const id = await demo.createImage({ tags: ['a=1'] });
  const path = `/v2/${demo.projectId}/images/${id}/tags/a`;
  expect((await demo.send('delete', path)).status).toBe(204);
  expect(await codeOf(demo.send('delete', path))).toEqual([404, 'IMG.0115']);
  expect(await nativeTags(demo, id)).toEqual([]);
});

test.each<[string, string, object]>([
  ['a space', 'tag', { tag: 'no good' }],
  ['two dots', 'tag', { tag: 'a.b.c' }],
  ['no key', 'tag', { tag: '.b' }],
  ['neither form', 'tag', {}],
  ['both forms', 'tag', { tag: 'a.b', image_tag: { key: 'a', value: 'b' } }],
  ['an empty key', 'image_tag', { image_tag: { key: '  ', value: 'b' } }],
  ['a long key', 'image_tag', { image_tag: { key: 'k'.repeat(37), value: '' } }],
  ['a long value', 'image_tag', { image_tag: { key: 'k', value: 'v'.repeat(44) } }],
  ['an equals sign', 'image_tag', { image_tag: { key: 'a=b', value: '' } }],
])('a tag with %s (as %s) is rejected', async (_title, _form, body) => {
  const demo = await start();
  const image_id = await demo.createImage();
  const pending = demo.send('put', '/v1/cloudimages/tags', { image_id, ...body });
  expect(await codeOf(pending)).toEqual([400, 'IMG.0115']);
  expect(await nativeTags(demo, image_id)).toEqual([]);
});

test.each<[string, object]>([
  ['another action', { action: 'CREATE', tags: [{ key: 'a', value: 'b' }] }],
  ['no tags', { action: 'create', tags: [] }],
  ['a key that is not a string', { action: 'delete', tags: [{ key: 1 }] }],
])('a batch with %s is rejected', async (_title, body) => {
  const demo = await start();
  const id = await demo.createImage();
  const pending = demo.send('post', `/v2/${demo.projectId}/images/${id}/tags/action`, body);
  expect(await codeOf(pending)).toEqual([400, 'IMG.0001']);
});

test.each<[string, object[]]>([
  [
    'one key twice',
    [
      { key: 'a', value: '1' },
      { key: 'a', value: '2' },
    ],
  ],
  [
    'one key twice, apart from spaces',
    [
      { key: 'a', value: '1' },
      { key: ' a', value: '2' },
    ],
  ],
  ['no value', [{ key: 'a' }]],
])('a batch that creates tags with %s is rejected', async (_title, tags) => {
  const demo = await start();
  const id = await demo.createImage();
  const pending = demo.send('post', `/v2/${demo.projectId}/images/${id}/tags/action`, { action: 'create', tags });
  expect(await codeOf(pending)).toEqual([400, 'IMG.0115']);
  expect(await nativeTags(demo, id)).toEqual([]);
});

test('an image has at most 10 tags with key and value; existing ones can still change', async () => {
  const demo = await start();
  const tags = Array.from({ length: 10 }, (_, nth) => `k${nth}=v`);
  const id = await demo.createImage({ tags });
  const path = `/v2/${demo.projectId}/images/${id}/tags`;
  expect(await codeOf(demo.send('post', path, { tag: { key: 'more', value: '' } }))).toEqual([400, 'IMG.0116']);
  expect((await demo.send('post', path, { tag: { key: 'k3', value: 'w' } })).status).toBe(204);
  expect(await nativeTags(demo, id)).toContain('k3=w');
});

test('only the owner can tag an image, and a reader cannot', async () => {
  const demo = await start();
  const body = { image_id: demo.idOf('cirros-0.6.2-x86_64-disk'), tag: 'a.b' };
  expect(await codeOf(demo.send('put', '/v1/cloudimages/tags', body))).toEqual([400, 'IMG.0047']);
  // The tag exists, so the request would change nothing, but it is rejected too.
  const sameBody = { ...body, tag: 'test' };
  expect(await codeOf(demo.send('put', '/v1/cloudimages/tags', sameBody))).toEqual([400, 'IMG.0047']);
  const reader = await demo.as('demo_reader');
  const ownBody = { image_id: demo.idOf('demo-private'), tag: 'a.b' };
  expect(await codeOf(reader.send('put', '/v1/cloudimages/tags', ownBody))).toEqual([403, 'IMG.0026']);
});

test('listTags returns each tag of the matching images once, as key.value', async () => {
  const demo = await start();
  await demo.createImage({ tags: ['jjjj=11111', 'test'], name: 'one' });
  await demo.createImage({ tags: ['test', 'x=y'], name: 'two' });
  const both = await demo.send('get', '/v1/cloudimages/tags?name=in:one,two&sort_key=name&sort_dir=asc');
  expect([both.status, both.body]).toEqual([200, { tags: ['jjjj.11111', 'test', 'x.y'] }]);
  const second = await demo.send(
    'get',
    '/v1/cloudimages/tags?name=in:one,two&sort_key=name&sort_dir=asc&limit=1&page=2',
  );
  expect(second.body).toEqual({ tags: ['test', 'x.y'] });
  const third = await demo.send('get', '/v1/cloudimages/tags?name=in:one,two&limit=1&page=3');
  expect(third.body).toEqual({ tags: [] });
  for (const search of ['limit=x', 'page=0', 'page=x', 'sort_key=owner']) {
    expect(await codeOf(demo.send('get', `/v1/cloudimages/tags?${search}`))).toEqual([400, 'IMG.0017']);
  }
});

test('listAllTags returns the keys of a project with their values, without public images', async () => {
  const demo = await start();
  const alt = await demo.as('alt_demo');
  await alt.createImage({ tags: ['key3=value3', 'key8'] });
  await alt.createImage({ tags: ['key3=valueXX', 'key8'] });
  const { body } = await alt.send('get', `/v2/${alt.projectId}/images/tags`);
  const valuesByKey = new Map(body.tags.map(({ key, values }: { key: string; values: string[] }) => [key, values]));
  expect(valuesByKey.get('key3')).toEqual(['valueXX', 'value3']);
  expect(valuesByKey.get('key8')).toEqual(['']);
  expect(valuesByKey.has('debian')).toBe(false);
  expect(valuesByKey.has('golden')).toBe(false);
});

const QUERIES: readonly (readonly [string, object, readonly string[]])[] = [
  [
    'all of two',
    {
      tags: [
        { key: 'a', values: ['1'] },
        { key: 'b', values: [] },
      ],
    },
    ['q-ab'],
  ],
  ['any value of a key', { tags: [{ key: 'a', values: [] }] }, ['q-ab', 'q-a2']],
  ['one of two values', { tags: [{ key: 'a', values: ['2', '9'] }] }, ['q-a2']],
  [
    'any of two',
    {
      tags_any: [
        { key: 'b', values: [] },
        { key: 'a', values: ['2'] },
      ],
    },
    ['q-ab', 'q-a2'],
  ],
  [
    'not all of two',
    {
      not_tags: [
        { key: 'a', values: [] },
        { key: 'b', values: [] },
      ],
    },
    ['q-a2', 'q-none'],
  ],
  [
    'not any of two',
    {
      not_tags_any: [
        { key: 'a', values: ['2'] },
        { key: 'b', values: [] },
      ],
    },
    ['q-none'],
  ],
  ['the absence of any tag', { without_any_tag: true, tags: [{ key: 'a', values: [] }] }, ['q-none']],
];

test.each(QUERIES)('queryByTags finds and counts images by %s', async (_title, conditions, names) => {
  const alt = await (await start()).as('alt_demo');
  for (const [name, tags] of [
    ['q-none', []],
    ['q-a2', ['a=2']],
    ['q-ab', ['a=1', 'b=x']],
  ] as const) {
    await alt.createImage({ name, tags });
  }
  const path = `/v2/${alt.projectId}/images/resource_instances/action`;
  const matches = [{ key: 'resource_name', value: 'q-' }];
  const filter = await alt.send('post', path, { action: 'filter', matches, ...conditions });
  expect(filter.status).toBe(200);
  expect(filter.body.resources.map((each: { resource_name: string }) => each.resource_name)).toEqual(names);
  expect(filter.body.total_count).toBe(names.length);
  const count = await alt.send('post', path, { action: 'count', matches, ...conditions });
  expect(count.body).toEqual({ total_count: names.length });
});

test('queryByTags returns images with their tags, ten a page by default', async () => {
  const alt = await (await start()).as('alt_demo');
  const ids: string[] = [];
  for (let nth = 0; nth < 12; nth += 1)
    ids.unshift(await alt.createImage({ name: `page-${nth}`, tags: ['paged=yes'] }));
  const path = `/v2/${alt.projectId}/images/resource_instances/action`;
  const find = async (more: object): Promise<request.Response> =>
    alt.send('post', path, { action: 'filter', tags: [{ key: 'paged', values: ['yes'] }], ...more });
  const first = await find({});
  expect(first.body.total_count).toBe(12);
  expect(first.body.resources).toHaveLength(10);
  expect(first.body.resources[0]).toEqual({
    resource_id: ids[0],
    resource_name: 'page-11',
    resource_detail: { status: 'queued' },
    tags: [{ key: 'paged', value: 'yes' }],
  });
  const last = await find({ offset: '10', limit: '5' });
  expect(last.body.resources.map((each: { resource_id: string }) => each.resource_id)).toEqual(ids.slice(10));
  const one = await find({ matches: [{ key: 'resource_id', value: ids[4] }] });
  expect(one.body.total_count).toBe(1);
});

test.each<[string, object, string]>([
  ['no action', {}, 'IMG.0001'],
  ['another action', { action: 'Filter' }, 'IMG.0001'],
  ['a limit that is not a string', { action: 'filter', limit: 5 }, 'IMG.0001'],
  ['a limit of 0', { action: 'filter', limit: '0' }, 'IMG.0017'],
  ['a limit over the maximum', { action: 'filter', limit: '1001' }, 'IMG.0017'],
  ['a negative offset', { action: 'filter', offset: '-1' }, 'IMG.0001'],
  ['an unknown match', { action: 'filter', matches: [{ key: 'size', value: '1' }] }, 'IMG.0001'],
  ['no values', { action: 'filter', tags: [{ key: 'a' }] }, 'IMG.0001'],
  [
    'eleven keys',
    { action: 'count', tags: Array.from({ length: 11 }, (_, n) => ({ key: `${n}`, values: [] })) },
    'IMG.0001',
  ],
  [
    'one key twice',
    {
      action: 'count',
      tags: [
        { key: 'a', values: [] },
        { key: 'a', values: [] },
      ],
    },
    'IMG.0115',
  ],
])('queryByTags rejects %s', async (_title, body, code) => {
  const demo = await start();
  const path = `/v2/${demo.projectId}/images/resource_instances/action`;
  expect(await codeOf(demo.send('post', path, body))).toEqual([400, code]);
});

test('native tags accept only digits, letters, _ and -', async () => {
  const demo = await start();
  const id = await demo.createImage();
  const put = async (tag: string): Promise<number> =>
    (await demo.send('put', `/v2/images/${id}/tags/${encodeURIComponent(tag)}`)).status;
  expect([await put('new_1-A'), await put('new_1-A')]).toEqual([204, 204]);
  for (const tag of ['a=b', 'a b', 'ä', 'x'.repeat(256)]) expect([tag, await put(tag)]).toEqual([tag, 400]);
  expect(await nativeTags(demo, id)).toEqual(['new_1-A']);
  demo.world.setLimits({ imageTagQuota: 1 });
  expect(await put('second')).toBe(413);
  expect((await demo.send('delete', `/v2/images/${id}/tags/new_1-A`)).status).toBe(204);
  expect((await demo.send('delete', `/v2/images/${id}/tags/new_1-A`)).status).toBe(404);
});
