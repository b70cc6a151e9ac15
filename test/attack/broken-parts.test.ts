import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type BrokenServer, startBroken } from '../support/attack/broken-server.ts';
import { login } from '../support/emulator.ts';

/** What a client sees of an internal error. */
type Outcome = 'service 500' | 'own 500' | 'natural' | 'cut';

let server: BrokenServer;
let token: string;
let image: string;

beforeAll(async () => {
  server = await startBroken();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await send('POST', '/__admin/reset');
  token = await login(server.url, { user: 'admin' });
  const created = await send('POST', '/image/v2/images', { name: 'one' });
  image = ((await created.json()) as { readonly id: string }).id;
});

const send = (method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(server.url + path.replace('{image}', image), {
    method,
    headers: { 'x-auth-token': token ?? '', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const logIn = {
  auth: {
    identity: {
      methods: ['password'],
      password: { user: { name: 'demo', domain: { id: 'default' }, password: 'secret' } },
    },
  },
};

async function outcomeOf(response: Response): Promise<Outcome> {
  const text = await response.text().catch(() => undefined);
  if (text === undefined) return 'cut';
  expect(text).not.toContain('broken part');
  expect(text).not.toContain('    at ');
  const reference = response.headers.get('x-sideglance-error');
  if (reference === null) return 'natural';
  expect(response.status).toBe(500);
  return text.includes('an error of Sideglance, not of the service') ? 'own 500' : 'service 500';
}

/** The part, the request that meets it, and what its client gets. */
const CASES: readonly (readonly [part: string, request: readonly [string, string, unknown?], Outcome])[] = [
  ['the world of the address', ['GET', '/image/v2/images'], 'own 500'],
  ['the world of the token', ['GET', '/image/v2/images'], 'own 500'],
  ['the world of a log-in', ['POST', '/identity/v3/auth/tokens', logIn], 'own 500'],
  ['the identity of the caller', ['GET', '/image/v2/images'], 'service 500'],
  ['the identity of the caller, and the 500 for it', ['GET', '/image/v2/images'], 'own 500'],
  ['the reply to an unknown path', ['GET', '/image/v2/unknown'], 'own 500'],
  ['the reply to an unknown path', ['POST', '/image/v2/unknown', { a: 1 }], 'own 500'],
  ['the reply to a path of no API', ['GET', '/unknown'], 'own 500'],
  ['due changes', ['GET', '/image/v2/images'], 'service 500'],
  ['the sending of a reply', ['GET', '/image/v2/images'], 'own 500'],
  ['the sending of a reply', ['POST', '/image/v2/images', { name: 'two' }], 'own 500'],
  ['the journal', ['GET', '/image/v2/images'], 'natural'],
  ['the coverage', ['GET', '/image/v2/images'], 'natural'],
  ['the listener of requests', ['GET', '/image/v2/images'], 'natural'],
  ['the data of an image', ['GET', '/image/v2/images/46790932-8178-4e48-86dc-a8955b933de9/file'], 'service 500'],
  ['the sending of a reply of the admin API', ['GET', '/__admin/coverage'], 'own 500'],
  ['the sending of a reply of the admin API', ['POST', '/__admin/worlds', { name: 'new' }], 'own 500'],
  ['a report of the admin API', ['GET', '/__admin/coverage'], 'own 500'],
  ['the access to the admin API', ['GET', '/__admin/worlds'], 'own 500'],
  ['the turn of a request on its connection', ['GET', '/image/v2/images'], 'own 500'],
];

test.each(CASES)('an error in %s ends neither the server nor its connections: %j', async (part, request, outcome) => {
  await server.break(part);
  expect(await outcomeOf(await send(...request))).toBe(outcome);
  await server.reported('Error: broken part\n    at ');
  expect(server.errors()).toContain('sideglance: internal error');
  expect((await send('GET', '/image/v2/images')).status).toBe(200);
  expect(server.isAlive()).toBe(true);
});

test('an error in an import is a 500 of the service', async () => {
  await server.break('an import');
  const response = await send('POST', '/image/v2/images/{image}/import', { method: { name: 'glance-direct' } });
  expect(await outcomeOf(response)).toBe('service 500');
  expect(server.isAlive()).toBe(true);
});

test('an error in the sending of a delayed reply is a 500 too', async () => {
  await send('POST', '/__admin/faults', {
    match: { operation: 'image-v2.listImages' },
    fault: { delay: '5ms' },
  });
  await server.break('the sending of a reply');
  expect(await outcomeOf(await send('GET', '/image/v2/images'))).toBe('own 500');
  expect(server.isAlive()).toBe(true);
});

test('an error in a late effect is reported', async () => {
  await send('POST', '/__admin/faults', {
    match: { operation: 'image-v2.deleteImage' },
    phase: { late: { polls: 1 } },
  });
  expect((await send('DELETE', '/image/v2/images/{image}')).status).toBe(204);
  await server.break('a late effect');
  await send('GET', '/image/v2/images/{image}');
  await send('GET', '/image/v2/images/{image}');
  await server.reported('the late effect of image-v2.deleteImage');
  expect(server.isAlive()).toBe(true);
});

test('an error in the completion of a journal entry is reported', async () => {
  const data = Buffer.alloc(8 * 1024 * 1024);
  const headers = { 'x-auth-token': token, 'content-type': 'application/octet-stream' };
  const created = await send('POST', '/image/v2/images', { name: 'x', disk_format: 'raw', container_format: 'bare' });
  const { id } = (await created.json()) as { readonly id: string };
  const file = `/image/v2/images/${id}/file`;
  expect((await fetch(server.url + file, { method: 'PUT', headers, body: data })).status).toBe(204);
  await server.break('the completion of a journal entry');
  expect((await (await send('GET', file)).arrayBuffer()).byteLength).toBe(data.length);
  await server.reported('during the completion of a journal entry');
  expect(server.isAlive()).toBe(true);
});

test('an error in the stream of requests ends this stream alone', async () => {
  const events = await send('GET', '/__admin/requests/stream');
  const received = events.text().catch(() => 'cut');
  await server.break('a reader of the journal');
  expect((await send('GET', '/image/v2/images')).status).toBe(200);
  expect(await received).toBe('cut');
  expect(server.isAlive()).toBe(true);
});

test('the journal has the stack trace of an error outside of the stages', async () => {
  await server.break('the reply to an unknown path');
  await send('GET', '/image/v2/unknown');
  const listed = await send('GET', '/__admin/requests');
  const { requests } = (await listed.json()) as { readonly requests: { readonly failure?: string }[] };
  expect(requests.at(-1)).toMatchObject({ url: '/image/v2/unknown', status: 500 });
  expect(requests.at(-1)?.failure).toContain('Error: broken part');
});
