import type { Directory } from '../identity/directory/directory.ts';

/** Where the APIs of one world answer, by dialect; log-ins under `identity`, `rackspace-identity` and `iam`. */
export type Addresses = Readonly<Record<string, string>>;

/** What clients of one world are told, in the words of each kind of client. */
export interface ClientSettings {
  /** `OS_*` variables of the OpenStack clients. */
  readonly openstack: Readonly<Record<string, string>>;
  /** What goes into `clouds.yaml`. */
  readonly clouds: { readonly clouds: Readonly<Record<string, unknown>> };
  readonly rackspace: {
    readonly username: string;
    readonly apiKey: string;
    readonly authUrl: string;
    readonly region: string;
    readonly tenantId: string;
  } | null;
  readonly huawei: {
    readonly accessKey: string;
    readonly secretKey: string;
    readonly projectId: string;
    readonly projectName: string;
    readonly region: string;
    readonly iamEndpoint: string;
    readonly imsEndpoint: string;
  } | null;
}

/** @param root - address of the world's root, no slash at the end. */
export const addressesOf = (root: string): Addresses => ({
  'image-v2': `${root}/image`,
  'compute-v2.1': `${root}/compute`,
  'rackspace-images': `${root}/rackspace/images`,
  'rackspace-servers': `${root}/rackspace/servers`,
  ims: `${root}/ims`,
  identity: `${root}/identity`,
  'rackspace-identity': `${root}/rackspace/identity`,
  iam: `${root}/iam`,
});

/** For whom settings are. */
export interface ClientChoice {
  /** Name of the user; the first one of the directory when left out. */
  readonly user?: string;
  /** World that names have to tell, since the address does not. */
  readonly world?: string;
}

/** How clients log in as a user. */
export function clientSettings(
  root: string,
  directory: Directory,
  { user: userName, world }: ClientChoice = {},
): ClientSettings | undefined {
  const told = (name: string): string => (world === undefined ? name : `${name}@${world}`);
  const user = userName === undefined ? directory.users[0] : directory.users.find(({ name }) => name === userName);
  if (user === undefined) return undefined;
  const { regions } = directory;
  const assigned = directory.assignments.find(({ userId }) => userId === user.id)?.projectId;
  const project = directory.projects.find(({ id }) => id === (user.defaultProjectId ?? assigned));
  const domain = directory.domains.find(({ id }) => id === user.domainId);
  const projectDomain = directory.domains.find(({ id }) => id === project?.domainId);
  const authUrl = `${root}/identity/v3`;
  const userToTell = project === undefined ? told(user.name) : user.name;
  const auth = {
    auth_url: authUrl,
    username: userToTell,
    password: user.password,
    user_domain_name: domain?.name ?? '',
    ...(project && { project_name: told(project.name), project_domain_name: projectDomain?.name ?? '' }),
  };
  const [keys] = user.accessKeys;
  return {
    openstack: {
      OS_AUTH_URL: authUrl,
      OS_IDENTITY_API_VERSION: '3',
      OS_USERNAME: userToTell,
      OS_PASSWORD: user.password,
      OS_USER_DOMAIN_NAME: domain?.name ?? '',
      ...(project && { OS_PROJECT_NAME: told(project.name), OS_PROJECT_DOMAIN_NAME: projectDomain?.name ?? '' }),
      OS_REGION_NAME: regions.openstack,
      OS_INTERFACE: 'public',
    },
    clouds: {
      clouds: {
        sideglance: { auth, region_name: regions.openstack, interface: 'public', identity_api_version: 3 },
      },
    },
    rackspace:
      user.apiKey === null
        ? null
        : {
            username: told(user.name),
            apiKey: user.apiKey,
            authUrl: `${root}/rackspace/identity/v2.0`,
            region: regions.rackspace,
            tenantId: project?.id ?? '',
          },
    huawei:
      keys === undefined
        ? null
        : {
            accessKey: told(keys.accessKey),
            secretKey: keys.secretKey,
            projectId: project?.id ?? '',
            projectName: project === undefined ? '' : told(project.name),
            region: regions.huawei,
            iamEndpoint: `${root}/iam`,
            imsEndpoint: `${root}/ims`,
          },
  };
}
