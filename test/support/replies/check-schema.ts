import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { JsonSchema } from '../../../src/contract/schema.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);

const compiled = new WeakMap<JsonSchema, ValidateFunction>();

/** Returns what of a value a schema does not allow: JSON pointer and message, one for each place. */
export function schemaErrors(schema: JsonSchema, value: unknown): readonly string[] {
  let isValid = compiled.get(schema);
  if (isValid === undefined) {
    isValid = ajv.compile(schema);
    compiled.set(schema, isValid);
  }
  if (isValid(value)) return [];
  return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'}: ${message}`);
}
