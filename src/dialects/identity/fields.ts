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

  string(name: string): string | undefined {
    return this.#optional(name, 'string') as string | undefined;
  }

  object(name: string): Fields | undefined {
    return this.has(name) ? new Fields(this.value[name], this.#pathOf(name)) : undefined;
  }

  /** A list of strings. */
  strings(name: string): readonly string[] | undefined {
    const items = this.#optional(name, 'array') as readonly unknown[] | undefined;
    for (const [index, item] of (items ?? []).entries()) assertType(item, 'string', `${this.#pathOf(name)}/${index}`);
    return items as readonly string[] | undefined;
  }

  #optional(name: string, type: TypeName): unknown {
    return this.has(name) ? this.#typed(name, type) : undefined;
  }

  #typed(name: string, type: TypeName): unknown {
    const value = this.value[name];
    assertType(value, type, this.#pathOf(name));
    return value;
  }

  #pathOf(name: string): string {
    return this.#path === '' ? name : `${this.#path}/${name}`;
  }
}
