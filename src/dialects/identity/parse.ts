import type { Call } from '../../contract/contract.ts';
import { IdentityError } from '../../identity/problem.ts';

/** A JSON object of which nothing more is known. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const missing = (what: string, where: string): never => {
  throw new IdentityError({ kind: 'missing', what, where });
};

/**
 * The JSON object of a body, as Keystone reads it.
 * @throws IdentityError for another media type, no JSON, or JSON that is no object.
 */
export function parseBody(call: Call): Json {
  if (call.body === undefined) return {};
  const type = (call.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json' && type !== '') return missing('application/json', 'Content-Type header');
  let value: unknown;
  try {
    value = JSON.parse(call.body.toString());
  } catch {
    return missing('valid JSON', 'request body');
  }
  return isObject(value) ? value : missing('valid JSON', 'request body');
}

/** Python's words for the JSON types, as validation messages have them. */
const show = (value: unknown): string =>
  typeof value === 'string'
    ? `'${value}'`
    : value === null
      ? 'None'
      : value === true
        ? 'True'
        : value === false
          ? 'False'
          : JSON.stringify(value);

const invalid = (field: string, message: string): never => {
  throw new IdentityError({
    kind: 'invalid',
    message: field === '' ? message : `Invalid input for field '${field}': ${message}`,
  });
};

const typeNames = { string: 'string', object: 'object', array: 'array', boolean: 'boolean' } as const;

function check(value: unknown, type: keyof typeof typeNames, field: string): void {
  const holds = type === 'object' ? isObject(value) : type === 'array' ? Array.isArray(value) : typeof value === type;
  if (!holds) invalid(field, `${show(value)} is not of type '${type}'`);
}

/** Reads an object's members by type; what is there and of another type is a violation, with the field's path. */
export class Fields {
  readonly value: Json;
  readonly #path: string;

  constructor(value: unknown, path: string) {
    check(value, 'object', path);
    this.value = value as Json;
    this.#path = path;
  }

  #at(name: string): string {
    return this.#path === '' ? name : `${this.#path}/${name}`;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.value, name);
  }

  require(name: string): this {
    if (!this.has(name)) invalid(this.#path, `'${name}' is a required property`);
    return this;
  }

  string(name: string): string | undefined {
    if (!this.has(name)) return undefined;
    check(this.value[name], 'string', this.#at(name));
    return this.value[name] as string;
  }

  object(name: string): Fields | undefined {
    return this.has(name) ? new Fields(this.value[name], this.#at(name)) : undefined;
  }

  strings(name: string): readonly string[] | undefined {
    if (!this.has(name)) return undefined;
    const list = this.value[name];
    check(list, 'array', this.#at(name));
    for (const [index, item] of (list as readonly unknown[]).entries())
      check(item, 'string', `${this.#at(name)}/${index}`);
    return list as readonly string[];
  }
}

/** How a user or project is named. */
export interface Named {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly domain: { readonly id: string | undefined; readonly name: string | undefined } | undefined;
}

function parseNamed(fields: Fields): Named {
  const domain = fields.object('domain');
  return {
    id: fields.string('id'),
    name: fields.string('name'),
    domain: domain && { id: domain.string('id'), name: domain.string('name') },
  };
}

/** What a log-in asks of the v3 API. */
export interface AuthRequest {
  readonly methods: readonly string[];
  readonly password: { readonly user: Named; readonly password: string | undefined } | undefined;
  readonly hasPassword: boolean;
  readonly hasPasswordUser: boolean;
  readonly token: string | undefined;
  readonly credential:
    | {
        readonly id: string | undefined;
        readonly name: string | undefined;
        readonly user: Named | undefined;
        readonly secret: string | undefined;
      }
    | undefined;
  readonly scope:
    | undefined
    | 'unscoped'
    | { readonly kind: 'project'; readonly project: Named }
    | { readonly kind: 'domain' }
    | { readonly kind: 'system' };
}

/** @throws IdentityError for what Keystone refuses before it looks at anybody's password. */
export function parseAuth(call: Call): AuthRequest {
  const body = parseBody(call);
  if (!Object.hasOwn(body, 'auth')) return missing('auth', 'request body');
  const auth = new Fields(body['auth'], '').require('identity');
  const identity = (auth.object('identity') as Fields).require('methods');
  const methods = identity.strings('methods') as readonly string[];
  const password = identity.object('password');
  const user = password?.object('user');
  const token = identity.object('token')?.require('id');
  const credential = identity.object('application_credential');
  const owner = credential?.object('user');
  return {
    methods,
    hasPassword: password !== undefined,
    hasPasswordUser: user !== undefined,
    password: user && { user: parseNamed(user), password: user.string('password') },
    token: token?.string('id'),
    credential: credential && {
      id: credential.string('id'),
      name: credential.string('name'),
      user: owner && parseNamed(owner),
      secret: credential.string('secret'),
    },
    scope: parseScope(auth),
  };
}

function parseScope(auth: Fields): AuthRequest['scope'] {
  if (!auth.has('scope')) return undefined;
  const given = auth.value['scope'];
  if (given === 'unscoped') return 'unscoped';
  const scope = auth.object('scope') as Fields;
  const kinds = ['project', 'domain', 'system', 'unscoped', 'OS-TRUST:trust'].filter((kind) => scope.has(kind));
  if (kinds.length > 1) {
    throw new IdentityError({
      kind: 'invalid',
      message: 'Cannot scope to several of project, domain, trust and system at once.',
    });
  }
  const project = scope.object('project');
  if (project !== undefined) return { kind: 'project', project: parseNamed(project) };
  if (scope.object('domain') !== undefined) return { kind: 'domain' };
  const system = scope.object('system');
  if (system !== undefined) return system.value['all'] === true ? { kind: 'system' } : missing('all', 'system');
  return scope.has('unscoped') ? 'unscoped' : undefined;
}

/** The value of a required part. @throws IdentityError that names what is missing, and where. */
export const need = <T>(value: T | undefined, what: string, where: string): T =>
  value === undefined ? missing(what, where) : value;
