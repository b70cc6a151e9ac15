import type { Role } from '../directory/directory.ts';

/** One kind of request that an application credential is limited to. */
export interface AccessRule {
  readonly id: string;
  readonly service: string;
  readonly path: string;
  readonly method: string;
}

/** An access rule in a request: an existing one by its id, or a new one. */
export type RequestedRule = Partial<AccessRule>;

/** A secret with which a program logs in on behalf of a user. */
export interface ApplicationCredential {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly userId: string;
  /** `null` for a credential that was created with a token for no project; its tokens are unscoped. */
  readonly projectId: string | null;
  /** Kept as the client sent it; has no effect. */
  readonly system: string | null;
  readonly secret: string;
  readonly roles: readonly Role[];
  /** Milliseconds since 1970, or `null` for one that does not expire. */
  readonly expiresAt: number | null;
  /** `null` if the request did not contain it, which counts as restricted. */
  readonly isUnrestricted: boolean | null;
  readonly accessRules: readonly AccessRule[] | null;
}

/** A request to create an application credential. */
export interface NewApplicationCredential {
  readonly name: string;
  readonly description: string | null;
  /** Generated if `null` or empty. */
  readonly secret: string | null;
  readonly system: string | null;
  /** A subset of the roles of the token: see `ApplicationCredentials.rolesFor`. */
  readonly roles: readonly Role[];
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null;
  readonly isUnrestricted: boolean | null;
  /** `null` and an empty list restrict nothing. */
  readonly accessRules: readonly RequestedRule[] | null;
}
