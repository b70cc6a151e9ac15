/** Removes from a running cloud what a sequence left behind: everything that was not there at the start. */
import type { Api, CaseFile } from '../case.ts';
import { type Received, send } from '../send.ts';
import type { Session } from '../session.ts';

/** A list whose items can be removed one by one. */
interface Collection {
  readonly api: Api;
  /** Path of the list, without its query; `/{id}` of an item follows it. */
  readonly path: string;
  readonly query?: string;
  /** Member that holds the items. */
  readonly many: string;
  /** Member of an item that identifies it; default: `id`. */
  readonly id?: string;
  /** Makes an item removable. */
  readonly unlock?: {
    readonly method: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: string;
  };
}

const identity = (path: string, unlock?: Collection['unlock']): Collection => ({
  api: 'identity',
  path: `/v3/${path}`,
  many: path.slice(path.lastIndexOf('/') + 1),
  ...(unlock !== undefined && { unlock }),
});

const UNPROTECT_IMAGE = {
  method: 'PATCH',
  headers: { 'Content-Type': 'application/openstack-images-v2.1-json-patch' },
  body: '[{"op": "replace", "path": "/protected", "value": false}]',
};

/** What refers to others comes first. */
const COLLECTIONS: readonly Collection[] = [
  identity('credentials'),
  identity('OS-OAUTH1/consumers'),
  identity('OS-FEDERATION/identity_providers'),
  identity('OS-FEDERATION/mappings'),
  identity('OS-FEDERATION/service_providers'),
  identity('OS-EP-FILTER/endpoint_groups'),
  identity('limits'),
  identity('registered_limits'),
  identity('endpoints'),
  identity('services'),
  identity('regions'),
  identity('policies'),
  identity('groups'),
  identity('users'),
  identity('projects', { method: 'PATCH', body: '{"project": {"options": {"immutable": null}}}' }),
  identity('domains', { method: 'PATCH', body: '{"domain": {"enabled": false, "options": {"immutable": null}}}' }),
  identity('roles', { method: 'PATCH', body: '{"role": {"options": {"immutable": null}}}' }),
  { api: 'image', path: '/v2/images', query: '?limit=1000&visibility=all', many: 'images', unlock: UNPROTECT_IMAGE },
  {
    api: 'image',
    path: '/v2/images',
    query: '?limit=1000&visibility=all&os_hidden=true',
    many: 'images',
    unlock: UNPROTECT_IMAGE,
  },
  {
    api: 'image',
    path: '/v2/metadefs/namespaces',
    query: '?limit=1000',
    many: 'namespaces',
    id: 'namespace',
    unlock: { method: 'PUT', body: '{"namespace": "{id}", "protected": false}' },
  },
  { api: 'compute', path: '/v2.1/flavors', query: '?is_public=None', many: 'flavors' },
  { api: 'compute', path: '/v2.1/os-aggregates', many: 'aggregates' },
  { api: 'compute', path: '/v2.1/os-server-groups', query: '?all_projects=1', many: 'server_groups' },
];

const CHANGES = /^(POST|PUT|PATCH)$/;

/** What a running cloud had at the start. */
export class Leftovers {
  readonly #session: Session;
  readonly #before = new Map<Collection, ReadonlySet<string>>();

  private constructor(session: Session) {
    this.#session = session;
  }

  /** Reads what the cloud has. */
  static async of(session: Session): Promise<Leftovers> {
    const leftovers = new Leftovers(session);
    for (const each of COLLECTIONS) leftovers.#before.set(each, new Set(await leftovers.#idsOf(each)));
    return leftovers;
  }

  /** Removes what the requests of a list have added. */
  async remove({ steps }: CaseFile): Promise<void> {
    const changed = new Set(steps.filter(({ method }) => CHANGES.test(method)).map(({ api = 'image' }) => api));
    // A request to Compute changes images too.
    if (changed.has('compute')) changed.add('image');
    for (const collection of COLLECTIONS) {
      if (!changed.has(collection.api)) continue;
      const before = this.#before.get(collection);
      const added = (await this.#idsOf(collection)).filter((id) => before?.has(id) !== true);
      for (const id of added) await this.#removeItem(collection, id);
    }
  }

  async #idsOf({ api, path, query = '', many, id = 'id' }: Collection): Promise<readonly string[]> {
    const { status, body } = await this.#send(api, 'GET', path + query);
    if (status !== 200) return [];
    const items = (
      JSON.parse(body.toString()) as Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
    )[many];
    return (items ?? []).map((item) => String(item[id]));
  }

  /** Items that cannot be removed stay; the next run starts with them. */
  async #removeItem({ api, path, unlock }: Collection, id: string): Promise<void> {
    const item = `${path}/${encodeURIComponent(id)}`;
    const first = await this.#send(api, 'DELETE', item);
    if (first.status < 300 || unlock === undefined) return;
    await this.#send(api, unlock.method, item, unlock.body.replace('{id}', id), unlock.headers);
    await this.#send(api, 'DELETE', item);
  }

  #send(
    api: Api,
    method: string,
    path: string,
    body?: string,
    headers: Readonly<Record<string, string>> = { 'Content-Type': 'application/json' },
  ): Promise<Received> {
    const { roots, people } = this.#session;
    return send({
      method,
      url: roots[api] + path,
      headers: { 'X-Auth-Token': people['admin']?.token ?? '', ...(body !== undefined && headers) },
      ...(body !== undefined && { body: Buffer.from(body) }),
    });
  }
}
