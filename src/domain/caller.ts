import type { Progress } from './progress.ts';
import type { SourceBehavior } from './web.ts';

/** Who sends a request, as the identity service resolved the token or the signature. */
export interface Caller {
  readonly userId: string;
  readonly userName: string;
  /** Project (tenant) of the token; empty for an unscoped one. */
  readonly projectId: string;
  readonly projectName: string;
  readonly domainId: string;
  readonly roles: readonly string[];
  /** Whether the caller has the role `admin`. */
  readonly isAdmin: boolean;
  /** Whether the caller may only read: has `reader` and neither `member` nor `admin`. */
  readonly isReader: boolean;
  /** Whether the caller's role does not let it change what its project owns. */
  readonly isNoOwner?: true;
  /** The token of the request; empty for a signed one. */
  readonly token: string;
  /** Progress of the tasks that this request starts, instead of the world's progress rules. */
  readonly progress?: Progress;
  /** Behavior of the sources that this request downloads, on top of their own. */
  readonly source?: SourceBehavior;
}

/** The caller of an operation that needs no token. */
export const ANONYMOUS: Caller = {
  userId: '',
  userName: '',
  projectId: '',
  projectName: '',
  domainId: '',
  roles: [],
  isAdmin: false,
  isReader: false,
  token: '',
};
