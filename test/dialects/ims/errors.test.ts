import { expect, test } from '@jest/globals';
import request from 'supertest';
import { ERROR_CODES, GATEWAY_CODES, IMS_CODES } from '../../../src/dialects/ims/error-codes.ts';
import { createTestEmulator, NOON, startEmulator } from '../../support/emulator.ts';
import { signed } from '../../support/sign.ts';
import { type Session, start } from './support.ts';

const UNKNOWN = '5f0c1e9a-1111-4222-8333-444455556666';
const imsError = (code: string): object => ({ error: { code, message: expect.any(String) } });
const gatewayError = (code: string): object => ({
  error_code: code,
  error_msg: expect.any(String),
  request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
});

const arm = async ({ app }: Session, rule: object): Promise<void> => {
  const armed = await request(app).post('/__admin/faults').send(rule);
  if (armed.status !== 201) throw new Error(armed.text);
};

test('IMS operations have 105 codes, and the gateway has 13', () => {
  expect(Object.keys(IMS_CODES)).toHaveLength(105);
  expect(Object.keys(GATEWAY_CODES)).toHaveLength(13);
});

/** Errors that the operation itself returns, in other words than the meaning of their codes. */
const NATURAL: Readonly<Record<string, string>> = {
  'IMG.0064': 'The token is not scoped to a project.',
  'APIGW.0301': 'Incorrect IAM authentication information: decrypt token fail',
  'APIGW.0310': 'The project is not available.',
};

test('a fault can inject every code in its error format, with the words of the operation or with its meaning', async () => {
  const session = await start();
  for (const [code, { status, meaning }] of Object.entries(ERROR_CODES)) {
    await arm(session, {
      match: { operation: 'ims.showQuota' },
      undocumented: true,
      fault: { answer: status, code },
    });
    const response = await session.send('get', '/v1/cloudimages/quota');
    expect([code, response.status]).toEqual([code, status]);
    const message = NATURAL[code] ?? meaning;
    expect(response.body).toEqual(
      code.startsWith('IMG.') ? { error: { code, message } } : { ...gatewayError(code), error_msg: message },
    );
  }
});

test('a fault can inject a code with another message and status', async () => {
  const session = await start();
  await arm(session, {
    match: { operation: 'ims.deleteImage' },
    fault: { answer: 500, code: 'IMG.0176', message: 'The backup stays.', retryAfter: 5 },
  });
  const response = await session.send('delete', `/v2/images/${session.idOf('demo-private')}`);
  expect(response.status).toBe(500);
  expect(response.headers['retry-after']).toBe('5');
  expect(response.body).toEqual({ error: { code: 'IMG.0176', message: 'The backup stays.' } });
});

test.each(['IMG.9999', 'APIGW.0000'])('a fault with the unknown code %s is rejected', async (code) => {
  const { app } = createTestEmulator();
  const response = await request(app)
    .post('/__admin/faults')
    .send({ match: { operation: 'ims.showQuota' }, fault: { answer: 400, code } });
  expect(response.status).toBe(400);
  expect(response.text).toContain('is not a code of ims.showQuota');
});

test('the gateway throttles requests past the limit until the minute is over', async () => {
  const session = await start({ frozenAt: NOON });
  session.world.setLimits({ callsPerMinute: 2 });
  const get = () => session.send('get', '/v2/images');
  expect([(await get()).status, (await get()).status]).toEqual([200, 200]);
  const rejected = await get();
  expect(rejected.status).toBe(429);
  expect(rejected.body).toEqual(gatewayError('APIGW.0308'));
  session.world.clock.advance(60_000);
  expect((await get()).status).toBe(200);
});

test('an expired token and an unknown token get different codes', async () => {
  const session = await start({ frozenAt: NOON });
  session.world.clock.advance(90_000_000);
  const expired = await session.send('get', '/v2/images');
  expect([expired.status, expired.body]).toEqual([401, gatewayError('APIGW.0307')]);
  const unknown = await session.send('get', '/v2/images').set('X-Auth-Token', 'unknown');
  expect([unknown.status, unknown.body]).toEqual([401, gatewayError('APIGW.0301')]);
});

test.each<[string, string, object | undefined]>([
  ['get', '/v1/cloudimages/quota', undefined],
  ['get', '/v2/cloudimages', undefined],
  ['put', '/v1/cloudimages/tags', { image_id: UNKNOWN, tag: 'a.b' }],
])('%s %s requires a token with a project scope', async (method, path, body) => {
  const session = await start();
  const user = { name: 'demo', domain: { id: 'default' }, password: 'secret' };
  const login = await request(session.app)
    .post('/identity/v3/auth/tokens')
    .send({ auth: { identity: { methods: ['password'], password: { user } }, scope: 'unscoped' } });
  const response = await session
    .send(method as 'get' | 'put', path, body)
    .set('X-Auth-Token', String(login.headers['x-subject-token']));
  expect(response.status).toBe(400);
  expect(response.body).toEqual(imsError('IMG.0064'));
});

test('the path of another project and of an unknown project is rejected', async () => {
  const session = await start();
  const { projectId } = await session.as('alt_demo');
  const other = await session.send('get', `/v2/${projectId}/images/tags`);
  expect([other.status, other.body]).toEqual([400, imsError('IMG.0030')]);
  const unknown = await session.send('get', '/v2/no-project/images/tags');
  expect([unknown.status, unknown.body]).toEqual([400, imsError('IMG.0067')]);
});

test.each<[string, string, unknown, string]>([
  ['no body', '/v1/cloudimages/tags', undefined, 'IMG.0007'],
  ['malformed JSON', '/v1/cloudimages/tags', '{', 'IMG.0001'],
  ['a body that lacks a member', '/v1/cloudimages/tags', '{}', 'IMG.0001'],
  ['a body of another type', '/v1/cloudimages/tags', '[]', 'IMG.0001'],
])('%s is rejected with a code', async (_title, path, body, code) => {
  const session = await start();
  const pending = session.send('put', path).set('Content-Type', 'application/json');
  const response = await (body === undefined ? pending : pending.send(body as string));
  expect([response.status, response.body]).toEqual([400, imsError(code)]);
});

const DELETES: readonly (readonly [name: string, natural: number, code: string])[] = [
  ['demo-protected', 403, 'IMG.0091'],
  ['cirros-0.6.2-x86_64-disk', 403, 'IMG.0094'],
  ['status-saving', 204, 'IMG.0090'],
];

test.each(DELETES)(
  'a delete of %s returns %i like Glance, and 400 with %s when the profile prefers codes',
  async (name, status, code) => {
    const session = await start();
    const path = `/v2/images/${session.idOf(name)}`;
    session.world.setProfiles({ ims: { 'delete-refusals': 'codes' } });
    const rejected = await session.send('delete', path);
    expect([rejected.status, rejected.body]).toEqual([400, imsError(code)]);
    session.world.setProfiles({});
    expect((await session.send('delete', path)).status).toBe(status);
  },
);

test('a member cannot delete an image of another project, with a code when the profile prefers codes', async () => {
  const session = await start();
  const other = await session.as('alt_demo');
  session.world.setProfiles({ ims: { 'delete-refusals': 'codes' } });
  const response = await other.send('delete', `/v2/images/${session.idOf('demo-shared')}`);
  expect([response.status, response.body]).toEqual([400, imsError('IMG.0092')]);
});

test('a missing permission returns 403 in one edition and 400 in the other', async () => {
  const session = await start();
  const reader = await session.as('demo_reader');
  const send = () => reader.send('delete', `/v2/images/${session.idOf('demo-private')}`);
  const first = await send();
  expect([first.status, first.body]).toEqual([403, imsError('IMG.0026')]);
  session.world.setProfiles({ ims: { 'no-right': 'huaweicloud' } });
  const second = await send();
  expect([second.status, second.body]).toEqual([400, imsError('IMG.0026')]);
});

test('an unknown image returns 404 or 400 in IMS operations, depending on the profile', async () => {
  const session = await start();
  const send = () => session.send('patch', `/v2/cloudimages/${UNKNOWN}`, []);
  const first = await send();
  expect([first.status, first.body]).toEqual([404, imsError('IMG.0027')]);
  session.world.setProfiles({ ims: { 'unknown-image': 'codes' } });
  const second = await send();
  expect([second.status, second.body]).toEqual([400, imsError('IMG.0027')]);
});

test('an unknown profile or choice is rejected', async () => {
  const { app } = createTestEmulator();
  for (const profiles of [{ ims: { 'no-rights': 'otc' } }, { ims: { 'no-right': 'zh' } }]) {
    const response = await request(app).post('/__admin/worlds').send({ name: 'other', profiles });
    expect(response.status).toBe(400);
  }
  const good = await request(app)
    .post('/__admin/worlds')
    .send({ name: 'other', profiles: { ims: { 'version-status': 'huaweicloud' } } });
  expect(good.status).toBe(201);
  expect((await request(app).get('/w/other/ims/v2.0')).status).toBe(200);
  expect((await request(app).get('/ims/v2.0')).status).toBe(300);
});

test('a request signed for a project of another tenant and a signed request over the size limit are rejected', async () => {
  const emulator = await startEmulator();
  try {
    const world = emulator.worlds.default;
    const other = world.identity.directory.projects.find(({ name }) => name === 'alt_demo');
    const url = `${emulator.url}/ims/v2/images`;
    const sign = (headers: Readonly<Record<string, string>>) =>
      signed({ method: 'GET', url, access: 'demo-ak', secret: 'demo-sk', headers });
    expect((await fetch(url, { headers: sign({}) })).status).toBe(200);
    const foreign = await fetch(url, { headers: sign({ 'X-Project-Id': other?.id ?? '' }) });
    expect(foreign.status).toBe(403);
    expect(await foreign.json()).toEqual(gatewayError('APIGW.0310'));
    const file = `${url}/${UNKNOWN}/file`;
    const large = await request(emulator.app)
      .put(`/ims/v2/images/${UNKNOWN}/file`)
      .set(signed({ method: 'PUT', url: file, access: 'demo-ak', secret: 'demo-sk' }))
      .set({ 'Content-Type': 'application/octet-stream' })
      .send(Buffer.alloc(12 * 1024 * 1024 + 1));
    expect(large.status).toBe(413);
    expect(large.body).toEqual(gatewayError('APIGW.0201'));
  } finally {
    await emulator.close();
  }
});
