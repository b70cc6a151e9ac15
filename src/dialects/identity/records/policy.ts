/** Who may do what with records: the rules of Keystone's default policies, by name. */
import type { Requester } from '../../../identity/permissions.ts';
import type { Scope } from '../../../identity/scopes/scope.ts';

/** What a rule looks at in the target of an operation. */
export interface PolicyTarget {
  readonly id?: string;
  /** Domain that the target belongs to. */
  readonly domainId?: string | null;
  /** Project that the target belongs to. */
  readonly projectId?: string | null;
  /** User that owns the target. */
  readonly userId?: string | null;
  /** User that a trust delegates to. */
  readonly trusteeId?: string | null;
}

/** The sender of a request, with the domain of its token's scope. */
export interface PolicyRequester extends Requester {
  /** The domain of the scope, or that of the project of the scope; `undefined` for other scopes. */
  readonly scopeDomainId: string | undefined;
  /** Whether the release gives rights to managers, and lets readers of a domain see it in lists of domains. */
  readonly hasManagers: boolean;
}

type Rule = (requester: PolicyRequester, target: PolicyTarget) => boolean;

const isReader = ({ roles }: Requester): boolean => roles.includes('reader');
const isSame = (one: string | null | undefined, other: string | undefined): boolean =>
  other !== undefined && one === other;

const isManager = ({ roles, hasManagers }: PolicyRequester): boolean => hasManagers && roles.includes('manager');

const domainOf = (scope: Scope): string | null => (scope.kind === 'domain' ? scope.domainId : null);

const RULES = {
  /** Everybody with a token. */
  anyone: () => true,
  /** The role `admin` in a scope of any kind. */
  admin: ({ roles }) => roles.includes('admin'),
  /** The role `service` in a scope of any kind. */
  service: ({ roles }) => roles.includes('service'),
  'system-admin': ({ roles, scope }) => scope.kind === 'system' && roles.includes('admin'),
  'system-reader': (requester) => requester.scope.kind === 'system' && isReader(requester),
  /** A reader of the domain that the target belongs to. Domains belong to none, as do scopes other than domains. */
  'domain-reader': (requester, { domainId }) =>
    domainId !== undefined && isReader(requester) && domainId === domainOf(requester.scope),
  /** A reader of any domain; what is in other domains is left out of the reply. */
  'any-domain-reader': (requester) => requester.scope.kind === 'domain' && isReader(requester),
  /** A manager of the domain that the target belongs to, in releases with managers. */
  'domain-manager': (requester, { domainId }) =>
    domainId !== undefined && isManager(requester) && domainId === domainOf(requester.scope),
  /** A manager of any domain, in releases with managers. */
  'any-domain-manager': (requester) => requester.scope.kind === 'domain' && isManager(requester),
  /** A reader of any domain, in releases with managers; what is in other domains is left out of the reply. */
  'any-domain-reader-later': (requester) =>
    requester.hasManagers && requester.scope.kind === 'domain' && isReader(requester),
  /** A reader of the domain that the target belongs to, in releases with managers. */
  'domain-reader-later': (requester, { domainId }) =>
    requester.hasManagers && domainId !== undefined && isReader(requester) && domainId === domainOf(requester.scope),
  /** The target is the domain of the token's scope. */
  'own-domain': ({ scopeDomainId }, { id }) => isSame(id, scopeDomainId),
  /** The target is the project of the token's scope. */
  'own-project': ({ scope }, { id }) => scope.kind === 'project' && isSame(id, scope.projectId),
  /** The token's scope is the project of the target. */
  'in-project': ({ scope }, { projectId }) => scope.kind === 'project' && isSame(projectId, scope.projectId),
  /** The token's scope is the domain of the target. */
  'in-domain': ({ scope }, { domainId }) => scope.kind === 'domain' && isSame(domainId, scope.domainId),
  /** The target belongs to the user, or is the user. */
  owner: ({ userId }, target) => isSame(target.userId, userId),
  /** The target is a trust for the user. */
  trustee: ({ userId }, target) => isSame(target.trusteeId, userId),
} as const satisfies Readonly<Record<string, Rule>>;

/** A rule; see `RULES`. */
export type RuleName = keyof typeof RULES;

/** Alternative rules: one that holds is enough. */
export type Policy = readonly RuleName[];

/** Reading and changing what only administrators and readers of the whole cloud see. */
export const SYSTEM_READ: Policy = ['admin', 'system-reader'];
/** What only administrators may do. */
export const ADMIN: Policy = ['admin'];
/** What administrators may do, and in newer releases the managers of the domain that the target belongs to. */
export const DOMAIN_CHANGE: Policy = ['admin', 'domain-manager'];

/** Returns whether a policy permits an operation. @param target - empty for a target that does not exist. */
export const isPermitted = (policy: Policy, requester: PolicyRequester, target: PolicyTarget = {}): boolean =>
  policy.some((name) => RULES[name](requester, target));
