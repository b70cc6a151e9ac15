import { type GrantTarget, type RoleRecord, SYSTEM } from '../../../identity/records/record.ts';
import { findProject } from '../projects/domain-as-project.ts';
import { pathId, type RecordRequest } from '../records/record-request.ts';
import { notFound } from '../request-error.ts';
import type { GrantPath } from './grant-path.ts';

/** What the path of a grant names. */
export interface GrantSubject {
  /** `undefined` for a list. */
  readonly role: RoleRecord | undefined;
  readonly actorId: string;
  /** Domain of the user or group; `null` if there is none. */
  readonly actorDomainId: string | null;
  readonly targetType: GrantTarget;
  readonly targetId: string;
  /** The domain, or that of the project; `null` for the system, and for a domain that stands for a project. */
  readonly targetDomainId: string | null;
}

/**
 * Looks up role, actor and target, in this order.
 * @param options.mayLackActor - whether a missing actor is accepted.
 * @throws RequestError 404.
 */
export function subjectOf(
  path: GrantPath,
  request: RecordRequest,
  { mayLackActor }: { readonly mayLackActor: boolean },
): GrantSubject {
  const role = 'role_id' in request.call.params ? roleOfPath(request) : undefined;
  return { role, ...actorOfPath(path, request, mayLackActor), ...targetOfPath(path, request) };
}

/** Returns the role of the path. @throws RequestError 404. */
export function roleOfPath(request: RecordRequest): RoleRecord {
  const id = pathId(request, 'role_id');
  return request.records.get('role', id) ?? notFound(`Could not find role: ${id}.`);
}

function actorOfPath(
  { actor }: GrantPath,
  request: RecordRequest,
  mayBeMissing: boolean,
): Pick<GrantSubject, 'actorId' | 'actorDomainId'> {
  const kind = actor === 'User' ? 'user' : 'group';
  const actorId = pathId(request, `${kind}_id`);
  const found = request.records.get(kind, actorId);
  if (found === undefined && !mayBeMissing) notFound(`Could not find ${kind}: ${actorId}.`);
  return { actorId, actorDomainId: found?.domain_id ?? null };
}

function targetOfPath(
  { target }: GrantPath,
  request: RecordRequest,
): Pick<GrantSubject, 'targetType' | 'targetId' | 'targetDomainId'> {
  if (target === 'System') return { targetType: 'system', targetId: SYSTEM, targetDomainId: null };
  if (target === 'Domain') {
    const id = pathId(request, 'domain_id');
    if (!request.records.has('domain', id)) notFound(`Could not find domain: ${id}.`);
    return { targetType: 'domain', targetId: id, targetDomainId: id };
  }
  const id = pathId(request, 'project_id');
  const project = findProject(request.records, id) ?? notFound(`Could not find project: ${id}.`);
  const { domain_id: domainId } = project;
  return { targetType: 'project', targetId: id, targetDomainId: typeof domainId === 'string' ? domainId : null };
}
