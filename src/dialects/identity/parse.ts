import { isObject, type Json } from '../../base/json.ts';
import type { Call } from '../../contract/contract.ts';
import { IdentityError } from '../../identity/problem.ts';
import { pythonRepr } from '../glance/python-repr.ts';
import { parseJson } from '../shared/json-body.ts';

const missing = (what: string, where: string): never => {
  throw new IdentityError({ kind: 'missing', what, where });
};

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The JSON value of a body that may begin with a byte order mark, as the service takes it. @throws Error for no JSON. */
export const parseMarkedJson = (body: Buffer): unknown =>
  parseJson(body.subarray(0, MARK.length).equals(MARK) ? body.subarray(MARK.length) : body);

const JSON_TYPES = /^application\/(json|.*\+json)$/;

/**
 * The JSON object of a body, as Keystone reads it.
 * @throws IdentityError for another media type, no JSON, or JSON that is no object.
 */
export function parseBody(call: Call): Json {
  if (call.body === undefined) return {};
  const type = (call.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== '' && !JSON_TYPES.test(type ?? '')) return missing('application/json', 'Content-Type header');
  let value: unknown;
  try {
    value = parseMarkedJson(call.body);
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
  text(
    name: string,
    limits: { readonly types?: readonly TypeName[]; readonly least?: number; readonly most?: number } = {},
  ) {
    if (!this.has(name)) return undefined;
    const value = this.value[name];
    check(value, limits.types ?? 'string', this.#at(name));
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

  /** Refuses an object that says more than one thing. */
  single(): this {
    if (Object.keys(this.value).length > 1) invalid(this.#path, `${pythonRepr(this.value)} has too many properties`);
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

/** How a domain is named; an empty text names nothing. */
export interface NamedDomain {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/** How a user or project is named. */
export interface Named extends NamedDomain {
  readonly domain: NamedDomain | undefined;
}

/** @throws IdentityError where there is neither an id nor a name. */
function assertValidName(fields: Fields, path: string): void {
  if (fields.has('id') || fields.has('name')) return;
  throw new IdentityError({
    kind: 'invalid',
    message: `Invalid input for field ${path}: id or name must be present.`,
  });
}

function parseDomain(fields: Fields, path: string): NamedDomain {
  assertValidName(fields, path);
  return { id: fields.string('id') || undefined, name: fields.string('name') || undefined };
}

function parseNamed(fields: Fields, path: string): Named {
  const own = parseDomain(fields, path);
  const domain = fields.object('domain');
  return { ...own, domain: domain && parseDomain(domain, `${path}/domain`) };
}

/** The user of a log-in by application credential, of which the service checks nothing beforehand. */
export const parseOwner = (value: unknown, path: string): Named => parseNamed(new Fields(value, path), path);

/** What a scope asks for, as far as it is there. */
export interface ScopeRequest {
  /** Which of the members that name a scope there are. */
  readonly kinds: readonly string[];
  readonly project: Named | undefined;
  readonly domain: NamedDomain | undefined;
  readonly trustId: string | undefined;
}

/** What a log-in asks of the v3 API. */
export interface AuthRequest {
  readonly methods: readonly string[];
  readonly user: (Named & { readonly password: string | undefined }) | undefined;
  readonly token: string | undefined;
  /** What a method is given, which is there for each of `methods`. */
  partOf(method: string): unknown;
  readonly scope: ScopeRequest | 'unscoped' | undefined;
}

/**
 * Checks the shape of a log-in.
 * @throws IdentityError for what Keystone refuses before it looks at anybody's password.
 */
export function parseAuth(call: Call): AuthRequest {
  const body = parseBody(call);
  if ((body['auth'] ?? null) === null) return missing('auth', 'request body');
  const auth = new Fields(body['auth'], '').require('identity');
  const identity = (auth.object('identity') as Fields).require('methods');
  const methods = identity.strings('methods') as readonly string[];
  const user = identity.object('password')?.object('user');
  const token = identity.object('token')?.require('id');
  const request = {
    methods,
    user: user && { ...parseNamed(user, 'identity/password/user'), password: user.string('password') },
    token: token?.string('id'),
    partOf: (method: string): unknown => identity.value[method],
    scope: parseScope(auth),
  };
  for (const method of methods) if (!identity.has(method)) missing(method, 'identity');
  return request;
}

const SCOPES = ['project', 'domain', 'system', 'unscoped', 'OS-TRUST:trust'] as const;

function parseScope(auth: Fields): AuthRequest['scope'] {
  if (!auth.has('scope')) return undefined;
  const given = auth.value['scope'];
  if (given === 'unscoped') return 'unscoped';
  check(given, ['object', 'string'], 'scope');
  if (typeof given === 'string') return { kinds: [], project: undefined, domain: undefined, trustId: undefined };
  const scope = auth.object('scope') as Fields;
  const project = scope.object('project');
  const domain = scope.object('domain');
  const trust = scope.object('OS-TRUST:trust');
  scope.object('system')?.boolean('all');
  return {
    kinds: SCOPES.filter((kind) => scope.has(kind)),
    project: project && parseNamed(project, 'scope/project'),
    domain: domain && parseDomain(domain, 'scope/domain'),
    trustId: trust?.string('id') || undefined,
  };
}

/** The value of a required part. @throws IdentityError that names what is missing, and where. */
export const need = <T>(value: T | undefined, what: string, where: string): T =>
  value === undefined ? missing(what, where) : value;
