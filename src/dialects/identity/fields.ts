/** Reads the members of request bodies and reports violations with Keystone's messages. */
import { isObject, type Json } from '../../base/json.ts';
import { IdentityError } from '../../identity/problem.ts';
import { pythonRepr } from '../glance/python-repr.ts';

/** Rejects a request that lacks `what` in `where`. @throws IdentityError `missing`. */
export function missing(what: string, where: string): never {
  throw new IdentityError({ kind: 'missing', what, where });
}

/** A value that must be present. @throws IdentityError `missing`. */
export const required = <T>(value: T | undefined, what: string, where: string): T =>
  value === undefined ? missing(what, where) : value;

/** Rejects a field. @param path - empty for the body itself. @throws IdentityError `invalid`. */
function invalidField(path: string, message: string): never {
  throw new IdentityError({
    kind: 'invalid',
    message: path === '' ? message : `Invalid input for field '${path}': ${message}`,
  });
}

type TypeName = 'string' | 'object' | 'array' | 'boolean' | 'null';

function hasType(value: unknown, type: TypeName): boolean {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'null' ? value === null : typeof value === type;
}

/** Checks the type of a value. @throws IdentityError `invalid`. */
export function assertType(value: unknown, type: TypeName | readonly TypeName[], path: string): void {
  const types = [type].flat() as readonly TypeName[];
  if (types.some((each) => hasType(value, each))) return;
  invalidField(path, `${pythonRepr(value)} is not of type ${types.map((each) => `'${each}'`).join(', ')}`);
}

interface TextLimits {
  readonly minLength?: number;
  readonly maxLength?: number;
}

/**
 * The members of a JSON object. A member of the wrong type is rejected with its path; an absent one reads as
 * `undefined`.
 */
export class Fields {
  readonly value: Json;
  readonly #path: string;

  /** @param path - names of the members that lead to the object, separated by slashes; empty for the body. */
  constructor(value: unknown, path: string) {
    assertType(value, 'object', path);
    this.value = value as Json;
    this.#path = path;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.value, name);
  }

  /** Rejects an object without that member. */
  require(name: string): this {
    if (!this.has(name)) invalidField(this.#path, `'${name}' is a required property`);
    return this;
  }

  /** A string; `null` for a value of another type in `types`. */
  text(name: string, limits: TextLimits & { readonly types?: readonly TypeName[] } = {}): string | null | undefined {
    if (!this.has(name)) return undefined;
    const value = this.#typed(name, limits.types ?? 'string');
    if (typeof value !== 'string') return null;
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = limits;
    if (value.length < minLength) invalidField(this.#pathOf(name), `${pythonRepr(value)} is too short`);
    if (value.length > maxLength) invalidField(this.#pathOf(name), `${pythonRepr(value)} is too long`);
    return value;
  }

  /** A string that matches a pattern; an absent one counts as empty. */
  matching(name: string, pattern: string, limits: TextLimits = {}): string {
    const value = this.text(name, limits) ?? '';
    if (!new RegExp(pattern).test(value)) {
      invalidField(this.#pathOf(name), `${pythonRepr(value)} does not match ${pythonRepr(pattern)}`);
    }
    return value;
  }

  string(name: string): string | undefined {
    return this.#optional(name, 'string') as string | undefined;
  }

  boolean(name: string): boolean | undefined {
    return this.#optional(name, 'boolean') as boolean | undefined;
  }

  object(name: string): Fields | undefined {
    return this.has(name) ? new Fields(this.value[name], this.#pathOf(name)) : undefined;
  }

  /** A list of objects. */
  list(name: string): readonly Fields[] | undefined {
    const items = this.#optional(name, 'array') as readonly unknown[] | undefined;
    return items?.map((item, index) => new Fields(item, `${this.#pathOf(name)}/${index}`));
  }

  /** A list of strings. */
  strings(name: string): readonly string[] | undefined {
    const items = this.#optional(name, 'array') as readonly unknown[] | undefined;
    for (const [index, item] of (items ?? []).entries()) assertType(item, 'string', `${this.#pathOf(name)}/${index}`);
    return items as readonly string[] | undefined;
  }

  /** Rejects members with other names. */
  only(...names: readonly string[]): this {
    const other = Object.keys(this.value).find((name) => !names.includes(name));
    if (other !== undefined) {
      invalidField(this.#path, `Additional properties are not allowed (${pythonRepr(other)} was unexpected)`);
    }
    return this;
  }

  /** Rejects an object with no member or more than one. */
  single(): this {
    const { length } = Object.keys(this.value);
    if (length === 0) invalidField(this.#path, '{} does not have enough properties');
    if (length > 1) invalidField(this.#path, `${pythonRepr(this.value)} has too many properties`);
    return this;
  }

  #optional(name: string, type: TypeName): unknown {
    return this.has(name) ? this.#typed(name, type) : undefined;
  }

  #typed(name: string, type: TypeName | readonly TypeName[]): unknown {
    const value = this.value[name];
    assertType(value, type, this.#pathOf(name));
    return value;
  }

  #pathOf(name: string): string {
    return this.#path === '' ? name : `${this.#path}/${name}`;
  }
}
