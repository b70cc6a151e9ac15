import { expect, test } from '@jest/globals';
import { defaultFixtures } from '../../../src/fixtures/default-fixtures.ts';
import type { FixtureSet } from '../../../src/fixtures/fixture-set.ts';
import { faultOf, type Session, start } from './support.ts';

const PATCH = 'application/openstack-images-v2.1-json-patch';

/** The default fixtures with a user who has these roles in the project demo. */
const withUsers = (roles: readonly string[]): FixtureSet => {
  const base = defaultFixtures();
  return {
    ...base,
    roles: [...new Set([...base.roles, ...roles])],
    users: [...base.users, { name: 'somebody', password: 'secret', roles: { demo: roles } }],
  };
};

/**
 * Returns the statuses of requests of one user: show, add a member, patch, add a tag, start a task, remove a member,
 * delete.
 */
async function statusesOf(session: Session): Promise<readonly number[]> {
  const image = `/v2/images/${session.idOf('demo-private')}`;
  const owner = await session.as('demo');
  await owner.send('post', `${image}/members`, { member: '1' });
  const change = session.send('patch', image).set('Content-Type', PATCH);
  const task = { type: 'import', input: { image_properties: { name: 'x' }, import_from: 'exports/my-image.vhd' } };
  return [
    (await session.send('get', image)).status,
    (await session.send('post', `${image}/members`, { member: '2' })).status,
    (await change.send('[{"op": "replace", "path": "/name", "value": "renamed"}]')).status,
    (await session.send('put', `${image}/tags/new`)).status,
    (await session.send('post', '/v2/tasks', task)).status,
    (await session.send('delete', `${image}/members/1`)).status,
    (await session.send('delete', image)).status,
  ];
}

const ALL = [200, 200, 200, 204, 201, 204, 204];
const CREATE = [200, 200, 200, 204, 201, 403, 403];
const READ = [200, 403, 403, 403, 403, 403, 403];
const NOTHING = [403, 403, 403, 403, 403, 403, 403];

test.each<[string[], readonly number[]]>([
  [['cloudImages:admin'], ALL],
  [['cloudImages:creator'], CREATE],
  [['cloudImages:observer'], READ],
  [['observer'], READ],
  [['observer', 'cloudImages:admin'], ALL],
  [['cloudImages:observer', 'admin'], ALL],
  [['cloudImages:creator', 'cloudImages:observer'], CREATE],
  [['identity:user-admin'], ALL],
  [['nova:admin'], NOTHING],
])('with the roles %j requests return %j', async (roles, statuses) => {
  const session = await start({ fixtures: withUsers(roles) });
  expect(await statusesOf(await session.as('somebody', 'demo'))).toEqual(statuses);
});

test('an error for a missing role is a fault object', async () => {
  const session = await start({ fixtures: withUsers(['cloudImages:creator']) });
  const other = await session.as('somebody', 'demo');
  const rejected = await other.send('delete', `/v2/images/${session.idOf('demo-private')}`);
  expect(rejected.body).toEqual(faultOf('forbidden', 403));
});
