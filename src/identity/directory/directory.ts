/** Domains, projects, users, roles and role assignments, as fixtures define them. */

/** A container of projects and users. */
export interface Domain {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** No user of a disabled domain can log in, and neither the domain nor its projects can be a scope. */
  readonly isEnabled: boolean;
}

/** A project (tenant), which owns images and servers. */
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly domainId: string;
  readonly isEnabled: boolean;
  readonly description: string;
}

/** A key pair for signed requests (Huawei). */
export interface AccessKey {
  readonly accessKey: string;
  readonly secretKey: string;
}

/** An account that can log in. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly domainId: string;
  readonly isEnabled: boolean;
  /** `null` for a user without one, who cannot log in by password. */
  readonly password: string | null;
  readonly email: string | null;
  /** Scope of a login that requests none. */
  readonly defaultProjectId: string | null;
  /** Rackspace API key. */
  readonly apiKey: string | null;
  readonly accessKeys: readonly AccessKey[];
}

/** A role that can be assigned to users. */
export interface Role {
  readonly id: string;
  readonly name: string;
}

/** The roles of a user in a project, without those that they imply. */
export interface Assignment {
  readonly userId: string;
  readonly projectId: string;
  /** Role names. */
  readonly roles: readonly string[];
}

/** The roles of a user in a domain itself; they do not apply to its projects. */
export interface DomainAssignment {
  readonly userId: string;
  readonly domainId: string;
  /** Role names. */
  readonly roles: readonly string[];
}

/** The roles of a user in the cloud as a whole. */
export interface SystemAssignment {
  readonly userId: string;
  /** Role names. */
  readonly roles: readonly string[];
}

/** The clouds that have a service catalog of their own. */
export const PROVIDERS = ['openstack', 'rackspace', 'huawei'] as const;
/** One of `PROVIDERS`. */
export type Provider = (typeof PROVIDERS)[number];

/** Who an endpoint is meant for. */
export type EndpointInterface = 'public' | 'internal' | 'admin';

/** An endpoint of a service in the catalog of the fixtures. */
export interface CatalogEndpoint {
  readonly id: string;
  readonly interface: EndpointInterface;
  readonly region: string;
  /** The address, with `$(sideglance_root)s` for that of the world and Keystone's names for project and user. */
  readonly url: string;
  readonly isEnabled: boolean;
  /** Id of the endpoint in catalogs of version 2.0. */
  readonly version2Id: string;
  /** What Rackspace says about the version of the API. */
  readonly version?: { readonly id?: string; readonly info?: string; readonly list?: string };
}

/** A service in the catalog of the fixtures. */
export interface CatalogService {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly endpoints: readonly CatalogEndpoint[];
}

/** The services of each provider. */
export type Catalogs = Readonly<Record<Provider, readonly CatalogService[]>>;

/** Everything that the identity services of a world know about users and projects. */
export interface Directory {
  readonly domains: readonly Domain[];
  readonly projects: readonly Project[];
  readonly users: readonly User[];
  readonly roles: readonly Role[];
  /** Whether the installation has created the role `manager`, which `admin` implies and which implies `member`. */
  readonly hasManager?: boolean;
  readonly assignments: readonly Assignment[];
  readonly domainAssignments: readonly DomainAssignment[];
  readonly systemAssignments: readonly SystemAssignment[];
  readonly catalogs: Catalogs;
  /** The region of endpoints that name none, by provider. */
  readonly regions: Readonly<Record<Provider, string>>;
}
