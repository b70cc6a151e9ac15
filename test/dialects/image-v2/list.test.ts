import { expect, test } from '@jest/globals';
import type { MemberStatus } from '../../../src/domain/member.ts';
import { type Cloud, createCloud, messageOf, type User } from './support.ts';

/** Creates images of three projects, each one second older than the previous one. */
async function createScene(): Promise<Cloud & { readonly ids: Readonly<Record<string, string>> }> {
  const cloud = createCloud();
  const ids: Record<string, string> = {};
  let age = 0;
  const addImage = async (
    name: string,
    attributes: object,
    user: User = 'demo',
    sizeBytes: number | null = null,
  ): Promise<void> => {
    const { id } = await cloud.create({ name, disk_format: 'raw', container_format: 'bare', ...attributes }, user);
    age += 1;
    const createdAt = Date.UTC(2026, 0, 1) - age * 1000;
    cloud.edit(id, { createdAt, updatedAt: createdAt, sizeBytes, ...(sizeBytes !== null && { status: 'active' }) });
    ids[name] = id;
  };
  const share = async (name: string, status: MemberStatus): Promise<void> => {
    const memberId = await cloud.projectOf('demo');
    cloud.edit(ids[name] as string, { members: [{ memberId, status, createdAt: 0, updatedAt: 0 }] });
  };
  await addImage('alpha', { tags: ['red', 'blue'], visibility: 'private', os_distro: 'debian' }, 'demo', 10);
  await addImage('beta', { tags: ['red'], visibility: 'private', min_ram: 512 }, 'demo', 200);
  await addImage('gamma', { tags: ['blue'], disk_format: 'qcow2', min_disk: 4, os_distro: 'fedora' });
  await addImage('delta', { protected: true, container_format: 'ova', visibility: 'community' }, 'demo', 3000);
  await addImage('hidden', { os_hidden: true, visibility: 'private' });
  await addImage('pub1', { visibility: 'public' }, 'admin', 50);
  await addImage('pub2', { visibility: 'public', os_hidden: true }, 'admin');
  await addImage('altpriv', { visibility: 'private' }, 'alt_demo');
  await addImage('altcom', { visibility: 'community' }, 'alt_demo');
  await addImage('accepted', {}, 'alt_demo');
  await addImage('pending', {}, 'alt_demo');
  await addImage('rejected', {}, 'alt_demo');
  await addImage('comma,name', { visibility: 'private' });
  await share('accepted', 'accepted');
  await share('pending', 'pending');
  await share('rejected', 'rejected');
  return Object.assign(cloud, { ids });
}

const OWN = ['alpha', 'beta', 'gamma', 'delta', 'comma,name'];

test('lists only the images that the caller can see', async () => {
  const cloud = await createScene();
  const visible = async (query: string, user: User): Promise<readonly (string | null)[]> =>
    [...(await cloud.names(query, user))].sort();
  const cases: readonly (readonly [string, User, readonly string[]])[] = [
    ['', 'demo', [...OWN, 'pub1', 'accepted']],
    ['?visibility=public', 'demo', ['pub1']],
    ['?visibility=private', 'demo', ['alpha', 'beta', 'comma,name']],
    ['?visibility=shared', 'demo', ['gamma', 'accepted']],
    ['?visibility=community', 'demo', ['delta', 'altcom']],
    ['?visibility=all', 'demo', [...OWN, 'pub1', 'accepted', 'altcom']],
    ['?visibility=', 'demo', []],
    ['?member_status=all', 'demo', [...OWN, 'pub1', 'accepted', 'pending', 'rejected']],
    ['?member_status=pending', 'demo', [...OWN, 'pub1', 'pending']],
    ['?visibility=shared&member_status=rejected', 'demo', ['gamma', 'rejected']],
    ['?visibility=private&member_status=pending', 'demo', ['alpha', 'beta', 'comma,name']],
    ['?os_hidden=true', 'demo', ['hidden', 'pub2']],
    ['?os_hidden=True', 'demo', ['hidden', 'pub2']],
    ['?visibility=private&visibility=public', 'demo', []],
    ['', 'demo_reader', [...OWN, 'pub1', 'accepted']],
    ['', 'alt_demo', ['altpriv', 'altcom', 'accepted', 'pending', 'rejected', 'pub1']],
    ['?visibility=community', 'alt_demo', ['delta', 'altcom']],
    ['', 'admin', ['alpha', 'beta', 'gamma', 'comma,name', 'altpriv', 'accepted', 'pending', 'rejected', 'pub1']],
    ['?visibility=community', 'admin', ['delta', 'altcom']],
    ['?visibility=private', 'admin', ['alpha', 'beta', 'comma,name', 'altpriv']],
    ['?os_hidden=true&visibility=all', 'admin', ['hidden', 'pub2']],
  ];
  for (const [query, user, names] of cases) {
    expect([query, user, await visible(query, user)]).toEqual([query, user, [...names].sort()]);
  }
});

test('applies every filter', async () => {
  const cloud = await createScene();
  const { ids } = cloud;
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['name=alpha', ['alpha']],
    ['name=ALPHA', []],
    ['name=in:alpha,,beta', ['alpha', 'beta']],
    ['name=in:%22comma,name%22,beta', ['beta', 'comma,name']],
    ['name=comma,name', ['comma,name']],
    ['name=eq:alpha', ['alpha']],
    ['name=alpha&name=beta', ['beta']],
    [`id=in:${ids['alpha']},x,${ids['beta']}`, ['alpha', 'beta']],
    [`id=${ids['altpriv']}`, []],
    [`id=${ids['hidden']}`, []],
    [`owner=${await cloud.projectOf('alt_demo')}`, ['accepted']],
    ['status=in:active,bogus&visibility=private', ['alpha', 'beta']],
    ['status=bogus', []],
    ['container_format=ova', ['delta']],
    ['disk_format=in:qcow2,iso', ['gamma']],
    ['tag=red', ['alpha', 'beta']],
    ['tag=red&tag=blue', ['alpha']],
    ['tag=in:red,blue', []],
    ['size_min=50', ['beta', 'delta', 'pub1']],
    ['size_min=50&size_max=500', ['beta', 'pub1']],
    ['size_max=%2B10', ['alpha']],
    ['size=10', ['alpha']],
    ['size=x', []],
    ['min_ram=512', ['beta']],
    ['min_disk=4', ['gamma']],
    ['min_ram=gt:1', []],
    ['protected=true', ['delta']],
    ['os_distro=debian', ['alpha']],
    ['os_distro=in:debian,fedora', []],
    ['nosuch=x', []],
    ['created_at=gte:2025-12-31T23:59:59Z', ['alpha']],
    ['created_at=2025-12-31T23:59:58Z', ['beta']],
    ['created_at=lt:2025-12-31T23:59:55', ['pub1', 'accepted', 'comma,name']],
    ['created_at=gt:2026-01-01T01:59:57%2B02:00', ['alpha', 'beta']],
    ['created_at=lt:2020', []],
    ['updated_at=neq:2025-12-31T23:59:59Z&tag=red', ['beta']],
    ['name=alpha&status=active&tag=red&os_distro=debian', ['alpha']],
    ['limit=1&limit=2', []],
    ['tags=red', []],
    ['deleted=true&name=alpha', ['alpha']],
  ];
  for (const [query, names] of cases) expect([query, await cloud.names(`?${query}`)]).toEqual([query, names]);
});

test.each([
  ['limit=-1', 'limit param must be positive'],
  ['limit=x', 'limit param must be an integer'],
  ['limit=', 'limit param must be an integer'],
  ['visibility=none', 'Invalid visibility value: none'],
  ['limit=-1&visibility=bogus', 'Invalid visibility value: bogus'],
  ['member_status=x', 'Invalid status: x'],
  ['os_hidden=1', "Invalid value '1' for 'os_hidden' filter. Valid values are 'true' or 'false'."],
  ['protected=True', "Invalid value 'True' for 'protected' filter. Valid values are 'true' or 'false'."],
  ['size_min=1.5', 'Unable to filter on a range with a non-numeric value.'],
  ['name=neq:a', "Unable to filter by unknown operator 'neq'."],
  ['name=http://x', "Unable to filter by unknown operator 'http'."],
  ['name=in:%22a', 'Invalid filter value "a. The quote is not closed.'],
  ['name=in:a%22b%22', 'Invalid filter value a"b". There is no comma before opening quotation mark.'],
  ['name=in:%22a%22b', 'Invalid filter value "a"b. There is no comma after closing quotation mark.'],
  ['created_at=gt:yesterday', 'Bad "created_at" query filter format. Use ISO 8601 DateTime notation.'],
  ['updated_at=gt:2020-02-30', 'Bad "updated_at" query filter format. Use ISO 8601 DateTime notation.'],
  ['created_at=xx:2020-01-01T00:00:00Z', 'Unable to filter on a unknown operator.'],
  ['changes-since=2020-01-01&limit=x', 'The "changes-since" filter is no longer available on v2.'],
  [
    'sort=owner',
    'Invalid sort key: owner. It must be one of the following: name, status, container_format, disk_format, size, id, created_at, updated_at.',
  ],
  ['sort=name:ASC', 'Invalid sort direction: ASC'],
  ['sort_dir=up', 'Invalid sort direction: up'],
  ['sort=name&sort_key=name', 'Old and new sorting syntax cannot be combined'],
  ['sort_key=name&sort_dir=asc&sort_dir=desc', 'Number of sort dirs does not match the number of sort keys'],
  ['marker=x', 'No image found with ID x'],
  [
    'x=%FF',
    'Error decoding your request. Either the URL or the request body contained characters that could not be decoded by Glance',
  ],
])('returns 400 for ?%s', async (query, message) => {
  const response = await createCloud().send('GET', `/v2/images?${query}`);
  expect([response.status, messageOf(response)]).toEqual([400, message]);
});

test('returns 500 for a filter by an attribute that the service stores in another table', async () => {
  expect((await createCloud().send('GET', '/v2/images?locations=x')).status).toBe(500);
});

test('sorts by both syntaxes', async () => {
  const cloud = await createScene();
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['', ['alpha', 'beta', 'gamma', 'delta']],
    ['sort_dir=asc', ['comma,name', 'accepted', 'pub1', 'delta']],
    ['sort=name:asc', ['accepted', 'alpha', 'beta', 'comma,name']],
    ['sort=name', ['pub1', 'gamma', 'delta', 'comma,name']],
    ['sort= name : asc'.replaceAll(' ', '%20').replace('%20:%20', ':'), ['accepted', 'alpha', 'beta', 'comma,name']],
    ['sort=disk_format:desc,name:asc', ['accepted', 'alpha', 'beta', 'comma,name']],
    ['sort=status:asc,size:asc', ['alpha', 'pub1', 'beta', 'delta']],
    ['sort=size:desc', ['delta', 'beta', 'pub1', 'alpha']],
    ['sort_key=name&sort_dir=asc', ['accepted', 'alpha', 'beta', 'comma,name']],
    ['sort_key=status&sort_key=name&sort_dir=asc&sort_dir=desc', ['pub1', 'delta', 'beta', 'alpha']],
    ['sort_key=status&sort_key=name&sort_dir=asc', ['alpha', 'beta', 'delta', 'pub1']],
  ];
  for (const [query, names] of cases) {
    expect([query, await cloud.names(`?limit=4&${query}`)]).toEqual([query, names]);
  }
});

test('repeats the query in links: each parameter once, with its last value, encoded like the service', async () => {
  const cloud = await createScene();
  const { body, text } = await cloud.send(
    'GET',
    '/v2/images?limit=2&marker=&tag=blue&tag=red&sort=name:asc'.replace('marker=&', ''),
  );
  expect(body.first).toBe('/v2/images?limit=2&tag=red&sort=name%3Aasc');
  expect(body.next).toBeUndefined();
  expect(text).toMatch(/^\{"images": \[\{.*\}\], "first": ".*", "schema": "\/v2\/schemas\/images"\}$/);
  const odd = await cloud.send('GET', "/v2/images?limit=1&a~b*c(d)=!'%20x&y");
  expect(odd.body.first).toBe('/v2/images?limit=1&a~b%2Ac%28d%29=%21%27+x&y=');
});

test('links to a next page whenever a page is full, and ends with an empty page', async () => {
  const cloud = await createScene();
  const names: (string | null)[] = [];
  let path: string | undefined = '/v2/images?visibility=private&limit=1';
  let pages = 0;
  while (path !== undefined) {
    const { body }: { body: { images: { name: string }[]; next?: string } } = await cloud.send('GET', path);
    names.push(...body.images.map((image) => image.name));
    path = body.next;
    pages += 1;
  }
  expect([names, pages]).toEqual([['alpha', 'beta', 'comma,name'], 4]);
});

test('returns an empty page for limit 0 and caps higher limits', async () => {
  const cloud = createCloud({ listDefault: 2, listMost: 3 });
  for (let index = 0; index < 4; index += 1) await cloud.create({});
  const empty = await cloud.send('GET', '/v2/images?limit=0');
  expect(empty.body).toEqual({ images: [], first: '/v2/images?limit=0', schema: '/v2/schemas/images' });
  expect(await cloud.names('')).toHaveLength(2);
  expect(await cloud.names('?limit=1_0')).toHaveLength(3);
});

test('rejects markers that the caller cannot see or that were deleted', async () => {
  const cloud = await createScene();
  const { ids } = cloud;
  const invisible = await cloud.send('GET', `/v2/images?marker=${ids['altpriv']}`);
  expect([invisible.status, messageOf(invisible)]).toEqual([
    403,
    `Forbidding request, image ${ids['altpriv']} not visible`,
  ]);
  expect(await cloud.names(`?marker=${ids['hidden']}`)).toEqual(['pub1', 'accepted', 'comma,name']);
  expect(await cloud.names(`?marker=${ids['altcom']}`)).toEqual(['accepted', 'comma,name']);
  expect(await cloud.names(`?marker=${ids['altpriv']}&limit=1`, 'admin')).toEqual(['accepted']);
  await cloud.send('DELETE', `/v2/images/${ids['beta']}`);
  expect((await cloud.send('GET', `/v2/images?marker=${ids['beta']}`)).status).toBe(400);
  expect(await cloud.names(`?marker=${ids['beta']}&limit=1`, 'admin')).toEqual(['gamma']);
});
