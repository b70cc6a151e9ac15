import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Test } from 'supertest';
import { compile } from '../../../src/contract/schema.ts';
import { contract } from '../../../src/dialects/ims/contract.ts';
import {
  CENTOS,
  codeOf,
  DISKS,
  imageOf,
  run,
  serverId,
  show,
  startJob,
  startWithDisks,
  UNKNOWN_ID,
} from './jobs-support.ts';
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
  const JOBS: readonly (readonly [string, () => Test | Promise<Test>])[] = [
    [
      'imsCreateImageByInstance',
      () => demo.send('post', '/v2/cloudimages/action', { name: 'created', instance_id: serverId(demo, 'stopped-1') }),
    ],
    [
      'imsImportImageJob',
      () => demo.send('post', '/v2/cloudimages/action', { ...FILE, name: 'created', image_url: 'images:centos.qcow2' }),
    ],
    [
      'imsImportImageJob',
      () =>
        demo.send('post', '/v2/cloudimages/quickimport/action', {
          ...FILE,
          name: 'created',
          image_url: 'images:centos.zvhd2',
        }),
    ],
    [
      'imsVolumeCreateImageJob',
      () =>
        demo.send('post', '/v2/cloudimages/action', {
          name: 'created',
          volume_id: DISKS['data-1'],
          os_version: CENTOS,
        }),
    ],
    [
      'imsImportDataImageJob',
      () =>
        demo.send('post', '/v1/cloudimages/dataimages/action', {
          name: 'created',
          image_url: 'images:data.qcow2',
          min_disk: 40,
        }),
    ],
    [
      'imsCreateWholeImageByInstanceJob',
      () =>
        demo.send('post', '/v1/cloudimages/wholeimages/action', {
          name: 'created',
          instance_id: serverId(demo, 'db-1'),
        }),
    ],
    [
      'imsCreateWholeImageByBackupJob',
      () => demo.send('post', '/v1/cloudimages/wholeimages/action', { name: 'created', backup_id: DISKS.csbs }),
    ],
    ['imsCopyImageInRegionJob', () => copy(demo, 'created')],
  ];

  test.each(JOBS)('of the type %s creates an image and returns its id', async (type, start) => {
    const response = await await start();
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ job_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const job = await show(demo, response.body.job_id);
    expect(checkJob(job)).toEqual([]);
    expect(job).toEqual({
      job_id: response.body.job_id,
      job_type: type,
      begin_time: '2026-11-21T12:00:00.000Z',
      end_time: '2026-11-21T12:00:00.000Z',
      status: 'SUCCESS',
      error_code: null,
      fail_reason: null,
      entities: { image_id: expect.any(String), image_name: 'created' },
    });
    expect(await imageOf(demo, job.entities.image_id)).toMatchObject({
      name: 'created',
      status: 'active',
      visibility: 'private',
      __imagetype: 'private',
      owner: demo.projectId,
    });
  });

  test('changes from INIT to RUNNING to SUCCESS, and its image from queued to saving to active', async () => {
    demo.world.setProgress({ copy: { pace: { by: 'hand' } } });
    const jobId = await startJob(copy());
    const states: (readonly [string, string, unknown])[] = [];
    for (let step = 0; step < 3; step += 1) {
      const { status, end_time: end } = await show(demo, jobId);
      const [image] = (await demo.send('get', '/v2/cloudimages?name=copied')).body.images;
      states.push([status, end, image.status]);
      if (step < 2) demo.world.tasks.advance(taskOf(jobId));
    }
    expect(states).toEqual([
      ['INIT', '', 'queued'],
      ['RUNNING', '', 'saving'],
      ['SUCCESS', '2026-11-21T12:00:00.000Z', 'active'],
    ]);
  });

  test('succeeds after the configured number of polls by either operation', async () => {
    demo.world.setProgress({ copy: { pace: { by: 'polls', polls: 2 } } });
    const jobId = await startJob(copy());
    expect((await show(demo, jobId)).status).toBe('RUNNING');
    expect((await progressOf(jobId)).status).toBe('RUNNING');
    expect((await show(demo, jobId)).status).toBe('SUCCESS');
  });

  test('ends when the clock reaches its time', async () => {
    demo.world.setProgress({ copy: { pace: { by: 'clock', seconds: 100 } } });
    const jobId = await startJob(copy());
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

  test('returns the id of its sub-job', async () => {
    demo.world.setProgress({ import: { pace: { by: 'hand' } } });
    const body = { name: 'created', image_url: 'images:centos.qcow2', os_version: CENTOS, min_disk: 40 };
    const jobId = await startJob(demo.send('post', '/v2/cloudimages/action', body));
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
    ['a code and a message', { code: 'IMG.0060', message: 'The queue is full.' }, 'IMG.0060', 'The queue is full.'],
    ['no code', { code: null, message: null }, 'IMG.0014', 'The layer below failed while it ran the task.'],
  ])('fails with the configured failure: %s', async (_title, failure, code, reason) => {
    demo.world.setProgress({ copy: { pace: { by: 'polls', polls: 1 }, failure } });
    const jobId = await startJob(copy());
    expect(await show(demo, jobId)).toMatchObject({ status: 'RUNNING', error_code: null, fail_reason: null });
    const job = await show(demo, jobId);
    expect(checkJob(job)).toEqual([]);
    expect(job).toMatchObject({ status: 'FAIL', error_code: code, fail_reason: reason, entities: {} });
    const [image] = (await demo.send('get', '/v2/cloudimages?name=copied&status=killed')).body.images;
    expect(image).toMatchObject({ status: 'killed', __image_size: '0' });
  });

  test('fails when its file has a flaw', async () => {
    const body = { name: 'created', image_url: 'images:broken.qcow2', os_version: CENTOS, min_disk: 40 };
    const job = await run(demo, demo.send('post', '/v2/cloudimages/action', body));
    expect(job).toMatchObject({ status: 'FAIL', error_code: 'IMG.0057' });
  });

  test('fails when one of its images is deleted meanwhile, and creates the others', async () => {
    demo.world.setProgress({ '*': { pace: { by: 'hand' } } });
    const jobId = await startJob(copy());
    const multiImageJobId = await startJob(
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
    demo.world.tasks.finish(taskOf(multiImageJobId));
    const { status, entities } = await show(demo, multiImageJobId);
    expect([status, entities.sub_jobs_result?.map((subJob) => subJob.status)]).toEqual(['FAIL', ['SUCCESS', 'FAIL']]);
    expect((await imageOf(demo, demo.idOf('one')))['status']).toBe('active');
  });

  test('frees the name of its image when it fails', async () => {
    demo.world.setProgress({ copy: { pace: { by: 'once' }, failure: { code: null, message: null } } });
    await run(demo, copy());
    demo.world.setProgress({});
    expect((await run(demo, copy())).status).toBe('SUCCESS');
    expect(await codeOf(copy())).toEqual([400, 'IMG.0009']);
  });

  test('of another project and unknown jobs are not found', async () => {
    const jobId = await startJob(copy());
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

  test('has the same id in a second emulator with the same seed', async () => {
    const first = await startJob(copy());
    demo.world.reset();
    const restarted = await startWithDisks();
    expect(
      await startJob(
        restarted.send('post', `/v1/cloudimages/${restarted.idOf('demo-private')}/copy`, { name: 'copied' }),
      ),
    ).toBe(first);
  });

  test('returns 404 for operations that the edition of the world does not have', async () => {
    const jobId = await startJob(copy());
    demo.world.setProfiles({ ims: { 'huawei-calls': 'absent' } });
    expect(await codeOf(demo.send('get', `/v1/cloudimages/job/${jobId}`))).toEqual([404, 'APIGW.0101']);
    const crossRegionCopy = demo.send('post', `/v1/cloudimages/${UNKNOWN_ID}/cross_region_copy`, {});
    expect(await codeOf(crossRegionCopy)).toEqual([404, 'APIGW.0101']);
    expect((await show(demo, jobId)).status).toBe('SUCCESS');
  });
});
