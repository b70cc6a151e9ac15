import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Test } from 'supertest';
import { compile } from '../../../src/contract/schema.ts';
import { contract } from '../../../src/dialects/ims/contract.ts';
import { begin, CENTOS, codeOf, DISKS, imageOf, NOWHERE, run, serverId, show, startWithDisks } from './jobs-support.ts';
import type { Session } from './support.ts';

const checkJob = compile(contract.operations.showJob.response);
const checkProgress = compile(contract.operations.showJobProgress.response);

let demo: Session;
beforeEach(async () => {
  demo = await startWithDisks();
});

const copy = (session = demo, name = 'copied'): Test =>
  session.send('post', `/v1/cloudimages/${demo.idOf('demo-private')}/copy`, { name });
const progressOf = async (jobId: string) => (await demo.send('get', `/v1/cloudimages/job/${jobId}`)).body;
const taskOf = (jobId: string) => {
  const task = demo.world.tasks.peek(jobId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
  if (task === undefined) throw new Error(`no task of the job ${jobId}`);
  return task;
};

describe('a job', () => {
  const FILE = { os_version: CENTOS, min_disk: 40 };
  const calls: readonly (readonly [string, () => Test | Promise<Test>])[] = [
    [
      'imsCreateImageByInstance',
      () => demo.send('post', '/v2/cloudimages/action', { name: 'made', instance_id: serverId(demo, 'stopped-1') }),
    ],
    [
      'imsImportImageJob',
      () => demo.send('post', '/v2/cloudimages/action', { ...FILE, name: 'made', image_url: 'images:centos.qcow2' }),
    ],
    [
      'imsImportImageJob',
      () =>
        demo.send('post', '/v2/cloudimages/quickimport/action', {
          ...FILE,
          name: 'made',
          image_url: 'images:centos.zvhd2',
        }),
    ],
    [
      'imsVolumeCreateImageJob',
      () =>
        demo.send('post', '/v2/cloudimages/action', {
          name: 'made',
          volume_id: DISKS['data-1'],
          os_version: CENTOS,
        }),
    ],
    [
      'imsImportDataImageJob',
      () =>
        demo.send('post', '/v1/cloudimages/dataimages/action', {
          name: 'made',
          image_url: 'images:data.qcow2',
          min_disk: 40,
        }),
    ],
    [
      'imsCreateWholeImageByInstanceJob',
      () =>
        demo.send('post', '/v1/cloudimages/wholeimages/action', { name: 'made', instance_id: serverId(demo, 'db-1') }),
    ],
    [
      'imsCreateWholeImageByBackupJob',
      () => demo.send('post', '/v1/cloudimages/wholeimages/action', { name: 'made', backup_id: DISKS.csbs }),
    ],
    ['imsCopyImageInRegionJob', () => copy(demo, 'made')],
  ];

  test.each(calls)('of the type %s creates an image and returns its id', async (type, call) => {
    const answer = await await call();
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ job_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const job = await show(demo, answer.body.job_id);
    expect(checkJob(job)).toEqual([]);
    expect(job).toEqual({
      job_id: answer.body.job_id,
      job_type: type,
      begin_time: '2026-11-21T12:00:00.000Z',
      end_time: '2026-11-21T12:00:00.000Z',
      status: 'SUCCESS',
      error_code: null,
      fail_reason: null,
      entities: { image_id: expect.any(String), image_name: 'made' },
    });
    expect(await imageOf(demo, job.entities.image_id)).toMatchObject({
      name: 'made',
      status: 'active',
      visibility: 'private',
      __imagetype: 'private',
      owner: demo.projectId,
    });
  });

  test('changes from INIT to RUNNING to SUCCESS, and its image from queued to saving to active', async () => {
    demo.world.setProgress({ copy: { pace: { by: 'hand' } } });
    const jobId = await begin(copy());
    const seen: (readonly [string, string, unknown])[] = [];
    for (let step = 0; step < 3; step += 1) {
      const { status, end_time: end } = await show(demo, jobId);
      const [image] = (await demo.send('get', '/v2/cloudimages?name=copied')).body.images;
      seen.push([status, end, image.status]);
      if (step < 2) demo.world.tasks.advance(taskOf(jobId));
    }
    expect(seen).toEqual([
      ['INIT', '', 'queued'],
      ['RUNNING', '', 'saving'],
      ['SUCCESS', '2026-11-21T12:00:00.000Z', 'active'],
    ]);
  });

  test('takes the configured number of polls, by either operation', async () => {
    demo.world.setProgress({ copy: { pace: { by: 'polls', polls: 2 } } });
    const jobId = await begin(copy());
    expect((await show(demo, jobId)).status).toBe('RUNNING');
    expect((await progressOf(jobId)).status).toBe('RUNNING');
    expect((await show(demo, jobId)).status).toBe('SUCCESS');
  });

  test('ends when the clock reaches its time', async () => {
    demo.world.setProgress({ copy: { pace: { by: 'clock', seconds: 100 } } });
    const jobId = await begin(copy());
    demo.world.setClock({ frozenAt: demo.world.clock.now() + 40_000, offset: 0 });
    const running = await progressOf(jobId);
    expect(checkProgress(running)).toEqual([]);
    expect(running).toMatchObject({
      status: 'RUNNING',
      end_time: '',
      entities: {
        image_name: 'copied',
        process_percent: 0.4,
        current_task: expect.stringContaining('CopyImageInRegion'),
      },
    });
    demo.world.setClock({ frozenAt: demo.world.clock.now() + 60_000, offset: 0 });
    expect(await progressOf(jobId)).toMatchObject({
      status: 'SUCCESS',
      begin_time: '2026-11-21T12:00:00.000Z',
      end_time: '2026-11-21T12:01:40.000Z',
      entities: { process_percent: 1 },
    });
  });

  test('names its sub-job', async () => {
    demo.world.setProgress({ import: { pace: { by: 'hand' } } });
    const body = { name: 'made', image_url: 'images:centos.qcow2', os_version: CENTOS, min_disk: 40 };
    const jobId = await begin(demo.send('post', '/v2/cloudimages/action', body));
    const { subJobId } = (await progressOf(jobId)).entities;
    expect(subJobId).not.toBe(jobId);
    expect(await show(demo, subJobId)).toMatchObject({
      job_id: subJobId,
      job_type: 'imsGoofysImportImageWithoutconfigJob',
      status: 'INIT',
    });
    demo.world.tasks.finish(taskOf(jobId));
    expect((await show(demo, subJobId)).status).toBe('SUCCESS');
  });

  test.each([
    ['a code of the service', { code: 'IMG.0060', message: null }, 'IMG.0060', 'Too many tasks at once; wait.'],
    ['words of its own', { code: 'IMG.0060', message: 'The queue is full.' }, 'IMG.0060', 'The queue is full.'],
    ['no code', { code: null, message: null }, 'IMG.0014', 'The layer below failed while it ran the task.'],
  ])('fails where the world has it fail, with %s', async (_case, failure, code, reason) => {
    demo.world.setProgress({ copy: { pace: { by: 'polls', polls: 1 }, failure } });
    const jobId = await begin(copy());
    expect(await show(demo, jobId)).toMatchObject({ status: 'RUNNING', error_code: null, fail_reason: null });
    const job = await show(demo, jobId);
    expect(checkJob(job)).toEqual([]);
    expect(job).toMatchObject({ status: 'FAIL', error_code: code, fail_reason: reason, entities: {} });
    const [image] = (await demo.send('get', '/v2/cloudimages?name=copied&status=killed')).body.images;
    expect(image).toMatchObject({ status: 'killed', __image_size: '0' });
  });

  test('fails with the flaw of its file', async () => {
    const body = { name: 'made', image_url: 'images:broken.qcow2', os_version: CENTOS, min_disk: 40 };
    const job = await run(demo, demo.send('post', '/v2/cloudimages/action', body));
    expect(job).toMatchObject({ status: 'FAIL', error_code: 'IMG.0057' });
  });

  test('fails when its image is deleted meanwhile, and keeps its other images', async () => {
    demo.world.setProgress({ '*': { pace: { by: 'hand' } } });
    const jobId = await begin(copy());
    const several = await begin(
      demo.send('post', '/v2/cloudimages/action', {
        data_images: [
          { name: 'one', volume_id: DISKS['data-1'] },
          { name: 'two', volume_id: DISKS['data-2'] },
        ],
      }),
    );
    for (const name of ['copied', 'two']) {
      expect((await demo.send('delete', `/v2/images/${demo.idOf(name)}`)).status).toBe(204);
    }
    demo.world.tasks.finish(taskOf(jobId));
    expect(await show(demo, jobId)).toMatchObject({ status: 'FAIL', error_code: 'IMG.0014', entities: {} });
    demo.world.tasks.finish(taskOf(several));
    const { status, entities } = await show(demo, several);
    expect([status, entities.sub_jobs_result?.map((part) => part.status)]).toEqual(['FAIL', ['SUCCESS', 'FAIL']]);
    expect((await imageOf(demo, demo.idOf('one')))['status']).toBe('active');
  });

  test('frees the name of its image when it fails', async () => {
    demo.world.setProgress({ copy: { pace: { by: 'once' }, failure: { code: null, message: null } } });
    await run(demo, copy());
    demo.world.setProgress({});
    expect((await run(demo, copy())).status).toBe('SUCCESS');
    expect(await codeOf(copy())).toEqual([400, 'IMG.0009']);
  });

  test('of another project, and an unknown one, are not found', async () => {
    const jobId = await begin(copy());
    const alt = await demo.as('alt_demo');
    expect(await codeOf(alt.send('get', `/v1/${alt.projectId}/jobs/${jobId}`))).toEqual([400, 'IMG.0023']);
    expect(await codeOf(alt.send('get', `/v1/${demo.projectId}/jobs/${jobId}`))).toEqual([400, 'IMG.0030']);
    expect(await codeOf(alt.send('get', `/v1/cloudimages/job/${jobId}`))).toEqual([400, 'IMG.0023']);
    expect(await codeOf(demo.send('get', `/v1/${demo.projectId}/jobs/nonsense`))).toEqual([400, 'IMG.0023']);
    expect(await codeOf(demo.send('get', `/v1/no-project/jobs/${jobId}`))).toEqual([400, 'IMG.0067']);
  });

  test('cannot be started by a reader', async () => {
    const reader = await demo.as('demo_reader');
    expect(await codeOf(copy(reader))).toEqual([403, 'IMG.0026']);
    demo.world.setProfiles({ ims: { 'no-right': 'huaweicloud' } });
    expect(await codeOf(copy(reader))).toEqual([400, 'IMG.0026']);
  });

  test('has the same id after a restart from the same seed', async () => {
    const first = await begin(copy());
    demo.world.reset();
    const again = await startWithDisks();
    expect(
      await begin(again.send('post', `/v1/cloudimages/${again.idOf('demo-private')}/copy`, { name: 'copied' })),
    ).toBe(first);
  });

  test('is 404 in worlds of the edition that does not offer its operation', async () => {
    const jobId = await begin(copy());
    demo.world.setProfiles({ ims: { 'huawei-calls': 'absent' } });
    expect(await codeOf(demo.send('get', `/v1/cloudimages/job/${jobId}`))).toEqual([404, 'APIGW.0101']);
    const across = demo.send('post', `/v1/cloudimages/${NOWHERE}/cross_region_copy`, {});
    expect(await codeOf(across)).toEqual([404, 'APIGW.0101']);
    expect((await show(demo, jobId)).status).toBe('SUCCESS');
  });
});
