import { beforeAll, expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import { createTestEmulator, login } from '../support/emulator.ts';

let app: Express;
let token: string;
let projectId: string;
let userId: string;
beforeAll(async () => {
  const emulator = createTestEmulator();
  app = emulator.app;
  token = await login(app);
  const caller = emulator.worlds.default.identity.callerOf(token);
  projectId = caller?.projectId ?? '';
  userId = caller?.userId ?? '';
});

const statusOf = async (path: string, minor: string): Promise<number> => {
  const named = path.replaceAll('{project}', projectId).replaceAll('{user}', userId);
  const headers = { 'X-Auth-Token': token, 'OpenStack-API-Version': `compute ${minor}` };
  return (await request(app).get(named).set(headers)).status;
};

test.each([
  '/identity/v3/users/{user}',
  '/identity/v3/users/{user}/projects',
  '/identity/v3/auth/projects',
  '/identity/v3/domains/default',
  '/identity/v3/projects/{project}',
  '/identity/v3/regions',
  '/compute/v2.1/extensions',
  '/compute/v2.1/limits?reserved=1',
  '/compute/v2.1/os-simple-tenant-usage/{project}?start=2026-11-29T00:00:00&end=2026-11-30T00:00:00',
  '/compute/v2.1/os-quota-sets/{project}',
  '/compute/v2.1/flavors/detail',
  '/compute/v2.1/servers/detail?project_id={project}',
  '/compute/v2.1/os-keypairs',
  '/compute/v2.1/os-availability-zone',
  '/compute/v2.1/os-server-groups',
  '/image/v2/images?limit=21&sort_key=created_at&sort_dir=desc',
  '/image/v2/metadefs/resource_types',
])('The overview of a dashboard reads %s as a member of a project', async (path) => {
  expect([await statusOf(path, '2.1'), await statusOf(path, '2.61')]).toEqual([200, 200]);
});

test.each(['services', 'endpoints', 'users', 'domains', 'role_assignments', 'roles'])(
  'A member of a project may not list %s',
  async (list) => {
    expect(await statusOf(`/identity/v3/${list}`, '2.1')).toBe(403);
  },
);
