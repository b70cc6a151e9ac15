/** Rules that several resources share. */
import type { Json } from '../../../base/json.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { indexValue } from '../../../identity/records/record-kinds.ts';
import { badRequest } from '../request-error.ts';
import type { RecordRequest } from './record-request.ts';
import type { UniqueKey } from './resource.ts';

/** The domain of new users, groups and projects that name none: that of a domain-scoped token, or else the default one. */
export const defaultDomainId = ({ requester: { scope } }: RecordRequest): string =>
  scope.kind === 'domain' ? scope.domainId : 'default';

/** Rejects a change of the domain. @throws RequestError 400. */
export function assertSameDomain({ domain_id: domainId }: Json, before: EntityRecord): void {
  if (domainId !== undefined && domainId !== before['domain_id']) badRequest('Cannot change Domain ID');
}

/** A name that is unique in its domain. */
export const NAME_IN_DOMAIN: UniqueKey = {
  index: 'name',
  value: ({ name, domain_id: domainId }) => indexValue(String(name), domainId as string | null),
  details: ({ name, domain_id: domainId }, isNew) =>
    `Duplicate entry found with name ${String(name)}${isNew && domainId !== null ? ` at domain ID ${String(domainId)}` : ''}.`,
};
