import { createHash, createHmac } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

let emulator: Emulator;
let admin: string;
let member: string;
let userId: string;
beforeEach(async () => {
  emulator = createTestEmulator();
  admin = await login(emulator.app, { user: 'admin' });
  member = await login(emulator.app);
  const caller = emulator.worlds.default.identity.callerOf(member);
  userId = caller?.userId as string;
  await addCredential({ project_id: caller?.projectId });
});

const post = (path: string, body: object, token: string | undefined = admin) => {
  const sent = request(emulator.app).post(`/identity/v3/${path}`);
  return (token === undefined ? sent : sent.set('X-Auth-Token', token)).send(body);
};

async function addCredential(members: object): Promise<void> {
  const blob = '{"access": "KEY", "secret": "hush"}';
  const created = await post('credentials', { credential: { type: 'ec2', blob, user_id: userId, ...members } });
  expect(created.status).toBe(201);
}

const hmac = (algorithm: string, key: string | Buffer, text: string): Buffer =>
  createHmac(algorithm, key).update(text).digest();
const now = (): string => new Date(emulator.worlds.default.clock.now()).toISOString().replace(/\.\d+/, '');

const V2 = { access: 'KEY', host: 'ec2:8773', verb: 'GET', path: '/services' };

/** A request with a signature of version 2. @param host - as the client signed it. */
function version2(host = V2.host, timestamp = now()) {
  const params = { SignatureVersion: '2', Action: 'List all~', Timestamp: timestamp };
  const query = `Action=List%20all~&SignatureMethod=HmacSHA256&SignatureVersion=2&Timestamp=${encodeURIComponent(timestamp)}`;
  const signature = hmac('sha256', 'hush', `GET\n${host}\n/services\n${query}`).toString('base64');
  return { credentials: { ...V2, params, signature } };
}

const scoped = (text: string, day: string, service: string): string => {
  const key = [day, 'RegionOne', service, 'aws4_request'].reduce<string | Buffer>(
    (last, step) => hmac('sha256', last, step),
    'AWS4hush',
  );
  return hmac('sha256', key, text).toString('hex');
};

describe('POST /v3/ec2tokens', () => {
  test('issues a token to the user whose key signed the request', async () => {
    const { status, headers, body } = await post('ec2tokens', version2());
    expect(status).toBe(200);
    expect(body.token).toMatchObject({ methods: ['ec2credential'], user: { id: userId }, catalog: expect.anything() });
    const token = headers['x-subject-token'] as string;
    expect(emulator.worlds.default.identity.callerOf(token)?.userId).toBe(userId);
  });

  test('issues a token that other services accept, and Keystone itself does not', async () => {
    const token = (await post('ec2tokens', version2())).headers['x-subject-token'] as string;
    const read = (path: string) => request(emulator.app).get(path).set('X-Auth-Token', token);
    expect((await read('/image/v2/images')).status).toBe(200);
    const { status, body } = await read('/identity/v3/auth/projects');
    expect([status, body.error.message]).toEqual([403, 'You are not authorized to perform the requested action.']);
  });

  test('accepts a signature of version 4', async () => {
    const date = now().replaceAll(/[-:]/g, '');
    const day = date.slice(0, 8);
    const bodyHash = createHash('sha256').update('').digest('hex');
    const canonical = `POST\n/\n\nhost:ec2\nx-amz-date:${date}\n\nhost;x-amz-date\n${bodyHash}`;
    const scope = `${day}/RegionOne/ec2/aws4_request`;
    const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`;
    const Authorization = `AWS4-HMAC-SHA256 Credential=KEY/${scope}, SignedHeaders=host;x-amz-date, Signature=x`;
    const { status } = await post('ec2tokens', {
      ec2Credentials: {
        access: 'KEY',
        host: 'ec2',
        verb: 'POST',
        path: '/',
        params: {},
        headers: { Host: 'ec2', 'X-Amz-Date': date, Authorization },
        body_hash: bodyHash,
        signature: scoped(text, day, 'ec2'),
      },
    });
    expect(status).toBe(200);
  });

  test('accepts a host that was signed without its port', async () => {
    expect((await post('ec2tokens', version2('ec2'))).status).toBe(200);
  });

  test('rejects a wrong or an old signature', async () => {
    const { credentials } = version2();
    const statuses = [
      await post('ec2tokens', { credentials: { ...credentials, signature: 'x' } }),
      await post('ec2tokens', { credentials: { ...credentials, signature: undefined } }),
      await post('ec2tokens', version2(V2.host, '2020-01-01T00:00:00Z')),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 401, 401]);
  });

  test('rejects users without the role admin or service, an unknown key and an empty body', async () => {
    const refused = await post('ec2tokens', version2(), member);
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      'You are not authorized to perform the requested action: identity:ec2tokens_validate.',
    ]);
    const unknown = await post('ec2tokens', { credentials: { access: 'nope', signature: 'x' } });
    expect(unknown.body.error).toMatchObject({
      code: 404,
      message: 'Could not find credential: ca3704aa0b06f5954c79ee837faa152d84d6b2d42838f0637a15eda8337dbdce.',
    });
    expect((await post('ec2tokens', {})).body.error).toMatchObject({
      code: 400,
      message: 'request must include a request body',
    });
  });

  test('fails on an unknown version of signatures', async () => {
    const credentials = { ...V2, params: { SignatureVersion: '9' }, signature: 'x' };
    expect((await post('ec2tokens', { credentials })).status).toBe(500);
  });
});

describe('POST /v3/s3tokens', () => {
  const padded = (text: string): string =>
    Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

  test('shows the token of the user without its id', async () => {
    const text = 'GET\n\n\nx';
    const signature = hmac('sha1', 'hush', text).toString('base64');
    const answer = await post('s3tokens', { credentials: { access: 'KEY', token: padded(text), signature } });
    expect([answer.status, answer.body.token.user.id, answer.headers['x-subject-token']]).toEqual([
      200,
      userId,
      undefined,
    ]);
  });

  test.each([
    ['s3', 200],
    ['iam', 200],
    ['ec2', 401],
  ])('answers a signature of version 4 for the service %s with %d', async (service, status) => {
    const text = `AWS4-HMAC-SHA256\n20260101T000000Z\n20260101/RegionOne/${service}/aws4_request\nhash`;
    const signature = scoped(text, '20260101', service);
    const answer = await post('s3tokens', { credentials: { access: 'KEY', token: padded(text), signature } });
    expect(answer.status).toBe(status);
  });

  test('fails without a token', async () => {
    expect((await post('s3tokens', { credentials: { access: 'KEY', signature: 'x' } })).status).toBe(500);
  });
});
