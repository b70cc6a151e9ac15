import { QuietError } from '../../base/quiet-error.ts';
import type { PartKind } from './metadef.ts';

/** An action that only administrators may perform. */
export type MetadefAction =
  | 'add-namespace'
  | 'modify-namespace'
  | 'delete-namespace'
  | 'add-association'
  | 'delete-association'
  | 'add-property'
  | 'modify-property'
  | 'delete-property'
  | 'add-object'
  | 'modify-object'
  | 'delete-object'
  | 'add-tag'
  | 'add-tags'
  | 'modify-tag'
  | 'delete-tag';

/** Errors of the catalog of metadata definitions, independent of their message. */
export type MetadefProblem =
  /** With `exists`, the namespace exists, but the caller may not see it. */
  | { readonly kind: 'namespace-not-found'; readonly name: string; readonly exists: boolean }
  | { readonly kind: 'marker-not-found'; readonly name: string; readonly exists: boolean }
  | { readonly kind: 'namespace-exists'; readonly name: string; readonly isRename: boolean }
  | { readonly kind: 'part-not-found'; readonly part: PartKind; readonly name: string; readonly namespace: string }
  /** With `isRename`, another part has the new name, and `name` is the current one (for tags, the new one). */
  | {
      readonly kind: 'part-exists';
      readonly part: PartKind;
      readonly name: string;
      readonly namespace: string;
      readonly isRename: boolean;
    }
  | { readonly kind: 'type-not-found'; readonly name: string }
  /** The resource type exists, but the namespace is not associated with it. */
  | { readonly kind: 'not-associated'; readonly name: string; readonly namespace: string }
  | { readonly kind: 'prefix-missing'; readonly name: string; readonly prefix: string | null }
  | { readonly kind: 'protected'; readonly part: PartKind | 'namespace'; readonly name: string }
  | { readonly kind: 'not-allowed'; readonly action: MetadefAction }
  /** The text has four-byte characters, which the service cannot store. */
  | {
      readonly kind: 'four-byte';
      readonly attribute: string;
      readonly part: PartKind | 'namespace';
      readonly isUpdate: boolean;
    }
  /** A text has half a surrogate pair, which UTF-8 cannot encode. */
  | { readonly kind: 'unstorable' };

/** Thrown by the catalog of metadata definitions. */
export class MetadefError extends QuietError {
  readonly problem: MetadefProblem;

  constructor(problem: MetadefProblem) {
    super(problem.kind);
    this.name = 'MetadefError';
    this.problem = problem;
  }
}
