/** Logins of the three kinds of services, and requests with a token. */
import { TaskError } from './http.mjs';

const keystoneBody = (env, project) => ({
  auth: {
    identity: {
      methods: ['password'],
      password: {
        user: { name: env.OS_USERNAME, password: env.OS_PASSWORD, domain: { name: env.OS_USER_DOMAIN_NAME } },
      },
    },
    scope: { project },
  },
});

const KEYSTONE = {
  url: (env) => `${env.OS_AUTH_URL}/auth/tokens`,
  body: (env) => keystoneBody(env, { name: env.OS_PROJECT_NAME, domain: { name: env.OS_PROJECT_DOMAIN_NAME } }),
  read: keystoneLogin,
  region: (env) => env.OS_REGION_NAME,
};

const RACKSPACE = {
  url: (env) => `${env.RS_AUTH_URL}/tokens`,
  body: (env) => ({ auth: { 'RAX-KSKEY:apiKeyCredentials': { username: env.RS_USERNAME, apiKey: env.RS_API_KEY } } }),
  read: (answer) => {
    const { token, serviceCatalog } = answer.json()?.access ?? {};
    const endpoints = list(serviceCatalog).flatMap(({ type, endpoints: own }) =>
      list(own).map(({ region, publicURL: url }) => ({ type, region, interface: 'public', url })),
    );
    return { token: token?.id, projectId: token?.tenant?.id, endpoints, isValid: Array.isArray(serviceCatalog) };
  },
  region: (env) => env.RS_REGION_NAME,
};

const IAM = {
  url: (env) => `${env.HW_AUTH_URL}/auth/tokens`,
  body: (env) => keystoneBody(env, { id: env.HW_PROJECT_ID }),
  read: keystoneLogin,
  region: (env) => env.HW_REGION_NAME,
};

function keystoneLogin(answer) {
  const { catalog, project } = answer.json()?.token ?? {};
  const endpoints = list(catalog).flatMap(({ type, endpoints: own }) =>
    list(own).map(({ region, interface: kind, url }) => ({ type, region, interface: kind, url })),
  );
  const token = answer.header('x-subject-token');
  return { token, projectId: project?.id, endpoints, isValid: Array.isArray(catalog) };
}

const list = (value) => (Array.isArray(value) ? value : []);

/** How each API is logged in to, and its service in the catalog. */
const APIS = {
  'image-v2': { login: KEYSTONE, type: 'image', guess: '/image', root: (url) => `${url}/v2` },
  'compute-v2.1': {
    login: KEYSTONE,
    type: 'compute',
    guess: '/compute/v2.1',
    root: (url, project) => `${url}/${project}`,
  },
  'rackspace-images': { login: RACKSPACE, type: 'image', guess: '/rackspace/images/v2', root: (url) => url },
  'rackspace-servers': { login: RACKSPACE, type: 'compute', guess: '/rackspace/servers/v2', root: (url) => url },
  ims: { login: IAM, type: 'image', guess: '/ims', root: (url) => url },
  identity: { login: KEYSTONE, type: 'identity', guess: '/identity/v3', root: (url) => url },
};

/** A login to one API, renewed when it is rejected. */
export class Session {
  #login;

  constructor(env, http) {
    this.env = env;
    this.http = http;
    this.api = APIS[env.SIDEGLANCE_API];
  }

  /** Logs in, unless it has. */
  async login() {
    this.#login ??= await this.#logIn();
    return this.#login;
  }

  async #logIn() {
    const { login } = this.api;
    const attempt = () =>
      this.http.once('POST', login.url(this.env), {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(login.body(this.env)),
      });
    let answer = await this.http.retried(attempt);
    for (let again = 0; answer.status === 401 && again < 10 && this.http.mistakes.has('logs-in-for-ever'); again += 1) {
      answer = await attempt();
    }
    const hasType = (answer.header('content-type') ?? '').includes('json');
    const read = !hasType && this.http.mistakes.has('needs-content-type') ? {} : login.read(answer);
    if (!answer.isGood || typeof read.token !== 'string') throw new TaskError(`the login failed (${answer.status})`);
    if (!read.isValid) throw new TaskError('the login returned no service catalog');
    return read;
  }

  /** The address of the API in the catalog. */
  async root() {
    const { endpoints, projectId } = await this.login();
    const { type, login, guess, root } = this.api;
    const region = login.region(this.env);
    const { mistakes } = this.http;
    const found = endpoints.find(
      (each) =>
        each.type === type &&
        (mistakes.has('ignores-region') || (each.region === region && each.interface === 'public')),
    );
    const url = mistakes.has('leaves-out-tls') ? found?.url.replace('https:', 'http:') : found?.url;
    if (url !== undefined) return root(url, projectId);
    if (mistakes.has('guesses-address')) return root(`${this.env.SIDEGLANCE_URL}${guess}`, projectId);
    throw new TaskError(`the catalog has no public ${type} service in ${region}`);
  }

  /** The project of the login. */
  async projectId() {
    return (await this.login()).projectId;
  }

  /** Sends a request with a token. After 401 it logs in again, once. */
  async once(method, url, options = {}) {
    const { mistakes } = this.http;
    if (mistakes.has('login-per-request')) this.#login = undefined;
    const limit = mistakes.has('no-login-again') ? 0 : mistakes.has('logs-in-for-ever') ? 20 : 1;
    for (let logins = 0; ; logins += 1) {
      const { token } = await this.login();
      const answer = await this.#withToken(token, { method, url, options });
      if (answer.status !== 401 || logins >= limit) return answer;
      this.#login = undefined;
    }
  }

  #withToken(token, { method, url, options }) {
    if (this.http.mistakes.has('token-in-url')) {
      const address = new URL(url);
      address.searchParams.set('token', token);
      return this.http.once(method, address.href, {
        ...options,
        headers: { ...options.headers, 'X-Auth-Token': token },
      });
    }
    return this.http.once(method, url, { ...options, headers: { ...options.headers, 'X-Auth-Token': token } });
  }

  /** Sends an idempotent request with a token until it succeeds or is rejected for good. */
  retried(method, url, options, isDone) {
    return this.http.retried(() => this.once(method, url, options), isDone);
  }

  /** Reads a JSON object. */
  async read(url) {
    const answer = await this.retried('GET', url, {}, (each) => each.isGood && each.json() !== undefined);
    const value = answer.isGood ? answer.json() : undefined;
    if (value === undefined && !this.http.mistakes.has('accepts-any-body')) throw new StatusError(answer);
    return value ?? {};
  }

  /** Sends JSON. */
  json(method, url, value, type = 'application/json') {
    return this.once(method, url, { headers: { 'Content-Type': type }, body: JSON.stringify(value) });
  }
}

/** A request failed for good. */
export class StatusError extends TaskError {
  constructor(answer) {
    super(`the service returned ${answer.status}${answer.isWhole ? '' : ', and ended the connection'}`);
    this.status = answer.status;
  }
}
