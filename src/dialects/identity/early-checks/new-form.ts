/** The messages of Keystone's newer validator: one sentence, without the schema. */
import type { JsonSchema } from '../../../contract/schema.ts';
import { pythonRepr } from '../../glance/python-repr.ts';
import { findFailure, type SchemaFailure } from '../records/schema-checks.ts';
import { badRequest } from '../request-error.ts';

/** Keywords whose messages newer releases word differently for values that must not be empty. */
const LEAST: ReadonlySet<string> = new Set(['minLength', 'minItems', 'minProperties']);

/** Checks a value. @param saysNonEmpty - see `saysNonEmpty` of `forms.ts`. @throws RequestError 400 for the first violation. */
export function assertNewForm(value: unknown, schema: JsonSchema, saysNonEmpty: boolean): void {
  const failure = findFailure(schema, value);
  if (failure !== undefined) badRequest(describe(failure, saysNonEmpty));
}

function describe(failure: SchemaFailure, saysNonEmpty: boolean): string {
  const { path, value } = failure;
  const message = wordedMessage(failure, saysNonEmpty);
  const name = path.at(-1);
  if (name === undefined) return message;
  return `Invalid input for field/attribute ${name}. Value: ${typeof value === 'string' ? value : pythonRepr(value)}. ${message}`;
}

/** The message of a violation in the words of a release. */
const wordedMessage = ({ keyword, schema, value, message }: SchemaFailure, saysNonEmpty: boolean): string =>
  saysNonEmpty && LEAST.has(keyword) && schema[keyword] === 1 ? `${pythonRepr(value)} should be non-empty` : message;
