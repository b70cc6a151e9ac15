import { isObject } from '../../base/json.ts';
import type { CatalogEndpoint as FixtureEndpoint } from '../directory/directory.ts';
import { DEFAULT_URL_VALUES, fillUrl, type UrlValues } from './endpoint-url.ts';
import type { EndpointRecord, ServiceRecord } from './record.ts';
import type { Records } from './records.ts';

/** An endpoint with its URL filled in. */
export interface CatalogEndpoint {
  readonly endpoint: EndpointRecord;
  readonly url: string;
}

/** A service in a catalog. */
export interface CatalogEntry {
  readonly service: ServiceRecord;
  readonly endpoints: readonly CatalogEndpoint[];
}

/** Whose catalog it is. */
export interface CatalogViewer {
  /** Address of the world. */
  readonly root: string;
  readonly userId: string;
  /** Absent for a token without a project. */
  readonly projectId?: string | undefined;
}

/** The enabled services, each with its enabled endpoints. */
type Services = readonly (readonly [ServiceRecord, readonly EndpointRecord[]])[];

const cached = new WeakMap<Records, { readonly version: number; readonly services: Services }>();

/**
 * Returns the catalog of a token: the enabled services with those enabled endpoints whose URL can be filled in. If endpoints or
 * groups of them are associated with the project, it contains only these, without services that have none.
 */
export function catalogOf(records: Records, viewer: CatalogViewer): readonly CatalogEntry[] {
  const { projectId } = viewer;
  const values = urlValues(viewer);
  const isAssociated = projectId === undefined ? undefined : associationsOf(records, projectId);
  const entries = servicesOf(records).map(([service, endpoints]) => ({
    service,
    endpoints: fillEndpoints(isAssociated === undefined ? endpoints : endpoints.filter(isAssociated), values),
  }));
  return isAssociated === undefined ? entries : entries.filter(({ endpoints }) => endpoints.length > 0);
}

/** Values of the names in the URLs of endpoints. */
export const urlValues = ({ root, userId, projectId }: CatalogViewer): UrlValues => ({
  ...DEFAULT_URL_VALUES,
  sideglance_root: root,
  public_endpoint: `${root}/identity`,
  user_id: userId,
  project_id: projectId,
  tenant_id: projectId,
});

/** Returns the enabled endpoints of a service outside Keystone whose URL can be filled in, with that URL. */
export const filledEndpoints = (endpoints: readonly FixtureEndpoint[], values: UrlValues): readonly FixtureEndpoint[] =>
  endpoints.flatMap((endpoint) => {
    const url = endpoint.isEnabled ? fillUrl(endpoint.url, values) : undefined;
    return url === undefined ? [] : [{ ...endpoint, url }];
  });

const fillEndpoints = (endpoints: readonly EndpointRecord[], values: UrlValues): readonly CatalogEndpoint[] =>
  endpoints.flatMap((endpoint) => {
    const url = fillUrl(endpoint.url, values);
    return url === undefined ? [] : [{ endpoint, url }];
  });

function servicesOf(records: Records): Services {
  const known = cached.get(records);
  if (known?.version === records.version) return known.services;
  const services = records
    .all('service')
    .filter(({ enabled }) => enabled)
    .map((service) => {
      const endpoints = records.by('endpoint', 'service', service.id).filter(({ enabled }) => enabled);
      return [service, endpoints] as const;
    });
  cached.set(records, { version: records.version, services });
  return services;
}

type IsAssociated = (endpoint: EndpointRecord) => boolean;

/** Tells which endpoints are associated with a project; `undefined` if none is, enabled or not. */
function associationsOf(records: Records, projectId: string): IsAssociated | undefined {
  const ids = new Set(records.by('project-endpoint', 'project', projectId).map((each) => each['endpoint_id']));
  const filters = records
    .by('project-endpoint-group', 'project', projectId)
    .map((each) => records.get('endpoint-group', String(each['endpoint_group_id']))?.['filters']);
  if (ids.size === 0 && filters.length === 0) return undefined;
  const isAssociated: IsAssociated = (endpoint) =>
    ids.has(endpoint.id) || filters.some((filter) => matchesFilters(endpoint, filter));
  return records.all('endpoint').some(isAssociated) ? isAssociated : undefined;
}

/** Whether an endpoint has all the members that an endpoint group asks for. */
export const matchesFilters = (endpoint: EndpointRecord, filters: unknown): boolean =>
  isObject(filters) && Object.entries(filters).every(([name, value]) => endpoint[name] === value);
