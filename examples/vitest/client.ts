/** The client under test: lists and deletes images, and tries again after a 503 when Retry-After says so. */
export class ImageClient {
  readonly #image: string;
  readonly #token: string;

  private constructor(image: string, token: string) {
    this.#image = image;
    this.#token = token;
  }

  /** Logs in at an identity service, whose catalog names the image service. */
  static async logIn(authUrl: string): Promise<ImageClient> {
    const user = { name: 'demo', password: 'secret', domain: { name: 'Default' } };
    const scope = { project: { name: 'demo', domain: { name: 'Default' } } };
    const response = await fetch(`${authUrl}/auth/tokens`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ auth: { identity: { methods: ['password'], password: { user } }, scope } }),
    });
    const { token } = (await response.json()) as {
      token: { catalog: { type: string; endpoints: { url: string }[] }[] };
    };
    const image = token.catalog.find(({ type }) => type === 'image')?.endpoints[0]?.url;
    if (image === undefined) throw new Error('The catalog has no image service.');
    return new ImageClient(image, response.headers.get('X-Subject-Token') ?? '');
  }

  async list(): Promise<readonly { id: string; name: string }[]> {
    const response = await this.#send('GET', '/v2/images');
    return ((await response.json()) as { images: { id: string; name: string }[] }).images;
  }

  async delete(id: string): Promise<number> {
    return (await this.#send('DELETE', `/v2/images/${id}`)).status;
  }

  async #send(method: string, path: string): Promise<Response> {
    const headers = { 'X-Auth-Token': this.#token, Accept: 'application/json' };
    const response = await fetch(`${this.#image}${path}`, { method, headers });
    const seconds = response.headers.get('Retry-After');
    if (response.status !== 503 || seconds === null) return response;
    await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000));
    return fetch(`${this.#image}${path}`, { method, headers });
  }
}
