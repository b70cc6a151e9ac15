import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { codeOf, DISKS, imageOf, KEY, run, show, startJob, startWithDisks, UNKNOWN_ID } from './jobs-support.ts';
import type { Session } from './support.ts';

let demo: Session;
beforeEach(async () => {
  demo = await startWithDisks();
});

/** Adds an image to the world without checks and returns its id. */
async function placeImage(fields: object): Promise<string> {
  const updateStatus = await request(demo.app)
    .post('/__admin/images')
    .send({ owner: 'demo', visibility: 'private', ...fields });
  if (updateStatus.status !== 201)
    throw new Error(`placing an image returned ${updateStatus.status}: ${updateStatus.text}`);
  return updateStatus.body.id;
}
/** Adds an image with virtual data of this size. */
const placeLarge = (size: string, fields: object = {}) =>
  placeImage({ name: `of-${size}`, data: { virtual: { size } }, ...fields });
const placeEncrypted = () => placeImage({ name: 'encrypted', properties: { __system__cmkid: KEY } });
const createWholeImage = async (): Promise<string> => {
  const pending = demo.send('post', '/v1/cloudimages/wholeimages/action', { name: 'whole', backup_id: DISKS.csbs });
  return (await run(demo, pending)).entities.image_id as string;
};
const placeIso = () => placeImage({ name: 'iso', diskFormat: 'iso' });
const publicImage = () => demo.idOf('cirros-0.6.2-x86_64-disk');

describe('a copy within the region', () => {
  const copy = (id: string, more: object = {}, session = demo) =>
    session.send('post', `/v1/cloudimages/${id}/copy`, { name: 'copied', ...more });

  test('has the same data under another name', async () => {
    const job = await run(demo, copy(demo.idOf('demo-private'), { description: 'A copy' }));
    const [first, second] = await Promise.all([
      imageOf(demo, demo.idOf('demo-private')),
      imageOf(demo, job.entities.image_id),
    ]);
    expect(second).toMatchObject({
      name: 'copied',
      __description: 'A copy',
      __image_size: first['__image_size'],
      checksum: first['checksum'],
      architecture: 'x86_64',
      __data_origin: `image,${demo.idOf('demo-private')}`,
    });
  });

  test.each([
    ['a public image', publicImage, 'IMG.0083'],
    ['an ISO', placeIso, 'IMG.0167'],
    ['an image of a whole server', createWholeImage, 'IMG.0130'],
    ['an image without data', () => demo.idOf('status-queued'), 'IMG.0046'],
    ['a shared image that is still pending', () => demo.idOf('alt-shared-pending'), 'IMG.0196'],
    ['an invalid id', () => 'nonsense', 'IMG.0066'],
  ])('is rejected for %s', async (_title, id, code) => {
    expect(await codeOf(copy(await id()))).toEqual([400, code]);
  });

  test('is created from an accepted shared image', async () => {
    expect((await run(demo, copy(demo.idOf('alt-shared-accepted')))).status).toBe('SUCCESS');
  });

  test('of an encrypted image is encrypted with another key', async () => {
    const id = await placeEncrypted();
    expect(await codeOf(copy(id, { cmk_id: KEY }))).toEqual([400, 'IMG.0096']);
    const job = await run(demo, copy(id, { cmk_id: UNKNOWN_ID }));
    expect(await imageOf(demo, job.entities.image_id)).toMatchObject({ __system__cmkid: UNKNOWN_ID });
  });

  test('ignores other members of the body, and rejects lone surrogates', async () => {
    const job = await run(demo, copy(demo.idOf('demo-private'), { tags: 'x', min_ram: 'y' }));
    expect(job.status).toBe('SUCCESS');
    const withSurrogate = demo
      .send('post', `/v1/cloudimages/${demo.idOf('demo-private')}/copy`)
      .set('Content-Type', 'application/json')
      .send('{"name": "second", "description": "\\ud800"}');
    expect(await codeOf(withSurrogate)).toEqual([400, 'IMG.0001']);
  });

  test('of an unknown image, or of one of another project, is rejected', async () => {
    expect(await codeOf(copy(UNKNOWN_ID))).toEqual([404, 'IMG.0027']);
    demo.world.setProfiles({ ims: { 'unknown-image': 'codes' } });
    expect(await codeOf(copy(UNKNOWN_ID))).toEqual([400, 'IMG.0027']);
    expect(await codeOf(copy(demo.idOf('demo-private'), {}, await demo.as('alt_demo')))).toEqual([400, 'IMG.0027']);
  });
});

describe('a copy to another region', () => {
  const CROSS_REGION = { name: 'copied', region: 'eu-nl', project_name: 'eu-nl', agency_name: 'copying' };
  const copy = (id: string, more: object = {}) =>
    demo.send('post', `/v1/cloudimages/${id}/cross_region_copy`, { ...CROSS_REGION, ...more });

  test('is visible only as a job', async () => {
    const before = demo.world.images.usage(demo.projectId).images;
    const job = await run(demo, copy(demo.idOf('demo-private')));
    expect(job).toMatchObject({ job_type: 'imsCopyImageCrossRegionJob', status: 'SUCCESS' });
    expect(demo.world.images.peek(job.entities.image_id ?? '')).toBeUndefined();
    expect(demo.world.images.usage(demo.projectId).images).toBe(before);
  });

  test.each([
    ['the same region', { region: 'eu-de', project_name: 'eu-de' }, 'IMG.0142'],
    ['an invalid region', { region: 'Mars' }, 'IMG.0147'],
    ['a project of another region', { project_name: 'eu-de' }, 'IMG.0145'],
    ['no agency', { agency_name: undefined }, 'IMG.0151'],
    ['no name', { name: undefined }, 'IMG.0013'],
    ['angle brackets in the description', { description: '<b>' }, 'IMG.0054'],
  ])('is rejected with %s', async (_title, more, code) => {
    expect(await codeOf(copy(demo.idOf('demo-private'), more))).toEqual([400, code]);
  });

  test.each([
    ['an encrypted image', placeEncrypted, 'IMG.0143'],
    ['an ISO', placeIso, 'IMG.0167'],
    ['an image of more than 128 GB', () => placeLarge('129GiB'), 'IMG.0146'],
    ['an image of a whole server', createWholeImage, 'IMG.0130'],
    ['a public image', publicImage, 'IMG.0083'],
  ])('is rejected for %s', async (_title, id, code) => {
    expect(await codeOf(copy(await id()))).toEqual([400, code]);
  });

  test('can have the name of an image in this region', async () => {
    expect((await run(demo, copy(demo.idOf('demo-private'), { name: 'demo-private' }))).status).toBe('SUCCESS');
  });

  test('is limited to five at once', async () => {
    demo.world.setProgress({ copy: { pace: { by: 'clock', seconds: 60 } } });
    const id = demo.idOf('demo-private');
    for (let index = 0; index < 5; index += 1) expect((await copy(id, { name: `copy-${index}` })).status).toBe(200);
    expect(await codeOf(copy(id, { name: 'sixth' }))).toEqual([400, 'IMG.0149']);
    demo.world.setClock({ frozenAt: demo.world.clock.now() + 60_000, offset: 0 });
    expect((await copy(id, { name: 'sixth' })).status).toBe(200);
  });
});

describe('an export', () => {
  const EXPORT = { bucket_url: 'exports:new.qcow2', file_format: 'qcow2' };
  const exportImage = (id: string, more: object = {}) =>
    demo.send('post', `/v1/cloudimages/${id}/file`, { ...EXPORT, ...more });
  const objectAt = (name: string) => demo.world.objects.get(demo.projectId, 'exports', name);

  test('creates a file in a bucket when it ends', async () => {
    // Showing the image counts as a poll too.
    demo.world.setProgress({ export: { pace: { by: 'polls', polls: 2 } } });
    const jobId = await startJob(exportImage(demo.idOf('demo-private')));
    expect((await show(demo, jobId)).status).toBe('RUNNING');
    expect(objectAt('new.qcow2')).toBeUndefined();
    expect(await codeOf(exportImage(demo.idOf('demo-private'), { bucket_url: 'exports:other.qcow2' }))).toEqual([
      400,
      'IMG.0148',
    ]);
    expect(await show(demo, jobId)).toMatchObject({
      job_type: 'imsNativeExportImageJob',
      status: 'SUCCESS',
      entities: { image_id: demo.idOf('demo-private') },
    });
    expect(objectAt('new.qcow2')).toMatchObject({ format: 'qcow2' });
    expect(await codeOf(exportImage(demo.idOf('demo-private')))).toEqual([400, 'IMG.0070']);
  });

  test('that fails leaves no file and does not change the image', async () => {
    demo.world.setProgress({ export: { pace: { by: 'once' }, failure: { code: 'IMG.0069', message: null } } });
    const job = await run(demo, exportImage(demo.idOf('demo-private')));
    expect(job).toMatchObject({ status: 'FAIL', error_code: 'IMG.0069' });
    expect(objectAt('new.qcow2')).toBeUndefined();
    expect((await imageOf(demo, demo.idOf('demo-private')))['status']).toBe('active');
  });

  test('has a fixed format when it is quick', async () => {
    const id = demo.idOf('demo-private');
    const body = { bucket_url: 'exports:quick', is_quick_export: true };
    expect(await codeOf(exportImage(id, body))).toEqual([400, 'IMG.0035']);
    expect((await demo.send('post', `/v1/cloudimages/${id}/file`, body)).status).toBe(200);
    expect(objectAt('quick')).toMatchObject({ format: 'zvhd2' });
  });

  test.each([
    ['no file name', { bucket_url: 'exports:' }, 'IMG.0073'],
    ['a file name of 1024 characters', { bucket_url: `exports:${'x'.repeat(1024)}` }, 'IMG.0074'],
    ['a file name with a question mark', { bucket_url: 'exports:what?' }, 'IMG.0075'],
    ['a file name with a space', { bucket_url: 'exports:a b' }, 'IMG.0175'],
    ['no bucket', { bucket_url: ':new.qcow2' }, 'IMG.0068'],
    ['an unknown bucket', { bucket_url: 'nowhere:new.qcow2' }, 'IMG.0069'],
    ['an existing file', { bucket_url: 'exports:small.qcow2' }, 'IMG.0070'],
    ['an unknown format', { file_format: 'raw' }, 'IMG.0072'],
    ['no format', { file_format: undefined }, 'IMG.0072'],
  ])('is rejected with %s', async (_title, more, code) => {
    expect(await codeOf(exportImage(demo.idOf('demo-private'), more))).toEqual([400, code]);
  });

  test.each([
    ['a public image', publicImage, 'IMG.0077'],
    ['an ISO', placeIso, 'IMG.0071'],
    ['an image of a whole server', createWholeImage, 'IMG.0128'],
    ['an image without data', () => demo.idOf('status-queued'), 'IMG.0046'],
    ['an image of more than 128 GB', () => placeLarge('129GiB'), 'IMG.0160'],
    [
      'an image derived from a paid image',
      () => placeImage({ name: 'paid', properties: { __originalimagename: demo.idOf('ubuntu-24.04-server') } }),
      'IMG.0071',
    ],
  ])('is rejected for %s', async (_title, id, code) => {
    expect(await codeOf(exportImage(await id()))).toEqual([400, code]);
  });

  test('of more than 128 GB must be quick, and of less than 1 TB', async () => {
    const quickExport = async (id: string) =>
      demo.send('post', `/v1/cloudimages/${id}/file`, { bucket_url: `exports:${id}`, is_quick_export: true });
    expect((await quickExport(await placeLarge('129GiB'))).status).toBe(200);
    expect((await quickExport(await placeLarge('1TiB'))).body.error.code).toBe('IMG.0071');
  });
});

describe('members of many images', () => {
  let alt: Session;
  beforeEach(async () => {
    alt = await demo.as('alt_demo');
  });
  const add = (images: readonly string[], projects: readonly string[]) =>
    demo.send('post', '/v1/cloudimages/members', { images, projects });
  const remove = (images: readonly string[], projects: readonly string[]) =>
    demo.send('delete', '/v1/cloudimages/members', { images, projects });
  const updateStatus = (status: string, images: readonly string[], more: object = {}) =>
    alt.send('put', '/v1/cloudimages/members', { images, project_id: alt.projectId, status, ...more });
  const membersOf = (id: string) =>
    demo.world.images.peek(id)?.members.map(({ memberId, status }) => [memberId, status]);

  test('are added, updated and removed, each by a job', async () => {
    const id = demo.idOf('demo-private');
    const added = await run(demo, add([id], [alt.projectId]));
    expect(added).toMatchObject({
      job_type: 'imsAddImageMembersJob',
      status: 'SUCCESS',
      entities: { results: [{ image_id: id, project_id: alt.projectId, status: 'success' }] },
    });
    expect(membersOf(id)).toEqual([[alt.projectId, 'pending']]);
    expect((await imageOf(alt, id))['visibility']).toBe('shared');
    const accepted = await run(alt, updateStatus('accepted', [id]));
    expect([accepted.job_type, membersOf(id)]).toEqual(['imsUpdateImageMembersJob', [[alt.projectId, 'accepted']]]);
    const removed = await run(demo, remove([id], [alt.projectId]));
    expect([removed.job_type, membersOf(id)]).toEqual(['imsDelImageMembersJob', []]);
    expect((await imageOf(demo, id))['visibility']).toBe('private');
  });

  test('are added where possible, and the job fails for the others', async () => {
    const other = (await demo.as('admin')).projectId;
    const id = demo.idOf('demo-private');
    await run(demo, add([id], [alt.projectId]));
    const job = await run(demo, add([id], [alt.projectId, other]));
    expect(job).toMatchObject({
      status: 'FAIL',
      error_code: 'IMG.0112',
      entities: {
        results: [
          { image_id: id, project_id: alt.projectId, status: 'failed' },
          { image_id: id, project_id: other, status: 'success' },
        ],
      },
    });
    expect(membersOf(id)).toEqual([
      [alt.projectId, 'pending'],
      [other, 'pending'],
    ]);
    const gone = await run(demo, remove([id, demo.idOf('demo-hidden')], [alt.projectId]));
    expect([gone.status, gone.error_code]).toEqual(['FAIL', 'IMG.0113']);
    expect(membersOf(id)).toEqual([[other, 'pending']]);
  });

  test('do not change when the world makes the job fail', async () => {
    demo.world.setProgress({ share: { pace: { by: 'once' }, failure: { code: null, message: null } } });
    const id = demo.idOf('demo-private');
    const job = await run(demo, add([id], [alt.projectId]));
    expect(job).toMatchObject({ status: 'FAIL', entities: { results: [{ status: 'failed' }] } });
    expect(membersOf(id)).toEqual([]);
  });

  test('are rejected over the member limit', async () => {
    demo.world.setLimits({ imageMemberQuota: 1 });
    const other = (await demo.as('admin')).projectId;
    const id = demo.idOf('demo-private');
    expect(await codeOf(add([id], [alt.projectId, other]))).toEqual([400, 'IMG.0088']);
    expect((await add([id], [alt.projectId])).status).toBe(200);
  });

  test.each([
    ['a public image', () => [[publicImage()], [alt.projectId]], 'IMG.0089'],
    ['an invalid image id', () => [['nonsense'], [alt.projectId]], 'IMG.0066'],
    ['an image of another project', () => [[demo.idOf('alt-shared-accepted')], [alt.projectId]], 'IMG.0047'],
    ['an image without data', () => [[demo.idOf('status-queued')], [alt.projectId]], 'IMG.0046'],
    ['an invalid project', () => [[demo.idOf('demo-private')], ['nonsense']], 'IMG.0067'],
    ['the project of the owner', () => [[demo.idOf('demo-private')], [demo.projectId]], 'IMG.0076'],
    ['no image', () => [[], [alt.projectId]], 'IMG.0001'],
    ['no project', () => [[demo.idOf('demo-private')], []], 'IMG.0001'],
  ] as const)('are rejected with %s', async (_title, argumentsOf, code) => {
    const [images = [], projects = []] = argumentsOf();
    expect(await codeOf(add(images, projects))).toEqual([400, code]);
  });

  test('are rejected for an encrypted image in the edition that does not share encrypted images', async () => {
    const id = await placeEncrypted();
    demo.world.setProfiles({ ims: { 'encrypted-sharing': 'huaweicloud' } });
    expect(await codeOf(add([id], [alt.projectId]))).toEqual([400, 'IMG.0098']);
    demo.world.setProfiles({ ims: { 'encrypted-sharing': 'otc' } });
    expect((await run(demo, add([id], [alt.projectId]))).status).toBe('SUCCESS');
  });

  test('can set only their own status, and only of images that are shared with them', async () => {
    const id = demo.idOf('demo-private');
    expect(await codeOf(updateStatus('accepted', [id]))).toEqual([404, 'IMG.0027']);
    await run(demo, add([id], [alt.projectId]));
    expect(await codeOf(updateStatus('pending', [id]))).toEqual([400, 'IMG.0001']);
    expect(await codeOf(updateStatus('accepted', [id], { project_id: demo.projectId }))).toEqual([400, 'IMG.0030']);
    expect(await codeOf(updateStatus('accepted', [id], { project_id: 'nonsense' }))).toEqual([400, 'IMG.0067']);
    expect(await codeOf(updateStatus('accepted', [publicImage()]))).toEqual([400, 'IMG.0031']);
    expect((await run(alt, updateStatus('rejected', [id]))).status).toBe('SUCCESS');
    expect(membersOf(id)).toEqual([[alt.projectId, 'rejected']]);
  });
});
