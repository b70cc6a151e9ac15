/** Who there is: what fixtures say of domains, projects, users and their credentials. Plain values. */

export interface Domain {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Nobody of a disabled domain logs in, and nothing in it is a scope. */
  readonly isEnabled: boolean;
}

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

export interface User {
  readonly id: string;
  readonly name: string;
  readonly domainId: string;
  readonly isEnabled: boolean;
  readonly password: string;
  readonly email: string | null;
  /** Scope of a log-in that names none. */
  readonly defaultProjectId: string | null;
  /** Rackspace API key. */
  readonly apiKey: string | null;
  readonly accessKeys: readonly AccessKey[];
}

export interface Role {
  readonly id: string;
  readonly name: string;
}

/** A user's roles in a project. */
export interface Assignment {
  readonly userId: string;
  readonly projectId: string;
  /** Role names. */
  readonly roles: readonly string[];
}

/** A user's roles in a domain itself, which are none in its projects. */
export interface DomainAssignment {
  readonly userId: string;
  readonly domainId: string;
  /** Role names. */
  readonly roles: readonly string[];
}

/** A user's roles in the cloud as a whole. */
export interface SystemAssignment {
  readonly userId: string;
  /** Role names. */
  readonly roles: readonly string[];
}

export interface Directory {
  readonly domains: readonly Domain[];
  readonly projects: readonly Project[];
  readonly users: readonly User[];
  readonly roles: readonly Role[];
  readonly assignments: readonly Assignment[];
  readonly domainAssignments: readonly DomainAssignment[];
  readonly systemAssignments: readonly SystemAssignment[];
  /** Regions that the catalogues name. */
  readonly regions: { readonly openstack: string; readonly rackspace: string; readonly huawei: string };
}
