/** The client under test: lists and deletes images, and tries again after a 503 when Retry-After says so. */
export class ImageClient {
  #image;
  #token;

  /** Logs in at an identity service, whose catalog names the image service. */
  static async logIn(authUrl) {
    const user = { name: 'demo', password: 'secret', domain: { name: 'Default' } };
    const scope = { project: { name: 'demo', domain: { name: 'Default' } } };
    const response = await fetch(`${authUrl}/auth/tokens`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ auth: { identity: { methods: ['password'], password: { user } }, scope } }),
    });
    const { token } = await response.json();
    const client = new ImageClient();
    client.#image = token.catalog.find(({ type }) => type === 'image').endpoints[0].url;
    client.#token = response.headers.get('X-Subject-Token');
    return client;
  }

  async list() {
    return (await (await this.#send('GET', '/v2/images')).json()).images;
  }

  async delete(id) {
    return (await this.#send('DELETE', `/v2/images/${id}`)).status;
  }

  async #send(method, path) {
    const headers = { 'X-Auth-Token': this.#token, Accept: 'application/json' };
    const response = await fetch(`${this.#image}${path}`, { method, headers });
    const seconds = response.headers.get('Retry-After');
    if (response.status !== 503 || seconds === null) return response;
    await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000));
    return fetch(`${this.#image}${path}`, { method, headers });
  }
}
