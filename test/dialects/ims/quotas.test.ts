import { expect, test } from '@jest/globals';
import { compile } from '../../../src/contract/schema.ts';
import { contract } from '../../../src/dialects/ims/contract.ts';
import { start } from './support.ts';

const checkQuota = compile(contract.operations.showQuota.response);
const checkVersions = compile(contract.operations.listOsVersions.response);

interface Platform {
  readonly platform: string;
  readonly version_list: readonly { readonly os_version: string; readonly os_bit: number; readonly os_type: string }[];
}

test('the quota counts the images of the project and has the limit of the world', async () => {
  const alt = await (await start()).as('alt_demo');
  const path = '/v1/cloudimages/quota';
  const before = (await alt.send('get', path)).body.quotas.resources[0];
  expect(before).toEqual({ type: 'image', used: expect.any(Number), quota: 1000, min: 1, max: 1000 });
  await alt.createImage();
  alt.world.setLimits({ imageCountTotal: 20 });
  const response = await alt.send('get', path);
  expect(checkQuota(response.body)).toEqual([]);
  expect(response.body.quotas.resources).toEqual([{ ...before, used: before.used + 1, quota: 20 }]);
});

test('operating systems are listed by platform', async () => {
  const demo = await start();
  const response = await demo.send('get', '/v1/cloudimages/os_version');
  expect(response.status).toBe(200);
  expect(checkVersions(response.body)).toEqual([]);
  const suse = response.body.find(({ platform }: Platform) => platform === 'SUSE');
  expect(suse.version_list).toContainEqual({
    platform: 'SUSE',
    os_version_key: 'SUSE Linux Enterprise Server 15 64bit',
    os_version: 'SUSE Linux Enterprise Server 15 64bit',
    os_bit: 64,
    os_type: 'Linux',
  });
});

test('operating systems are filtered by features, which can be repeated', async () => {
  const demo = await start();
  const versions = async (search: string): Promise<readonly string[]> => {
    const { body } = await demo.send('get', `/v1/cloudimages/os_version?${search}`);
    return body.flatMap(({ version_list }: Platform) => version_list.map(({ os_version }) => os_version));
  };
  const all = await versions('');
  const uefi = await versions('tag=uefi');
  expect(uefi.length).toBeGreaterThan(0);
  expect(uefi.length).toBeLessThan(all.length);
  expect(uefi.filter((version) => /32 ?bit/.test(version))).toEqual([]);
  const both = await versions('tag=uefi&tag=arm');
  expect(both.length).toBeGreaterThan(0);
  expect(both.every((version) => uefi.includes(version) && !version.startsWith('Windows'))).toBe(true);
  const unknown = await demo.send('get', '/v1/cloudimages/os_version?tag=quantum');
  expect([unknown.status, unknown.body.error.code]).toEqual([400, 'IMG.0017']);
});

test('the list of operating systems returns 404 when the profile removes it', async () => {
  const demo = await start();
  demo.world.setProfiles({ ims: { 'huawei-calls': 'absent' } });
  const response = await demo.send('get', '/v1/cloudimages/os_version');
  expect([response.status, response.body.error_code]).toEqual([404, 'APIGW.0101']);
});
