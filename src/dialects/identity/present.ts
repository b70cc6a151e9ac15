import type { Call } from '../../contract/contract.ts';
import { toMicroseconds } from '../../domain/clock.ts';
import type { ApplicationCredential } from '../../identity/application-credentials/application-credential.ts';
import type { Domain, Project } from '../../identity/directory/directory.ts';
import type { Identity } from '../../identity/identity.ts';
import type { Token } from '../../identity/tokens/token.ts';
import type { Family } from './problems.ts';

const domainOf = (identity: Identity, domainId: string): object => ({
  id: domainId,
  name: identity.index.domain({ id: domainId })?.name ?? domainId,
});

const withoutZone = (milliseconds: number): string => toMicroseconds(milliseconds).slice(0, -1);

/** `{token}` of version 3. */
export function presentToken(
  token: Token,
  identity: Identity,
  catalog: readonly object[] | null,
  family: Family,
): object {
  const user = identity.index.user(token.userId);
  const project = token.scope.kind === 'project' ? identity.index.project(token.scope.projectId) : undefined;
  const isIam = family === 'iam';
  const roles = token.roles.map(({ id, name }) => ({ id: isIam ? '0' : id, name }));
  const credentialId = token.applicationCredentialId;
  const credential = credentialId === null ? undefined : identity.credentials.get(credentialId);
  return {
    token: {
      methods: token.methods,
      user: {
        domain: domainOf(identity, user?.domainId ?? 'default'),
        id: token.userId,
        name: user?.name ?? '',
        password_expires_at: isIam ? '' : null,
      },
      ...(!isIam && { audit_ids: token.auditIds }),
      // A token that ends with its credential says so in the credential's words.
      expires_at: (token.expiresAt === credential?.expiresAt ? withoutZone : toMicroseconds)(token.expiresAt),
      issued_at: toMicroseconds(token.issuedAt),
      ...(project && {
        project: { domain: domainOf(identity, project.domainId), id: project.id, name: project.name },
        ...(!isIam && { is_domain: false }),
      }),
      ...(token.scope.kind === 'domain' && { domain: domainOf(identity, token.scope.domainId) }),
      ...(roles.length > 0 && { roles }),
      ...(token.scope.kind === 'system' && { system: { all: true } }),
      ...(catalog !== null && token.scope.kind !== 'unscoped' && { catalog }),
      ...(credential && {
        application_credential: {
          id: credential.id,
          name: credential.name,
          restricted: !credential.isUnrestricted,
          ...(credential.accessRules !== null && { access_rules: credential.accessRules }),
        },
      }),
    },
  };
}

/** A project of version 3. */
export const presentProject = (project: Project, call: Call): object => ({
  id: project.id,
  name: project.name,
  domain_id: project.domainId,
  description: project.description,
  enabled: project.isEnabled,
  parent_id: project.domainId,
  is_domain: false,
  tags: [],
  options: {},
  links: { self: `${call.base}/v3/projects/${project.id}` },
});

/** A domain of version 3. */
export const presentDomain = ({ id, name, description, isEnabled }: Domain, call: Call): object => ({
  id,
  name,
  description,
  enabled: isEnabled,
  tags: [],
  options: {},
  links: { self: `${call.base}/v3/domains/${id}` },
});

/** A domain in place of a project. */
export const presentDomainAsProject = (domain: Domain, call: Call): object => ({
  ...presentDomain(domain, call),
  domain_id: null,
  parent_id: null,
  is_domain: true,
  links: { self: `${call.base}/v3/projects/${domain.id}` },
});

/** The links of a collection. */
export const collectionLinks = (call: Call, path: string): object => ({
  next: null,
  self: `${call.base}${path}${call.search === '' ? '' : `?${call.search}`}`,
  previous: null,
});

/** Roles that are there from the start, and cannot be changed. */
const STANDING_ROLES: ReadonlySet<string> = new Set(['admin', 'member', 'reader']);

/** An application credential; its secret is told once, when it is made. */
export const presentCredential = (credential: ApplicationCredential, call: Call, secret?: string): object => ({
  id: credential.id,
  name: credential.name,
  description: credential.description,
  user_id: credential.userId,
  project_id: credential.projectId,
  system: credential.system,
  expires_at: credential.expiresAt === null ? null : withoutZone(credential.expiresAt),
  unrestricted: credential.isUnrestricted,
  roles: credential.roles.map(({ id, name }) => ({
    id,
    name,
    domain_id: null,
    description: null,
    options: STANDING_ROLES.has(name) ? { immutable: true } : {},
  })),
  ...(credential.accessRules !== null && { access_rules: credential.accessRules }),
  ...(secret !== undefined && { secret }),
  links: { self: `${call.base}/v3/application_credentials/${credential.id}` },
});

const MEDIA = [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }];

/** The description of version 3; `id` differs between the services. */
export const presentVersion3 = (call: Call, id = 'v3.14', updated = '2020-04-07T00:00:00Z'): object => ({
  id,
  status: 'stable',
  updated,
  links: [{ rel: 'self', href: `${call.base}/v3/` }],
  'media-types': MEDIA,
});

/** `{access}` of version 2.0. */
export function presentAccess(
  token: Token,
  identity: Identity,
  serviceCatalog: readonly object[],
  rackspace: boolean,
): object {
  const user = identity.index.user(token.userId);
  const project = token.scope.kind === 'project' ? identity.index.project(token.scope.projectId) : undefined;
  const seconds = (time: number): string => `${new Date(time).toISOString().slice(0, rackspace ? 23 : 19)}Z`;
  return {
    access: {
      token: {
        id: token.id,
        expires: seconds(token.expiresAt),
        ...(!rackspace && { issued_at: withoutZone(token.issuedAt) }),
        ...(project && {
          tenant: rackspace
            ? { id: project.id, name: project.name }
            : { id: project.id, name: project.name, description: project.description, enabled: project.isEnabled },
        }),
        ...(rackspace && {
          'RAX-AUTH:authenticatedBy': token.methods.map((method) => method.toUpperCase()),
        }),
        ...(!rackspace && { audit_ids: token.auditIds }),
      },
      serviceCatalog,
      user: {
        id: token.userId,
        name: user?.name ?? '',
        roles: token.roles.map(({ id, name }) =>
          rackspace ? { id, name: `identity:${name}`, ...(project && { tenantId: project.id }) } : { name },
        ),
        ...(rackspace
          ? { 'RAX-AUTH:defaultRegion': identity.directory.regions.rackspace, 'RAX-AUTH:domainId': project?.id ?? '' }
          : { username: user?.name ?? '', roles_links: [] }),
      },
      ...(!rackspace && { metadata: { is_admin: 0, roles: token.roles.map(({ id }) => id) } }),
    },
  };
}
