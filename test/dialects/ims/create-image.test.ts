import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  begin,
  CENTOS,
  codeOf,
  DISKS,
  imageOf,
  KEY,
  NOWHERE,
  run,
  serverId,
  show,
  startWithDisks,
} from './jobs-support.ts';
import type { Session } from './support.ts';

let demo: Session;
beforeEach(async () => {
  demo = await startWithDisks();
});

const create = (body: object) => demo.send('post', '/v2/cloudimages/action', body);
const quick = (body: object) => demo.send('post', '/v2/cloudimages/quickimport/action', body);
const data = (body: object) => demo.send('post', '/v1/cloudimages/dataimages/action', body);
const whole = (body: object) => demo.send('post', '/v1/cloudimages/wholeimages/action', body);

const FILE = { name: 'made', image_url: 'images:centos.qcow2', os_version: CENTOS, min_disk: 40 };
const QUICK = { ...FILE, image_url: 'images:centos.zvhd2' };
const DATA = { name: 'made', image_url: 'images:data.qcow2', min_disk: 40 };

describe('an image of a server', () => {
  const ofServer = (name: string, more: object = {}) =>
    create({ name: 'made', instance_id: serverId(demo, name), ...more });

  test('has properties that name its source, its kind of server and its disk size', async () => {
    const job = await run(
      demo,
      ofServer('stopped-1', { description: 'What it is for', tags: ['stage.test'], min_ram: 1024, max_ram: 4096 }),
    );
    expect(await imageOf(demo, job.entities.image_id)).toMatchObject({
      __description: 'What it is for',
      __data_origin: `instance,${serverId(demo, 'stopped-1')}`,
      virtual_env_type: 'FusionCompute',
      disk_format: 'zvhd2',
      container_format: 'bare',
      min_disk: 40,
      min_ram: 1024,
      max_ram: '4096',
      tags: ['stage=test'],
    });
  });

  test('requires a stopped server, unless the profile follows the guide', async () => {
    expect(await codeOf(ofServer('web-1'))).toEqual([400, 'IMG.0008']);
    expect(await codeOf(ofServer('building-1'))).toEqual([400, 'IMG.0008']);
    demo.world.setProfiles({ ims: { 'running-servers': 'guide' } });
    expect(await codeOf(ofServer('building-1'))).toEqual([400, 'IMG.0008']);
    expect((await run(demo, ofServer('web-1'))).status).toBe('SUCCESS');
  });

  test('rejects a busy server, and keeps the server busy', async () => {
    expect(await codeOf(ofServer('busy-1'))).toEqual([400, 'IMG.0010']);
    expect(await codeOf(ofServer('locked-1'))).toEqual([400, 'IMG.0010']);
    demo.world.setProgress({ snapshot: { pace: { by: 'polls', polls: 1 } } });
    const jobId = await begin(ofServer('stopped-1'));
    expect(await codeOf(ofServer('stopped-1', { name: 'second' }))).toEqual([400, 'IMG.0010']);
    await show(demo, jobId);
    expect((await show(demo, jobId)).status).toBe('SUCCESS');
    expect((await ofServer('stopped-1', { name: 'second' })).status).toBe(200);
  });

  test.each([
    ['an unknown server', { instance_id: NOWHERE }, 'IMG.0005'],
    ['what is no id of a server', { instance_id: 'stopped-1' }, 'IMG.0012'],
    ['a file beside the server', { image_url: 'images:centos.qcow2' }, 'IMG.0035'],
    ['data disks beside the server', { data_images: [{ name: 'a', volume_id: NOWHERE }] }, 'IMG.0035'],
    ['no name', { name: '' }, 'IMG.0013'],
    ['a name of 129 characters', { name: 'x'.repeat(129) }, 'IMG.0002'],
    ['a name with a slash', { name: 'a/b' }, 'IMG.0003'],
    ['a name that begins with a blank', { name: ' a' }, 'IMG.0003'],
    ['a name that is taken', { name: 'demo-private' }, 'IMG.0009'],
    ['a description of 1025 characters', { description: 'x'.repeat(1025) }, 'IMG.0004'],
    ['a description with an angle', { description: '<b>' }, 'IMG.0054'],
    ['a type that there is not', { type: 'VM' }, 'IMG.0024'],
    ['more least memory than most', { min_ram: 2048, max_ram: 1024 }, 'IMG.0055'],
    ['memory below nothing', { min_ram: -1 }, 'IMG.0055'],
    ['a way of booting that there is not', { hw_firmware_type: 'efi' }, 'IMG.0141'],
    ['processors that there are not', { architecture: 'sparc' }, 'IMG.0212'],
    ['tags of both forms', { tags: ['a.b'], image_tags: [{ key: 'a', value: 'b' }] }, 'IMG.0115'],
    ['a tag with a key of 37 characters', { image_tags: [{ key: 'k'.repeat(37), value: '' }] }, 'IMG.0115'],
    ['eleven tags', { tags: Array.from({ length: 11 }, (_, index) => `key${index}.x`) }, 'IMG.0116'],
    ['a project of the enterprise that is none', { enterprise_project_id: 'mine' }, 'IMG.0155'],
    ['a key that is none', { cmk_id: 'mine' }, 'IMG.0095'],
    ['a key for a server without a hypervisor', { cmk_id: KEY, type: 'BMS' }, 'IMG.0118'],
    ['a name that is no text', { name: 5 }, 'IMG.0001'],
  ])('is refused with %s', async (_case, more, code) => {
    expect(await codeOf(ofServer('stopped-1', more))).toEqual([400, code]);
    expect((await demo.send('get', '/v2/cloudimages?name=made')).body.images).toEqual([]);
  });

  test('is rejected over the image quota', async () => {
    demo.world.setLimits({ imageCountTotal: 1 });
    expect(await codeOf(ofServer('stopped-1'))).toEqual([400, 'IMG.0015']);
  });

  test('is rejected without a body, without a source, and with malformed JSON', async () => {
    expect(await codeOf(demo.send('post', '/v2/cloudimages/action'))).toEqual([400, 'IMG.0007']);
    expect(await codeOf(create({ name: 'made' }))).toEqual([400, 'IMG.0021']);
    const broken = demo.send('post', '/v2/cloudimages/action').set('Content-Type', 'application/json').send('{');
    expect(await codeOf(broken)).toEqual([400, 'IMG.0001']);
  });

  test('can have the name of another image when the profile allows duplicates', async () => {
    demo.world.setProfiles({ ims: { 'image-names': 'any' } });
    expect((await ofServer('stopped-1', { name: 'demo-private' })).status).toBe(200);
  });
});

describe('an image from a file', () => {
  test('has properties that name its file and its operating system', async () => {
    const job = await run(demo, create({ ...FILE, is_config: true, hw_firmware_type: 'uefi', cmk_id: KEY }));
    const [part] = job.entities.sub_jobs_result ?? [];
    const id = job.entities.image_id ?? part?.entities.image_id;
    expect(await imageOf(demo, id)).toMatchObject({
      __data_origin: 'file,images:centos.qcow2',
      __root_origin: 'file',
      __os_version: CENTOS,
      __platform: 'CentOS',
      __os_type: 'Linux',
      __os_bit: '64',
      __is_config_init: 'true',
      __system__cmkid: KEY,
      hw_firmware_type: 'uefi',
      min_disk: 40,
    });
  });

  test.each([
    ['an unknown file', { image_url: 'images:none.qcow2' }, 'IMG.0057'],
    ['an empty file', { image_url: 'images:empty.qcow2' }, 'IMG.0057'],
    ['a file that is no disk', { image_url: 'exports:notes.txt' }, 'IMG.0057'],
    ['a bucket that there is not', { image_url: 'nowhere:centos.qcow2' }, 'IMG.0069'],
    ['no bucket', { image_url: ':centos.qcow2' }, 'IMG.0068'],
    ['an address without a colon', { image_url: 'centos.qcow2' }, 'IMG.0017'],
    ['a file name with a space', { image_url: 'images:a b.qcow2' }, 'IMG.0175'],
    ['a file of more than 128 GB', { image_url: 'images:large.raw', min_disk: 1024 }, 'IMG.0059'],
    ['no size of a disk', { min_disk: undefined }, 'IMG.0055'],
    ['a disk of nothing', { min_disk: 0 }, 'IMG.0055'],
    ['a disk of 1025 GB', { min_disk: 1025 }, 'IMG.0055'],
    ['a disk too small for the file', { min_disk: 1 }, 'IMG.0055'],
    ['a system that there is not', { os_version: 'BeOS 5' }, 'IMG.0056'],
    ['an ISO for a server', { image_url: 'images:centos.iso' }, 'IMG.0057'],
    ['a disk for an ISO', { type: 'IsoImage' }, 'IMG.0057'],
    [
      'an ISO without its system',
      { type: 'IsoImage', image_url: 'images:centos.iso', os_version: undefined },
      'IMG.0166',
    ],
  ])('is refused with %s', async (_case, more, code) => {
    expect(await codeOf(create({ ...FILE, ...more }))).toEqual([400, code]);
  });

  test('is an ISO image when the file is one', async () => {
    const job = await run(demo, create({ ...FILE, type: 'IsoImage', image_url: 'images:centos.iso' }));
    const id = job.entities.image_id ?? job.entities.sub_jobs_result?.[0]?.entities.image_id;
    expect(await imageOf(demo, id)).toMatchObject({ disk_format: 'iso', virtual_env_type: 'IsoImage' });
  });

  test('is created with its data disks, each by a sub-job', async () => {
    const job = await run(
      demo,
      create({ ...FILE, data_images: [{ name: 'disk', image_url: 'images:data.qcow2', min_disk: 10 }] }),
    );
    expect(job.status).toBe('SUCCESS');
    const parts = job.entities.sub_jobs_result ?? [];
    expect(parts.map(({ job_type: type, entities }) => [type, entities.image_name])).toEqual([
      ['imsGoofysImportImageWithoutconfigJob', 'made'],
      ['imsImportDataImageJob', 'disk'],
    ]);
    expect(job.entities.sub_jobs_list).toEqual(parts.map(({ job_id: id }) => id));
    expect(await imageOf(demo, parts[1]?.entities.image_id)).toMatchObject({
      virtual_env_type: 'DataImage',
      status: 'active',
    });
  });

  test.each([
    ['the same file twice', [{ name: 'disk', image_url: 'images:centos.qcow2', min_disk: 10 }], 'IMG.0123'],
    ['the same name twice', [{ name: 'made', image_url: 'images:data.qcow2', min_disk: 10 }], 'IMG.0009'],
    [
      'four data disks',
      Array.from({ length: 4 }, (_, index) => ({ name: `d${index}`, image_url: `images:d${index}.raw`, min_disk: 10 })),
      'IMG.0001',
    ],
    ['a data disk without a size', [{ name: 'disk', image_url: 'images:data.qcow2' }], 'IMG.0055'],
  ])('is refused with %s', async (_case, disks, code) => {
    expect(await codeOf(create({ ...FILE, data_images: disks }))).toEqual([400, code]);
  });

  test('fails when a sub-job fails, and keeps the image of the other sub-job', async () => {
    const job = await run(
      demo,
      create({ ...FILE, data_images: [{ name: 'disk', image_url: 'images:broken.qcow2', min_disk: 10 }] }),
    );
    expect(job).toMatchObject({ status: 'FAIL', error_code: 'IMG.0057' });
    expect(job.entities.sub_jobs_result?.map(({ status }) => status)).toEqual(['SUCCESS', 'FAIL']);
  });
});

describe('an image from a large file', () => {
  test('accepts raw and zvhd2 files, also over 128 GB', async () => {
    const job = await run(demo, quick({ ...QUICK, image_url: 'images:large.raw', min_disk: 200 }));
    expect(job.status).toBe('SUCCESS');
  });

  test('is an image of a data disk on request', async () => {
    const job = await run(demo, quick({ ...QUICK, type: 'DataImage', os_version: undefined, os_type: 'Windows' }));
    const id = job.entities.image_id ?? job.entities.sub_jobs_result?.[0]?.entities.image_id;
    expect(job.job_type).toBe('imsImportDataImageJob');
    expect(await imageOf(demo, id)).toMatchObject({ virtual_env_type: 'DataImage', __os_type: 'Windows' });
  });

  test.each([
    ['a file of another format', { image_url: 'images:centos.qcow2' }, 'IMG.0057'],
    ['no system', { os_version: undefined }, 'IMG.0056'],
    ['a type for other calls', { type: 'IsoImage' }, 'IMG.0024'],
    ['a system of a data disk that there is not', { type: 'DataImage', os_type: 'Other' }, 'IMG.0122'],
    ['arm that boots by bios', { architecture: 'arm', hw_firmware_type: 'bios' }, 'IMG.0035'],
    ['no size of a disk', { min_disk: undefined }, 'IMG.0055'],
  ])('is refused with %s', async (_case, more, code) => {
    expect(await codeOf(quick({ ...QUICK, ...more }))).toEqual([400, code]);
  });
});

describe('an image of a data disk', () => {
  test.each([
    ['39 GB', { min_disk: 39 }, 'IMG.0055'],
    ['2049 GB', { min_disk: 2049 }, 'IMG.0055'],
    ['an ova', { image_url: 'images:appliance.ova' }, 'IMG.0057'],
    ['a system that there is not', { os_type: 'BeOS' }, 'IMG.0122'],
  ])('is refused with %s', async (_case, more, code) => {
    expect(await codeOf(data({ ...DATA, ...more }))).toEqual([400, code]);
  });

  test('needs a disk from 40 to 2048 GB', async () => {
    expect((await data(DATA)).status).toBe(200);
    expect((await data({ ...DATA, name: 'second', min_disk: 2048 })).status).toBe(200);
  });
});

describe('images from volumes', () => {
  const volume = (name: string, id: string) => ({ name, volume_id: id });

  test('are created from several volumes of one server in one job', async () => {
    const disks = [volume('one', DISKS['data-1']), volume('two', DISKS['data-2'])];
    const job = await run(demo, create({ data_images: disks }));
    expect(job).toMatchObject({ job_type: 'imsVolumesToSysDataImagesJob', status: 'SUCCESS' });
    const [one] = job.entities.sub_jobs_result ?? [];
    expect(await imageOf(demo, one?.entities.image_id)).toMatchObject({
      name: 'one',
      min_disk: 100,
      virtual_env_type: 'DataImage',
      __data_origin: `volume,${DISKS['data-1']}`,
    });
  });

  test.each([
    ['of two servers', { data_images: [volume('a', DISKS['data-1']), volume('b', DISKS['other-data'])] }, 'IMG.0140'],
    ['of a volume that there is not', { data_images: [volume('a', NOWHERE)] }, 'IMG.0120'],
    ['of a volume that is being attached', { data_images: [volume('a', DISKS.attaching)] }, 'IMG.0022'],
    ['of a volume without its system', volume('a', DISKS['data-1']), 'IMG.0056'],
  ])('are refused %s', async (_case, body, code) => {
    expect(await codeOf(create(body))).toEqual([400, code]);
  });
});

describe('a full-ECS image', () => {
  test('creates a backup of its kind', async () => {
    const body = { name: 'made', instance_id: serverId(demo, 'db-1') };
    const job = await run(demo, whole(body));
    const image = await imageOf(demo, job.entities.image_id);
    expect(image).toMatchObject({
      __whole_image: true,
      virtual_env_type: 'FusionCompute',
      __backup_id: expect.any(String),
    });
    const backup = demo.world.volumes.backup(demo, String(image['__backup_id']));
    expect(backup).toMatchObject({ kind: 'CSBS', imageId: image['id'] });
    const second = await run(demo, whole({ ...body, name: 'second', vault_id: KEY }));
    const other = await imageOf(demo, second.entities.image_id);
    expect(demo.world.volumes.backup(demo, String(other['__backup_id']))?.kind).toBe('CBR');
  });

  test('shows __whole_image, also in lists, which can filter by it', async () => {
    const job = await run(demo, whole({ name: 'made', backup_id: DISKS.csbs }));
    const { images } = (await demo.send('get', '/v2/cloudimages?__whole_image=true')).body;
    expect(images.map((image: { id: string }) => image.id)).toEqual([job.entities.image_id]);
    expect(images[0]).toMatchObject({ __whole_image: true });
  });

  test('cannot be shared by either operation when its backup is CSBS', async () => {
    const job = await run(demo, whole({ name: 'made', backup_id: DISKS.csbs }));
    const member = (await demo.as('alt_demo')).projectId;
    const native = await demo.send('post', `/v2/images/${job.entities.image_id}/members`, { member });
    expect(native.status).toBe(403);
    const body = { images: [job.entities.image_id], projects: [member] };
    expect(await codeOf(demo.send('post', '/v1/cloudimages/members', body))).toEqual([400, 'IMG.0135']);
  });

  test('is shared with up to ten projects, which accept with a vault, when its backup is CBR', async () => {
    const job = await run(demo, whole({ name: 'made', backup_id: DISKS.cbr, whole_image_type: 'CBR' }));
    const path = `/v2/images/${job.entities.image_id}/members`;
    const alt = await demo.as('alt_demo');
    for (let index = 0; index < 10; index += 1) {
      const member = index === 0 ? alt.projectId : `project-${index}`;
      expect((await demo.send('post', path, { member })).status).toBe(200);
    }
    expect((await demo.send('post', path, { member: 'project-10' })).status).toBe(413);
    const answer = (body: object) => alt.send('put', `${path}/${alt.projectId}`, body);
    expect((await answer({ status: 'accepted' })).status).toBe(400);
    expect((await answer({ status: 'rejected' })).status).toBe(200);
    expect((await answer({ status: 'accepted', vault_id: KEY })).body.status).toBe('accepted');
  });

  test('leaves no backup when it fails', async () => {
    demo.world.setProgress({ snapshot: { pace: { by: 'once' }, failure: { code: null, message: null } } });
    const job = await run(demo, whole({ name: 'made', instance_id: serverId(demo, 'db-1') }));
    expect(job.status).toBe('FAIL');
    const image = demo.world.images.peek(demo.idOf('made'));
    expect(demo.world.volumes.backup(demo, image?.properties['__backup_id'] ?? '')).toBeUndefined();
  });

  test('reserves its backup until the image is deleted', async () => {
    const body = { name: 'made', backup_id: DISKS.csbs };
    const job = await run(demo, whole(body));
    expect(await codeOf(whole({ ...body, name: 'second' }))).toEqual([400, 'IMG.0134']);
    expect((await demo.send('delete', `/v2/images/${job.entities.image_id}`)).status).toBe(204);
    expect((await run(demo, whole({ ...body, name: 'second' }))).status).toBe('SUCCESS');
  });

  test.each([
    [undefined, true],
    [{}, true],
    [{ delete_backup: false }, true],
    [{ delete_backup: true }, false],
  ])('that is deleted with the body %p leaves its backup: %p', async (body, isLeft) => {
    const job = await run(demo, whole({ name: 'made', backup_id: DISKS.cbr, whole_image_type: 'CBR' }));
    expect((await demo.send('delete', `/v2/images/${job.entities.image_id}`, body)).status).toBe(204);
    expect(demo.world.volumes.backup(demo, DISKS.cbr) !== undefined).toBe(isLeft);
  });

  test('deletes only its own backup', async () => {
    const id = await demo.make({ __backup_id: DISKS.csbs });
    expect((await demo.send('delete', `/v2/images/${id}`, { delete_backup: true })).status).toBe(204);
    expect(demo.world.volumes.backup(demo, DISKS.csbs)).toBeDefined();
  });

  test.each([
    ['of an unknown server', { instance_id: NOWHERE }, 'IMG.0005'],
    ['of a backup and a server', { instance_id: NOWHERE, backup_id: DISKS.csbs }, 'IMG.0035'],
    ['of a backup that there is not', { backup_id: NOWHERE }, 'IMG.0127'],
    ['of a backup of the other kind', { backup_id: DISKS.cbr }, 'IMG.0198'],
    ['of a backup of a kind that there is not', { backup_id: DISKS.cbr, whole_image_type: 'VBS' }, 'IMG.0198'],
    ['of a backup that is not ready', { backup_id: DISKS.unfinished }, 'IMG.0132'],
    ['without a server or a backup', {}, 'IMG.0012'],
    ['of a kind of backup without a backup', { whole_image_type: 'CBR' }, 'IMG.0019'],
  ])('is refused %s', async (_case, more, code) => {
    expect(await codeOf(whole({ name: 'made', ...more }))).toEqual([400, code]);
  });

  test('rejects a server that is neither running nor stopped', async () => {
    expect(await codeOf(whole({ name: 'made', instance_id: serverId(demo, 'building-1') }))).toEqual([400, 'IMG.0126']);
  });
});

describe('a registered image', () => {
  const fill = (id: string, url: unknown = 'images:centos.qcow2') =>
    demo.send('put', `/v1/cloudimages/${id}/upload`, { image_url: url });

  test('has the data of the file', async () => {
    const id = await demo.make({ min_disk: 40 });
    const job = await run(demo, fill(id));
    expect([job.job_type, job.status]).toEqual(['imsNativeImportImageJob', 'SUCCESS']);
    expect(await imageOf(demo, id)).toMatchObject({ status: 'active', __image_size: String(2 * 1024 ** 3) });
    expect(await codeOf(fill(id))).toEqual([400, 'IMG.0046']);
  });

  test('is killed when the import fails', async () => {
    const id = await demo.make({ min_disk: 40 });
    expect((await run(demo, fill(id, 'images:broken.qcow2'))).status).toBe('FAIL');
    expect((await imageOf(demo, id))['status']).toBe('killed');
  });

  test('rejects an unknown file, a file larger than its disk, and an image of another project', async () => {
    const id = await demo.make({ min_disk: 1 });
    expect(await codeOf(fill(id))).toEqual([400, 'IMG.0055']);
    expect(await codeOf(fill(id, 'images:none.raw'))).toEqual([400, 'IMG.0057']);
    expect(await codeOf(fill('nonsense'))).toEqual([400, 'IMG.0066']);
    expect(await codeOf(fill(NOWHERE))).toEqual([404, 'IMG.0027']);
    expect(await codeOf(fill(demo.idOf('cirros-0.6.2-x86_64-disk')))).toEqual([400, 'IMG.0083']);
  });
});
