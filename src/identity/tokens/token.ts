import type { Caller } from '../../domain/caller.ts';
import type { Role } from '../directory/directory.ts';
import type { Scope } from '../scopes/scope.ts';

/** An issued token. */
export interface Token {
  readonly id: string;
  readonly userId: string;
  readonly scope: Scope;
  readonly roles: readonly Role[];
  /** How the user authenticated: `password`, `token`, `application_credential`, `apikey`. */
  readonly methods: readonly string[];
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** Its own audit id, followed by that of the first token of its chain if it was exchanged for another token. */
  readonly auditIds: readonly string[];
  readonly applicationCredentialId: string | null;
  /** The trust that the token is for, if it is for one. */
  readonly trustId?: string;
  /** The access token of OAuth 1.0 that gave the token. */
  readonly accessTokenId?: string;
  /** Whose roles count, if they are not those of the user: the trustor. */
  readonly roleOwnerId?: string;
  /** Revoked tokens are kept until they expire, because services distinguish them from unknown tokens. */
  readonly isRevoked: boolean;
  readonly caller: Caller;
}
