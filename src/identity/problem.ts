/** What can go wrong with log-ins, tokens and credentials, whichever identity service is asked. */
export type IdentityProblem =
  /** Wrong password, unknown user, disabled user or project, no role there: told apart by nobody outside. */
  | { readonly kind: 'not-authenticated' }
  /** Only some services tell that from wrong credentials. */
  | { readonly kind: 'user-disabled'; readonly user: string }
  | { readonly kind: 'unsupported-method'; readonly supported: readonly string[] }
  | { readonly kind: 'scope-not-allowed' }
  | { readonly kind: 'token-not-found'; readonly isKnown: boolean }
  | { readonly kind: 'token-not-given' }
  | { readonly kind: 'credential-not-found'; readonly credential: string }
  | { readonly kind: 'credential-exists'; readonly name: string }
  | { readonly kind: 'role-not-found'; readonly role: string }
  | { readonly kind: 'role-not-assigned' }
  /** A role that a token has for the system, and its user nowhere else. */
  | { readonly kind: 'assignment-not-found'; readonly roleId: string; readonly userId: string }
  /** An application credential that would be over its time from the start. */
  | { readonly kind: 'expiry-passed' }
  | { readonly kind: 'user-not-found'; readonly userId: string }
  | { readonly kind: 'project-not-found'; readonly projectId: string }
  /** Of federation. */
  | { readonly kind: 'provider-not-found'; readonly provider: string }
  /** Authenticated, and still not allowed; `action` as the service's policies name it. */
  | { readonly kind: 'not-allowed'; readonly action: string | null }
  /** A part of the request is missing: `what` in `where`. */
  | { readonly kind: 'missing'; readonly what: string; readonly where: string }
  | { readonly kind: 'invalid'; readonly message: string };

/** Thrown by the identity domain and by the parsing of its requests. */
export class IdentityError extends Error {
  readonly problem: IdentityProblem;

  constructor(problem: IdentityProblem) {
    super(problem.kind);
    this.name = 'IdentityError';
    this.problem = problem;
  }
}
