import { type Call, type Handler, jsonReply, type Reply } from '../../contract/contract.ts';
import type { Project, Role } from '../../identity/directory.ts';
import type { NewApplicationCredential } from '../../identity/identity.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { Token } from '../../identity/tokens.ts';
import type { Cloud, Context } from '../dialect.ts';
import { tokenOf } from '../shared/token-headers.ts';
import { huaweiCatalogue, openstackCatalogue } from './catalogue.ts';
import { logIn } from './log-in.ts';
import { Fields, parseBody } from './parse.ts';
import { collectionLinks, presentCredential, presentProject, presentToken, presentVersion3 } from './present.ts';
import { type Family, MALFORMED, presentIdentityProblem, VARY } from './problems.ts';
import { choiceOf } from './profiles.ts';

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
  if (typeof subject !== 'string') return forbid(action);
  if (subject === '') throw new IdentityError({ kind: 'token-not-given' });
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
  return ok(200, { catalog: catalogueFor(call, cloud, family), links: { self: `${call.base}/v3/auth/catalog` } });
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

/** @param isAnyName - takes every name: what is asked for is the name of a region. */
function fitsQuery(project: Project, query: URLSearchParams, isAnyName = false): boolean {
  const name = query.get('name');
  return (
    (name === null || isAnyName || project.name === name) &&
    (!query.has('domain_id') || project.domainId === query.get('domain_id')) &&
    (!query.has('parent_id') || project.domainId === query.get('parent_id')) &&
    (!query.has('enabled') ||
      project.isEnabled === !['false', '0', 'no', 'off'].includes((query.get('enabled') ?? '').toLowerCase()))
  );
}

export const listProjects: FamilyHandler = (call, { cloud, caller }, family) => {
  const { index } = cloud.identity;
  if (!caller.isAdmin && family !== 'iam') return forbid('identity:list_projects');
  const all = family === 'iam' ? index.projects(caller.userId) : index.directory.projects;
  const { query } = call;
  const isRegion = family === 'iam' && query.get('name') === index.directory.regions.huawei;
  const wanted = all.filter((project) => fitsQuery(project, query, isRegion));
  return ok(200, {
    projects: wanted.map((project) => presentProject(project, call)),
    links: collectionLinks(call, '/v3/projects'),
  });
};

export const listUserProjects: FamilyHandler = (call, { cloud, caller }) => {
  const { index } = cloud.identity;
  const userId = call.params['user_id'] ?? '';
  if (caller.userId !== userId && !caller.isAdmin) return forbid('identity:list_user_projects');
  if (index.user(userId) === undefined) throw new IdentityError({ kind: 'user-not-found', userId });
  return ok(200, {
    projects: index
      .projects(userId)
      .filter((project) => fitsQuery(project, call.query))
      .map((project) => presentProject(project, call)),
    links: collectionLinks(call, `/v3/users/${userId}/projects`),
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

/** The words behind a value that the service refuses after it has passed its schema. */
const refuseValue = (message: string): never => {
  throw new IdentityError({ kind: 'invalid', message: `${message} ${MALFORMED}` });
};

function parseExpiry(text: string | null, now: number): number | null {
  if (text === null) return null;
  const time = EXPIRY.test(text) ? Date.parse(text.endsWith('Z') ? text : `${text}Z`) : Number.NaN;
  if (Number.isNaN(time)) return refuseValue('Timestamp not in expected format.');
  return time <= now ? refuseValue("The 'expires_at' must not be before now.") : time;
}

const parseRoles = (fields: Fields, cloud: Cloud): readonly Role[] | null =>
  fields.list('roles')?.map((item) => {
    const id = item.some().string('id');
    const name = item.string('name');
    const role = cloud.identity.index.role({ id, name });
    // An id of no role is one that nobody has.
    if (role === undefined && id !== undefined) throw new IdentityError({ kind: 'role-not-assigned' });
    if (role === undefined) throw new IdentityError({ kind: 'role-not-found', role: name ?? '' });
    return role;
  }) ?? null;

const RULE_METHODS = '^(POST|GET|HEAD|PATCH|PUT|DELETE)$';

const parseRules = (fields: Fields): NewApplicationCredential['accessRules'] =>
  fields.list('access_rules')?.map((rule) => {
    rule.only('id', 'path', 'method', 'service').require('path').require('method').require('service');
    return {
      path: rule.matching('path', '^\\/.*', { most: 225 }),
      method: rule.matching('method', RULE_METHODS),
      service: rule.text('service', { least: 1, most: 64 }) ?? '',
    };
  }) ?? null;

const CREDENTIAL_MEMBERS: ReadonlySet<string> = new Set([
  'name',
  'description',
  'secret',
  'roles',
  'expires_at',
  'unrestricted',
  'access_rules',
]);

/** @throws IdentityError for a token of a credential that may not manage others. */
function refuseRestricted(token: Token, cloud: Cloud): void {
  if (token.applicationCredentialId === null) return;
  if (cloud.identity.credential(token.applicationCredentialId).isUnrestricted) return;
  forbid("Using method 'application_credential' is not allowed for managing additional application credentials.");
}

export const createApplicationCredential: FamilyHandler = (call, context) => {
  ownerOnly(call, context, 'create_application_credential', false);
  const token = ownToken(call, context.cloud);
  refuseRestricted(token, context.cloud);
  const body = parseBody(call);
  const fields = new Fields(body['application_credential'] ?? {}, '').require('name');
  const wish: NewApplicationCredential = {
    name: fields.text('name', { least: 1, most: 255 }) ?? '',
    description: fields.text('description', { isNullable: true }) ?? null,
    secret: fields.text('secret', { isNullable: true }) ?? null,
    roles: parseRoles(fields, context.cloud),
    expiresAt: parseExpiry(fields.text('expires_at', { isNullable: true }) ?? null, context.cloud.clock.now()),
    isUnrestricted: fields.boolean('unrestricted') ?? null,
    accessRules: parseRules(fields),
  };
  const other = Object.keys(fields.value).find((name) => !CREDENTIAL_MEMBERS.has(name));
  if (other !== undefined) {
    throw new IdentityError({
      kind: 'invalid',
      message: `'${other}' is an invalid keyword argument for ApplicationCredentialModel`,
    });
  }
  const credential = context.cloud.identity.createCredential(token, wish);
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
  refuseRestricted(ownToken(call, context.cloud), context.cloud);
  identity.removeCredential(identity.credential(call.params['application_credential_id'] ?? ''));
  return { status: 204, headers: VARY };
};

export const listVersions: FamilyHandler = (call, { cloud }, family) =>
  ok(
    family === 'keystone' && choiceOf(cloud, 'version-list') === 'plain' ? 200 : 300,
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
