import type { Directory } from '../identity/directory/directory.ts';
import { InputError } from '../input/input-error.ts';

/** Addresses of the APIs of one world, by dialect; those of the identity services are `identity`, `rackspace-identity` and `iam`. */
export type Addresses = Readonly<Record<string, string>>;

/** Variables of the OpenStack clients, as a type and not an interface, so that they can be passed as an environment. */
export type OpenStackVariables = Readonly<{
  OS_AUTH_URL: string;
  OS_IDENTITY_API_VERSION: string;
  OS_USERNAME: string;
  OS_PASSWORD: string;
  OS_USER_DOMAIN_NAME: string;
  /** Only for a user with a project. */
  OS_PROJECT_NAME?: string;
  OS_PROJECT_DOMAIN_NAME?: string;
  OS_REGION_NAME: string;
  OS_INTERFACE: string;
  /** Only for a server with a certificate of its own authority. */
  OS_CACERT?: string;
}>;

/** Settings for clients of one world, in the form that each kind of client uses. */
export interface ClientSettings {
  /** Variables of the OpenStack clients. */
  readonly openstack: OpenStackVariables;
  /** The content of `clouds.yaml`. */
  readonly clouds: { readonly clouds: Readonly<Record<string, unknown>> };
  /** `null` for a user without an API key. */
  readonly rackspace: {
    readonly username: string;
    readonly apiKey: string;
    readonly authUrl: string;
    readonly region: string;
    readonly tenantId: string;
  } | null;
  /** `null` for a user without an access key. */
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

/**
 * Returns the addresses of the APIs below a root.
 * @param root - address of the world's root, without a trailing slash.
 */
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

/** Selects the user of client settings, and the world by name. */
export interface ClientChoice {
  /** Name of the user; the first user when omitted. */
  readonly user?: string;
  /** World to add to login names, for clients whose address does not select the world. */
  readonly world?: string;
  /** File with the certificate of the authority that the client has to trust. */
  readonly caFile?: string | undefined;
}

/**
 * Returns the settings with which clients log in as a user; `undefined` for an unknown user.
 * @param root - address of the world's root, without a trailing slash.
 */
export function clientSettings(
  root: string,
  directory: Directory,
  { user: userName, world, caFile }: ClientChoice = {},
): ClientSettings | undefined {
  const user = userName === undefined ? directory.users[0] : directory.users.find(({ name }) => name === userName);
  if (user === undefined) return undefined;
  const assigned = directory.assignments.find(({ userId }) => userId === user.id)?.projectId;
  const login: Login = {
    root,
    caFile,
    directory,
    user,
    project: directory.projects.find(({ id }) => id === (user.defaultProjectId ?? assigned)),
    inWorld: (name) => (world === undefined ? name : `${name}@${world}`),
  };
  return {
    openstack: openstackVariables(login),
    clouds: cloudsYaml(login),
    rackspace: rackspaceSettings(login),
    huawei: huaweiSettings(login),
  };
}

interface Login {
  readonly root: string;
  readonly caFile: string | undefined;
  readonly directory: Directory;
  readonly user: Directory['users'][number];
  readonly project: Directory['projects'][number] | undefined;
  /** Adds the world to a login name, where names select the world. */
  inWorld(name: string): string;
}

/**
 * Returns the settings with which clients log in as a user.
 * @throws InputError for a user that the world does not have.
 */
export function settingsOf(root: string, directory: Directory, choice: ClientChoice): ClientSettings {
  const settings = clientSettings(root, directory, choice);
  if (settings !== undefined) return settings;
  const names = directory.users.map(({ name }) => name);
  throw new InputError('settings', [
    {
      pointer: '/user',
      message: names.length === 0 ? 'is not known: the fixtures of this world have no users' : 'is not known',
      ...(choice.user !== undefined && { found: choice.user }),
      ...(names.length > 0 && { allowed: names.slice(0, LISTED_USERS) }),
    },
  ]);
}

/** How many users an error lists. */
const LISTED_USERS = 20;

/** The names of a Keystone login. The project selects the world, or the user when there is no project. */
function keystoneNames({ directory, user, project, inWorld }: Login) {
  const domainName = (id: string | undefined): string =>
    directory.domains.find((domain) => domain.id === id)?.name ?? '';
  return {
    user: project === undefined ? inWorld(user.name) : user.name,
    userDomain: domainName(user.domainId),
    project: project && { name: inWorld(project.name), domain: domainName(project.domainId) },
  };
}

function openstackVariables(login: Login): ClientSettings['openstack'] {
  const { user, userDomain, project } = keystoneNames(login);
  return {
    OS_AUTH_URL: `${login.root}/identity/v3`,
    OS_IDENTITY_API_VERSION: '3',
    OS_USERNAME: user,
    OS_PASSWORD: login.user.password ?? '',
    OS_USER_DOMAIN_NAME: userDomain,
    ...(project && { OS_PROJECT_NAME: project.name, OS_PROJECT_DOMAIN_NAME: project.domain }),
    OS_REGION_NAME: login.directory.regions.openstack,
    OS_INTERFACE: 'public',
    ...(login.caFile !== undefined && { OS_CACERT: login.caFile }),
  };
}

function cloudsYaml(login: Login): ClientSettings['clouds'] {
  const { user, userDomain, project } = keystoneNames(login);
  const auth = {
    auth_url: `${login.root}/identity/v3`,
    username: user,
    password: login.user.password ?? '',
    user_domain_name: userDomain,
    ...(project && { project_name: project.name, project_domain_name: project.domain }),
  };
  const region_name = login.directory.regions.openstack;
  const trust = login.caFile === undefined ? {} : { cacert: login.caFile };
  return { clouds: { sideglance: { auth, region_name, interface: 'public', identity_api_version: 3, ...trust } } };
}

function rackspaceSettings({ root, directory, user, project, inWorld }: Login): ClientSettings['rackspace'] {
  if (user.apiKey === null) return null;
  return {
    username: inWorld(user.name),
    apiKey: user.apiKey,
    authUrl: `${root}/rackspace/identity/v2.0`,
    region: directory.regions.rackspace,
    tenantId: project?.id ?? '',
  };
}

function huaweiSettings({ root, directory, user, project, inWorld }: Login): ClientSettings['huawei'] {
  const [keys] = user.accessKeys;
  if (keys === undefined) return null;
  return {
    accessKey: inWorld(keys.accessKey),
    secretKey: keys.secretKey,
    projectId: project?.id ?? '',
    projectName: project === undefined ? '' : inWorld(project.name),
    region: directory.regions.huawei,
    iamEndpoint: `${root}/iam`,
    imsEndpoint: `${root}/ims`,
  };
}
