import type { Call } from '../../../contract/contract.ts';
import type { ApplicationCredential } from '../../../identity/application-credentials/application-credential.ts';
import { withoutZone } from '../times.ts';

/** Roles of every cloud, which cannot be changed. */
const IMMUTABLE_ROLES: ReadonlySet<string> = new Set(['admin', 'member', 'reader']);

/** An application credential. @param secret - only in the reply of the request that creates it. */
export const presentCredential = (credential: ApplicationCredential, call: Call, secret?: string): object => ({
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
    options: IMMUTABLE_ROLES.has(name) ? { immutable: true } : {},
  })),
  ...(credential.accessRules !== null && { access_rules: credential.accessRules }),
  ...(secret !== undefined && { secret }),
  links: { self: `${call.base}/v3/application_credentials/${credential.id}` },
});
