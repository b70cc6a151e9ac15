/** What a token is valid for. */
export type Scope =
  | { readonly kind: 'unscoped' }
  | { readonly kind: 'project'; readonly projectId: string }
  | { readonly kind: 'domain'; readonly domainId: string }
  | { readonly kind: 'system' };

/** The scope of a token that is valid for no project, no domain and not for the system. */
export const UNSCOPED: Scope = { kind: 'unscoped' };

/** Converts a scope to a unique text, which is part of the seed of a token's id. */
export function scopeText(scope: Scope): string {
  switch (scope.kind) {
    case 'project':
      return `project ${scope.projectId}`;
    case 'domain':
      return `domain ${scope.domainId}`;
    default:
      return scope.kind;
  }
}
