import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login, NOON } from '../../support/emulator.ts';

let emulator: Emulator;
let admin: string;
let user: string;

const PASSWORD = 'pw';
const TOKENS = '/identity/v3/auth/tokens';

const logIn = (identity: object, receipt?: string) =>
  request(emulator.app)
    .post(TOKENS)
    .set(receipt === undefined ? {} : { 'Openstack-Auth-Receipt': receipt })
    .send({ auth: { identity } });

const byPassword = (password = PASSWORD) => ({ methods: ['password'], password: { user: { id: user, password } } });
const byToken = (id: string) => ({ methods: ['token'], token: { id } });

const setOptions = (options: object) =>
  request(emulator.app)
    .patch(`/identity/v3/users/${user}`)
    .set('X-Auth-Token', admin)
    .send({ user: { options } })
    .expect(200);

const tokenBeforeRules = async () => (await logIn(byPassword()).expect(201)).headers['x-subject-token'] as string;
const receiptOf = async () => (await logIn(byPassword()).expect(401)).headers['openstack-auth-receipt'] as string;

beforeEach(async () => {
  emulator = createTestEmulator({ frozenAt: NOON });
  admin = await login(emulator.app, { user: 'admin' });
  const created = await request(emulator.app)
    .post('/identity/v3/users')
    .set('X-Auth-Token', admin)
    .send({ user: { name: 'two-factors', password: PASSWORD } })
    .expect(201);
  user = created.body.user.id;
});

describe('A user with rules about login methods', () => {
  test('gets a receipt that lists the missing methods instead of a token', async () => {
    await setOptions({ multi_factor_auth_rules: [['password', 'token'], ['oauth1']] });
    const response = await logIn(byPassword());
    expect(response.status).toBe(401);
    expect(response.headers['openstack-auth-receipt']).toMatch(/^gAAAAAB[\w-]+$/);
    expect(response.headers).not.toHaveProperty('x-subject-token');
    expect(response.headers).not.toHaveProperty('www-authenticate');
    expect(response.body).toEqual({
      receipt: {
        methods: ['password'],
        user: { id: user, name: 'two-factors', domain: { id: 'default', name: 'Default' } },
        expires_at: '2026-11-21T12:05:00.000000Z',
        issued_at: '2026-11-21T12:00:00.000000Z',
      },
      required_auth_methods: [['password', 'token']],
    });
  });

  test('logs in with all methods at once, with a token of another method, or with a receipt and the missing method', async () => {
    const token = await tokenBeforeRules();
    await setOptions({
      multi_factor_auth_rules: [
        ['token', 'mapped'],
        ['password', 'token'],
      ],
    });
    const both = { ...byPassword(), ...byToken(token), methods: ['password', 'token'] };
    expect((await logIn(both).expect(201)).body.token.methods).toEqual(['password', 'token']);
    await logIn(byToken(token)).expect(201);
    const receipt = await receiptOf();
    const withReceipt = await logIn(byToken(token), receipt).expect(201);
    expect(withReceipt.body.token.methods).toEqual(['token', 'password']);
  });

  test('combines the methods of a receipt with those of the next login', async () => {
    await setOptions({ multi_factor_auth_rules: [['password', 'application_credential']] });
    const receipt = await receiptOf();
    const again = await logIn(byPassword(), receipt);
    expect([again.status, again.body.receipt.methods]).toEqual([401, ['password']]);
    await setOptions({ multi_factor_auth_rules: [['password']] });
    expect((await logIn(byPassword(), receipt).expect(201)).body.token.methods).toEqual(['password']);
  });

  test.each([
    ['are disabled', { multi_factor_auth_rules: [['token']], multi_factor_auth_enabled: false }],
    ['name unsupported methods only', { multi_factor_auth_rules: [['totp'], ['password', 'token']] }],
    ['name an unsupported method besides the password', { multi_factor_auth_rules: [['password', 'totp']] }],
    ['are empty', { multi_factor_auth_rules: [] }],
  ])('logs in by password if the rules %s', async (_title, options) => {
    await setOptions(options);
    await logIn(byPassword()).expect(201);
  });

  test('cannot use an unknown, expired or foreign receipt, with or without rules', async () => {
    await setOptions({ multi_factor_auth_rules: [['token']] });
    const receipt = await receiptOf();
    const demo = { name: 'demo', domain: { id: 'default' }, password: 'secret' };
    for (const text of ['nonsense', `${receipt}x`, receipt]) {
      const response = await logIn({ methods: ['password'], password: { user: demo } }, text);
      expect([response.status, response.body.error.message]).toEqual([401, `Could not find auth receipt: ${text}.`]);
      expect(response.headers['www-authenticate']).toMatch(/^Keystone uri=/);
    }
    const wrong = await logIn(byPassword('wrong'), receipt);
    expect([wrong.status, wrong.body.error.message]).toEqual([
      401,
      'The request you have made requires authentication.',
    ]);
    emulator.worlds.default.clock.advance(300_000);
    const late = await logIn(byPassword(), receipt);
    expect([late.status, late.body.error.message]).toEqual([401, `Could not find auth receipt: ${receipt}.`]);
  });
});
