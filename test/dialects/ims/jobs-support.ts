import type { Test } from 'supertest';
import { defaultFixtures } from '../../../src/fixtures/default-fixtures.ts';
import type { FixtureSet } from '../../../src/fixtures/fixture-set.ts';
import { NOON } from '../../support/emulator.ts';
import { type Session, start } from './support.ts';

/** An id that does not exist. */
export const UNKNOWN_ID = '5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77';
/** A well-formed id of a key. */
export const KEY = '0d6a1b6f-7d2f-4d3c-9f3e-6b3f1f2d4c5a';
export const CENTOS = 'CentOS 7.3 64bit';

/** Ids of the volumes and backups of `withDisks` by name. */
export const DISKS = {
  'data-1': '10000000-0000-4000-8000-000000000001',
  'data-2': '10000000-0000-4000-8000-000000000002',
  'other-data': '10000000-0000-4000-8000-000000000003',
  attaching: '10000000-0000-4000-8000-000000000004',
  csbs: '20000000-0000-4000-8000-000000000001',
  cbr: '20000000-0000-4000-8000-000000000002',
  unfinished: '20000000-0000-4000-8000-000000000003',
} as const;

/** The default fixtures with volumes and backups that have fixed ids. */
const withDisks = (): FixtureSet => ({
  ...defaultFixtures(),
  volumes: [
    { id: DISKS['data-1'], name: 'data-1', project: 'demo', size: 100, server: 'stopped-1' },
    { id: DISKS['data-2'], name: 'data-2', project: 'demo', size: 20, server: 'stopped-1' },
    { id: DISKS['other-data'], name: 'other-data', project: 'demo', size: 10, server: 'db-1' },
    { id: DISKS.attaching, name: 'attaching', project: 'demo', size: 10, status: 'attaching' },
  ],
  backups: [
    { id: DISKS.csbs, name: 'csbs', project: 'demo', kind: 'CSBS', size: 40, server: 'stopped-1' },
    { id: DISKS.cbr, name: 'cbr', project: 'demo', kind: 'CBR', size: 40, server: 'stopped-1' },
    { id: DISKS.unfinished, name: 'unfinished', project: 'demo', status: 'creating', server: 'stopped-1' },
  ],
});

/** Starts an emulator at noon with volumes and backups, and logs in the user demo. */
export const startWithDisks = (): Promise<Session> => start({ fixtures: withDisks(), frozenAt: NOON });

export function serverId({ world }: Session, name: string): string {
  const found = world.servers.listAll().find((server) => server.name === name);
  if (found === undefined) throw new Error(`no server ${name}`);
  return found.id;
}

/** The body of `showJob`. */
export interface Job {
  readonly job_id: string;
  readonly job_type: string;
  readonly begin_time: string;
  readonly end_time: string;
  readonly status: string;
  readonly error_code: string | null;
  readonly fail_reason: string | null;
  readonly entities: {
    readonly image_id?: string;
    readonly image_name?: string;
    readonly results?: readonly object[];
    readonly sub_jobs_result?: readonly Job[];
    readonly sub_jobs_list?: readonly string[];
  };
}

/** Starts a job and returns its id. */
export async function startJob(request: Test): Promise<string> {
  const response = await request;
  if (response.status !== 200) throw new Error(`starting the job returned ${response.status}: ${response.text}`);
  return response.body.job_id;
}

/** Returns the current state of a job. This counts as a poll. */
export async function show(session: Session, jobId: string): Promise<Job> {
  const response = await session.send('get', `/v1/${session.projectId}/jobs/${jobId}`);
  if (response.status !== 200) throw new Error(`showJob returned ${response.status}: ${response.text}`);
  return response.body;
}

/** Starts a job and returns its state. */
export const run = async (session: Session, request: Test): Promise<Job> => show(session, await startJob(request));

/** Returns the status and the code of an error. */
export async function codeOf(request: Test): Promise<readonly [number, string]> {
  const { status, body } = await request;
  return [status, body.error?.code ?? body.error_code];
}

/** Returns an image as the service presents it. */
export const imageOf = async (session: Session, id: string | undefined): Promise<Readonly<Record<string, unknown>>> =>
  (await session.send('get', `/v2/images/${id}`)).body;
