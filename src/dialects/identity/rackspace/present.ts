import type { Cloud } from '../../../cloud.ts';
import type { Call } from '../../../contract/contract.ts';
import type { CatalogEndpoint } from '../../../identity/directory/directory.ts';
import type { Identity } from '../../../identity/identity.ts';
import { fillUrl, type UrlValues } from '../../../identity/records/endpoint-url.ts';
import { filledEndpoints, urlValues } from '../../../identity/records/service-catalog.ts';
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
export function presentCatalog({ scope, userId }: Token, call: Call, cloud: Cloud): readonly RackspaceService[] {
  if (scope.kind !== 'project') return [];
  const { projectId } = scope;
  const values = urlValues({ root: call.root, userId, projectId });
  return cloud.identity.records.fixtures.catalogs.rackspace
    .filter(({ isEnabled }) => isEnabled)
    .map(({ name, type, endpoints }) => {
      const filled = filledEndpoints(endpoints, values).map((endpoint) => ({
        ...endpoint,
        url: call.link(endpoint.url),
      }));
      const regions = [...new Set(filled.map(({ region }) => region))];
      return {
        name,
        type,
        endpoints: regions.map((region) =>
          presentRegion(
            filled.filter((endpoint) => endpoint.region === region),
            { region, tenantId: projectId },
            values,
          ),
        ),
      };
    });
}

/** The addresses of a service in a region; of several for one interface, the last. */
function presentRegion(endpoints: readonly CatalogEndpoint[], head: object, values: UrlValues): object {
  const addresses = endpoints.map(({ interface: face, url }) => [`${face}URL`, url]);
  const { id, info, list } = endpoints.find(({ version }) => version !== undefined)?.version ?? {};
  return {
    ...head,
    ...Object.fromEntries(addresses),
    ...(id !== undefined && { versionId: id }),
    ...(info !== undefined && { versionInfo: fillUrl(info, values) }),
    ...(list !== undefined && { versionList: fillUrl(list, values) }),
  };
}
