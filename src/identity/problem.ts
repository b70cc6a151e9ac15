import { QuietError } from '../base/quiet-error.ts';
import type { Receipt } from './tokens/receipt.ts';

/** A user or domain as receipts show it. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/** The errors of logins, tokens and credentials in all identity services. */
export type IdentityProblem =
  /** Wrong password, unknown user, disabled user or project, or no role in the scope: clients cannot tell them apart. */
  | { readonly kind: 'not-authenticated' }
  /** Returned by services that distinguish a disabled user from wrong credentials. */
  | { readonly kind: 'user-disabled'; readonly user: string }
  | { readonly kind: 'unsupported-method'; readonly supported: readonly string[] }
  | { readonly kind: 'scope-not-allowed' }
  /** The rules of the user require more methods; the receipt says which ones the user has proved. */
  | {
      readonly kind: 'more-methods-required';
      readonly receipt: Receipt;
      readonly user: Named & { readonly domain: Named };
      /** The rules that list one of the methods proved so far. */
      readonly required: readonly (readonly string[])[];
    }
  | { readonly kind: 'receipt-not-found'; readonly receipt: string }
  | { readonly kind: 'token-not-found'; readonly isKnown: boolean }
  | { readonly kind: 'token-not-given' }
  /** The user of the token has no role left in its scope. */
  | { readonly kind: 'token-without-roles'; readonly token: string }
  /** The project or domain of the token, or the domain of its project or user, was disabled. */
  | { readonly kind: 'scope-disabled'; readonly entity: 'project' | 'domain'; readonly id: string }
  | { readonly kind: 'credential-not-found'; readonly credential: string }
  | { readonly kind: 'credential-exists'; readonly name: string }
  | { readonly kind: 'role-not-found'; readonly role: string }
  | { readonly kind: 'role-not-assigned' }
  /** The token has the role for the system, but its user has it in no project or domain. */
  | { readonly kind: 'assignment-not-found'; readonly roleId: string; readonly userId: string }
  /** A new access rule without service, path or method, which the service fails on. */
  | { readonly kind: 'rule-incomplete' }
  /** A new application credential whose expiry is in the past. */
  | { readonly kind: 'expiry-passed' }
  | { readonly kind: 'user-not-found'; readonly userId: string }
  | { readonly kind: 'project-not-found'; readonly projectId: string }
  | { readonly kind: 'domain-not-found'; readonly domainId: string }
  | { readonly kind: 'trust-not-found'; readonly trustId: string }
  /** The access token of OAuth 1.0 that gave the token has been deleted. */
  | { readonly kind: 'access-token-not-found' }
  /** No such identity provider (federation). */
  | { readonly kind: 'provider-not-found'; readonly provider: string }
  /** Authenticated but not permitted; `action` is the policy rule or sentence that the service quotes, if any. */
  | { readonly kind: 'not-allowed'; readonly action: string | null }
  /** The request lacks `what` in `where`. */
  | { readonly kind: 'missing'; readonly what: string; readonly where: string }
  | { readonly kind: 'invalid'; readonly message: string };

/** A problem that the identity domain or a parser of identity requests reports. Dialects convert it to an error response. */
export class IdentityError extends QuietError {
  readonly problem: IdentityProblem;

  constructor(problem: IdentityProblem) {
    super(problem.kind);
    this.name = 'IdentityError';
    this.problem = problem;
  }
}

/** Rejects a login without giving a reason. @throws IdentityError `not-authenticated`. */
export function notAuthenticated(): never {
  throw new IdentityError({ kind: 'not-authenticated' });
}
