import { type Call, type Handler, jsonReply, type Reply } from '../../contract/contract.ts';
import type { Role } from '../../identity/directory.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { Token } from '../../identity/tokens.ts';
import type { Cloud, Context } from '../dialect.ts';
import { tokenOf } from '../shared/token-headers.ts';
import { huaweiCatalogue, openstackCatalogue } from './catalogue.ts';
import { logIn } from './log-in.ts';
import { Fields, isObject, parseBody } from './parse.ts';
import { collectionLinks, presentCredential, presentProject, presentToken, presentVersion3 } from './present.ts';
import { type Family, presentIdentityProblem, VARY } from './problems.ts';

type FamilyHandler = (call: Call, context: Context, family: Family) => Reply;

/** A handler whose refusals go out in the words of one family. */
export const worded =
  (family: Family, handle: FamilyHandler): Handler<Context> =>
  (call, context) => {
    try {
      return handle(call, context, family);
    } catch (error) {
      if (error instanceof IdentityError) return presentIdentityProblem(error.problem, call, family);
      throw error;
    }
  };

const ok = (status: number, value: unknown, headers?: Readonly<Record<string, string>>): Reply =>
  jsonReply(status, value, { ...headers, ...VARY });

const catalogueFor = (call: Call, cloud: Cloud, family: Family): readonly object[] =>
  family === 'iam' ? huaweiCatalogue(call, cloud) : openstackCatalogue(call, cloud);

const wantsCatalogue = (call: Call): boolean => !call.query.has('nocatalog');

/** The caller's own token; `identify` has seen that it is good. */
const ownToken = (call: Call, cloud: Cloud): Token => cloud.identity.subjectToken(tokenOf(call) ?? '');

const forbid = (action: string | null): never => {
  throw new IdentityError({ kind: 'not-allowed', action });
};

export const authenticate: FamilyHandler = (call, { cloud }, family) => {
  const token = logIn(call, cloud.identity, family);
  const catalogue = wantsCatalogue(call) ? catalogueFor(call, cloud, family) : null;
  return ok(201, presentToken(token, cloud.identity, catalogue, family), { 'X-Subject-Token': token.id });
};

/** The token that is asked about; its owner and admins may. */
function subjectOf(call: Call, context: Context, action: string): Token {
  const subject = call.headers['x-subject-token'];
  if (typeof subject !== 'string' || subject === '') return forbid(action);
  const token = context.cloud.identity.subjectToken(subject);
  const isService = context.caller.roles.includes('service');
  return token.userId === context.caller.userId || context.caller.isAdmin || isService ? token : forbid(action);
}

export const showToken: FamilyHandler = (call, context, family) => {
  const token = subjectOf(call, context, 'identity:validate_token');
  const catalogue = wantsCatalogue(call) ? catalogueFor(call, context.cloud, family) : null;
  return ok(200, presentToken(token, context.cloud.identity, catalogue, family), { 'X-Subject-Token': token.id });
};

export const checkToken: FamilyHandler = (call, context, family) => {
  subjectOf(call, context, 'identity:check_token');
  return showToken(call, context, family);
};

export const revokeToken: FamilyHandler = (call, context) => {
  context.cloud.identity.revoke(subjectOf(call, context, 'identity:revoke_token'));
  return { status: 204, headers: VARY };
};

export const getCatalog: FamilyHandler = (call, { cloud }, family) => {
  if (ownToken(call, cloud).scope.kind === 'unscoped') return forbid(null);
  return ok(200, { catalog: catalogueFor(call, cloud, family), links: collectionLinks(call, '/v3/auth/catalog') });
};

export const listAuthProjects: FamilyHandler = (call, { cloud, caller }) =>
  ok(200, {
    projects: cloud.identity.index
      .projects(caller.userId)
      .filter(({ isEnabled }) => isEnabled)
      .map((project) => presentProject(project, call)),
    links: collectionLinks(call, '/v3/auth/projects'),
  });

export const listAuthDomains: FamilyHandler = (call) =>
  ok(200, { domains: [], links: collectionLinks(call, '/v3/auth/domains') });

export const listAuthSystem: FamilyHandler = (call, { cloud, caller }) => {
  const isAdmin = cloud.identity.index
    .projects(caller.userId)
    .some(({ id }) => cloud.identity.index.roles(caller.userId, id).some(({ name }) => name === 'admin'));
  return ok(200, { system: isAdmin ? [{ all: true }] : [], links: { self: `${call.base}/v3/auth/system` } });
};

export const listProjects: FamilyHandler = (call, { cloud, caller }, family) => {
  const { index } = cloud.identity;
  if (!caller.isAdmin && family !== 'iam') return forbid('identity:list_projects');
  const all = family === 'iam' ? index.projects(caller.userId) : index.directory.projects;
  const { query } = call;
  const name = query.get('name');
  const isRegion = family === 'iam' && name === index.directory.regions.huawei;
  const wanted = all.filter(
    (project) =>
      (name === null || isRegion || project.name === name) &&
      (!query.has('domain_id') || project.domainId === query.get('domain_id')) &&
      (!query.has('parent_id') || project.domainId === query.get('parent_id')) &&
      (!query.has('enabled') ||
        project.isEnabled === !['false', '0', 'no', 'off'].includes((query.get('enabled') ?? '').toLowerCase())),
  );
  return ok(200, {
    projects: wanted.map((project) => presentProject(project, call)),
    links: collectionLinks(call, '/v3/projects'),
  });
};

export const showProject: FamilyHandler = (call, { cloud, caller }) => {
  const projectId = call.params['project_id'] ?? '';
  if (!caller.isAdmin && caller.projectId !== projectId) return forbid('identity:get_project');
  const project = cloud.identity.index.project(projectId);
  if (project === undefined) throw new IdentityError({ kind: 'project-not-found', projectId });
  return ok(200, { project: presentProject(project, call) });
};

function ownerOnly(call: Call, context: Context, action: string, adminMay: boolean): string {
  const userId = call.params['user_id'] ?? '';
  const { caller } = context;
  return caller.userId === userId || (adminMay && caller.isAdmin) ? userId : forbid(`identity:${action}`);
}

const EXPIRY = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z?$/;

function parseExpiry(text: string | undefined, now: number): number | null {
  if (text === undefined) return null;
  const time = EXPIRY.test(text) ? Date.parse(text.endsWith('Z') ? text : `${text}Z`) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new IdentityError({
      kind: 'invalid',
      message: `Invalid input for field 'expires_at': '${text}' is not an ISO 8601 time.`,
    });
  }
  if (time <= now) {
    throw new IdentityError({
      kind: 'invalid',
      message: 'The expires_at timestamp must not be in the past.',
    });
  }
  return time;
}

function parseRoles(value: unknown, cloud: Cloud): readonly Role[] | null {
  if (value === undefined) return null;
  if (!Array.isArray(value)) {
    throw new IdentityError({
      kind: 'invalid',
      message: `Invalid input for field 'roles': ${JSON.stringify(value)} is not of type 'array'`,
    });
  }
  return value.map((item, index) => {
    const fields = new Fields(item, `roles/${index}`);
    const id = fields.string('id');
    const name = fields.string('name');
    const role = cloud.identity.index.role({ id, name });
    if (role === undefined) throw new IdentityError({ kind: 'role-not-found', role: id ?? name ?? '' });
    return role;
  });
}

export const createApplicationCredential: FamilyHandler = (call, context) => {
  ownerOnly(call, context, 'create_application_credential', false);
  const token = ownToken(call, context.cloud);
  const parent =
    token.applicationCredentialId === null ? null : context.cloud.identity.credential(token.applicationCredentialId);
  if (parent !== null && !parent.isUnrestricted) {
    return forbid(
      "Using method 'application_credential' is not allowed for managing additional application credentials.",
    );
  }
  const body = new Fields(parseBody(call), '').require('application_credential');
  const fields = (body.object('application_credential') as Fields).require('name');
  const rules = fields.value['access_rules'];
  const credential = context.cloud.identity.createCredential(token, {
    name: fields.string('name') as string,
    description: fields.value['description'] === null ? null : (fields.string('description') ?? null),
    secret: fields.value['secret'] === null ? null : (fields.string('secret') ?? null),
    roles: parseRoles(fields.value['roles'], context.cloud),
    expiresAt: parseExpiry(
      fields.value['expires_at'] === null ? undefined : fields.string('expires_at'),
      context.cloud.clock.now(),
    ),
    isUnrestricted: fields.value['unrestricted'] === true,
    accessRules: Array.isArray(rules)
      ? rules.filter(isObject).map((rule) => ({
          service: String(rule['service'] ?? ''),
          path: String(rule['path'] ?? ''),
          method: String(rule['method'] ?? ''),
        }))
      : null,
  });
  return ok(201, { application_credential: presentCredential(credential, call, credential.secret) });
};

export const listApplicationCredentials: FamilyHandler = (call, context) => {
  const userId = ownerOnly(call, context, 'list_application_credentials', true);
  const name = call.query.get('name');
  return ok(200, {
    application_credentials: context.cloud.identity
      .credentialsOf(userId)
      .filter((credential) => name === null || credential.name === name)
      .map((credential) => presentCredential(credential, call)),
    links: collectionLinks(call, `/v3/users/${userId}/application_credentials`),
  });
};

export const showApplicationCredential: FamilyHandler = (call, context) => {
  ownerOnly(call, context, 'get_application_credential', true);
  const credential = context.cloud.identity.credential(call.params['application_credential_id'] ?? '');
  return ok(200, { application_credential: presentCredential(credential, call) });
};

export const deleteApplicationCredential: FamilyHandler = (call, context) => {
  ownerOnly(call, context, 'delete_application_credential', true);
  const { identity } = context.cloud;
  identity.removeCredential(identity.credential(call.params['application_credential_id'] ?? ''));
  return { status: 204, headers: VARY };
};

export const listVersions: FamilyHandler = (call, _context, family) =>
  ok(
    300,
    {
      versions: {
        values: [family === 'iam' ? presentVersion3(call, 'v3.6', '2016-04-04T00:00:00Z') : presentVersion3(call)],
      },
    },
    { Location: `${call.base}/v3/` },
  );

export const showVersion3: FamilyHandler = (call, _context, family) =>
  ok(200, {
    version: family === 'iam' ? presentVersion3(call, 'v3.6', '2016-04-04T00:00:00Z') : presentVersion3(call),
  });
