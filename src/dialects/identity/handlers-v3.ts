import type { Cloud } from '../../cloud.ts';
import { type Call, type Handler, jsonReply, type Reply } from '../../contract/contract.ts';
import { mayCheckToken, mayReadToken, mayRevokeToken, type Requester } from '../../identity/permissions.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { Token } from '../../identity/tokens/token.ts';
import type { Context } from '../dialect.ts';
import { huaweiCatalogue, openstackCatalogue } from './catalogue.ts';
import { logIn } from './log-in.ts';
import { parseBody } from './parse.ts';
import { collectionLinks, presentDomain, presentProject, presentToken, presentVersion3 } from './present.ts';
import { type Family, presentIdentityProblem, VARY } from './problems.ts';
import { choiceOf } from './profiles.ts';

/** A handler that words what it answers as the family that was asked does. */
export type FamilyHandler = (call: Call, context: Context, family: Family) => Reply;

/** A handler whose refusals go out in the words of one family. */
export const withErrorMapping =
  (family: Family, handle: FamilyHandler): Handler<Context> =>
  (call, context) => {
    try {
      return handle(call, context, family);
    } catch (error) {
      if (error instanceof IdentityError) return presentIdentityProblem(error.problem, call, family);
      throw error;
    }
  };

/** An answer as JSON, with the header that all of them have. */
export const ok = (status: number, value: unknown, headers?: Readonly<Record<string, string>>): Reply =>
  jsonReply(status, value, { ...headers, ...VARY });

const catalogueFor = (call: Call, cloud: Cloud, family: Family): readonly object[] =>
  family === 'iam' ? huaweiCatalogue(call, cloud) : openstackCatalogue(call, cloud);

const wantsCatalogue = (call: Call): boolean => !call.query.has('nocatalog');

/** @throws IdentityError that names the rule which says no, if one does. */
export function requirePermission(isAllowed: boolean, action: string | null): void {
  if (!isAllowed) throw new IdentityError({ kind: 'not-allowed', action });
}

/** Who asks, with the scope of the token; a signature is good in one project. */
export function requesterOf({ cloud, caller }: Context): Requester {
  const scope = cloud.identity.validToken(caller.token)?.scope;
  return {
    userId: caller.userId,
    roles: caller.roles,
    scope: scope ?? { kind: 'project', projectId: caller.projectId },
  };
}

export const authenticate: FamilyHandler = (call, { cloud }, family) => {
  const token = logIn(call, cloud.identity, family);
  const catalogue = wantsCatalogue(call) ? catalogueFor(call, cloud, family) : null;
  return ok(201, presentToken(token, cloud.identity, catalogue, family), { 'X-Subject-Token': token.id });
};

const TRUE = /^(1|t|true|on|y|yes)$/i;

/** Whether who asks knows of access rules: to others, a token that is limited by some is none. */
const knowsRules = (call: Call): boolean => Number(call.headers['openstack-identity-access-rules'] ?? 0) >= 1;

/** Whose token one is that nobody sent. */
const NOBODY = '';

/** The token that is asked about. @throws IdentityError where there is none, or `isAllowed` says no. */
function subjectOf(
  call: Call,
  context: Context,
  action: string,
  isAllowed: (requester: Requester, userId: string) => boolean,
): Token {
  const { identity } = context.cloud;
  const subject = call.headers['x-subject-token'];
  // Who may ask about nobody's token may ask about any.
  if (typeof subject !== 'string') requirePermission(isAllowed(requesterOf(context), NOBODY), action);
  if (typeof subject !== 'string' || subject === '') throw new IdentityError({ kind: 'token-not-given' });
  const allowsExpired = call.method !== 'DELETE' && TRUE.test(call.query.get('allow_expired') ?? '');
  const token = identity.subjectToken(subject, { allowsExpired });
  requirePermission(isAllowed(requesterOf(context), token.userId), action);
  if (identity.accessRulesOf(token.id) !== null && (call.method === 'DELETE' || !knowsRules(call))) {
    throw new IdentityError({ kind: 'token-not-found', isKnown: true });
  }
  return token;
}

function answerToken(token: Token, call: Call, { cloud }: Context, family: Family): Reply {
  const catalogue = wantsCatalogue(call) ? catalogueFor(call, cloud, family) : null;
  return ok(200, presentToken(token, cloud.identity, catalogue, family), { 'X-Subject-Token': token.id });
}

export const showToken: FamilyHandler = (call, context, family) =>
  answerToken(subjectOf(call, context, 'identity:validate_token', mayReadToken), call, context, family);

export const checkToken: FamilyHandler = (call, context, family) =>
  answerToken(subjectOf(call, context, 'identity:check_token', mayCheckToken), call, context, family);

export const revokeToken: FamilyHandler = (call, context) => {
  context.cloud.identity.revoke(subjectOf(call, context, 'identity:revoke_token', mayRevokeToken));
  return { status: 204, headers: VARY };
};

export const getCatalog: FamilyHandler = (call, context, family) => {
  requirePermission(requesterOf(context).scope.kind === 'project', null);
  const catalog = catalogueFor(call, context.cloud, family);
  return ok(200, { catalog, links: { self: `${call.base}/v3/auth/catalog` } });
};

export const listAuthProjects: FamilyHandler = (call, { cloud, caller }) =>
  ok(200, {
    projects: cloud.identity.index.projects(caller.userId).map((project) => presentProject(project, call)),
    links: collectionLinks(call, '/v3/auth/projects'),
  });

export const listAuthDomains: FamilyHandler = (call, { cloud, caller }) =>
  ok(200, {
    domains: cloud.identity.index.domains(caller.userId).map((domain) => presentDomain(domain, call)),
    links: collectionLinks(call, '/v3/auth/domains'),
  });

export const listAuthSystem: FamilyHandler = (call, { cloud, caller }) =>
  ok(200, {
    system: cloud.identity.index.rolesInSystem(caller.userId).length > 0 ? [{ all: true }] : [],
    links: { self: `${call.base}/v3/auth/system` },
  });

const versionOf = (call: Call, family: Family): object =>
  family === 'iam' ? presentVersion3(call, 'v3.6', '2016-04-04T00:00:00Z') : presentVersion3(call);

/** A body is read wherever there is one, and be it to say that it makes no sense. */
const refuseBadBody = (call: Call, family: Family): void => {
  if (family === 'keystone') parseBody(call);
};

export const listVersions: FamilyHandler = (call, { cloud }, family) => {
  refuseBadBody(call, family);
  const status = family === 'keystone' && choiceOf(cloud, 'version-list') === 'plain' ? 200 : 300;
  return ok(status, { versions: { values: [versionOf(call, family)] } }, { Location: `${call.base}/v3/` });
};

export const showVersion3: FamilyHandler = (call, _context, family) => {
  refuseBadBody(call, family);
  return ok(200, { version: versionOf(call, family) });
};
