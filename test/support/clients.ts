import { signed } from './sign.ts';
import type { WireClient, WireRequestOptions, WireResponse } from './traffic.ts';

/** What a client script needs to send its requests. */
export interface ClientContext {
  /** Sends the requests. */
  readonly wire: WireClient;
  /** Prefix of the names of its images, which identifies them. */
  readonly name: string;
  /** `@t17` when login names select the world. */
  readonly suffix: string;
  /** The world's time, for signatures. */
  readonly now: number;
  /** Ids of servers by name. */
  readonly servers: Readonly<Record<string, string>>;
}

/** Sends all requests of a client, one after the other. */
export type Script = (context: ClientContext) => Promise<void>;

const DOMAIN = { id: 'default' };
const PATCH = { 'Content-Type': 'application/openstack-images-v2.1-json-patch' };

interface User {
  readonly user: string;
  readonly password?: string;
  readonly project?: string;
  /** Name of a region. In Huawei Cloud it is the name of the project. */
  readonly region?: string;
}

/** Logs in with Keystone 3 or IAM. Returns the token, or an empty string when the login fails. */
async function logIn(
  context: ClientContext,
  { user, password = 'secret', project = user, region }: User,
): Promise<string> {
  const scope =
    region === undefined ? { name: project + context.suffix, domain: DOMAIN } : { name: region + context.suffix };
  const response = await context.wire.send('POST', `${region === undefined ? '/identity' : '/iam'}/v3/auth/tokens`, {
    body: {
      auth: {
        identity: { methods: ['password'], password: { user: { name: user, domain: DOMAIN, password } } },
        scope: { project: scope },
      },
    },
  });
  return response.header('x-subject-token') ?? '';
}

/** A client of image-v2: creates, uploads, changes, shares, imports and deletes images. */
export const imageClient =
  (user: string, project = user): Script =>
  async (context) => {
    const { wire, name } = context;
    const token = await logIn(context, { user, project });
    const send = (method: string, path: string, options?: WireRequestOptions): Promise<WireResponse> =>
      wire.send(method, `/image/v2${path}`, { token, ...options });
    const plain = { disk_format: 'raw', container_format: 'bare' };
    const { id } = (await send('POST', '/images', { body: { name, ...plain } })).json<{ id: string }>();
    await send('PUT', `/images/${id}/file`, { body: `bytes of ${name}` });
    await send('GET', `/images/${id}`);
    await send('GET', `/images/${id}/file`, { headers: { Range: 'bytes=0-4' } });
    await send('PUT', `/images/${id}/tags/one`);
    await send('PATCH', `/images/${id}`, {
      headers: PATCH,
      body: JSON.stringify([
        { op: 'add', path: '/colour', value: 'red' },
        { op: 'replace', path: '/visibility', value: 'shared' },
      ]),
    });
    await send('POST', `/images/${id}/members`, { body: { member: `project of ${name}` } });
    const staged = (await send('POST', '/images', { body: { name, ...plain } })).json<{ id: string }>();
    await send('PUT', `/images/${staged.id}/stage`, { body: 'staged' });
    await send('POST', `/images/${staged.id}/import`, { body: { method: { name: 'glance-direct' } } });
    await send('GET', `/images/${staged.id}/tasks`);
    await send('GET', `/images/${staged.id}`);
    await send('GET', `/images?name=${encodeURIComponent(name)}`);
    await send('DELETE', `/images/${id}`);
    await send('GET', `/images/${id}`);
    await send('PUT', '/images');
  };

/** A client of compute-v2.1: creates an image from a server. */
export const computeClient =
  (server: string): Script =>
  async (context) => {
    const { wire, name, servers } = context;
    const token = await logIn(context, { user: 'demo' });
    const send = (method: string, path: string, body?: unknown): Promise<WireResponse> =>
      wire.send(method, `/compute/v2.1${path}`, { token, body });
    await send('GET', `/servers/${servers[server]}`);
    const snapshot = await send('POST', `/servers/${servers[server]}/action`, { createImage: { name } });
    const id = snapshot.header('location')?.split('/').at(-1) ?? '';
    for (let poll = 0; poll < 3; poll += 1) await send('GET', `/images/${id}`);
    await send('PUT', `/images/${id}/metadata/colour`, { meta: { colour: 'red' } });
    await send('GET', `/images/detail?name=${encodeURIComponent(name)}`);
    await send('DELETE', `/images/${id}`);
    await send('GET', `/images/${id}`);
  };

/** A client of Rackspace: logs in by API key, imports a file, exports an image. */
export const rackspaceClient =
  (user: string, apiKey: string, server: string): Script =>
  async ({ wire, name, suffix, servers }) => {
    const access = await wire.send('POST', '/rackspace/identity/v2.0/tokens', {
      body: { auth: { 'RAX-KSKEY:apiKeyCredentials': { username: `${user}${suffix}`, apiKey } } },
    });
    const { token } = access.json<{ access: { token: { id: string; tenant: { id: string } } } }>().access;
    const send = (method: string, path: string, body?: unknown): Promise<WireResponse> =>
      wire.send(method, `/rackspace${path}`, { token: token.id, body });
    const task = await send('POST', `/images/v2/${token.tenant.id}/tasks`, {
      type: 'import',
      input: { import_from: 'exports/my-image.vhd', image_properties: { name } },
    });
    const { id } = task.json<{ id: string }>();
    for (let poll = 0; poll < 3; poll += 1) await send('GET', `/images/v2/${token.tenant.id}/tasks/${id}`);
    await send('GET', `/images/v2/${token.tenant.id}/images?name=${encodeURIComponent(name)}`);
    await send('GET', `/servers/v2/${token.tenant.id}/images?name=${encodeURIComponent(name)}`);
    await send('POST', `/servers/v2/${token.tenant.id}/servers/${servers[server]}/action`, {
      createImage: { name: `${name} of a server` },
    });
    await send('GET', '/servers/v2/nobody/images');
  };

/** A client of Huawei's IMS that signs its requests. */
export const signingClient =
  (access: string, secret: string): Script =>
  async ({ wire, name, suffix, now }) => {
    const send = (method: string, path: string, value?: unknown): Promise<WireResponse> => {
      const body = value === undefined ? undefined : JSON.stringify(value);
      const headers = signed({
        method,
        url: `${wire.root}/ims${path}`,
        access: `${access}${suffix}`,
        secret,
        time: now,
        ...(body !== undefined && { body }),
      });
      return wire.send(method, `/ims${path}`, {
        headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
        body,
      });
    };
    const created = await send('POST', '/v2/cloudimages/action', {
      name,
      image_url: 'images:centos.qcow2',
      os_version: 'CentOS 7.4 64bit',
      min_disk: 40,
    });
    const { job_id: job } = created.json<{ job_id?: string }>();
    for (let poll = 0; poll < 3; poll += 1) await send('GET', `/v1/cloudimages/job/${job}`);
    await send('GET', `/v2/cloudimages?name=${encodeURIComponent(name)}`);
    await send('GET', '/v2/nothing');
    await wire.send('GET', '/ims/v2/cloudimages');
  };

/** A client of Huawei's IMS with a token of IAM. */
export const iamClient: Script = async (context) => {
  const { wire, name } = context;
  const token = await logIn(context, { user: 'demo', region: 'eu-de' });
  const send = (method: string, path: string, body?: unknown): Promise<WireResponse> =>
    wire.send(method, `/ims${path}`, { token, body });
  const created = await send('POST', '/v2/images', { name });
  const { id } = created.json<{ id: string }>();
  await send('PUT', `/v2/images/${id}/tags/one`);
  await send('GET', `/v2/cloudimages?name=${encodeURIComponent(name)}`);
  await send('DELETE', `/v2/images/${id}`);
  await wire.send('GET', '/iam/v3/auth/projects', { token });
};

/** A client of Keystone: tokens and application credentials. */
export const identityClient: Script = async (context) => {
  const { wire, name, suffix } = context;
  const token = await logIn(context, { user: 'demo' });
  const send = (method: string, path: string, options?: WireRequestOptions): Promise<WireResponse> =>
    wire.send(method, `/identity${path}`, { token, ...options });
  const shown = await send('GET', '/v3/auth/tokens', { headers: { 'X-Subject-Token': token } });
  const userId = shown.json<{ token?: { user: { id: string } } }>().token?.user.id ?? '';
  await send('POST', `/v3/users/${userId}/application_credentials`, { body: { application_credential: { name } } });
  const other = await wire.send('POST', '/identity/v3/auth/tokens', {
    body: { auth: { identity: { methods: ['token'], token: { id: token } } } },
  });
  await send('DELETE', '/v3/auth/tokens', { headers: { 'X-Subject-Token': other.header('x-subject-token') ?? '' } });
  await send('GET', '/v3/auth/projects');
  await wire.send('POST', '/identity/v2.0/tokens', {
    body: { auth: { passwordCredentials: { username: 'demo', password: 'secret' }, tenantName: `demo${suffix}` } },
  });
};

/** A client without valid credentials. */
export const anonymousClient: Script = async (context) => {
  const { wire } = context;
  await wire.send('GET', '/image/versions');
  await wire.send('GET', '/identity/v3');
  await wire.send('GET', '/image/v2/images', { token: 'none' });
  await wire.send('GET', '/image/v2/images');
  await wire.send('GET', '/compute/v2.1/servers');
  await logIn(context, { user: 'demo', password: 'wrong' });
  await logIn(context, { user: 'nobody', project: 'demo' });
  await wire.send('GET', '/image/nowhere');
};

/** An administrator who publishes an image. */
export const adminClient: Script = async (context) => {
  const { wire, name } = context;
  const token = await logIn(context, { user: 'admin' });
  const send = (method: string, path: string, body?: unknown): Promise<WireResponse> =>
    wire.send(method, `/image/v2${path}`, { token, body });
  const created = await send('POST', '/images', { name, visibility: 'private' });
  const { id } = created.json<{ id: string }>();
  await send('POST', '/metadefs/namespaces', { namespace: name, visibility: 'private' });
  await send('GET', `/metadefs/namespaces/${encodeURIComponent(name)}`);
  await send('DELETE', `/metadefs/namespaces/${encodeURIComponent(name)}`);
  await send('POST', `/images/${id}/actions/deactivate`);
  await send('DELETE', `/images/${id}`);
};
