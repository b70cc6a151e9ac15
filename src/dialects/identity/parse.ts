import type { Call } from '../../contract/contract.ts';
import { IdentityError } from '../../identity/problem.ts';
import { pythonRepr } from '../shared/python-repr.ts';

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

const invalid = (field: string, message: string): never => {
  throw new IdentityError({
    kind: 'invalid',
    message: field === '' ? message : `Invalid input for field '${field}': ${message}`,
  });
};

type TypeName = 'string' | 'object' | 'array' | 'boolean' | 'null';

const isOf = (value: unknown, type: TypeName): boolean => {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'null' ? value === null : typeof value === type;
};

function check(value: unknown, type: TypeName | readonly TypeName[], field: string): void {
  const types = [type].flat() as readonly TypeName[];
  if (types.some((each) => isOf(value, each))) return;
  invalid(field, `${pythonRepr(value)} is not of type ${types.map((each) => `'${each}'`).join(', ')}`);
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

  /** A text, or what stands for none. */
  text(name: string, limits: { readonly isNullable?: boolean; readonly least?: number; readonly most?: number } = {}) {
    if (!this.has(name)) return undefined;
    const value = this.value[name];
    check(value, limits.isNullable === true ? ['null', 'string'] : 'string', this.#at(name));
    if (typeof value !== 'string') return null;
    if (value.length < (limits.least ?? 0)) invalid(this.#at(name), `${pythonRepr(value)} is too short`);
    if (value.length > (limits.most ?? Number.POSITIVE_INFINITY))
      invalid(this.#at(name), `${pythonRepr(value)} is too long`);
    return value;
  }

  /** A text that matches a pattern, which the refusal quotes. */
  matching(name: string, pattern: string, limits: { readonly least?: number; readonly most?: number } = {}): string {
    const value = this.text(name, limits) ?? '';
    if (!new RegExp(pattern).test(value)) {
      invalid(this.#at(name), `${pythonRepr(value)} does not match ${pythonRepr(pattern)}`);
    }
    return value;
  }

  boolean(name: string): boolean | undefined {
    if (!this.has(name)) return undefined;
    check(this.value[name], 'boolean', this.#at(name));
    return this.value[name] as boolean;
  }

  list(name: string): readonly Fields[] | undefined {
    if (!this.has(name)) return undefined;
    const value = this.value[name];
    check(value, 'array', this.#at(name));
    return (value as readonly unknown[]).map((item, index) => new Fields(item, `${this.#at(name)}/${index}`));
  }

  /** Refuses members of other names. */
  only(...names: readonly string[]): this {
    const other = Object.keys(this.value).find((name) => !names.includes(name));
    if (other !== undefined) {
      invalid(this.#path, `Additional properties are not allowed (${pythonRepr(other)} was unexpected)`);
    }
    return this;
  }

  /** Refuses an object that says nothing. */
  some(): this {
    if (Object.keys(this.value).length === 0) invalid(this.#path, '{} does not have enough properties');
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

/** @throws IdentityError where there is neither an id nor a name. */
function demandName(fields: Fields, path: string): void {
  if (fields.has('id') || fields.has('name')) return;
  throw new IdentityError({
    kind: 'invalid',
    message: `Invalid input for field ${path}: id or name must be present.`,
  });
}

function parseNamed(fields: Fields, path: string): Named {
  demandName(fields, path);
  const domain = fields.object('domain');
  if (domain !== undefined) demandName(domain, `${path}/domain`);
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
  if ((body['auth'] ?? null) === null) return missing('auth', 'request body');
  const auth = new Fields(body['auth'], '').require('identity');
  const identity = (auth.object('identity') as Fields).require('methods');
  const methods = identity.strings('methods') as readonly string[];
  const password = identity.object('password');
  const user = password?.object('user');
  const token = identity.object('token')?.require('id');
  const credential = identity.object('application_credential');
  const owner = credential?.object('user');
  for (const method of methods) if (!identity.has(method)) missing(method, 'identity');
  return {
    methods,
    hasPassword: password !== undefined,
    hasPasswordUser: user !== undefined,
    password: user && { user: parseNamed(user, 'identity/password/user'), password: user.string('password') },
    token: token?.string('id'),
    credential: credential && {
      // An id of any kind is looked for as text.
      id: credential.has('id') ? String(credential.value['id']) : undefined,
      name: credential.string('name'),
      user: owner && parseNamed(owner, 'identity/application_credential/user'),
      secret: credential.string('secret'),
    },
    scope: parseScope(auth),
  };
}

function parseScope(auth: Fields): AuthRequest['scope'] {
  if (!auth.has('scope')) return undefined;
  const given = auth.value['scope'];
  if (given === 'unscoped') return 'unscoped';
  check(given, ['object', 'string'], 'scope');
  const scope = auth.object('scope') as Fields;
  const kinds = ['project', 'domain', 'system', 'unscoped', 'OS-TRUST:trust'].filter((kind) => scope.has(kind));
  if (kinds.length !== 1) missing('system, project, domain, OS-TRUST:trust or unscoped', 'scope');
  const project = scope.object('project');
  if (project !== undefined) return { kind: 'project', project: parseNamed(project, 'scope/project') };
  const domain = scope.object('domain');
  if (domain !== undefined) {
    demandName(domain, 'scope/domain');
    return { kind: 'domain' };
  }
  const system = scope.object('system');
  if (system !== undefined) return { kind: 'system' };
  return scope.has('unscoped') ? 'unscoped' : undefined;
}

/** The value of a required part. @throws IdentityError that names what is missing, and where. */
export const need = <T>(value: T | undefined, what: string, where: string): T =>
  value === undefined ? missing(what, where) : value;
