import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  CENTOS,
  codeOf,
  DISKS,
  imageOf,
  KEY,
  run,
  serverId,
  show,
  startJob,
  startWithDisks,
  UNKNOWN_ID,
} from './jobs-support.ts';
import type { Session } from './support.ts';

let demo: Session;
beforeEach(async () => {
  demo = await startWithDisks();
});

const createImage = (body: object) => demo.send('post', '/v2/cloudimages/action', body);
const quickImport = (body: object) => demo.send('post', '/v2/cloudimages/quickimport/action', body);
const createDataImage = (body: object) => demo.send('post', '/v1/cloudimages/dataimages/action', body);
const createWholeImage = (body: object) => demo.send('post', '/v1/cloudimages/wholeimages/action', body);

const FILE = { name: 'created', image_url: 'images:centos.qcow2', os_version: CENTOS, min_disk: 40 };
const QUICK = { ...FILE, image_url: 'images:centos.zvhd2' };
const DATA = { name: 'created', image_url: 'images:data.qcow2', min_disk: 40 };

describe('an image of a server', () => {
  const ofServer = (name: string, more: object = {}) =>
    createImage({ name: 'created', instance_id: serverId(demo, name), ...more });

  test('has properties with its source, its kind of server and its disk size', async () => {
    const job = await run(
      demo,
      ofServer('stopped-1', { description: 'A description', tags: ['stage.test'], min_ram: 1024, max_ram: 4096 }),
    );
    expect(await imageOf(demo, job.entities.image_id)).toMatchObject({
      __description: 'A description',
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

  test('rejects a busy server, and the server is busy until the job ends', async () => {
    expect(await codeOf(ofServer('busy-1'))).toEqual([400, 'IMG.0010']);
    expect(await codeOf(ofServer('locked-1'))).toEqual([400, 'IMG.0010']);
    demo.world.setProgress({ snapshot: { pace: { by: 'polls', polls: 1 } } });
    const jobId = await startJob(ofServer('stopped-1'));
    expect(await codeOf(ofServer('stopped-1', { name: 'second' }))).toEqual([400, 'IMG.0010']);
    await show(demo, jobId);
    expect((await show(demo, jobId)).status).toBe('SUCCESS');
    expect((await ofServer('stopped-1', { name: 'second' })).status).toBe(200);
  });

  test.each([
    ['an unknown server', { instance_id: UNKNOWN_ID }, 'IMG.0005'],
    ['an invalid server id', { instance_id: 'stopped-1' }, 'IMG.0012'],
    ['a server and a file', { image_url: 'images:centos.qcow2' }, 'IMG.0035'],
    ['a server and data disks', { data_images: [{ name: 'a', volume_id: UNKNOWN_ID }] }, 'IMG.0035'],
    ['no name', { name: '' }, 'IMG.0013'],
    ['a name of 129 characters', { name: 'x'.repeat(129) }, 'IMG.0002'],
    ['a name with a slash', { name: 'a/b' }, 'IMG.0003'],
    ['a name that begins with a space', { name: ' a' }, 'IMG.0003'],
    ['an existing name', { name: 'demo-private' }, 'IMG.0009'],
    ['a description of 1025 characters', { description: 'x'.repeat(1025) }, 'IMG.0004'],
    ['a description with angle brackets', { description: '<b>' }, 'IMG.0054'],
    ['an unknown type', { type: 'VM' }, 'IMG.0024'],
    ['a min_ram over max_ram', { min_ram: 2048, max_ram: 1024 }, 'IMG.0055'],
    ['a negative min_ram', { min_ram: -1 }, 'IMG.0055'],
    ['an unknown firmware type', { hw_firmware_type: 'efi' }, 'IMG.0141'],
    ['an unknown architecture', { architecture: 'sparc' }, 'IMG.0212'],
    ['tags in both forms', { tags: ['a.b'], image_tags: [{ key: 'a', value: 'b' }] }, 'IMG.0115'],
    ['a tag with a key of 37 characters', { image_tags: [{ key: 'k'.repeat(37), value: '' }] }, 'IMG.0115'],
    ['eleven tags', { tags: Array.from({ length: 11 }, (_, index) => `key${index}.x`) }, 'IMG.0116'],
    ['an invalid enterprise project id', { enterprise_project_id: 'mine' }, 'IMG.0155'],
    ['an invalid key id', { cmk_id: 'mine' }, 'IMG.0095'],
    ['a key for a server without a hypervisor', { cmk_id: KEY, type: 'BMS' }, 'IMG.0118'],
    ['a name that is not a string', { name: 5 }, 'IMG.0001'],
  ])('is rejected with %s', async (_title, more, code) => {
    expect(await codeOf(ofServer('stopped-1', more))).toEqual([400, code]);
    expect((await demo.send('get', '/v2/cloudimages?name=created')).body.images).toEqual([]);
  });

  test('is rejected over the image quota', async () => {
    demo.world.setLimits({ imageCountTotal: 1 });
    expect(await codeOf(ofServer('stopped-1'))).toEqual([400, 'IMG.0015']);
  });

  test('is rejected without a body, without a source, and with malformed JSON', async () => {
    expect(await codeOf(demo.send('post', '/v2/cloudimages/action'))).toEqual([400, 'IMG.0007']);
    expect(await codeOf(createImage({ name: 'created' }))).toEqual([400, 'IMG.0021']);
    const broken = demo.send('post', '/v2/cloudimages/action').set('Content-Type', 'application/json').send('{');
    expect(await codeOf(broken)).toEqual([400, 'IMG.0001']);
  });

  test('can have the name of another image when the profile allows duplicates', async () => {
    demo.world.setProfiles({ ims: { 'image-names': 'any' } });
    expect((await ofServer('stopped-1', { name: 'demo-private' })).status).toBe(200);
  });
});

describe('an image from a file', () => {
  test('has properties with its file and its operating system', async () => {
    const job = await run(demo, createImage({ ...FILE, is_config: true, hw_firmware_type: 'uefi', cmk_id: KEY }));
    const [subJob] = job.entities.sub_jobs_result ?? [];
    const id = job.entities.image_id ?? subJob?.entities.image_id;
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
    ['a file that is not a disk', { image_url: 'exports:notes.txt' }, 'IMG.0057'],
    ['an unknown bucket', { image_url: 'nowhere:centos.qcow2' }, 'IMG.0069'],
    ['no bucket', { image_url: ':centos.qcow2' }, 'IMG.0068'],
    ['an address without a colon', { image_url: 'centos.qcow2' }, 'IMG.0017'],
    ['a file name with a space', { image_url: 'images:a b.qcow2' }, 'IMG.0175'],
    ['a file of more than 128 GB', { image_url: 'images:large.raw', min_disk: 1024 }, 'IMG.0059'],
    ['no disk size', { min_disk: undefined }, 'IMG.0055'],
    ['a disk size of 0', { min_disk: 0 }, 'IMG.0055'],
    ['a disk of 1025 GB', { min_disk: 1025 }, 'IMG.0055'],
    ['a disk too small for the file', { min_disk: 1 }, 'IMG.0055'],
    ['an unknown operating system', { os_version: 'BeOS 5' }, 'IMG.0056'],
    ['an ISO for a server', { image_url: 'images:centos.iso' }, 'IMG.0057'],
    ['a disk for an ISO', { type: 'IsoImage' }, 'IMG.0057'],
    [
      'an ISO without an operating system',
      { type: 'IsoImage', image_url: 'images:centos.iso', os_version: undefined },
      'IMG.0166',
    ],
  ])('is rejected with %s', async (_title, more, code) => {
    expect(await codeOf(createImage({ ...FILE, ...more }))).toEqual([400, code]);
  });

  test('is an ISO image when the file is one', async () => {
    const job = await run(demo, createImage({ ...FILE, type: 'IsoImage', image_url: 'images:centos.iso' }));
    const id = job.entities.image_id ?? job.entities.sub_jobs_result?.[0]?.entities.image_id;
    expect(await imageOf(demo, id)).toMatchObject({ disk_format: 'iso', virtual_env_type: 'IsoImage' });
  });

  test('is created with its data disks, each by a sub-job', async () => {
    const job = await run(
      demo,
      createImage({ ...FILE, data_images: [{ name: 'disk', image_url: 'images:data.qcow2', min_disk: 10 }] }),
    );
    expect(job.status).toBe('SUCCESS');
    const subJobs = job.entities.sub_jobs_result ?? [];
    expect(subJobs.map(({ job_type: type, entities }) => [type, entities.image_name])).toEqual([
      ['imsGoofysImportImageWithoutconfigJob', 'created'],
      ['imsImportDataImageJob', 'disk'],
    ]);
    expect(job.entities.sub_jobs_list).toEqual(subJobs.map(({ job_id: id }) => id));
    expect(await imageOf(demo, subJobs[1]?.entities.image_id)).toMatchObject({
      virtual_env_type: 'DataImage',
      status: 'active',
    });
  });

  test.each([
    ['the same file twice', [{ name: 'disk', image_url: 'images:centos.qcow2', min_disk: 10 }], 'IMG.0123'],
    ['the same name twice', [{ name: 'created', image_url: 'images:data.qcow2', min_disk: 10 }], 'IMG.0009'],
    [
      'four data disks',
      Array.from({ length: 4 }, (_, index) => ({ name: `d${index}`, image_url: `images:d${index}.raw`, min_disk: 10 })),
      'IMG.0001',
    ],
    ['a data disk without a size', [{ name: 'disk', image_url: 'images:data.qcow2' }], 'IMG.0055'],
  ])('is rejected with %s', async (_title, dataImages, code) => {
    expect(await codeOf(createImage({ ...FILE, data_images: dataImages }))).toEqual([400, code]);
  });

  test('fails when a sub-job fails, and keeps the image of the other sub-job', async () => {
    const job = await run(
      demo,
      createImage({ ...FILE, data_images: [{ name: 'disk', image_url: 'images:broken.qcow2', min_disk: 10 }] }),
    );
    expect(job).toMatchObject({ status: 'FAIL', error_code: 'IMG.0057' });
    expect(job.entities.sub_jobs_result?.map(({ status }) => status)).toEqual(['SUCCESS', 'FAIL']);
  });
});

describe('an image from a large file', () => {
  test('accepts raw and zvhd2 files, also over 128 GB', async () => {
    const job = await run(demo, quickImport({ ...QUICK, image_url: 'images:large.raw', min_disk: 200 }));
    expect(job.status).toBe('SUCCESS');
  });

  test('can be an image of a data disk', async () => {
    const job = await run(
      demo,
      quickImport({ ...QUICK, type: 'DataImage', os_version: undefined, os_type: 'Windows' }),
    );
    const id = job.entities.image_id ?? job.entities.sub_jobs_result?.[0]?.entities.image_id;
    expect(job.job_type).toBe('imsImportDataImageJob');
    expect(await imageOf(demo, id)).toMatchObject({ virtual_env_type: 'DataImage', __os_type: 'Windows' });
  });

  test.each([
    ['a file of another format', { image_url: 'images:centos.qcow2' }, 'IMG.0057'],
    ['no operating system', { os_version: undefined }, 'IMG.0056'],
    ['a type of other operations', { type: 'IsoImage' }, 'IMG.0024'],
    ['an unknown operating system of a data disk', { type: 'DataImage', os_type: 'Other' }, 'IMG.0122'],
    ['arm with bios firmware', { architecture: 'arm', hw_firmware_type: 'bios' }, 'IMG.0035'],
    ['no disk size', { min_disk: undefined }, 'IMG.0055'],
  ])('is rejected with %s', async (_title, more, code) => {
    expect(await codeOf(quickImport({ ...QUICK, ...more }))).toEqual([400, code]);
  });
});

describe('an image of a data disk', () => {
  test.each([
    ['a disk of 39 GB', { min_disk: 39 }, 'IMG.0055'],
    ['a disk of 2049 GB', { min_disk: 2049 }, 'IMG.0055'],
    ['an OVA file', { image_url: 'images:appliance.ova' }, 'IMG.0057'],
    ['an unknown operating system', { os_type: 'BeOS' }, 'IMG.0122'],
  ])('is rejected with %s', async (_title, more, code) => {
    expect(await codeOf(createDataImage({ ...DATA, ...more }))).toEqual([400, code]);
  });

  test('requires a disk of 40 to 2048 GB', async () => {
    expect((await createDataImage(DATA)).status).toBe(200);
    expect((await createDataImage({ ...DATA, name: 'second', min_disk: 2048 })).status).toBe(200);
  });
});

describe('images from volumes', () => {
  const volume = (name: string, id: string) => ({ name, volume_id: id });

  test('are created from several volumes of one server in one job', async () => {
    const dataImages = [volume('one', DISKS['data-1']), volume('two', DISKS['data-2'])];
    const job = await run(demo, createImage({ data_images: dataImages }));
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
    ['of an unknown volume', { data_images: [volume('a', UNKNOWN_ID)] }, 'IMG.0120'],
    ['of a volume that is being attached', { data_images: [volume('a', DISKS.attaching)] }, 'IMG.0022'],
    ['of a volume without an operating system', volume('a', DISKS['data-1']), 'IMG.0056'],
  ])('are rejected %s', async (_title, body, code) => {
    expect(await codeOf(createImage(body))).toEqual([400, code]);
  });
});

describe('a full-ECS image', () => {
  test('creates a backup of its kind', async () => {
    const body = { name: 'created', instance_id: serverId(demo, 'db-1') };
    const job = await run(demo, createWholeImage(body));
    const image = await imageOf(demo, job.entities.image_id);
    expect(image).toMatchObject({
      __whole_image: true,
      virtual_env_type: 'FusionCompute',
      __backup_id: expect.any(String),
    });
    const backup = demo.world.volumes.backup(demo, String(image['__backup_id']));
    expect(backup).toMatchObject({ kind: 'CSBS', imageId: image['id'] });
    const second = await run(demo, createWholeImage({ ...body, name: 'second', vault_id: KEY }));
    const other = await imageOf(demo, second.entities.image_id);
    expect(demo.world.volumes.backup(demo, String(other['__backup_id']))?.kind).toBe('CBR');
  });

  test('shows __whole_image, also in lists, which can filter by it', async () => {
    const job = await run(demo, createWholeImage({ name: 'created', backup_id: DISKS.csbs }));
    const { images } = (await demo.send('get', '/v2/cloudimages?__whole_image=true')).body;
    expect(images.map((image: { id: string }) => image.id)).toEqual([job.entities.image_id]);
    expect(images[0]).toMatchObject({ __whole_image: true });
  });

  test('cannot be shared by either operation when its backup is CSBS', async () => {
    const job = await run(demo, createWholeImage({ name: 'created', backup_id: DISKS.csbs }));
    const member = (await demo.as('alt_demo')).projectId;
    const native = await demo.send('post', `/v2/images/${job.entities.image_id}/members`, { member });
    expect(native.status).toBe(403);
    const body = { images: [job.entities.image_id], projects: [member] };
    expect(await codeOf(demo.send('post', '/v1/cloudimages/members', body))).toEqual([400, 'IMG.0135']);
  });

  test('is shared with up to ten projects, which accept with a vault, when its backup is CBR', async () => {
    const job = await run(demo, createWholeImage({ name: 'created', backup_id: DISKS.cbr, whole_image_type: 'CBR' }));
    const path = `/v2/images/${job.entities.image_id}/members`;
    const alt = await demo.as('alt_demo');
    for (let index = 0; index < 10; index += 1) {
      const member = index === 0 ? alt.projectId : `project-${index}`;
      expect((await demo.send('post', path, { member })).status).toBe(200);
    }
    expect((await demo.send('post', path, { member: 'project-10' })).status).toBe(413);
    const updateStatus = (body: object) => alt.send('put', `${path}/${alt.projectId}`, body);
    expect((await updateStatus({ status: 'accepted' })).status).toBe(400);
    expect((await updateStatus({ status: 'rejected' })).status).toBe(200);
    expect((await updateStatus({ status: 'accepted', vault_id: KEY })).body.status).toBe('accepted');
  });

  test('leaves no backup when it fails', async () => {
    demo.world.setProgress({ snapshot: { pace: { by: 'once' }, failure: { code: null, message: null } } });
    const job = await run(demo, createWholeImage({ name: 'created', instance_id: serverId(demo, 'db-1') }));
    expect(job.status).toBe('FAIL');
    const image = demo.world.images.peek(demo.idOf('created'));
    expect(demo.world.volumes.backup(demo, image?.properties['__backup_id'] ?? '')).toBeUndefined();
  });

  test('reserves its backup until the image is deleted', async () => {
    const body = { name: 'created', backup_id: DISKS.csbs };
    const job = await run(demo, createWholeImage(body));
    expect(await codeOf(createWholeImage({ ...body, name: 'second' }))).toEqual([400, 'IMG.0134']);
    expect((await demo.send('delete', `/v2/images/${job.entities.image_id}`)).status).toBe(204);
    expect((await run(demo, createWholeImage({ ...body, name: 'second' }))).status).toBe('SUCCESS');
  });

  test.each([
    [undefined, true],
    [{}, true],
    [{ delete_backup: false }, true],
    [{ delete_backup: true }, false],
  ])('that is deleted with the body %p keeps its backup: %p', async (body, isKept) => {
    const job = await run(demo, createWholeImage({ name: 'created', backup_id: DISKS.cbr, whole_image_type: 'CBR' }));
    expect((await demo.send('delete', `/v2/images/${job.entities.image_id}`, body)).status).toBe(204);
    expect(demo.world.volumes.backup(demo, DISKS.cbr) !== undefined).toBe(isKept);
  });

  test('deletes only its own backup', async () => {
    const id = await demo.createImage({ __backup_id: DISKS.csbs });
    expect((await demo.send('delete', `/v2/images/${id}`, { delete_backup: true })).status).toBe(204);
    expect(demo.world.volumes.backup(demo, DISKS.csbs)).toBeDefined();
  });

  test.each([
    ['of an unknown server', { instance_id: UNKNOWN_ID }, 'IMG.0005'],
    ['of a backup and a server', { instance_id: UNKNOWN_ID, backup_id: DISKS.csbs }, 'IMG.0035'],
    ['of an unknown backup', { backup_id: UNKNOWN_ID }, 'IMG.0127'],
    ['of a backup of another kind than the default', { backup_id: DISKS.cbr }, 'IMG.0198'],
    ['of a backup with an unknown kind', { backup_id: DISKS.cbr, whole_image_type: 'VBS' }, 'IMG.0198'],
    ['of a backup that is not ready', { backup_id: DISKS.unfinished }, 'IMG.0132'],
    ['without a server or a backup', {}, 'IMG.0012'],
    ['with a kind of backup but without a backup', { whole_image_type: 'CBR' }, 'IMG.0019'],
  ])('is rejected %s', async (_title, more, code) => {
    expect(await codeOf(createWholeImage({ name: 'created', ...more }))).toEqual([400, code]);
  });

  test('rejects a server that is neither running nor stopped', async () => {
    expect(await codeOf(createWholeImage({ name: 'created', instance_id: serverId(demo, 'building-1') }))).toEqual([
      400,
      'IMG.0126',
    ]);
  });
});

describe('a registered image', () => {
  const importInto = (id: string, url: unknown = 'images:centos.qcow2') =>
    demo.send('put', `/v1/cloudimages/${id}/upload`, { image_url: url });

  test('has the data of the file', async () => {
    const id = await demo.createImage({ min_disk: 40 });
    const job = await run(demo, importInto(id));
    expect([job.job_type, job.status]).toEqual(['imsNativeImportImageJob', 'SUCCESS']);
    expect(await imageOf(demo, id)).toMatchObject({ status: 'active', __image_size: String(2 * 1024 ** 3) });
    expect(await codeOf(importInto(id))).toEqual([400, 'IMG.0046']);
  });

  test('is killed when the import fails', async () => {
    const id = await demo.createImage({ min_disk: 40 });
    expect((await run(demo, importInto(id, 'images:broken.qcow2'))).status).toBe('FAIL');
    expect((await imageOf(demo, id))['status']).toBe('killed');
  });

  test('rejects an unknown file, a file larger than its disk, and an image of another project', async () => {
    const id = await demo.createImage({ min_disk: 1 });
    expect(await codeOf(importInto(id))).toEqual([400, 'IMG.0055']);
    expect(await codeOf(importInto(id, 'images:none.raw'))).toEqual([400, 'IMG.0057']);
    expect(await codeOf(importInto('nonsense'))).toEqual([400, 'IMG.0066']);
    expect(await codeOf(importInto(UNKNOWN_ID))).toEqual([404, 'IMG.0027']);
    expect(await codeOf(importInto(demo.idOf('cirros-0.6.2-x86_64-disk')))).toEqual([400, 'IMG.0083']);
  });
});
