import { failed, send } from './undici-send.mjs';

const { env } = process;

const byPassword = {
  auth: {
    identity: {
      methods: ['password'],
      password: {
        user: { name: env.OS_USERNAME, domain: { name: env.OS_USER_DOMAIN_NAME }, password: env.OS_PASSWORD },
      },
    },
    scope: { project: { name: env.OS_PROJECT_NAME, domain: { name: env.OS_PROJECT_DOMAIN_NAME } } },
  },
};

const byKey = { auth: { 'RAX-KSKEY:apiKeyCredentials': { username: env.RS_USERNAME, apiKey: env.RS_API_KEY } } };

const post = (url, body) =>
  send('POST', url, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** The types of the services in the catalogs. */
const TYPES = { 'image-v2': 'image', 'compute-v2.1': 'compute', ims: 'image' };

/** Finds the address of an API in the catalog of a token. */
function endpointOf({ token: { catalog } }, api, region) {
  const { endpoints = [] } = catalog.find(({ type }) => type === TYPES[api]) ?? {};
  const endpoint = endpoints.find((each) => each.interface === 'public' && each.region === region)?.url;
  if (endpoint === undefined) throw failed(`no endpoint of ${api} in ${region}`);
  return endpoint;
}

async function openstack(api) {
  const { headers, body } = await post(`${env.OS_AUTH_URL}/auth/tokens`, byPassword);
  return { endpoint: endpointOf(body, api, env.OS_REGION_NAME), token: headers['x-subject-token'] };
}

async function huawei(api) {
  const { headers, body } = await post(`${env.HW_AUTH_URL}/auth/tokens`, byPassword);
  return { endpoint: endpointOf(body, api, env.HW_REGION_NAME), token: headers['x-subject-token'] };
}

async function rackspace(api) {
  const { access } = (await post(`${env.RS_AUTH_URL}/tokens`, byKey)).body;
  const names = { 'rackspace-images': 'cloudImages', 'rackspace-servers': 'cloudServersOpenStack' };
  const { endpoints = [] } = access.serviceCatalog.find(({ name }) => name === names[api]) ?? {};
  const endpoint = endpoints.find(({ region }) => region === env.RS_REGION_NAME)?.publicURL;
  if (endpoint === undefined) throw failed(`no endpoint of ${api}`);
  // The catalog names version 2 of Cloud Images, with the tenant; the paths here have the version.
  return {
    endpoint: api === 'rackspace-images' ? endpoint.replace(/\/v2\/[^/]+$/, '') : endpoint,
    token: access.token.id,
  };
}

let session;

/** Logs in once; returns the endpoint of the API and a token. */
export function logIn(api) {
  const login = { ims: huawei, 'rackspace-images': rackspace, 'rackspace-servers': rackspace }[api] ?? openstack;
  session ??= login(api);
  return session;
}
