import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import { createTestEmulator, login, NOON } from '../../support/emulator.ts';

/** A request that the dashboard sent, and the status that the services returned. */
interface Read {
  readonly url: string;
  readonly status: number;
  readonly microversion?: string;
}

type Role = 'member' | 'admin';

const READS = JSON.parse(readFileSync(new URL('horizon.json', import.meta.url), 'utf8')) as Readonly<
  Record<Role, readonly Read[]>
>;

async function send(app: Express, token: string, { url, microversion }: Read): Promise<number> {
  const versions =
    microversion === undefined
      ? {}
      : {
          'X-OpenStack-Nova-API-Version': microversion,
          'OpenStack-API-Version': `compute ${microversion}`,
        };
  return (
    await request(app)
      .get(url)
      .set({ 'X-Auth-Token': token, ...versions })
  ).status;
}

test.each<readonly [Role, string]>([
  ['member', 'demo'],
  ['admin', 'admin'],
])('The pages of the dashboard that Debian packages read nothing unknown as %s', async (role, user) => {
  const { app, worlds } = createTestEmulator({ frozenAt: NOON });
  const token = await login(app, { user });
  const { identity, servers, images } = worlds.default;
  const caller = identity.callerOf(token);
  const server = servers.listAll().find(({ name }) => name === 'web-1');
  const [image] = images.list({
    audience: { kind: 'everyone' },
    equal: { name: ['in-use-by-web-1'] },
    limit: 1,
  }).images;
  const values = { project: caller?.projectId, user: caller?.userId, server: server?.id, image: image?.id };
  const filled = READS[role].map((read) => ({
    ...read,
    url: Object.entries(values).reduce((url, [name, value]) => url.replaceAll(`{${name}}`, value ?? ''), read.url),
  }));
  const received: (readonly [string, number])[] = [];
  for (const read of filled) received.push([read.url, await send(app, token, read)]);
  expect(received).toEqual(filled.map(({ url, status }) => [url, status]));
});
