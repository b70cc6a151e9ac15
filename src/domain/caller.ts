import type { Progress } from './progress.ts';

/** Who makes a call, as the identity service answered for the token or the signature. */
export interface Caller {
  readonly userId: string;
  readonly userName: string;
  /** Project (tenant) of the token; empty for an unscoped one. */
  readonly projectId: string;
  readonly projectName: string;
  readonly domainId: string;
  readonly roles: readonly string[];
  /** Holds the role `admin`. */
  readonly isAdmin: boolean;
  /** May read and not write: holds `reader` and neither `member` nor `admin`. */
  readonly isReader: boolean;
  /** The token presented; empty for a signed request. */
  readonly token: string;
  /** How what this one call begins gets on, whatever the world's progress says. */
  readonly progress?: Progress;
}

/** The caller of an operation that asks for no token. */
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
