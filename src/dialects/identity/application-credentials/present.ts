import type { Json } from '../../../base/json.ts';
import { RANK } from '../../../base/release.ts';
import type { Call } from '../../../contract/contract.ts';
import type { ApplicationCredential } from '../../../identity/application-credentials/application-credential.ts';
import { NEWER_ROLES } from '../../../identity/records/bootstrap-roles.ts';
import { withoutZone } from '../times.ts';

/** Roles of every cloud, which cannot be changed. */
const IMMUTABLE_ROLES: ReadonlySet<string> = new Set(['admin', 'member', 'reader']);

/** Whether a role is one that the installation of a release has created. */
const isImmutable = (name: string, { releases }: Call): boolean =>
  IMMUTABLE_ROLES.has(name) ||
  (releases !== undefined && releases.identity >= RANK['2025.1'] && NEWER_ROLES.includes(name));

/** An application credential. @param secret - only in the reply of the request that creates it. */
export const presentCredential = (credential: ApplicationCredential, call: Call, secret?: string): Json => ({
  id: credential.id,
  name: credential.name,
  description: credential.description,
  user_id: credential.userId,
  project_id: credential.projectId,
  system: credential.system,
  expires_at: credential.expiresAt === null ? null : withoutZone(credential.expiresAt),
  unrestricted: credential.isUnrestricted,
  roles: credential.roles.map(({ id, name }) => ({
    id,
    name,
    domain_id: null,
    description: null,
    options: isImmutable(name, call) ? { immutable: true } : {},
  })),
  ...(credential.accessRules !== null && { access_rules: credential.accessRules }),
  ...(secret !== undefined && { secret }),
  links: { self: `${call.base}/v3/application_credentials/${credential.id}` },
});
