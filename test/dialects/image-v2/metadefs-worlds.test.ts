import { afterEach, describe, expect, test } from '@jest/globals';
import { type Sideglance, type SideglanceOptions, startSideglance } from '../../../src/index.ts';
import { InputError } from '../../../src/input/input-error.ts';
import { login } from '../../support/emulator.ts';
import { filesOf } from '../../support/files.ts';

const FIXTURES = {
  metadefs: [
    {
      namespace: 'OS::Compute::Test',
      visibility: 'public',
      protected: true,
      owner: 'demo',
      resource_type_associations: [{ name: 'OS::Nova::Flavor', prefix: 'hw:' }],
      properties: { cpus: { title: 'CPUs', type: 'integer', minimum: 1, default: 2 } },
      objects: [{ name: 'limits', properties: { most: { title: 'Most', type: 'integer' } } }],
      tags: [{ name: 'golden' }],
    },
  ],
};

const started: Sideglance[] = [];
const start = async (options: SideglanceOptions): Promise<Sideglance> => {
  const cloud = await startSideglance(options);
  started.push(cloud);
  return cloud;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((cloud) => cloud.close()));
});

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at, not trusted
  readonly body: any;
}

async function send(cloud: Sideglance, method: string, path: string, body?: object, world?: string): Promise<Answer> {
  const token = await login(cloud.url, { user: 'admin', ...(world !== undefined && { world }) });
  const answer = await fetch(`${cloud.url}${world === undefined ? '' : `/w/${world}`}/image/v2/metadefs${path}`, {
    method,
    headers: { 'X-Auth-Token': token, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

const names = async (cloud: Sideglance, world?: string): Promise<readonly string[]> =>
  (await send(cloud, 'GET', '/namespaces', undefined, world)).body.namespaces.map(
    ({ namespace }: { namespace: string }) => namespace,
  );

describe('metadata definitions', () => {
  test('come with fixtures', async () => {
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

  test('of a world are its own, and a fork starts with those of its parent', async () => {
    const cloud = await start({ fixtures: FIXTURES });
    cloud.worlds.create({ name: 'beside' });
    await send(cloud, 'POST', '/namespaces', { namespace: 'mine', tags: [{ name: 'a' }] }, 'beside');
    expect(await names(cloud)).toEqual(['OS::Compute::Test']);
    cloud.worlds.create({ name: 'child', fork: 'beside' });
    await send(cloud, 'PUT', '/namespaces/mine', { namespace: 'yours' }, 'beside');
    await send(cloud, 'POST', '/namespaces/mine/tags/b', undefined, 'child');
    expect(await names(cloud, 'child')).toEqual(['mine', 'OS::Compute::Test']);
    expect(await names(cloud, 'beside')).toEqual(['yours', 'OS::Compute::Test']);
    const { body } = await send(cloud, 'GET', '/namespaces/yours/tags', undefined, 'beside');
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
    await send(before, 'PUT', '/namespaces/first', { namespace: 'kept' });
    await before.close();
    const after = await start({ fixtures: FIXTURES, state });
    expect(await names(after)).toEqual(['kept', 'OS::Compute::Test']);
    const { body } = await send(after, 'GET', '/namespaces/kept');
    expect(body.tags).toEqual([{ name: 'a' }, { name: 'c' }]);
    expect(body.objects).toHaveLength(1);
    expect((await send(after, 'GET', '/resource_types')).body.resource_types).toHaveLength(1);
    await send(after, 'POST', '/namespaces', { namespace: 'youngest' });
    expect((await names(after))[0]).toBe('youngest');
    after.world().reset();
    expect(await names(after)).toEqual(['OS::Compute::Test']);
  });
});

describe('fixtures of metadata definitions are refused', () => {
  test.each([
    ['with a member that there is not', [{ namespace: 'a', visibilty: 'public' }], '/metadefs/0/visibilty'],
    ['without a name', [{ description: 'd' }], '/metadefs/0'],
    [
      'with a property without a type',
      [{ namespace: 'a', properties: { p: { title: 't' } } }],
      '/metadefs/0/properties/p',
    ],
    ['with two of one name', [{ namespace: 'a' }, { namespace: 'a' }], '/metadefs/1/namespace'],
    ['with two tags of one name', [{ namespace: 'a', tags: [{ name: 't' }, { name: 't' }] }], '/metadefs/0'],
    [
      'with a default outside ASCII',
      [{ namespace: 'a', properties: { p: { title: 't', type: 'string', default: 'é' } } }],
      '/metadefs/0',
    ],
  ])('%s', async (_title, metadefs, pointer) => {
    const refusal = await startSideglance({ fixtures: { metadefs } }).then(
      (cloud) => cloud.close(),
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(InputError);
    expect((refusal as InputError).issues[0]?.pointer).toBe(pointer);
  });
});
