/** Creates what a request list needs in a real Keystone, and removes it afterwards. */
import type { UserFixture } from '../../src/fixtures/sections/directory/directory.ts';
import type { CaseFile } from './case.ts';
import { type Received, send } from './send.ts';
import { logIn, type Session } from './session.ts';

type Entity = 'domain' | 'project' | 'role' | 'user';

/** Removes something that was created. */
type Undo = () => Promise<unknown>;

/** A client of Keystone with administrator rights. */
class Keystone {
  readonly #root: string;
  readonly #token: string;
  readonly undo: Undo[] = [];

  constructor(root: string, token: string) {
    this.#root = root;
    this.#token = token;
  }

  #send(method: string, path: string, json?: object): Promise<Received> {
    const body = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
    const headers = { 'X-Auth-Token': this.#token, 'Content-Type': 'application/json' };
    return send({ method, url: this.#root + path, headers, ...(body !== undefined && { body }) });
  }

  async call(method: string, path: string, json?: object): Promise<Readonly<Record<string, unknown>>> {
    const response = await this.#send(method, path, json);
    if (response.status >= 300) throw new Error(`${method} ${path} returned ${response.status}: ${response.body}`);
    return response.body.length === 0 ? {} : JSON.parse(response.body.toString());
  }

  /** Removes something, if it is still there and nothing needs it. */
  async remove(path: string): Promise<void> {
    await this.#send('DELETE', path);
  }

  /** Finds an id by name; `undefined` when nothing has this name. */
  async find(entity: Entity, name: string, domainId?: string): Promise<string | undefined> {
    const of = domainId === undefined ? '' : `&domain_id=${domainId}`;
    const response = await this.call('GET', `/${entity}s?name=${encodeURIComponent(name)}${of}`);
    const [first] = response[`${entity}s`] as readonly { readonly id: string }[];
    return first?.id;
  }

  async need(entity: Entity, name: string): Promise<string> {
    const id = await this.find(entity, name);
    if (id === undefined) throw new Error(`Keystone has no ${entity} "${name}".`);
    return id;
  }

  /** Creates an entity that does not exist yet, and returns its id. */
  async ensure(entity: Entity, attributes: Readonly<Record<string, unknown>>): Promise<string> {
    const { name, domain_id: domainId } = attributes;
    const found = await this.find(entity, String(name), domainId as string | undefined);
    if (found !== undefined) return found;
    const created = (await this.call('POST', `/${entity}s`, { [entity]: attributes }))[entity] as {
      readonly id: string;
    };
    const path = `/${entity}s/${created.id}`;
    this.undo.push(() => this.call('DELETE', path));
    // Keystone deletes only disabled domains.
    if (entity === 'domain') this.undo.push(() => this.call('PATCH', path, { domain: { enabled: false } }));
    return created.id;
  }

  async grant(user: string, place: string, roles: readonly string[]): Promise<void> {
    for (const role of roles) {
      const path = `${place}/users/${user}/roles/${await this.need('role', role)}`;
      if ((await this.#send('HEAD', path)).status < 300) continue;
      await this.call('PUT', path);
      this.undo.push(() => this.call('DELETE', path));
    }
  }
}

/** Sets up a Keystone for a list; returns a function that removes everything again. */
export async function seed({ fixtures = {} }: CaseFile, session: Session): Promise<Undo> {
  const { target } = session;
  const admin = { user: 'admin', ...target.users?.['admin'], scope: { system: { all: true } } };
  const keystone = new Keystone(target.identity, (await logIn(admin, target)).token);
  const { domains = [], projects = [], roles = [], users = [] } = fixtures;
  for (const name of roles) await keystone.ensure('role', { name });
  for (const { name } of domains) await keystone.ensure('domain', { name });
  const domainId = (name = 'Default'): Promise<string> => keystone.need('domain', name);
  for (const { name, domain } of projects) {
    await keystone.ensure('project', { name, domain_id: await domainId(domain) });
  }
  const userIds = new Set(Object.values(session.people).map(({ userId }) => userId));
  for (const user of users) userIds.add(await addUser(user, keystone, await domainId(user.domain)));
  // Disabled last, because Keystone grants nothing in disabled entities.
  const disable = async (entity: Entity, all: readonly { readonly name: string; readonly enabled?: boolean }[]) => {
    for (const { name, enabled } of all) {
      if (enabled !== false) continue;
      await keystone.call('PATCH', `/${entity}s/${await keystone.need(entity, name)}`, { [entity]: { enabled } });
    }
  };
  await disable('user', users);
  await disable('project', projects);
  await disable('domain', domains);
  return async () => {
    // Before their users, because deleting a user leaves parts of these behind.
    await removeAllOf(keystone, userIds);
    for (const each of keystone.undo.reverse()) await each().catch(() => undefined);
  };
}

/** Removes all application credentials and access rules of the people that all lists share, as each of them. */
export async function removeCredentials({ target, people }: Session): Promise<void> {
  for (const { token, userId } of Object.values(people)) {
    await removeAllOf(new Keystone(target.identity, token), new Set([userId]));
  }
}

/** Removes access rules last, because credentials refer to them. */
async function removeAllOf(keystone: Keystone, userIds: ReadonlySet<string>): Promise<void> {
  for (const kind of ['application_credentials', 'access_rules']) {
    for (const userId of userIds) await removeAll(keystone, `/users/${userId}/${kind}`, kind);
  }
}

async function removeAll(keystone: Keystone, path: string, kind: string): Promise<void> {
  const created = (await keystone.call('GET', path))[kind] as readonly { readonly id: string }[];
  for (const { id } of created) await keystone.remove(`${path}/${id}`);
}

async function addUser(fixture: UserFixture, keystone: Keystone, domainId: string): Promise<string> {
  const { name, password = 'secret', project, roles = {}, domainRoles = {}, systemRoles = [] } = fixture;
  const id = await keystone.ensure('user', {
    name,
    password,
    domain_id: domainId,
    ...(project !== undefined && { default_project_id: await keystone.need('project', project) }),
  });
  for (const [each, names] of Object.entries(roles)) {
    await keystone.grant(id, `/projects/${await keystone.need('project', each)}`, names);
  }
  for (const [each, names] of Object.entries(domainRoles)) {
    await keystone.grant(id, `/domains/${await keystone.need('domain', each)}`, names);
  }
  if (systemRoles.length > 0) await keystone.grant(id, '/system', systemRoles);
  return id;
}
