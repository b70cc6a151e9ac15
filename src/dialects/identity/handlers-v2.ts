import { type Call, jsonReply, type Reply } from '../../contract/contract.ts';
import type { User } from '../../identity/directory/directory.ts';
import type { Identity } from '../../identity/identity.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { Scope } from '../../identity/scopes/scope.ts';
import { isSameSecret } from '../../identity/secrets.ts';
import type { Token } from '../../identity/tokens/token.ts';
import type { Context } from '../dialect.ts';
import { tokenOf } from '../shared/token-headers.ts';
import { openstackCatalogueV2, rackspaceCatalogue } from './catalogue.ts';
import { Fields, need, parseBody } from './parse.ts';
import { presentAccess } from './present.ts';
import { type Family, VARY } from './problems.ts';

const refuse = (): never => {
  throw new IdentityError({ kind: 'not-authenticated' });
};

const API_KEY = 'RAX-KSKEY:apiKeyCredentials';

function tenantScope(auth: Fields, identity: Identity, user: User, family: Family): Scope | undefined {
  const id = auth.string('tenantId') || undefined;
  const name = auth.string('tenantName') || undefined;
  if (id !== undefined && name !== undefined) {
    throw new IdentityError({ kind: 'invalid', message: 'Give the tenant by id or by name, not by both.' });
  }
  if (id !== undefined || name !== undefined) {
    const project = id === undefined ? identity.index.projectOfName(name as string) : identity.index.project(id);
    return project === undefined ? refuse() : { kind: 'project', projectId: project.id };
  }
  if (family !== 'rackspace') return undefined;
  // A Rackspace account has one tenant, and every token of it is good there.
  const own = user.defaultProjectId ?? identity.index.projects(user.id)[0]?.id;
  return own === undefined ? undefined : { kind: 'project', projectId: own };
}

interface Proof {
  readonly user: User;
  readonly method: string;
  readonly parent?: Token;
}

/** Rackspace tells who was disabled so. */
function refuseDisabled(user: User | undefined, family: Family): void {
  if (family === 'rackspace' && user?.isEnabled === false)
    throw new IdentityError({ kind: 'user-disabled', user: user.name });
}

function prove(auth: Fields, identity: Identity, family: Family): Proof {
  const password = auth.object('passwordCredentials');
  if (password !== undefined) {
    const name = password.string('username');
    const user =
      name === undefined
        ? identity.index.user(need(password.string('userId'), 'username or userId', 'passwordCredentials'))
        : identity.index.userOfName(name);
    const given = need(password.string('password'), 'password', 'passwordCredentials');
    refuseDisabled(user, family);
    return { user: identity.checkPassword(user, given), method: 'password' };
  }
  const apiKey = family === 'rackspace' ? auth.object(API_KEY) : undefined;
  if (apiKey !== undefined) {
    const user = identity.index.userOfName(need(apiKey.string('username'), 'username', API_KEY));
    const given = need(apiKey.string('apiKey'), 'apiKey', API_KEY);
    refuseDisabled(user, family);
    if (!user || user.apiKey === null || !identity.isActive(user) || !isSameSecret(user.apiKey, given)) return refuse();
    return { user, method: 'apikey' };
  }
  const token = auth.object('token');
  if (token !== undefined) {
    const id = need(token.string('id'), 'id', 'token');
    const parent = family === 'rackspace' ? identity.subjectToken(id) : (identity.validToken(id) ?? refuse());
    const user = identity.index.user(parent.userId);
    return user === undefined || !identity.isActive(user) ? refuse() : { user, method: 'token', parent };
  }
  throw new IdentityError({ kind: 'missing', what: 'passwordCredentials or token', where: 'auth' });
}

export function authenticateV2(call: Call, { cloud }: Context, family: Family): Reply {
  const body = parseBody(call);
  const { identity } = cloud;
  const auth = new Fields(need(body['auth'], 'auth', 'request body'), 'auth');
  const { user, method, parent } = prove(auth, identity, family);
  const isRackspace = family === 'rackspace';
  const token = identity.issue({
    user,
    scope: tenantScope(auth, identity, user, family),
    methods: [...new Set([method, ...(parent?.methods ?? [])])],
    format: isRackspace ? 'hex' : 'fernet',
    program: call.program,
    includesWorldTag: call.isPlain,
    ...(parent && { parent }),
  });
  return jsonReply(200, presentAccess(token, identity, catalogueOf(token, call, cloud, isRackspace), isRackspace), {
    ...VARY,
  });
}

function catalogueOf(token: Token, call: Call, cloud: Context['cloud'], isRackspace: boolean): readonly object[] {
  if (token.scope.kind !== 'project') return [];
  return isRackspace ? rackspaceCatalogue(call, cloud, token.scope.projectId) : openstackCatalogueV2(call, cloud);
}

export const listTenants = (call: Call, { cloud }: Context): Reply => {
  const token = cloud.identity.subjectToken(tokenOf(call) ?? '');
  return jsonReply(
    200,
    {
      tenants: cloud.identity.index
        .projects(token.userId)
        .filter(({ isEnabled }) => isEnabled)
        .map(({ id, name, description, isEnabled }) => ({ id, name, description, enabled: isEnabled })),
      tenants_links: [],
    },
    VARY,
  );
};

export const showVersion2 = (call: Call): Reply =>
  jsonReply(
    200,
    {
      version: {
        id: 'v2.0',
        status: 'deprecated',
        updated: '2016-08-04T00:00:00Z',
        links: [{ rel: 'self', href: `${call.base}/v2.0/` }],
        'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v2.0+json' }],
      },
    },
    VARY,
  );

/** The token of the path; its owner and admins may ask about it. */
function tokenOfPath(call: Call, { cloud, caller }: Context): Token {
  const token = cloud.identity.subjectToken(call.params['token_id'] ?? '');
  if (token.userId !== caller.userId && !caller.isAdmin) throw new IdentityError({ kind: 'not-allowed', action: null });
  const tenant = call.query.get('belongsTo');
  if (tenant !== null && (token.scope.kind !== 'project' || token.scope.projectId !== tenant)) {
    throw new IdentityError({ kind: 'token-not-found', isKnown: true });
  }
  return token;
}

export const raxShowToken = (call: Call, context: Context): Reply => {
  const token = tokenOfPath(call, context);
  const { access } = presentAccess(token, context.cloud.identity, [], true) as { access: Record<string, unknown> };
  const { serviceCatalog: _left, ...rest } = access;
  return jsonReply(200, { access: rest }, VARY);
};

export const raxListTokenEndpoints = (call: Call, context: Context): Reply => {
  const token = tokenOfPath(call, context);
  const services = catalogueOf(token, call, context.cloud, true) as readonly {
    readonly name: string;
    readonly type: string;
    readonly endpoints: readonly object[];
  }[];
  const endpoints = services
    .flatMap(({ name, type, endpoints: each }) => each.map((endpoint) => ({ ...endpoint, name, type })))
    .map((endpoint, index) => ({ id: index + 1, ...endpoint }));
  return jsonReply(200, { endpoints, endpoints_links: [] }, VARY);
};

export const raxRevokeToken = (call: Call, { cloud }: Context): Reply => {
  cloud.identity.revoke(cloud.identity.subjectToken(tokenOf(call) ?? ''));
  return { status: 204, headers: VARY };
};
