import type { Caller } from '../caller.ts';
import type { Namespace, NamespaceFields, ObjectFields, PartKind, PropertyFields } from './metadef.ts';
import { type MetadefAction, MetadefError } from './problem.ts';

/** The write that a check belongs to, for its error. */
export interface WriteContext {
  readonly part: PartKind | 'namespace';
  /** Whether something existing is changed. */
  readonly isUpdate: boolean;
}

/** Whether a caller may see a namespace. */
export const isVisible = (namespace: Namespace, caller: Caller): boolean =>
  caller.isAdmin || namespace.visibility === 'public' || namespace.owner === caller.projectId;

/**
 * Checks that the caller may perform an action.
 * @throws MetadefError `not-allowed` unless the caller is an administrator.
 */
export function checkAllowed(caller: Caller, action: MetadefAction): void {
  if (!caller.isAdmin) throw new MetadefError({ kind: 'not-allowed', action });
}

/**
 * Checks that a namespace is not protected.
 * @throws MetadefError `protected` for a protected namespace; `part` and `name` identify what should be removed.
 */
export function checkUnprotected(namespace: Namespace, part: PartKind | 'namespace', name: string): void {
  if (namespace.isProtected) throw new MetadefError({ kind: 'protected', part, name });
}

/**
 * Checks that the service can store a text.
 * @throws MetadefError `four-byte` for a text with characters that the service cannot store.
 */
export function checkText(value: unknown, attribute: string, context: WriteContext): void {
  if (typeof value !== 'string' || !/[\u{10000}-\u{10ffff}]/u.test(value)) return;
  throw new MetadefError({ kind: 'four-byte', attribute, ...context });
}

/** Half a surrogate pair. */
const HALF = /\p{Surrogate}/u;

const holdsHalf = (value: unknown): boolean => {
  if (typeof value === 'string') return HALF.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, member]) => HALF.test(name) || holdsHalf(member));
};

/** Checks that UTF-8 can encode all texts of a value. @throws MetadefError `unstorable`. */
export function checkStorable(value: unknown): void {
  if (holdsHalf(value)) throw new MetadefError({ kind: 'unstorable' });
}

/** Checks the texts of a namespace. @throws MetadefError `four-byte`, `unstorable`. */
export function checkNamespace(fields: NamespaceFields, isUpdate: boolean): void {
  checkStorable(fields);
  for (const attribute of ['name', 'displayName', 'description', 'owner'] as const) {
    const shown = attribute === 'name' ? 'namespace' : attribute;
    checkText(fields[attribute], shown, { part: 'namespace', isUpdate });
  }
}

/** Checks the name and the texts of a schema, but not the lists in it. @throws MetadefError `four-byte`. */
export function checkProperty({ name, schema }: PropertyFields, context: WriteContext): void {
  checkText(name, 'name', context);
  for (const [attribute, value] of Object.entries(schema)) checkText(value, attribute, context);
}

/** Checks the texts of an object. @throws MetadefError `four-byte`. */
export function checkObject(object: ObjectFields, context: WriteContext): void {
  checkText(object.name, 'name', context);
  checkText(object.description, 'description', context);
  for (const name of object.required) checkText(name, 'required', context);
  for (const { schema } of object.properties) {
    for (const [attribute, value] of Object.entries(schema)) checkText(value, attribute, context);
  }
}
