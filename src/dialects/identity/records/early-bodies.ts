/** Resources whose bodies newer releases check before the token and the policy; `early-checks` has the schemas. */

import type { Json } from '../../../base/json.ts';
import type { Release } from '../../../base/release.ts';
import { peekSince } from '../profiles.ts';
import { badRequest } from '../request-error.ts';
import type { RecordRequest } from './record-request.ts';
import type { Resource } from './resource.ts';

/** The first release that checks the bodies of a resource early, by the name of one. Others check them after the policy. */
export const CHECKED_EARLY: Readonly<Record<string, Release>> = {
  user: '2025.1',
  group: '2025.1',
  domain: '2025.1',
  project: '2025.1',
  role: '2025.1',
  service: '2025.1',
  endpoint: '2025.1',
  region: '2026.2',
  credential: '2025.1',
  trust: '2025.1',
  endpoint_group: '2025.1',
  identity_provider: '2025.1',
  protocol: '2026.2',
  service_provider: '2025.1',
  registered_limit: '2025.1',
  limit: '2025.1',
};

/** Whether the body of a request for a resource was checked before the token. */
export function isCheckedEarly({ one }: Resource, { context: { cloud } }: RecordRequest): boolean {
  const release = CHECKED_EARLY[one];
  return release !== undefined && peekSince(cloud, release);
}

/** What a 400 says of a create without the member that holds the record, which some schemas do not ask for. */
const WITHOUT_RECORD: Readonly<Record<string, string>> = {
  project: "'name' is a required property",
  service: "'NoneType' object is not subscriptable",
  endpoint: "'NoneType' object is not subscriptable",
};

/** Truth values of records. */
const FLAGS = ['enabled', 'is_domain'] as const;

/**
 * Rejects what the schemas of newer releases let pass and their database does not. The service fails on most of it with a 500,
 * which an observed response can stand for.
 * @throws RequestError 400.
 */
export function assertStorable({ one }: Resource, verb: 'create' | 'update', body: unknown): void {
  const missing = WITHOUT_RECORD[one];
  const isMissing = body === null || (verb === 'create' && Object.keys(body as Json).length === 0);
  if (isMissing && missing !== undefined && verb === 'create') badRequest(missing);
  for (const name of FLAGS) {
    const value = (body as Json | null)?.[name];
    if (typeof value !== 'string') continue;
    badRequest(`Invalid input for field/attribute ${name}. Value: ${value}. '${value}' is not of type 'boolean'`);
  }
}
