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

/** A service of OpenStack in the catalog of the fixtures, with an endpoint for each interface. */
export interface CatalogService {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly region: string;
  /** The address, with `$(sideglance_root)s` for that of the world. */
  readonly url: string;
  readonly endpoints: readonly { readonly id: string; readonly interface: string }[];
  /** Id of the endpoint in catalogs of version 2.0. */
  readonly version2Id: string;
}

/** Everything that the identity services of a world know about users and projects. */
export interface Directory {
  readonly domains: readonly Domain[];
  readonly projects: readonly Project[];
  readonly users: readonly User[];
  readonly roles: readonly Role[];
  readonly assignments: readonly Assignment[];
  readonly domainAssignments: readonly DomainAssignment[];
  readonly systemAssignments: readonly SystemAssignment[];
  /** The services of OpenStack. */
  readonly catalog: readonly CatalogService[];
  /** Region names in the service catalogs. */
  readonly regions: { readonly openstack: string; readonly rackspace: string; readonly huawei: string };
}
