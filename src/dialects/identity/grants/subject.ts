import { type GrantTarget, type RoleRecord, SYSTEM } from '../../../identity/records/record.ts';
import { findProject } from '../projects/domain-as-project.ts';
import { pathId, type RecordRequest } from '../records/record-request.ts';
import { notFound } from '../request-error.ts';
import type { GrantPath } from './grant-path.ts';

/** The parts of a path that name records. */
export type GrantPart = 'role' | 'actor' | 'target';

/** What the path of a grant names. */
export interface GrantSubject {
  /** `undefined` for a list, and if there is none. */
  readonly role: RoleRecord | undefined;
  readonly actorId: string;
  /** Domain of the user or group; `null` if there is none. */
  readonly actorDomainId: string | null;
  readonly targetType: GrantTarget;
  readonly targetId: string;
  /** The domain, or that of the project; `null` for the system, and for a domain that stands for a project. */
  readonly targetDomainId: string | null;
  /** What the 404 says, by each part that names no record. */
  readonly missing: Readonly<Partial<Record<GrantPart, string>>>;
}

/** Looks up role, actor and target. */
export function findSubject(path: GrantPath, request: RecordRequest): GrantSubject {
  const role = findRole(request);
  const actor = findActor(path, request);
  const target = findTarget(path, request);
  const missing = { ...role.missing, ...actor.missing, ...target.missing };
  return { ...role, ...actor, ...target, missing };
}

/** Checks in order that the records of the given parts exist. @throws RequestError 404. */
export function assertFound({ missing }: GrantSubject, parts: readonly GrantPart[]): void {
  for (const part of parts) {
    const message = missing[part];
    if (message !== undefined) notFound(message);
  }
}

type Found<Names extends keyof GrantSubject> = Pick<GrantSubject, Names | 'missing'>;

/** The part of a subject that says whether there is a record. */
const missingPart = (part: GrantPart, kind: string, id: string): Found<never> => ({
  missing: { [part]: `Could not find ${kind}: ${id}.` },
});
const COMPLETE: Found<never> = { missing: {} };

function findRole(request: RecordRequest): Found<'role'> {
  if (!('role_id' in request.call.params)) return { role: undefined, ...COMPLETE };
  const id = pathId(request, 'role_id');
  const role = request.records.get('role', id);
  return { role, ...(role === undefined ? missingPart('role', 'role', id) : COMPLETE) };
}

function findActor({ actor }: GrantPath, request: RecordRequest): Found<'actorId' | 'actorDomainId'> {
  const kind = actor === 'User' ? 'user' : 'group';
  const actorId = pathId(request, `${kind}_id`);
  const found = request.records.get(kind, actorId);
  if (found === undefined) return { actorId, actorDomainId: null, ...missingPart('actor', kind, actorId) };
  return { actorId, actorDomainId: found.domain_id, ...COMPLETE };
}

function findTarget(path: GrantPath, request: RecordRequest): Found<'targetType' | 'targetId' | 'targetDomainId'> {
  if (path.target === 'System') {
    return { targetType: 'system', targetId: SYSTEM, targetDomainId: null, ...COMPLETE };
  }
  if (path.target === 'Domain') {
    const id = pathId(request, 'domain_id');
    const state = request.records.has('domain', id) ? COMPLETE : missingPart('target', 'domain', id);
    return { targetType: 'domain', targetId: id, targetDomainId: id, ...state };
  }
  const id = pathId(request, 'project_id');
  const project = findProject(request.records, id);
  const state = project === undefined ? missingPart('target', 'project', id) : COMPLETE;
  const domainId = project?.['domain_id'];
  return {
    targetType: 'project',
    targetId: id,
    targetDomainId: typeof domainId === 'string' ? domainId : null,
    ...state,
  };
}
