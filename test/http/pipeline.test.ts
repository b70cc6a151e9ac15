import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { type Contract, jsonReply, type Reply } from '../../src/contract/contract.ts';
import { SERVICE_CONVENTIONS } from '../../src/dialects/conventions.ts';
import type { Context, Dialect } from '../../src/dialects/dialect.ts';
import { buildRoutes } from '../../src/dialects/routes.ts';
import { webobDecoding } from '../../src/dialects/shared/webob.ts';
import { ANONYMOUS } from '../../src/domain/caller.ts';
import { REAL_TIME } from '../../src/domain/clock.ts';
import type { BlobStore } from '../../src/domain/data/image-data.ts';
import { DomainError } from '../../src/domain/problem.ts';
import { type AppDependencies, createApp } from '../../src/http/app.ts';
import { createAppServer } from '../../src/http/app-server.ts';
import { STAGES } from '../../src/http/stages.ts';
import { JournalMemory } from '../../src/journal/memory.ts';
import { initialState } from '../../src/world/parts/parts.ts';
import { World } from '../../src/world/world.ts';
import { entriesOf } from '../support/journal.ts';

const textReply = (status: number, message: string): Reply => ({
  status,
  headers: { 'Content-Type': 'text/plain' },
  body: message,
});

const operation = { summary: '', source: 'this test' } as const;

const contract = {
  name: 'image-v2',
  title: 'A tiny API',
  mount: '/tiny',
  operations: {
    show: { ...operation, method: 'get', path: '/things/{id}', success: 200, statuses: [200, 404, 405] },
    create: {
      ...operation,
      method: 'post',
      path: '/things',
      success: 201,
      statuses: [201, 400],
      request: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
    },
    open: { ...operation, method: 'get', path: '/open', success: 200, statuses: [200], auth: 'none' },
    stream: { ...operation, method: 'get', path: '/stream', success: 200, statuses: [200], auth: 'none' },
    stray: { ...operation, method: 'get', path: '/stray', success: 200, statuses: [200], auth: 'none' },
    crash: { ...operation, method: 'get', path: '/crash', success: 200, statuses: [200], auth: 'none' },
  },
} as const satisfies Contract;

const tiny: Dialect = {
  name: 'image-v2',
  contract,
  decoding: webobDecoding,
  bodyLimit: 64,
  handlers: () => ({
    show: ({ params }) => {
      if (params['id'] === 'none') throw new DomainError({ kind: 'image-not-found', imageId: 'none', purpose: 'show' });
      return jsonReply(200, params);
    },
    create: (call) => jsonReply(201, call.json),
    open: (call, context: Context) =>
      jsonReply(200, { base: call.base, root: call.root, user: context.caller.userName }),
    stream: () => ({ status: 200, body: Readable.from(['one', 'two']) }),
    stray: () => ({ status: 418 }),
    crash: () => Promise.reject(new Error('broken part')),
  }),
  identify: (call) =>
    call.headers['x-auth-token'] === 'good' ? { ...ANONYMOUS, token: 'good' } : textReply(401, 'who are you'),
  presentProblem: (problem) => textReply(404, `problem ${problem.kind}`),
  presentViolations: ({ violations }) =>
    textReply(400, violations.map(({ pointer, keyword }) => pointer + keyword).join()),
  presentMalformed: () => textReply(400, 'no JSON'),
  presentFault: ({ status }) => textReply(status, 'fault'),
  presentUnrouted: ({ methods }) =>
    methods.length > 0 ? { status: 405, headers: { Allow: methods.join(', ') } } : textReply(404, 'no such path'),
  presentFailure: ({ error }) => textReply(500, (error as Error).message),
  presentOversized: ({ maxBytes }) => textReply(413, `over ${maxBytes}`),
  commonHeaders: (_call, _reply, requestId) => ({ 'X-Request-Id': requestId }),
};

const NOON = Date.UTC(2026, 10, 21, 12);

function start(options: Partial<AppDependencies> = {}) {
  const routes = buildRoutes([tiny]);
  const world = (name: string): World =>
    new World({
      name,
      origin: initialState('seed', { clock: { ...REAL_TIME, frozenAt: NOON } }),
      dependencies: {
        contracts: [contract],
        conventions: SERVICE_CONVENTIONS,
        blobs: {} as BlobStore,
        journal: { capacity: 10 },
        journalMemory: new JournalMemory(2 ** 20),
      },
    });
  const worlds = new Map([
    ['default', world('default')],
    ['other', world('other')],
  ]);
  const app = createApp({
    routes,
    stages: STAGES,
    worlds: { get: (name) => worlds.get(name), ofToken: () => undefined, list: () => [...worlds.values()] },
    admin: {
      replyEarly: () => undefined,
      handle: (call) => jsonReply(200, { admin: call.path, body: call.body?.toString() ?? null }),
    },
    index: () => jsonReply(200, { here: true }),
    ...options,
  });
  return { app, worlds, default: worlds.get('default') as World, other: worlds.get('other') as World };
}

describe('the request pipeline', () => {
  test('passes path parameters to the handler and adds the headers of the dialect to its reply', async () => {
    const { app } = start();
    const response = await request(app).get('/tiny/things/a%20b').set('X-Auth-Token', 'good');
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ id: 'a b' });
    expect(response.headers['x-request-id']).toMatch(
      /^req-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(response.headers['date']).toBe('Sat, 21 Nov 2026 12:00:00 GMT');
    expect(response.headers['x-powered-by']).toBeUndefined();
    expect(response.headers['etag']).toBeUndefined();
  });

  test('authenticates first, except for operations that need no token', async () => {
    const { app } = start();
    expect((await request(app).get('/tiny/things/a')).status).toBe(401);
    expect((await request(app).get('/tiny/open')).status).toBe(200);
  });

  test('validates the body against the schema and passes its parsed value to the handler', async () => {
    const { app, default: world } = start();
    const post = () => request(app).post('/tiny/things').set('X-Auth-Token', 'good').set('Content-Type', 'text/odd');
    expect((await post().send('{"name":"n"}')).body).toEqual({ name: 'n' });
    expect((await post().send('{"name":1}')).text).toBe('/nametype');
    expect((await post().send('{"name"')).text).toBe('no JSON');
    expect((await post()).text).toBe('no JSON');
    expect(entriesOf(world, { limit: 9, status: 400 })[0]?.violations).toEqual([
      { pointer: '/name', message: 'must be string' },
    ]);
  });

  test('rejects a body over the limit, with and without Content-Length', async () => {
    const { app } = start();
    const post = () => request(app).post('/tiny/things').set('X-Auth-Token', 'good');
    expect((await post().send(JSON.stringify({ name: 'n'.repeat(64) }))).text).toBe('over 64');
    const chunked = post().set('Transfer-Encoding', 'chunked');
    chunked.write('x'.repeat(60));
    expect((await chunked.send('y'.repeat(60))).status).toBe(413);
  });

  test('presents an error of the domain in the format of the dialect', async () => {
    const response = await request(start().app).get('/tiny/things/none').set('X-Auth-Token', 'good');
    expect([response.status, response.text]).toEqual([404, 'problem image-not-found']);
  });

  test('returns 500 for undocumented statuses and errors of handlers, and journals them as failures', async () => {
    const { app, default: world } = start();
    expect((await request(app).get('/tiny/stray')).status).toBe(500);
    expect((await request(app).get('/tiny/crash')).text).toBe('broken part');
    expect(entriesOf(world, { limit: 9 }).map(({ failure }) => failure?.split('\n')[0])).toEqual([
      'Error: image-v2.stray returned 418, which its contract does not list',
      'Error: broken part',
    ]);
  });

  test('sends the chunks of a stream as the body', async () => {
    const response = await request(start().app)
      .get('/tiny/stream')
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.on('data', (chunk) => {
          text += String(chunk);
        });
        response.on('end', () => done(null, text));
      });
    expect(response.body).toBe('onetwo');
  });

  test('returns the 404 of the dialect for an unknown path and journals the nearest operations', async () => {
    const { app, default: world } = start();
    expect((await request(app).get('/tiny/thing/a')).text).toBe('no such path');
    expect(entriesOf(world, { limit: 1 })[0]).toMatchObject({
      operation: null,
      status: 404,
      nearest: expect.arrayContaining(['image-v2.show (GET /tiny/things/{id})']),
    });
    // The members have the same order as those of a request that matches an operation.
    await request(app).get('/tiny/things/a');
    const [unmatched, matched] = entriesOf(world, { limit: 2 }).map((entry) => Object.keys(entry));
    expect(unmatched?.filter((member) => matched?.includes(member))).toEqual(
      matched?.filter((member) => unmatched?.includes(member)),
    );
  });

  test('counts a 405 for the operations of the path that document it', async () => {
    const { app, default: world } = start();
    const response = await request(app).put('/tiny/things/a');
    expect([response.status, response.headers['allow']]).toEqual([405, 'GET']);
    expect(world.coverage.cells().find(({ status }) => status === 405)?.natural).toBe(1);
  });

  test('isolates worlds and includes the world in links', async () => {
    const { app, other, default: world } = start();
    const response = await request(app).get('/w/other/tiny/open').set('Host', 'here:1');
    expect(response.body).toEqual({ base: 'http://here:1/w/other/tiny', root: 'http://here:1/w/other', user: '' });
    expect(other.journal.recorded).toBe(1);
    expect(world.journal.recorded).toBe(0);
    const missing = await request(app).get('/w/none/tiny/open');
    expect([missing.status, missing.body.error.message]).toEqual([
      404,
      "World 'none' not found. Create it with POST /__admin/worlds.",
    ]);
  });

  test('routes requests below /__admin to the admin API and does not journal them', async () => {
    const { app, default: world } = start();
    expect((await request(app).post('/__admin/faults').send('{}')).body).toEqual({ admin: '/faults', body: '{}' });
    expect((await request(app).get('/w/other/__admin')).body).toEqual({ admin: '', body: null });
    expect(world.journal.recorded).toBe(0);
  });

  test('serves an index at the root and suggests the nearest operations for other paths', async () => {
    const { app } = start();
    expect((await request(app).get('/')).body).toEqual({ here: true });
    const response = await request(app).get('/tiny2/open');
    expect(response.status).toBe(404);
    expect(response.body.error.nearest[0]).toBe('image-v2.open (GET /tiny/open)');
  });

  test('builds links from the headers of a trusted proxy, or from the external URL', async () => {
    const forwarded = {
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'cloud.example',
      'X-Forwarded-Prefix': '/p/',
    };
    const open = (options: Partial<AppDependencies>) => request(start(options).app).get('/tiny/open').set(forwarded);
    expect((await open({ trustProxy: true })).body.base).toBe('https://cloud.example/p/tiny');
    expect((await open({})).body.base).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/tiny$/);
    expect((await open({ externalUrl: 'https://outside.example' })).body.base).toBe('https://outside.example/tiny');
  });

  test('serves a mount at the root of its own port', async () => {
    const server = createAppServer(start().app, { ownMount: '/tiny' });
    const response = await request(server).get('/open');
    expect(response.body.base).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    server.close();
  });
});
