/** Roles granted to users and groups on projects, domains and the system. */

import type { Reply } from '../../../contract/contract.ts';
import { type GrantRecord, grantId, SYSTEM } from '../../../identity/records/record.ts';
import { indexValue } from '../../../identity/records/record-kinds.ts';
import { recordsReply } from '../records/list-reply.ts';
import { ADMIN, DOMAIN_CHANGE, type Policy, type PolicyTarget, SYSTEM_READ } from '../records/policy.ts';
import { authorize, pathId, type RecordRequest } from '../records/record-request.ts';
import { badRequest, forbidden, notFound } from '../request-error.ts';
import { roles } from '../roles/resource.ts';
import { NO_CONTENT } from '../service-handler.ts';
import type { GrantPath, GrantVerb } from './grant-path.ts';
import { assertFound, findSubject, type GrantPart, type GrantSubject } from './subject.ts';

/** The handlers of all verbs. */
export const GRANT_HANDLERS: Readonly<Record<GrantVerb, (path: GrantPath, request: RecordRequest) => Reply>> = {
  list: listGrants,
  check: checkGrant,
  assign: assignRole,
  revoke: revokeRole,
};

/** Policy rules as errors name them: on projects and domains, and on the system. */
const ACTIONS: Readonly<Record<GrantVerb, readonly [grant: string, system: string]>> = {
  list: ['list_grants', 'list_system_grants'],
  check: ['check_grant', 'check_system_grant'],
  assign: ['create_grant', 'create_system_grant'],
  revoke: ['revoke_grant', 'revoke_system_grant'],
};

const READ: Policy = [...SYSTEM_READ, 'domain-reader'];

/**
 * Looks up what the path names, and checks the policy: the policy comes first for inherited grants alone.
 * @throws RequestError 404; IdentityError `not-allowed`.
 */
function openGrant(path: GrantPath, request: RecordRequest, verb: GrantVerb): GrantSubject {
  const subject = findSubject(path, request);
  if (!path.isInherited) assertFound(subject, partsOf(path, verb));
  const [grant, system] = ACTIONS[verb];
  authorize(request, path.target === 'System' ? `${system}_for_${path.actor.toLowerCase()}` : grant, {
    policy: verb === 'list' || verb === 'check' ? READ : changePolicy(subject),
    target: policyTarget(subject),
  });
  if (path.isInherited) assertFound(subject, inheritedPartsOf(verb));
  return subject;
}

/** The roles that managers of a domain may assign and revoke. */
const MANAGED_ROLES: ReadonlySet<string> = new Set(['manager', 'member', 'reader']);

const changePolicy = ({ role }: GrantSubject): Policy =>
  role !== undefined && role.domain_id === null && MANAGED_ROLES.has(role.name) ? DOMAIN_CHANGE : ADMIN;

/** What there has to be, in the order of its lookup. */
function partsOf({ target }: GrantPath, verb: GrantVerb): readonly GrantPart[] {
  const parts: readonly GrantPart[] = verb === 'revoke' ? ['role', 'target'] : ['role', 'actor', 'target'];
  return target === 'Domain' ? ['target', ...parts] : parts;
}

/** Inherited grants may be those of actors that do not exist, and are revoked from targets that do not exist. */
const inheritedPartsOf = (verb: GrantVerb): readonly GrantPart[] => (verb === 'revoke' ? ['role'] : ['role', 'target']);

/** The domain that actor, target and role have in common; only its readers may look at the grant. */
function policyTarget({ actorDomainId, targetDomainId, role, missing }: GrantSubject): PolicyTarget {
  if (Object.keys(missing).length > 0) return {};
  const domains = new Set([actorDomainId, targetDomainId, role?.domain_id ?? targetDomainId]);
  return domains.size === 1 && targetDomainId !== null ? { domainId: targetDomainId } : {};
}

function listGrants(path: GrantPath, request: RecordRequest): Reply {
  const { records } = request;
  const { actorId, targetId } = openGrant(path, request, 'list');
  // The list for a domain also holds what is granted on it as on a project, and the other way round.
  const granted = records
    .by('grant', 'actor-target', indexValue(actorId, targetId))
    .filter((grant) => grant.inherited === path.isInherited)
    .map((grant) => records.get('role', grant.role_id))
    .filter((role) => role !== undefined);
  return recordsReply(roles, [...new Set(granted)], request);
}

/** The grant that a path names. */
function grantOf(
  path: GrantPath,
  { actorId, targetId, targetType }: GrantSubject,
  request: RecordRequest,
): GrantRecord {
  const grant = {
    actor_type: path.actor === 'User' ? 'user' : 'group',
    actor_id: actorId,
    target_type: targetType,
    target_id: targetId,
    role_id: pathId(request, 'role_id'),
    inherited: path.isInherited,
  } as const;
  return { id: grantId(grant), ...grant };
}

/** Returns the grant that a path names. @throws RequestError 404. */
function storedGrant(path: GrantPath, request: RecordRequest, verb: 'check' | 'revoke'): GrantRecord {
  const grant = grantOf(path, openGrant(path, request, verb), request);
  return request.records.get('grant', grant.id) ?? grantNotFound(grant);
}

function grantNotFound({ role_id: role, actor_id: actor, target_id: target }: GrantRecord): never {
  notFound(
    `Could not find role assignment with role: ${role}, user or group: ${actor}, project, domain, or system: ${target}.`,
  );
}

function checkGrant(path: GrantPath, request: RecordRequest): Reply {
  storedGrant(path, request, 'check');
  return NO_CONTENT;
}

function revokeRole(path: GrantPath, request: RecordRequest): Reply {
  request.records.delete('grant', storedGrant(path, request, 'revoke').id);
  return NO_CONTENT;
}

function assignRole(path: GrantPath, request: RecordRequest): Reply {
  const { records } = request;
  const subject = openGrant(path, request, 'assign');
  assertDomainOfRole(subject);
  const grant = grantOf(path, subject, request);
  if (!records.has('grant', grant.id)) records.put('grant', grant);
  return NO_CONTENT;
}

/** A role of a domain can be assigned on the projects of its domain, and on any domain. @throws RequestError 400, 403. */
function assertDomainOfRole({ role, targetId, targetType, targetDomainId }: GrantSubject): void {
  if (role === undefined || role.domain_id === null) return;
  const { id, domain_id: domainId } = role;
  if (targetId === SYSTEM) {
    badRequest(`Role ${id} is a domain-specific role. Unable to use a domain-specific role in a system assignment.`);
  }
  if (targetType === 'project' && targetDomainId !== domainId) {
    forbidden(`Project ${targetId} must be in the same domain as the role ${id} being assigned.`);
  }
}
