import { expect, test } from '@jest/globals';
import { faultOf, start, UNKNOWN } from './support.ts';

test('a tag is added once, can be filtered by, and is removed', async () => {
  const session = await start();
  const id = session.idOf('demo-private');
  const tag = `/v2/images/${id}/tags/stage%20one`;
  const before: readonly string[] = (await session.send('get', `/v2/images/${id}`)).body.tags;
  for (const _ of [1, 2]) {
    const added = await session.send('put', tag);
    expect([added.status, added.text]).toEqual([204, '']);
  }
  const { tags } = (await session.send('get', `/v2/images/${id}`)).body;
  expect([...tags].sort()).toEqual([...before, 'stage one'].sort());
  const found = await session.send('get', '/v2/images?tag=stage%20one');
  expect(found.body.images.map((image: { id: string }) => image.id)).toEqual([id]);
  expect((await session.sendTo('get', `/image/v2/images/${id}`)).body.tags).toContain('stage one');

  expect((await session.send('delete', tag)).status).toBe(204);
  const again = await session.send('delete', tag);
  expect([again.status, again.body]).toEqual([404, faultOf('itemNotFound', 404)]);
  expect((await session.send('get', `/v2/images/${id}`)).body.tags).toEqual(before);
});

test('the body of a tag request is ignored', async () => {
  const session = await start();
  const id = session.idOf('demo-private');
  expect((await session.send('put', `/v2/images/${id}/tags/one`, { tag: 'two' })).status).toBe(204);
  const { tags } = (await session.send('get', `/v2/images/${id}`)).body;
  expect(tags).toContain('one');
  expect(tags).not.toContain('two');
});

test('a tag has 255 characters at most, and an image as many tags as the quota allows', async () => {
  const session = await start();
  const tags = `/v2/images/${session.idOf('demo-private')}/tags`;
  expect((await session.send('put', `${tags}/${'x'.repeat(255)}`)).status).toBe(204);
  const long = await session.send('put', `${tags}/${'x'.repeat(256)}`);
  expect([long.status, long.body]).toEqual([400, faultOf('badRequest', 400)]);
  session.world.setLimits({ imageTagQuota: 1 });
  const rejected = await session.send('put', `${tags}/another`);
  expect([rejected.status, rejected.body]).toEqual([413, faultOf('overLimit', 413)]);
});

test('an image of another tenant cannot be tagged, and an unknown one returns 404', async () => {
  const session = await start();
  const reader = await session.as('demo_reader');
  const other = await session.as('alt_demo');
  const own = `/v2/images/${session.idOf('demo-private')}/tags/new`;
  const foreign = `/v2/images/${session.idOf('CentOS 7 (PVHVM)')}/tags/new`;
  for (const method of ['put', 'delete'] as const) {
    expect((await session.send(method, foreign)).body).toEqual(faultOf('forbidden', 403));
    expect((await reader.send(method, own)).body).toEqual(faultOf('forbidden', 403));
    expect((await other.send(method, own)).body).toEqual(faultOf('itemNotFound', 404));
    expect((await session.send(method, `/v2/images/${UNKNOWN}/tags/new`)).status).toBe(404);
    expect((await session.send(method, '/v2/images/no-uuid/tags/new')).status).toBe(400);
  }
});
