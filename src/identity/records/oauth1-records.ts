/** What OAuth 1.0 delegates with. */
import type { EntityRecord } from './entity.ts';

/** What the tokens of OAuth 1.0 have in common. `secret`, `role_ids` and `expires` are hidden. */
interface Oauth1TokenRecord extends EntityRecord {
  readonly consumer_id: string;
  readonly project_id: string;
  readonly secret: string;
  readonly role_ids: readonly string[];
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** A request of a consumer for access to a project, which a user can authorize. */
export interface RequestTokenRecord extends Oauth1TokenRecord {
  /** What the user gives to the consumer once it has authorized the request; `null` before. */
  readonly verifier: string | null;
  /** The user who has authorized the request; `null` before. */
  readonly authorizing_user_id: string | null;
}

/** Roles of a user in a project that it has delegated to a consumer. */
export interface AccessTokenRecord extends Oauth1TokenRecord {
  readonly authorizing_user_id: string;
  readonly expires_at: string;
}
