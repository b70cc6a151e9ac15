/** Checks values against the few keywords of JSON Schema that the schema of recordings uses. */

/** A JSON Schema. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

/** Something in a file that is not as it must be. */
export interface Problem {
  /** JSON pointer. */
  readonly pointer: string;
  readonly message: string;
  readonly found?: unknown;
  readonly allowed: string;
}

/** Returns the first problem of a value; `undefined` if it is valid. */
export function firstProblem(value: unknown, schema: Schema, pointer = ''): Problem | undefined {
  return (
    problemOfValue(value, schema, pointer) ??
    problemOfMembers(value, schema, pointer) ??
    problemOfItems(value, schema, pointer)
  );
}

function problemOfValue(value: unknown, schema: Schema, pointer: string): Problem | undefined {
  const { type, enum: words, anyOf, minimum, maximum, pattern } = schema;
  if (type !== undefined && ![type].flat().some((name) => hasType(value, name))) {
    return { pointer, message: 'has the wrong type', found: value, allowed: [type].flat().join(' or ') };
  }
  if (words !== undefined && !words.includes(value)) {
    return { pointer, message: 'is not allowed', found: value, allowed: words.map(String).join(', ') };
  }
  if ('const' in schema && value !== schema.const) {
    return { pointer, message: 'is not allowed', found: value, allowed: JSON.stringify(schema.const) };
  }
  if (typeof value === 'number' && (value < (minimum ?? value) || value > (maximum ?? value))) {
    return { pointer, message: 'is out of range', found: value, allowed: `${minimum ?? ''} to ${maximum ?? ''}` };
  }
  if (typeof value === 'string' && pattern !== undefined && !new RegExp(pattern).test(value)) {
    return { pointer, message: 'has the wrong form', found: value, allowed: pattern };
  }
  const problems = anyOf?.map((each) => firstProblem(value, each, pointer)) ?? [undefined];
  return problems.includes(undefined) ? undefined : problems[0];
}

function problemOfMembers(value: unknown, schema: Schema, pointer: string): Problem | undefined {
  if (!isObject(value)) return undefined;
  for (const name of schema.required ?? []) {
    if (!(name in value))
      return { pointer: `${pointer}/${name}`, message: 'is missing', allowed: allowedBy(schema.properties?.[name]) };
  }
  const { properties = {}, additionalProperties } = schema;
  for (const name in value) {
    const member = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (typeof member !== 'object') continue;
    const problem = firstProblem(value[name], member, `${pointer}/${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOfItems(value: unknown, { items }: Schema, pointer: string): Problem | undefined {
  if (!Array.isArray(value) || items === undefined) return undefined;
  for (let index = 0; index < value.length; index += 1) {
    const problem = firstProblem(value[index], items, `${pointer}/${index}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const allowedBy = (schema: Schema | undefined): string => [schema?.type ?? 'a value'].flat().join(' or ');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function hasType(value: unknown, name: string): boolean {
  if (name === 'object') return isObject(value);
  if (name === 'array') return Array.isArray(value);
  if (name === 'null') return value === null;
  if (name === 'integer') return Number.isInteger(value);
  return typeof value === name;
}
