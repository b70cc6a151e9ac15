// Stands in for the command `openstack` where it is not installed: the few commands that the documentation uses.
// With DOCS_CLIENTS=1 the tests use the real one.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The variables of a cloud in clouds.yaml. */
function cloudVariables(name) {
  const { auth } = parse(readFileSync('clouds.yaml', 'utf8')).clouds[name];
  return Object.fromEntries(Object.entries(auth).map(([key, value]) => [`OS_${key.toUpperCase()}`, value]));
}

const { OS_CLOUD } = process.env;
const env = OS_CLOUD === undefined ? process.env : cloudVariables(OS_CLOUD);
const json = { 'Content-Type': 'application/json', 'User-Agent': 'openstack' };

async function logIn() {
  const domain = { id: env.OS_USER_DOMAIN_ID ?? 'default' };
  const user = { name: env.OS_USERNAME, domain, password: env.OS_PASSWORD };
  const scope = { project: { name: env.OS_PROJECT_NAME, domain } };
  const response = await fetch(`${env.OS_AUTH_URL}/auth/tokens`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ auth: { identity: { methods: ['password'], password: { user } }, scope } }),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  const { token } = await response.json();
  const { endpoints } = token.catalog.find(({ type }) => type === 'image');
  const { url } = endpoints.find((endpoint) => endpoint.interface === 'public');
  return { id: response.headers.get('x-subject-token'), project_id: token.project.id, images: `${url}/v2/images` };
}

const session = await logIn();

async function send(method, path, body, headers = json) {
  const response = await fetch(`${session.images}${path}`, {
    method,
    headers: { ...headers, 'X-Auth-Token': session.id },
    ...(body !== undefined && { body }),
  });
  if (!response.ok) throw new Error(`HttpException: ${response.status}: ${await response.text()}`);
  return response.status === 204 ? undefined : response.json();
}

/** The value after an option, such as `--file disk.raw`. */
const option = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);

async function create() {
  const name = process.argv.at(-1);
  const image = await send('POST', '', JSON.stringify({ name, disk_format: 'raw', container_format: 'bare' }));
  const file = option('--file');
  const data = { 'Content-Type': 'application/octet-stream' };
  if (file !== undefined) await send('PUT', `/${image.id}/file`, readFileSync(file), data);
  return image.id;
}

async function find(name) {
  const { images } = await send('GET', `?name=${encodeURIComponent(name)}`);
  if (images.length === 0) throw new Error(`No Image found for ${name}`);
  return images[0];
}

const commands = {
  'token issue': () => session[option('-c') ?? 'id'],
  'image list': async () => (await send('GET', '')).images.map(({ id, name }) => `${id} ${name}`).join('\n'),
  'image create': create,
  'image show': async () => JSON.stringify(await find(process.argv[4])),
  'image delete': async () => send('DELETE', `/${(await find(process.argv[4])).id}`),
};

try {
  console.log((await commands[process.argv.slice(2, 4).join(' ')]()) ?? '');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
