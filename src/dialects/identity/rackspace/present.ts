import type { Cloud } from '../../../cloud.ts';
import type { Call } from '../../../contract/contract.ts';
import type { Identity } from '../../../identity/identity.ts';
import type { Token } from '../../../identity/tokens/token.ts';

/** The members of `access` that describe a token and its user. */
export function presentTokenAndUser(
  token: Token,
  identity: Identity,
): { readonly token: object; readonly user: object } {
  const project = token.scope.kind === 'project' ? identity.index.project(token.scope.projectId) : undefined;
  return {
    token: {
      id: token.id,
      expires: new Date(token.expiresAt).toISOString(),
      ...(project && { tenant: { id: project.id, name: project.name } }),
      'RAX-AUTH:authenticatedBy': token.methods.map((method) => method.toUpperCase()),
    },
    user: {
      id: token.userId,
      name: identity.index.user(token.userId)?.name ?? '',
      roles: token.roles.map(({ id, name }) => ({
        id,
        name: `identity:${name}`,
        ...(project && { tenantId: project.id }),
      })),
      'RAX-AUTH:defaultRegion': identity.directory.regions.rackspace,
      'RAX-AUTH:domainId': project?.id ?? '',
    },
  };
}

/** A service in the catalog of Rackspace. */
export interface RackspaceService {
  readonly name: string;
  readonly type: string;
  readonly endpoints: readonly object[];
}

/** The catalog for a token; empty if it has no project. */
export function presentCatalog({ scope }: Token, call: Call, cloud: Cloud): readonly RackspaceService[] {
  if (scope.kind !== 'project') return [];
  const tenantId = scope.projectId;
  const { rackspace: region } = cloud.identity.directory.regions;
  const servers = `${call.root}/rackspace/servers`;
  return [
    {
      name: 'cloudServersOpenStack',
      type: 'compute',
      endpoints: [
        {
          region,
          tenantId,
          publicURL: `${servers}/v2/${tenantId}`,
          versionId: '2',
          versionInfo: `${servers}/v2`,
          versionList: `${servers}/`,
        },
      ],
    },
    {
      name: 'cloudImages',
      type: 'image',
      endpoints: [{ region, tenantId, publicURL: `${call.root}/rackspace/images/v2/${tenantId}` }],
    },
  ];
}
