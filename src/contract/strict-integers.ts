import { exactAt, floatsIn, holdsExact } from '../base/exact-numbers.ts';
import { escapePointer } from '../base/json-pointer.ts';
import type { Check, JsonSchema, Violation } from './schema.ts';
import { schemaAt } from './schema-errors.ts';

/** Finds a violation for each float without a fraction, such as `1.0`, where a schema permits integers alone. */
const integerViolations = (value: unknown, schema: JsonSchema): readonly Violation[] =>
  floatsIn(value).flatMap((path): readonly Violation[] => {
    const pointer = path.map((name) => `/${escapePointer(name)}`).join('');
    const types = [schemaAt(schema, pointer)?.['type'] ?? 'number'].flat();
    if (!types.includes('integer') || types.includes('number')) return [];
    return [
      { pointer, message: 'must be integer', keyword: 'type', params: { type: types }, value: exactAt(value, path) },
    ];
  });

/**
 * Checks a value as validators of older drafts do, which take a float without a fraction for no integer; ajv does not see the
 * difference.
 */
export function checkStrictly(check: Check, schema: JsonSchema, value: unknown): readonly Violation[] {
  const found = check(value);
  const types = holdsExact(value) ? integerViolations(value, schema) : [];
  if (types.length === 0) return found;
  const places = new Map(types.map((violation) => [violation.pointer, violation]));
  // A wrong type takes the place of other violations by the same value.
  const merged = found.map((violation) => places.get(violation.pointer) ?? violation);
  return [...new Set([...merged, ...types])];
}
