import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Session, start } from './support.ts';

const PROJECT = '5f0c1e9a-1111-4222-8333-444455556666';

let demo: Session;
beforeEach(async () => {
  demo = await start();
  place('in-project', { enterprise_project_id: PROJECT });
  place('in-default', { enterprise_project_id: '0' });
  place('arm-by-mark', { __support_arm: 'true' });
  place('arm-by-architecture', { architecture: 'aarch64' });
});

/** Gives an image of the fixtures another name and other properties. */
function place(name: string, properties: Readonly<Record<string, string>>): void {
  const image = demo.world.images.peek(demo.idOf('demo-private'));
  if (image === undefined) throw new Error('no image');
  demo.world.images.place({ ...image, id: demo.world.ids.uuid(name), name, properties });
}

const list = (query: string) => demo.send('get', `/v2/cloudimages?limit=1000&${query}`);
const names = async (query: string): Promise<readonly string[]> => {
  const { status, body } = await list(query);
  if (status !== 200) throw new Error(`the list returned ${status}: ${JSON.stringify(body)}`);
  return body.images.map(({ name }: { readonly name: string }) => name);
};

describe('the list of images of IMS', () => {
  test('contains the images of the default enterprise project for 0', async () => {
    const found = await names('enterprise_project_id=0');
    expect(found).toEqual(expect.arrayContaining(['in-default', 'demo-private']));
    expect(found).not.toContain('in-project');
  });

  test('contains the images of one enterprise project', async () => {
    expect(await names(`enterprise_project_id=${PROJECT}`)).toEqual(['in-project']);
  });

  test('contains the images of all enterprise projects for all_granted_eps', async () => {
    expect(await names('enterprise_project_id=all_granted_eps')).toEqual(await names(''));
  });

  test('divides the images by their architecture', async () => {
    const arm = await names('architecture=arm');
    expect([...arm].sort()).toEqual(['arm-by-architecture', 'arm-by-mark']);
    const x86 = await names('architecture=x86');
    expect(x86.filter((name) => arm.includes(name))).toEqual([]);
    expect(x86.length + arm.length).toBe((await names('')).length);
  });

  test('contains the public images that a flavor has the memory for', async () => {
    const found = await names('flavor_id=1');
    expect(found).toEqual(expect.arrayContaining(['cirros-0.6.2-x86_64-disk', 'debian-12-genericcloud']));
    expect(found).not.toContain('ubuntu-24.04-server');
    expect(found).not.toContain('demo-private');
    expect(await names('flavor_id=unknown')).toEqual([]);
  });

  test.each([
    ['enterprise_project_id=mine', 'IMG.0155'],
    ['architecture=riscv', 'IMG.0017'],
  ])('rejects %s', async (query, code) => {
    const { status, body } = await list(query);
    expect([status, body.error.code]).toEqual([400, code]);
  });

  test('takes the same filters for its tags', async () => {
    const { status } = await demo.send('get', '/v1/cloudimages/tags?enterprise_project_id=0&architecture=x86');
    expect(status).toBe(200);
  });
});
