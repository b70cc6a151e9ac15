import { isObject, type Json } from '../../../base/json.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { forbidden } from '../request-error.ts';
import type { Resource } from './resource.ts';

/** Returns whether `options.immutable` of a record is set. */
export const isImmutable = ({ options }: Json): boolean => isObject(options) && options['immutable'] === true;

/** Rejects a change of an immutable record. A domain is named so as a project too. @throws RequestError 403. */
export function assertMutable({ one }: Pick<Resource, 'one'>, record: EntityRecord, verb: 'update' | 'delete'): void {
  if (!isImmutable(record)) return;
  const kind = record['is_domain'] === true ? 'domain' : one;
  forbidden(
    `Unable to ${verb} immutable ${kind} resource: \`${record.id}. Set resource option "immutable" to false first.`,
  );
}

/** Returns whether an update does nothing but lift the protection of a record. */
export const liftsProtection = ({ options, ...others }: Json): boolean =>
  Object.keys(others).length === 0 && isObject(options) && options['immutable'] !== true && 'immutable' in options;
