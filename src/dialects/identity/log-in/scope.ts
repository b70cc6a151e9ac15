import type { Project, User } from '../../../identity/directory/directory.ts';
import type { Identity } from '../../../identity/identity.ts';
import { notAuthenticated } from '../../../identity/problem.ts';
import { type Scope, UNSCOPED } from '../../../identity/scopes/scope.ts';
import { missing, required } from '../fields.ts';
import type { ReferenceInDomain } from '../references.ts';
import type { IdentityService } from '../services.ts';
import { findDomain } from './find.ts';
import type { AuthRequest } from './parse.ts';

/** The scope of a login for a user; `undefined` requests the default one. */
type ScopeFor = (user: User) => Scope | undefined;

/**
 * Resolves the requested scope, which Keystone does before it checks who the user is.
 * @throws IdentityError `missing`, `not-authenticated`.
 */
export function resolveScope({ scope }: AuthRequest, identity: Identity, service: IdentityService): ScopeFor {
  if (scope === undefined) return () => undefined;
  if (scope === 'unscoped') return () => UNSCOPED;
  const [kind, ...others] = scope.kinds;
  if (kind === undefined || others.length > 0) {
    return missing('system, project, domain, OS-TRUST:trust or unscoped', 'scope');
  }
  const { project, domain } = scope;
  if (project !== undefined) return projectScopeFor(project, identity, service);
  if (domain !== undefined) {
    const found = findDomain(identity, domain);
    return found?.isEnabled === true ? always({ kind: 'domain', domainId: found.id }) : notAuthenticated();
  }
  return kind === 'system' || kind === 'unscoped' ? () => ({ kind }) : notAuthenticated();
}

function projectScopeFor(project: ReferenceInDomain, identity: Identity, service: IdentityService): ScopeFor {
  if (service === 'iam') return (user) => iamProjectScope(identity, project, user);
  return always(projectScope(identity, project));
}

function projectScope(identity: Identity, { id, name, domain: reference }: ReferenceInDomain): Scope {
  if (name === undefined) {
    return scopeOf(identity.index.project(id ?? ''));
  }
  const domain = findDomain(identity, required(reference, 'domain', 'project')) ?? notAuthenticated();
  return scopeOf(identity.index.projectNamed(name, domain.id));
}

/** Rejects a disabled project; whether its domain is disabled is checked after the user. */
const scopeOf = (project: Project | undefined): Scope =>
  project?.isEnabled === true ? { kind: 'project', projectId: project.id } : notAuthenticated();

const always =
  (scope: Scope): ScopeFor =>
  () =>
    scope;

/** Clients of IAM name projects without a domain, and often by their region. */
function iamProjectScope(identity: Identity, reference: ReferenceInDomain, user: User): Scope {
  const { name } = reference;
  if (name === undefined || reference.domain !== undefined) return projectScope(identity, reference);
  const { index } = identity;
  const inRegion = name === index.directory.regions.huawei ? index.projects(user.id)[0] : undefined;
  const project = index.projectNamed(name, user.domainId) ?? inRegion ?? notAuthenticated();
  return { kind: 'project', projectId: project.id };
}
