/** Makes requests to operations from their contracts, and from recorded requests to them. */
import type { Corpus } from './corpus.ts';
import { imageCleanup } from './image-steps.ts';
import { hasRawNumbers, mutate, withRawNumbers } from './mutate.ts';
import { memberNamed, parameterNamed } from './names.ts';
import type { FuzzedOperation } from './routes.ts';
import { type Cleanup, type Draft, type Kind, type Scene, USERS } from './scene.ts';
import { SchemaValues } from './schema-values.ts';
import { QUERY_VALUES } from './values.ts';

/** How what an operation creates is found in its response, and removed. */
interface Creation {
  readonly kind: Kind;
  readonly param: string;
  /** Path of the id in the response. */
  readonly id: string;
  /** Path that removes it. */
  readonly remove: string;
}

const CREATIONS: Readonly<Record<string, Creation>> = {
  createImage: { kind: 'image', param: 'image_id', id: 'id', remove: '/v2/images/' },
  createMetadefNamespace: {
    kind: 'namespace',
    param: 'namespace_name',
    id: 'namespace',
    remove: '/v2/metadefs/namespaces/',
  },
  createKeypair: { kind: 'keypair', param: 'keypair_name', id: 'keypair.name', remove: '/v2.1/os-keypairs/' },
  createFlavor: { kind: 'flavor', param: 'flavor_id', id: 'flavor.id', remove: '/v2.1/flavors/' },
  createAggregate: { kind: 'record', param: 'aggregate_id', id: 'aggregate.id', remove: '/v2.1/os-aggregates/' },
  createServerGroup: {
    kind: 'record',
    param: 'server_group_id',
    id: 'server_group.id',
    remove: '/v2.1/os-server-groups/',
  },
};

/** Requests whose body is image data. */
const DATA = new Set(['uploadImageData', 'stageImageData']);

/** A placeholder that only its own list can fill. */
const FOREIGN = /\{(?!(?:project|user|token|role)_\w+\}|nil\}|web\}|uuid\d\}|fresh\d\}|in_\d+_seconds\})[a-z]\w*\}/gi;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Makes requests to operations. */
export class OperationSteps {
  readonly #corpus: Corpus;

  constructor(corpus: Corpus) {
    this.#corpus = corpus;
  }

  /** Makes a request, and notes what it may create. */
  make(target: FuzzedOperation, scene: Scene): Draft {
    const { random } = scene;
    const method = target.method.toUpperCase();
    const isRead = method === 'GET' || method === 'HEAD';
    const as = this.#userFor(target, scene);
    const draft: Draft = {
      as,
      ...(target.api !== 'image' && { api: target.api }),
      method,
      path: this.#path(target, as, isRead, scene) + this.#query(target, scene),
      ...this.#body(target, scene),
      ...(target.path === '/v3/auth/tokens' &&
        method !== 'POST' && { headers: { 'X-Subject-Token': subjectOf(isRead, scene) } }),
      ...(random.chance(0.3) && isList(target) && { unordered: true }),
    };
    return isList(target) ? { ...draft, unordered: true } : this.#noting(draft, target, scene);
  }

  #userFor({ id, api, method }: FuzzedOperation, scene: Scene): string {
    const { random } = scene;
    // A task of an administrator would create images that no cleanup knows.
    if (id === 'createTask') return random.pick(['demo', 'reader', 'alt']);
    const token = scene.one('token');
    if (api === 'identity' && token !== undefined && random.chance(0.15)) return `{${token.name}}`;
    if (/Metadef/.test(id) || api === 'identity') return random.chance(0.65) ? 'admin' : random.pick(USERS);
    return method === 'get' ? random.pick(USERS) : scene.user(scene.one('image'));
  }

  #path({ path }: FuzzedOperation, as: string, isRead: boolean, scene: Scene): string {
    const tenant = scene.random.chance(0.15) && !as.startsWith('{') ? `/{project_${as}}` : '';
    return path
      .replace('/{tenant_id}', tenant)
      .replaceAll(/\{([a-z]+(?:_[a-z]+)*_(?:id|name)|tag|key|alias)\}/g, (_whole, name: string) =>
        parameterNamed(name, path, isRead, scene),
      );
  }

  #query(target: FuzzedOperation, { random }: Scene): string {
    const { queries } = this.#corpus.of(target);
    if (queries.length === 0 || random.chance(0.5)) return random.chance(0.04) ? `?x=${random.pick(QUERY_VALUES)}` : '';
    const one = random.pick(queries);
    const query = random.chance(0.2) ? `${one}&${random.pick(queries)}` : one;
    // A page of a list whose order is left to chance cannot be compared.
    const page = /(^|&)(limit=[1-9]|marker=\{)/.test(query) ? '&sort=name:asc' : '';
    return `?${query.replaceAll(FOREIGN, '{nil}')}${page}`;
  }

  #body(target: FuzzedOperation, scene: Scene): Partial<Draft> {
    const { random } = scene;
    if (DATA.has(target.id)) {
      return { headers: { 'Content-Type': 'application/octet-stream' }, text: 'x'.repeat(random.pick([0, 1, 50])) };
    }
    const json = this.#json(target, scene);
    if (json === undefined) return {};
    const patch = target.id === 'updateImage' ? 'application/openstack-images-v2.1-json-patch' : undefined;
    if (patch === undefined && !hasRawNumbers(json)) return { json };
    return { text: withRawNumbers(json), headers: { 'Content-Type': patch ?? 'application/json' } };
  }

  #json(target: FuzzedOperation, scene: Scene): unknown {
    const { random } = scene;
    const { bodies } = this.#corpus.of(target);
    const isRead = /^(get|head)$/.test(target.method);
    if (isRead || (target.schema === undefined && bodies.length === 0)) return undefined;
    const isMade = target.schema !== undefined && (bodies.length === 0 || random.chance(0.6));
    const json = isMade
      ? new SchemaValues(random, (name) => memberNamed(name, scene)).valid(target.schema ?? {})
      : rebind(random.pick(bodies), scene);
    const changed = random.chance(0.45) ? mutate(json, random) : json;
    return random.chance(0.1) ? mutate(changed, random) : changed;
  }

  /** Saves the id of what a request may create, and removes it after the sequence. */
  #noting(draft: Draft, target: FuzzedOperation, scene: Scene): Draft {
    if (target.path === '/v3/auth/tokens' && target.method === 'post') {
      return { ...draft, as: 'none', save_header: { [scene.add('token', 'none')]: 'x-subject-token' } };
    }
    const creation = creationOf(target);
    if (creation === undefined) return draft;
    const { kind, param, id, remove } = creation;
    const owner = draft.as ?? 'demo';
    const name = scene.add(kind, owner, param);
    const isPersonal = kind === 'keypair' || param === 'application_credential_id';
    const at = { as: isPersonal ? owner : 'admin', ...(draft.api !== undefined && { api: draft.api }) };
    const parent = remove === '' ? draft.path.split('?', 1)[0] : remove.replace(/\/$/, '');
    const path = `${parent}/{${name}}`;
    const unlock = unlocking(kind, param, path, name);
    scene.removeLater({
      name,
      ...(unlock !== undefined && { unlock: { word: unlock.word, step: { ...at, ...unlock.step } } }),
      remove: { ...at, method: 'DELETE', path },
    });
    return { ...named(draft, kind, name), save: { [name]: id } };
  }
}

/** Gives an image a name of its own, by which lists sort it. */
function named(draft: Draft, kind: Kind, name: string): Draft {
  const { json } = draft;
  if (kind !== 'image' || typeof json !== 'object' || json === null || Array.isArray(json)) return draft;
  const { name: given } = json as { readonly name?: unknown };
  return given === undefined || typeof given === 'string' ? { ...draft, json: { ...json, name } } : draft;
}

/** The step without which a thing cannot be removed. */
function unlocking(kind: Kind, param: string, path: string, name: string): Cleanup['unlock'] {
  if (kind === 'image') return imageCleanup(name).unlock;
  if (kind === 'namespace') {
    return { word: 'protected', step: { method: 'PUT', path, json: { namespace: `{${name}}`, protected: false } } };
  }
  if (param !== 'domain_id') return undefined;
  return { word: '', step: { method: 'PATCH', path, json: { domain: { enabled: false } } } };
}

/** How what an operation creates is removed; `undefined` if it creates nothing. */
function creationOf({ id, api, method, path, schema }: FuzzedOperation): Creation | undefined {
  const known = CREATIONS[id];
  if (known !== undefined) return known;
  if (api !== 'identity' || !/^(post|put)$/.test(method) || !id.startsWith('create')) return undefined;
  const wrapper = Object.keys((schema?.['properties'] as object | undefined) ?? {})[0] ?? 'application_credential';
  if (method === 'put') return undefined;
  return { kind: 'record', param: `${wrapper}_id`, id: `${wrapper}.id`, remove: path.includes('{') ? '' : `${path}/` };
}

const isList = ({ id }: FuzzedOperation): boolean => /^list|^query/.test(id);

function subjectOf(isRead: boolean, scene: Scene): string {
  const token = scene.one('token');
  if (token !== undefined && scene.random.chance(0.8)) return `{${token.name}}`;
  return isRead ? `{token_${scene.random.pick(USERS)}}` : 'x';
}

/** Replaces what only the list of a recorded body can fill: names of saved values, and ids. */
function rebind(body: unknown, scene: Scene): unknown {
  const text = JSON.stringify(body)
    .replaceAll(FOREIGN, () => {
      const thing = scene.things.length > 0 ? scene.random.pick(scene.things) : undefined;
      return thing === undefined ? '{nil}' : `{${thing.name}}`;
    })
    .replaceAll(UUID, () => `{fresh${1 + scene.random.int(9)}}`);
  return JSON.parse(text);
}
