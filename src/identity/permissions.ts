/** Who may ask the identity service for what, as the policies of the running service have it. */
import type { Scope } from './tokens.ts';

/** Somebody with a token, or with a signature that stands for one. */
export interface Holder {
  readonly userId: string;
  /** Role names. */
  readonly roles: readonly string[];
  readonly scope: Scope;
}

const isAdmin = ({ roles }: Holder): boolean => roles.includes('admin');
const isReader = ({ roles }: Holder): boolean => roles.includes('reader');

/** May look at everything: admins wherever they are, and readers of the system. */
export const mayReadAll = (holder: Holder): boolean =>
  isAdmin(holder) || (holder.scope.kind === 'system' && isReader(holder));

/** May look at what is of a domain; a token for no domain goes for what is of none, as domains themselves are. */
const mayReadDomain = (holder: Holder, domainId: string | null): boolean =>
  isReader(holder) && (holder.scope.kind === 'domain' ? holder.scope.domainId : null) === domainId;

/** May list projects: of all domains, or of that of its token. */
export const mayListProjects = (holder: Holder): boolean =>
  mayReadAll(holder) || (holder.scope.kind === 'domain' && isReader(holder));

/** @param target - `undefined` where there is no such project. */
export const mayReadProject = (
  holder: Holder,
  target: { readonly id: string; readonly domainId: string | null } | undefined,
): boolean =>
  mayReadAll(holder) ||
  (target !== undefined &&
    ((holder.scope.kind === 'project' && holder.scope.projectId === target.id) ||
      mayReadDomain(holder, target.domainId)));

/** @param target - `undefined` where there is no such user. */
export const mayReadUser = (
  holder: Holder,
  target: { readonly id: string; readonly domainId: string } | undefined,
): boolean =>
  mayReadAll(holder) ||
  (target !== undefined && (holder.userId === target.id || mayReadDomain(holder, target.domainId)));

/** May see the application credentials of a user. */
export const mayReadCredentials = (holder: Holder, userId: string): boolean =>
  holder.userId === userId || mayReadAll(holder);

/** May remove the application credentials of a user. */
export const mayRemoveCredentials = (holder: Holder, userId: string): boolean =>
  holder.userId === userId || isAdmin(holder);

/** May check whether a token of that user is good. */
export const mayCheckToken = (holder: Holder, userId: string): boolean =>
  holder.userId === userId || mayReadAll(holder);

/** May see what a token of that user says. */
export const mayReadToken = (holder: Holder, userId: string): boolean =>
  mayCheckToken(holder, userId) || holder.roles.includes('service');

/** May revoke the tokens of a user. */
export const mayRevokeToken = (holder: Holder, userId: string): boolean => holder.userId === userId || isAdmin(holder);
