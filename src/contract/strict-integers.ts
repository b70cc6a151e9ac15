import { exactAt, type FloatHolder, floatHoldersIn, holdsExact } from '../base/exact-numbers.ts';
import { escapePointer } from '../base/json-pointer.ts';
import type { Check, JsonSchema, Violation } from './schema.ts';
import { schemaAt } from './schema-errors.ts';

/** Finds a violation for each float without a fraction, such as `1.0`, where a schema permits integers alone. */
const integerViolations = (value: unknown, schema: JsonSchema): readonly Violation[] =>
  floatHoldersIn(value).flatMap((holder) => violationsOf(holder, value, schema));

function violationsOf({ path, names }: FloatHolder, value: unknown, schema: JsonSchema): readonly Violation[] {
  const parent = pointerOf(path);
  const typesAt = (name: string): readonly unknown[] =>
    [schemaAt(schema, parent + pointerOf([name]))?.['type'] ?? 'number'].flat();
  // The items of a list have one schema.
  const common = Array.isArray(exactAt(value, path)) ? typesAt('0') : undefined;
  if (common !== undefined && !isForIntegers(common)) return [];
  return names.flatMap((name): readonly Violation[] => {
    const types = common ?? typesAt(name);
    if (!isForIntegers(types)) return [];
    const pointer = parent + pointerOf([name]);
    const found = exactAt(value, [...path, name]);
    return [{ pointer, message: 'must be integer', keyword: 'type', params: { type: types }, value: found }];
  });
}

const isForIntegers = (types: readonly unknown[]): boolean => types.includes('integer') && !types.includes('number');

const pointerOf = (path: readonly string[]): string => path.map((name) => `/${escapePointer(name)}`).join('');

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
