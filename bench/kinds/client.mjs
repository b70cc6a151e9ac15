// What the kinds of requests share: sending a request, and checking that it was answered as expected.

const DOMAIN = { name: 'Default' };

/** Sends a request. @throws if the status is not among the expected ones. */
export async function call(server, method, path, { expect, body, headers, token = server.token } = {}) {
  const all = { ...(token !== null && { 'X-Auth-Token': token }), 'User-Agent': 'bench/1', ...headers };
  const response = await server.send({ method, path, headers: all, body });
  const allowed = [expect ?? 200].flat();
  if (!allowed.includes(response.status)) {
    throw new Error(`${method} ${path} returned ${response.status} ${response.content.slice(0, 300)}, not ${allowed}`);
  }
  return response;
}

/** Reads the body of a response. */
export const json = ({ content }) => JSON.parse(content);

/** Body of a login to Keystone v3 with a password. */
export const login = (name, project = name, domain = DOMAIN) => ({
  auth: {
    identity: { methods: ['password'], password: { user: { name, domain, password: 'secret' } } },
    scope: { project: { name: project, domain } },
  },
});

/** Logs in and returns the token, the user's id and the project's. */
export async function logIn(server, name, { path = '/identity/v3/auth/tokens', project, headers } = {}) {
  const response = await call(server, 'POST', path, { body: login(name, project), token: null, headers, expect: 201 });
  const { token } = json(response);
  return { token: response.headers['x-subject-token'], user: token.user.id, project: token.project.id };
}
