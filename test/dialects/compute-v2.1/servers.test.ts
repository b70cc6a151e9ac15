import { beforeEach, describe, expect, test } from '@jest/globals';
import { faultOf, openSession, type Session } from './support.ts';

let demo: Session;
beforeEach(async () => {
  demo = await openSession();
});

interface Named {
  readonly id: string;
  readonly name: string;
}

const namesOf = async (search: string, session = demo): Promise<readonly string[]> => {
  const { status, body } = await session.send('get', `/servers${search}`);
  if (status !== 200) throw new Error(`the list returned ${status}`);
  return body.servers.map(({ name }: Named) => name);
};

describe('The list of servers', () => {
  test('has the servers of the project, newest first', async () => {
    expect(await namesOf('')).toEqual(['stopped-1', 'locked-1', 'busy-1', 'building-1', 'db-1', 'web-1']);
    expect(await namesOf('', await demo.as('alt_demo'))).not.toContain('web-1');
  });

  test('shows id, name and links, and everything in detail', async () => {
    const [server] = (await demo.send('get', '/servers?name=web-1')).body.servers;
    const id = demo.serverId('web-1');
    const url = `http://cloud/compute/v2.1/${demo.projectId}/servers/${id}`;
    expect(server).toEqual({
      id,
      name: 'web-1',
      links: [
        { rel: 'self', href: url },
        { rel: 'bookmark', href: url.replace('/v2.1', '') },
      ],
    });
    const [detail] = (await demo.send('get', '/servers/detail?name=web-1')).body.servers;
    expect(detail).toMatchObject({
      id,
      status: 'ACTIVE',
      metadata: { role: 'web' },
      image: { id: demo.imageId('in-use-by-web-1') },
      flavor: { id: '2' },
      created: '2026-02-07T10:00:00Z',
      'OS-EXT-STS:vm_state': 'active',
    });
  });

  test.each([
    ['?status=shutoff', ['stopped-1']],
    ['?status=ACTIVE&name=b-1', ['web-1', 'db-1']],
    ['?name=^b', ['busy-1', 'building-1']],
    ['?name=^b-1$', []],
    ['?status=nope', []],
    ['?limit=0', []],
    ['?unknown=1&name=web', ['web-1']],
  ])('is filtered by %s', async (search, names) => {
    expect([...(await namesOf(search))].sort()).toEqual([...names].sort());
  });

  test.each([
    ['?sort_key=display_name&sort_dir=asc', ['building-1', 'busy-1', 'db-1', 'locked-1', 'stopped-1', 'web-1']],
    ['?sort_key=display_name', ['web-1', 'stopped-1', 'locked-1', 'db-1', 'busy-1', 'building-1']],
    ['?sort_dir=asc', ['web-1', 'db-1', 'building-1', 'busy-1', 'locked-1', 'stopped-1']],
    ['?sort_key=vm_state&sort_key=display_name&sort_dir=asc&limit=3', ['busy-1', 'db-1', 'locked-1']],
    ['?sort_key=vm_state&sort_dir=desc&sort_key=display_name&sort_dir=asc&limit=2', ['stopped-1', 'building-1']],
    ['?sort_key=memory_mb&sort_dir=asc', ['stopped-1', 'locked-1', 'busy-1', 'building-1', 'db-1', 'web-1']],
  ])('is sorted by %s', async (search, names) => {
    expect(await namesOf(search)).toEqual(names);
  });

  test('goes on in its order, and is sorted by hosts for administrators alone', async () => {
    const search = '?sort_key=display_name&sort_dir=asc';
    const marker = demo.serverId('db-1');
    await demo.send('delete', `/servers/${marker}`).expect(204);
    expect(await namesOf(`${search}&marker=${marker}`)).toEqual(['locked-1', 'stopped-1', 'web-1']);
    const denied = [403, 'forbidden', 'Only administrators can sort servers by host'];
    expect(await faultOf(demo.send('get', '/servers?sort_key=host'))).toEqual(denied);
  });

  test('has a next link on every full page', async () => {
    const first = await demo.send('get', '/servers?limit=4');
    const [next] = first.body.servers_links;
    const last = first.body.servers.at(-1) as Named;
    expect(next).toEqual({
      rel: 'next',
      href: `http://cloud/compute/v2.1/${demo.projectId}/servers?limit=4&marker=${last.id}`,
    });
    const second = await demo.send('get', `/servers${new URL(next.href).search}`);
    expect(second.body.servers).toHaveLength(2);
    expect(second.body.servers_links).toBeUndefined();
  });

  test('goes on after a server that was deleted meanwhile, or that belongs to another project', async () => {
    const marker = demo.serverId('busy-1');
    expect(await namesOf(`?marker=${marker}`, await demo.as('alt_demo'))).toEqual([]);
    await demo.send('delete', `/servers/${marker}`).expect(204);
    expect(await namesOf(`?marker=${marker}`)).toEqual(['building-1', 'db-1', 'web-1']);
  });

  test.each([
    ['?limit=-1', "Invalid input for query parameters limit. Value: -1. '-1' does not match '^[0-9]*$'"],
    ['?limit=', "Invalid input for query parameters limit. Value: . '' is too short"],
    ['?marker=nope', 'marker [nope] not found'],
    ['?sort_dir=up', "Invalid input received: Unknown sort direction, must be 'desc' or 'asc'"],
    ['?sort_dir=', "Invalid input received: Unknown sort direction, must be 'desc' or 'asc'"],
    ['?sort_dir=asc&sort_dir=asc', 'Invalid input received: Sort direction size exceeds sort key size'],
  ])('is rejected for %s', async (search, message) => {
    expect(await faultOf(demo.send('get', `/servers${search}`))).toEqual([400, 'badRequest', message]);
  });

  test.each([
    ['?sort_key=name', 1],
    ['?sort_key=', 1],
    ['?sort_key=memory_mb', 75],
  ])('is rejected for %s at minor version %p', async (search, minor) => {
    const [status, name, message] = await faultOf(demo.send('get', `/servers${search}`, minor));
    expect([status, name]).toEqual([400, 'badRequest']);
    expect(message).toMatch(
      /^Invalid input for query parameters sort_key\. Value: .* is not one of \['access_ip_v4', /,
    );
  });

  test('of all projects is reserved to administrators', async () => {
    expect((await faultOf(demo.send('get', '/servers?all_tenants=1'))).slice(0, 2)).toEqual([403, 'forbidden']);
    expect((await faultOf(demo.send('get', '/servers/detail?all_tenants=true')))[0]).toBe(403);
    expect(await namesOf('?all_tenants=1', await demo.as('admin'))).toContain('web-1');
  });
});

describe('A server', () => {
  test('has members that microversions added', async () => {
    const show = async (minor: number) =>
      (await demo.send('get', `/servers/${demo.serverId('locked-1')}`, minor)).body.server;
    expect(await show(8)).not.toHaveProperty('locked');
    expect(await show(9)).toHaveProperty('locked', true);
    expect((await show(46)).flavor).toHaveProperty('links');
    expect((await show(47)).flavor).toMatchObject({ original_name: 'm1.tiny', vcpus: 1, ram: 512, disk: 1 });
    expect(await show(71)).toHaveProperty('server_groups', []);
  });

  test('of another project and an unknown one return 404', async () => {
    const missingId = '5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77';
    expect(await faultOf(demo.send('get', `/servers/${missingId}`))).toEqual([
      404,
      'itemNotFound',
      `Instance ${missingId} could not be found.`,
    ]);
    const alt = await demo.as('alt_demo');
    expect((await alt.send('get', `/servers/${demo.serverId('web-1')}`)).status).toBe(404);
  });

  test('that runs from a volume has an empty string as its image', async () => {
    expect((await demo.send('get', `/servers/${demo.serverId('db-1')}`)).body.server.image).toBe('');
  });
});

describe('Limits', () => {
  const absolute = async (minor?: number) => (await demo.send('get', '/limits', minor)).body.limits.absolute;

  test('show the limits and the usage of a project', async () => {
    const response = await demo.send('get', '/limits');
    expect(response.status).toBe(200);
    expect(response.body.limits.rate).toEqual([]);
    expect(response.body.limits.absolute).toMatchObject({
      maxTotalInstances: 10,
      maxTotalCores: 20,
      maxTotalRAMSize: 51_200,
      maxTotalKeypairs: 100,
      maxServerMeta: 128,
      maxImageMeta: 128,
      totalInstancesUsed: 6,
      totalCoresUsed: 7,
      totalRAMUsed: 8192,
    });
  });

  test('lose members in later microversions', async () => {
    expect(await absolute(35)).toHaveProperty('maxSecurityGroups');
    expect(await absolute(36)).not.toHaveProperty('maxSecurityGroups');
    expect(await absolute(38)).toHaveProperty('maxImageMeta');
    expect(await absolute(39)).not.toHaveProperty('maxImageMeta');
    expect(await absolute(56)).toHaveProperty('maxPersonality');
    expect(await absolute(57)).not.toHaveProperty('maxPersonality');
  });

  test('show a lower quota of properties of the world', async () => {
    demo.world.setLimits({ imagePropertyQuota: 12 });
    expect(await absolute()).toHaveProperty('maxImageMeta', 12);
  });

  test('of another project are reserved to administrators', async () => {
    const search = `/limits?tenant_id=${demo.projectId}`;
    expect(await faultOf(demo.send('get', search))).toEqual([
      403,
      'forbidden',
      "Policy doesn't allow os_compute_api:limits:other_project to be performed.",
    ]);
    const admin = await demo.as('admin');
    expect((await admin.send('get', search)).body.limits.absolute.totalInstancesUsed).toBe(6);
  });

  test('reject unknown parameters from 2.75', async () => {
    expect((await demo.send('get', '/limits?nope=1', 74)).status).toBe(200);
    expect(await faultOf(demo.send('get', '/limits?nope=1', 75))).toEqual([
      400,
      'badRequest',
      "Additional properties are not allowed ('nope' was unexpected)",
    ]);
  });
});
