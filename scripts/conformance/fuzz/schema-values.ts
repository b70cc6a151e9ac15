import type { JsonSchema } from '../../../src/contract/schema.ts';
import type { Random } from './random.ts';
import { NUMBERS, OTHER_TYPES, STRINGS } from './values.ts';

/** Returns a usual value for a member of this name; `undefined` if the name says nothing. */
export type NamedValue = (name: string) => unknown;

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Makes values that fit a schema, as far as patterns and combinations allow. */
export class SchemaValues {
  readonly #random: Random;
  readonly #named: NamedValue;

  constructor(random: Random, named: NamedValue) {
    this.#random = random;
    this.#named = named;
  }

  /** Makes a value. @param name - the member that it is for. */
  valid(schema: JsonSchema, name = '', depth = 0): unknown {
    const variants = listOf(schema['oneOf'] ?? schema['anyOf']).filter(isSchema);
    if (variants.length > 0) return this.valid({ ...rest(schema), ...this.#random.pick(variants) }, name, depth);
    const all = listOf(schema['allOf']).filter(isSchema);
    if (all.length > 0) return this.valid(Object.assign(rest(schema), ...all), name, depth);
    if ('const' in schema) return schema['const'];
    const choices = listOf(schema['enum']);
    if (choices.length > 0) return this.#random.pick(choices);
    return this.#typed(schema, name, depth);
  }

  #typed(schema: JsonSchema, name: string, depth: number): unknown {
    const types = Array.isArray(schema['type']) ? schema['type'] : [schema['type']];
    switch (this.#random.pick(types)) {
      case 'object':
        return this.#object(schema, depth);
      case 'array':
        return this.#array(schema, name, depth);
      case 'boolean':
        return this.#random.chance(0.5);
      case 'integer':
      case 'number':
        return this.#random.chance(0.8) ? this.#random.int(20) : this.#random.pick(NUMBERS);
      case 'null':
        return null;
      case 'string':
        return this.#string(schema, name);
      default:
        return this.#random.pick(isSchema(schema['properties']) ? [this.#object(schema, depth)] : OTHER_TYPES);
    }
  }

  #string(schema: JsonSchema, name: string): unknown {
    const named = this.#named(name);
    if (named !== undefined && this.#random.chance(0.85)) return named;
    if (schema['format'] === 'uuid') return '{uuid1}';
    return this.#random.chance(0.6) ? this.#random.pick(['x', 'y', 'name 1']) : this.#random.pick(STRINGS);
  }

  #array(schema: JsonSchema, name: string, depth: number): unknown {
    const items = isSchema(schema['items']) ? schema['items'] : {};
    const count = depth > 4 ? 0 : Math.max(Number(schema['minItems'] ?? 0), this.#random.int(3));
    return Array.from({ length: count }, () => this.valid(items, name, depth + 1));
  }

  #object(schema: JsonSchema, depth: number): unknown {
    const required = new Set(listOf(schema['required']));
    const properties = Object.entries(isSchema(schema['properties']) ? schema['properties'] : {});
    const made: Record<string, unknown> = {};
    for (const [key, property] of properties) {
      const wanted = required.has(key) || (depth < 5 && this.#random.chance(properties.length > 8 ? 0.2 : 0.5));
      if (wanted && isSchema(property)) made[key] = this.valid(property, key, depth + 1);
    }
    if (schema['additionalProperties'] !== false && this.#random.chance(0.15)) made['extra'] = 'v';
    return made;
  }
}

const rest = (schema: JsonSchema): Record<string, unknown> => {
  const { oneOf: _one, anyOf: _any, allOf: _all, ...others } = schema;
  return others;
};
