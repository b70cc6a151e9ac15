import { afterEach, describe, expect, test } from '@jest/globals';
import { type Sideglance, type SideglanceOptions, startSideglance } from '../../../src/index.ts';
import { InputError } from '../../../src/input/input-error.ts';
import type { Fixtures } from '../../../src/input/types/fixtures.ts';
import { login } from '../../support/emulator.ts';
import { filesOf } from '../../support/files.ts';

const FIXTURES: Fixtures = {
  metadefs: [
    {
      namespace: 'OS::Compute::Test',
      visibility: 'public',
      protected: true,
      owner: 'demo',
      resource_type_associations: [{ name: 'OS::Nova::Flavor', prefix: 'hw:' }],
      properties: { cpus: { title: 'CPUs', type: 'integer', minimum: 1, default: 2 } },
      objects: [{ name: 'limits', properties: { max: { title: 'Maximum', type: 'integer' } } }],
      tags: [{ name: 'golden' }],
    },
  ],
};

const running: Sideglance[] = [];
const start = async (options: SideglanceOptions): Promise<Sideglance> => {
  const cloud = await startSideglance(options);
  running.push(cloud);
  return cloud;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((cloud) => cloud.close()));
});

interface JsonResponse {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: responses are checked member by member
  readonly body: any;
}

async function send(
  cloud: Sideglance,
  method: string,
  path: string,
  body?: object,
  world?: string,
): Promise<JsonResponse> {
  const token = await login(cloud.url, { user: 'admin', ...(world !== undefined && { world }) });
  const response = await fetch(`${cloud.url}${world === undefined ? '' : `/w/${world}`}/image/v2/metadefs${path}`, {
    method,
    headers: { 'X-Auth-Token': token, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

const names = async (cloud: Sideglance, world?: string): Promise<readonly string[]> =>
  (await send(cloud, 'GET', '/namespaces', undefined, world)).body.namespaces.map(
    ({ namespace }: { namespace: string }) => namespace,
  );

describe('metadata definitions', () => {
  test('are created from fixtures', async () => {
    const cloud = await start({ fixtures: FIXTURES });
    const { body } = await send(cloud, 'GET', '/namespaces/OS::Compute::Test');
    expect(body).toMatchObject({
      visibility: 'public',
      protected: true,
      resource_type_associations: [{ name: 'OS::Nova::Flavor', prefix: 'hw:' }],
      properties: { cpus: { type: 'integer', title: 'CPUs', default: '2', minimum: 1 } },
      objects: [{ name: 'limits' }],
      tags: [{ name: 'golden' }],
    });
    expect(body.owner).toMatch(/^[0-9a-f]{32}$/);
    expect((await send(cloud, 'DELETE', '/namespaces/OS::Compute::Test')).status).toBe(403);
  });

  test('are isolated by world, and a fork starts with those of its parent', async () => {
    const cloud = await start({ fixtures: FIXTURES });
    cloud.worlds.create({ name: 'other' });
    await send(cloud, 'POST', '/namespaces', { namespace: 'mine', tags: [{ name: 'a' }] }, 'other');
    expect(await names(cloud)).toEqual(['OS::Compute::Test']);
    cloud.worlds.create({ name: 'child', fork: 'other' });
    await send(cloud, 'PUT', '/namespaces/mine', { namespace: 'yours' }, 'other');
    await send(cloud, 'POST', '/namespaces/mine/tags/b', undefined, 'child');
    expect(await names(cloud, 'child')).toEqual(['mine', 'OS::Compute::Test']);
    expect(await names(cloud, 'other')).toEqual(['yours', 'OS::Compute::Test']);
    const { body } = await send(cloud, 'GET', '/namespaces/yours/tags', undefined, 'other');
    expect(body.tags).toEqual([{ name: 'a' }]);
  });

  test('are reset with their world', async () => {
    const cloud = await start({ fixtures: FIXTURES });
    await send(cloud, 'POST', '/namespaces', { namespace: 'mine' });
    await send(cloud, 'PUT', '/namespaces/OS::Compute::Test', { namespace: 'renamed' });
    cloud.world().reset();
    expect(await names(cloud)).toEqual(['OS::Compute::Test']);
  });

  test('survive a restart with a state file', async () => {
    const state = filesOf({ 'fixtures.json': JSON.stringify(FIXTURES) })('state.json');
    const before = await startSideglance({ fixtures: FIXTURES, state });
    await send(before, 'POST', '/namespaces', { namespace: 'gone' });
    await send(before, 'POST', '/namespaces', { namespace: 'first', objects: [{ name: 'o' }] });
    await send(before, 'DELETE', '/namespaces/gone');
    await send(before, 'POST', '/namespaces/first/tags', { tags: [{ name: 'b' }, { name: 'a' }] });
    await send(before, 'PUT', '/namespaces/first/tags/b', { name: 'c' });
    await send(before, 'PUT', '/namespaces/first', { namespace: 'renamed' });
    await before.close();
    const after = await start({ fixtures: FIXTURES, state });
    expect(await names(after)).toEqual(['renamed', 'OS::Compute::Test']);
    const { body } = await send(after, 'GET', '/namespaces/renamed');
    expect(body.tags).toEqual([{ name: 'a' }, { name: 'c' }]);
    expect(body.objects).toHaveLength(1);
    expect((await send(after, 'GET', '/resource_types')).body.resource_types).toHaveLength(1);
    await send(after, 'POST', '/namespaces', { namespace: 'youngest' });
    expect((await names(after))[0]).toBe('youngest');
    after.world().reset();
    expect(await names(after)).toEqual(['OS::Compute::Test']);
  });
});

describe('fixtures of metadata definitions are rejected', () => {
  test.each([
    ['with an unknown member', [{ namespace: 'a', visibilty: 'public' }], '/metadefs/0/visibilty'],
    ['without a name', [{ description: 'd' }], '/metadefs/0'],
    [
      'with a property without a type',
      [{ namespace: 'a', properties: { p: { title: 't' } } }],
      '/metadefs/0/properties/p',
    ],
    ['with two namespaces of the same name', [{ namespace: 'a' }, { namespace: 'a' }], '/metadefs/1/namespace'],
    ['with two tags of the same name', [{ namespace: 'a', tags: [{ name: 't' }, { name: 't' }] }], '/metadefs/0'],
    [
      'with a non-ASCII default',
      [{ namespace: 'a', properties: { p: { title: 't', type: 'string', default: 'é' } } }],
      '/metadefs/0',
    ],
  ])('%s', async (_title, metadefs, pointer) => {
    const rejection = await startSideglance({ fixtures: { metadefs } as Fixtures }).then(
      (cloud) => cloud.close(),
      (error: unknown) => error,
    );
    expect(rejection).toBeInstanceOf(InputError);
    expect((rejection as InputError).issues[0]?.pointer).toBe(pointer);
  });
});
