/** Clients of the Image API for tests of sweeps, without any library. */

const { OS_AUTH_URL, OS_USERNAME: name, OS_PASSWORD: password, OS_PROJECT_NAME } = process.env;
const root = OS_AUTH_URL?.replace('/identity/v3', '');

/** What went wrong without an HTTP status, after which nobody knows whether the request had its effect. */
export class Lost extends Error {}

/** What the service refused, or failed to do. */
export class Refused extends Error {
  constructor(status, what) {
    super(`${what} was answered ${status}`);
    this.status = status;
  }
}

/** A login, and requests with its token. `timeout` is in milliseconds; without one, requests wait for ever. */
export class Session {
  constructor({ timeout } = {}) {
    this.timeout = timeout;
  }

  async logIn() {
    const domain = { id: 'default' };
    const auth = {
      identity: { methods: ['password'], password: { user: { name, domain, password } } },
      scope: { project: { name: OS_PROJECT_NAME, domain } },
    };
    const { headers, text } = await this.#fetch(`${OS_AUTH_URL}/auth/tokens`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ auth }),
    });
    this.userId = parse(text).token.user.id;
    this.token = headers.get('x-subject-token');
  }

  /** Sends a request, to the Image API unless `api` is another one. Returns the JSON of the response, if it has any. */
  async send(method, path, { json, data, api = '/image/v2' } = {}) {
    const type = json === undefined ? 'application/octet-stream' : 'application/json';
    const body = json === undefined ? data : JSON.stringify(json);
    const { text, headers } = await this.#fetch(`${root}${api}${path}`, {
      method,
      headers: { 'X-Auth-Token': this.token, ...(body !== undefined && { 'Content-Type': type }) },
      ...(body !== undefined && { body }),
    });
    // Compute names a type in responses without a body, too.
    return text !== '' && headers.get('content-type')?.includes('json') === true ? parse(text) : text;
  }

  async #fetch(url, options) {
    let response;
    let text;
    try {
      response = await fetch(url, {
        ...options,
        ...(this.timeout !== undefined && { signal: AbortSignal.timeout(this.timeout) }),
      });
      text = await response.text();
    } catch (error) {
      throw new Lost(`${options.method} ${url}: ${error.cause?.message ?? error.message}`);
    }
    if (!response.ok) throw new Refused(response.status, `${options.method} ${url}`);
    return { headers: response.headers, text };
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Lost(`unreadable JSON: ${text.slice(0, 40)}`);
  }
}
