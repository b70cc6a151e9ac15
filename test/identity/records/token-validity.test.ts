import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import type { User } from '../../../src/identity/directory/directory.ts';
import {
  type DomainRecord,
  grantId,
  type ProjectRecord,
  type UserRecord,
} from '../../../src/identity/records/record.ts';
import type { Records } from '../../../src/identity/records/records.ts';
import { withPassword } from '../../../src/identity/records/revocations.ts';
import { createTestEmulator, login, NOON } from '../../support/emulator.ts';

const UNAUTHENTICATED = 'The request you have made requires authentication.';

let emulator: Emulator;
let records: Records;
let admin: string;
let demo: string;
let user: UserRecord;
let project: ProjectRecord;
let domain: DomainRecord;

const at = (seconds: number): void => emulator.worlds.default.setClock({ frozenAt: NOON + seconds * 1000, offset: 0 });

beforeEach(async () => {
  emulator = createTestEmulator({ frozenAt: NOON });
  records = emulator.worlds.default.identity.records;
  domain = records.get('domain', 'default') as DomainRecord;
  user = records.first('user', 'any-name', 'demo') as UserRecord;
  project = records.first('project', 'any-name', 'demo') as ProjectRecord;
  admin = await login(emulator.app, { user: 'admin', project: 'admin' });
  demo = await login(emulator.app);
});

const get = (path: string, token = demo) => request(emulator.app).get(path).set('X-Auth-Token', token);
const validate = () => get('/identity/v3/auth/tokens', admin).set('X-Subject-Token', demo);

/** Changes that end the token of demo: the response of Keystone to it, and to a client that validates it. */
const ENDS: readonly {
  readonly change: string;
  readonly apply: () => void;
  readonly own: { readonly status: number; readonly message: () => string };
  readonly validation: () => string;
}[] = [
  {
    change: 'its project is deleted',
    apply: () => records.delete('project', project.id),
    own: { status: 404, message: () => `Could not find project: ${project.id}.` },
    validation: () => `Could not find project: ${project.id}.`,
  },
  {
    change: 'its project is disabled',
    apply: () => records.put('project', { ...project, enabled: false }),
    own: { status: 404, message: () => `Unable to validate token because project ${project.id} is disabled` },
    validation: () => `Unable to validate token because project ${project.id} is disabled`,
  },
  {
    change: 'its user is deleted',
    apply: () => records.delete('user', user.id),
    own: { status: 404, message: () => `Could not find user: ${user.id}.` },
    validation: () => `Could not find user: ${user.id}.`,
  },
  {
    change: 'its user is disabled',
    apply: () => records.put('user', { ...user, enabled: false }),
    own: { status: 401, message: () => UNAUTHENTICATED },
    validation: () => 'Failed to validate token',
  },
  {
    change: 'its user gets the same password again',
    apply: () => records.put('user', withPassword(user, 'secret', NOON)),
    own: { status: 401, message: () => UNAUTHENTICATED },
    validation: () => 'Failed to validate token',
  },
  {
    change: 'its user loses the last role in the project',
    apply: () => {
      for (const { id } of records.by('grant', 'actor', user.id)) records.delete('grant', id);
    },
    own: { status: 401, message: () => UNAUTHENTICATED },
    validation: () => `Could not find token: ${demo}.`,
  },
];

describe.each(ENDS)('A token is no longer good when $change', ({ apply, own, validation }) => {
  test('in Keystone, in the words of the service', async () => {
    apply();
    const response = await get('/identity/v3/auth/projects');
    expect(response.status).toBe(own.status);
    expect(response.body.error.message).toBe(own.message());
    const validated = await validate();
    expect(validated.status).toBe(404);
    expect(validated.body.error.message).toBe(validation());
  });

  test('in Glance and Nova with 401', async () => {
    expect((await get('/image/v2/images')).status).toBe(200);
    apply();
    expect((await get('/image/v2/images')).status).toBe(401);
    expect((await get('/compute/v2.1/images')).status).toBe(401);
  });
});

test('the 404 for the token of a request names the title before the message', async () => {
  records.delete('project', project.id);
  expect(Object.keys((await get('/identity/v3/auth/projects')).body.error)).toEqual(['code', 'title', 'message']);
  expect(Object.keys((await validate()).body.error)).toEqual(['code', 'message', 'title']);
});

test('a token works again when its project is enabled again, but not when its user is', async () => {
  records.put('project', { ...project, enabled: false });
  records.put('project', project);
  expect((await get('/identity/v3/auth/projects')).status).toBe(200);
  records.put('user', { ...user, enabled: false });
  records.put('user', user);
  at(60);
  expect((await get('/identity/v3/auth/projects')).status).toBe(401);
});

test('a disabled domain ends all tokens of its users and projects until it is enabled', async () => {
  records.put('domain', { ...domain, enabled: false });
  const response = await get('/identity/v3/auth/projects');
  expect(response.body.error.message).toBe('Unable to validate token because domain default is disabled');
  records.put('domain', domain);
  expect((await get('/identity/v3/auth/projects')).status).toBe(200);
});

test('a token for a domain stays good when the domain is disabled, unless its user belongs to it', async () => {
  records.put('domain', { ...domain, id: 'other', name: 'other' });
  const role = records.first('role', 'any-name', 'reader');
  const parts = {
    actor_type: 'user',
    actor_id: user.id,
    target_type: 'domain',
    target_id: 'other',
    role_id: role?.id ?? '',
    inherited: false,
  } as const;
  records.put('grant', { ...parts, id: grantId(parts) });
  const { identity } = emulator.worlds.default;
  const token = identity.issue({
    user: identity.index.user(user.id) as User,
    scope: { kind: 'domain', domainId: 'other' },
    methods: ['password'],
    format: 'fernet',
    program: 'test',
    includesWorldTag: false,
  });
  records.put('domain', { ...domain, id: 'other', name: 'other', enabled: false });
  expect((await get('/identity/v3/auth/projects', token.id)).status).toBe(200);
  records.delete('domain', 'other');
  const response = await get('/identity/v3/auth/projects', token.id);
  expect([response.status, response.body.error.message]).toEqual([404, 'Could not find domain: other.']);
});

test('revocations include tokens of the same second, and no later ones', async () => {
  records.put('user', withPassword(user, 'secret', NOON));
  expect((await get('/identity/v3/auth/projects', await login(emulator.app))).status).toBe(401);
  at(1);
  expect((await get('/identity/v3/auth/projects', await login(emulator.app))).status).toBe(200);
});

const GROUP = { id: 'g', name: 'g', domain_id: 'default', description: '' };

test('the removal of a member ends its tokens', async () => {
  records.put('group', GROUP);
  records.put('membership', { id: `g:${user.id}`, group_id: 'g', user_id: user.id });
  expect((await get('/identity/v3/auth/projects')).status).toBe(200);
  records.delete('membership', `g:${user.id}`);
  expect((await get('/identity/v3/auth/projects')).status).toBe(401);
});

test('the deletion of a group leaves the tokens of its members valid', async () => {
  records.put('group', GROUP);
  records.put('membership', { id: `g:${user.id}`, group_id: 'g', user_id: user.id });
  records.delete('group', 'g');
  expect(records.has('membership', `g:${user.id}`)).toBe(false);
  expect((await get('/identity/v3/auth/projects')).status).toBe(200);
});

test('a token shows the roles that its user has at present', async () => {
  const role = records.first('role', 'any-name', 'service');
  const [grant] = records.by('grant', 'actor', user.id);
  if (grant === undefined || role === undefined) throw new Error('the fixtures have changed');
  records.put('grant', { ...grant, id: 'more', role_id: role.id });
  expect((await validate()).body.token.roles.map(({ name }: { name: string }) => name)).toEqual([
    'member',
    'reader',
    'service',
  ]);
});

test('a deleted user takes its application credentials along', () => {
  const { credentials } = emulator.worlds.default.identity;
  const token = emulator.worlds.default.identity.subjectToken(demo);
  credentials.create(token, {
    name: 'ci',
    description: null,
    secret: null,
    system: null,
    roles: token.roles,
    expiresAt: null,
    isUnrestricted: null,
    accessRules: null,
  });
  records.delete('user', user.id);
  expect(credentials.list(user.id)).toEqual([]);
});

test('a token of a trust has the delegated roles, until the trust or one of these roles of the trustor is gone', async () => {
  const { identity } = emulator.worlds.default;
  const trustee = identity.index.userOfName('alt_demo') as User;
  const member = records.first('role', 'any-name', 'member')?.id ?? '';
  records.put('trust', {
    id: 't',
    trustor_user_id: user.id,
    trustee_user_id: trustee.id,
    project_id: project.id,
    impersonation: false,
    role_ids: [member],
    expires: NOON + 60_000,
    remaining_uses: null,
    redelegated_trust_id: null,
    redelegation_count: 0,
  });
  const token = identity.issue({
    user: trustee,
    scope: { kind: 'project', projectId: project.id },
    methods: ['password'],
    format: 'fernet',
    program: 'test',
    includesWorldTag: false,
    trust: { id: 't', trustorId: user.id, roleIds: [member], expiresAt: NOON + 60_000 },
  });
  expect(token.roles.map(({ name }) => name)).toEqual(['member', 'reader']);
  expect(token.expiresAt).toBe(NOON + 60_000);
  expect((await get('/identity/v3/auth/projects', token.id)).status).toBe(200);
  const [grant] = records.by('grant', 'actor', user.id);
  records.delete('grant', grant?.id ?? '');
  expect((await get('/identity/v3/auth/projects', token.id)).status).toBe(403);
  expect((await get('/image/v2/images', token.id)).status).toBe(401);
  records.delete('trust', 't');
  const gone = await get('/identity/v3/auth/projects', token.id);
  expect([gone.status, gone.body.error.message]).toEqual([404, 'Could not find trust: t.']);
});
