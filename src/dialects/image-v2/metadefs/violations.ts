import { parsePointer } from '../../../base/json-pointer.ts';
import { type Check, compile, type JsonSchema, type Violation } from '../../../contract/schema.ts';
import { GlanceError } from '../../glance/errors.ts';
import { pythonPretty } from '../../glance/python-pretty.ts';
import { pythonRepr } from '../../glance/python-repr.ts';
import { indented, subscripts, type Token, WIDTH } from '../schema-messages.ts';

/** Keywords that constrain a value; all others are annotations. */
const ASSERTIONS = ['type', 'enum', 'minimum', 'maxLength', 'minItems', 'uniqueItems', 'required'] as const;

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

const resolve = (schema: JsonSchema, document: JsonSchema): JsonSchema => {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const definitions = document['definitions'] as Readonly<Record<string, JsonSchema>>;
  return definitions[reference.slice('#/definitions/'.length)] as JsonSchema;
};

/** Converts a schema document to one that can be compiled: references resolved, annotations removed. */
function compilable(source: JsonSchema, document: JsonSchema): JsonSchema {
  const schema = resolve(source, document);
  const result: Record<string, unknown> = {};
  for (const keyword of ASSERTIONS) if (schema[keyword] !== undefined) result[keyword] = schema[keyword];
  const { properties, items, allOf, additionalProperties: others } = schema;
  const convert = (value: unknown): JsonSchema => compilable(value as JsonSchema, document);
  if (isSchema(properties)) {
    result['properties'] = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, convert(value)]));
  }
  if (isSchema(items)) result['items'] = convert(items);
  if (Array.isArray(allOf)) result['allOf'] = allOf.map(convert);
  if (others !== undefined) result['additionalProperties'] = isSchema(others) ? convert(others) : others;
  return result;
}

const checks = new WeakMap<JsonSchema, Check>();

/**
 * Validates a body against a schema document.
 * @throws GlanceError 400 with the message of the service.
 */
export function checkAgainst(document: JsonSchema, body: unknown): void {
  let check = checks.get(document);
  if (check === undefined) {
    check = compile({ type: 'object', ...compilable(document, document) });
    checks.set(document, check);
  }
  const violations = check(body);
  if (violations.length > 0) throw new GlanceError(400, message(violations, document));
}

/** A violation with the paths to its value and to its schema. */
interface Place {
  readonly violation: Violation;
  readonly path: readonly Token[];
  readonly schemaPath: readonly Token[];
  readonly schema: JsonSchema;
  /** Sorts violations as the service reports them: those nearest to the root first, then in the order of its schema. */
  readonly order: readonly number[];
}

/** Walks down a schema document, and records the way. */
class SchemaWalk {
  readonly path: Token[] = [];
  readonly schemaPath: Token[] = [];
  readonly order: number[];
  schema: JsonSchema;
  readonly #document: JsonSchema;

  /** @param depth - number of steps to the value. */
  constructor(document: JsonSchema, depth: number) {
    this.schema = document;
    this.#document = document;
    this.order = [depth];
  }

  /** Moves to an item or member of the value. */
  step(name: string): void {
    const { properties, items, additionalProperties } = this.schema;
    if (isSchema(items)) {
      this.path.push(Number(name));
      this.#descend(['items'], Number(name), items);
      return;
    }
    this.path.push(name);
    if (isSchema(properties) && Object.hasOwn(properties, name)) {
      this.#descend(['properties', name], Object.keys(properties).indexOf(name), properties[name]);
    } else this.#descend(['additionalProperties'], 0, additionalProperties);
  }

  /** Moves to the part of the schema that contains a keyword. */
  findKeyword(keyword: string): void {
    const { allOf } = this.schema;
    if (this.schema[keyword] === undefined && Array.isArray(allOf)) this.#descend(['allOf', 0], 0, allOf[0]);
    this.order.push(Object.keys(this.schema).indexOf(keyword));
  }

  #descend(steps: readonly [keyword: string, ...Token[]], index: number, next: unknown): void {
    this.order.push(Object.keys(this.schema).indexOf(steps[0]), index);
    this.schemaPath.push(...steps);
    this.schema = resolve(next as JsonSchema, this.#document);
  }
}

function placeOf(violation: Violation, document: JsonSchema): Place {
  const tokens = parsePointer(violation.pointer);
  const walk = new SchemaWalk(document, tokens.length);
  for (const token of tokens) walk.step(token);
  walk.findKeyword(violation.keyword);
  const { path, schemaPath, schema, order } = walk;
  return { violation, path, schemaPath, schema, order };
}

/** Whether the service reports a violation before another one. */
function comesFirst(one: Place, other: Place): boolean {
  const at = one.order.findIndex((part, index) => part !== other.order[index]);
  return at !== -1 && (one.order[at] as number) < (other.order[at] as number);
}

function message(violations: readonly Violation[], document: JsonSchema): string {
  const places = violations.map((violation) => placeOf(violation, document));
  const { violation, path, schemaPath, schema } = places.reduce((best, place) =>
    comesFirst(place, best) ? place : best,
  );
  const unexpected = violations
    .filter(({ keyword, pointer }) => keyword === 'additionalProperties' && pointer === violation.pointer)
    .map(({ params }) => String(params['additionalProperty']))
    .sort();
  return (
    `Provided object does not match schema '${String(document['name'])}': ${describe(violation, schema, unexpected)}\n\n` +
    `Failed validating '${violation.keyword}' in schema${subscripts(schemaPath)}:\n` +
    `${indented(pythonPretty(schema, WIDTH))}\n\n` +
    `On instance${subscripts(path)}:\n${indented(pythonPretty(violation.value, WIDTH))}`
  );
}

function describe(violation: Violation, schema: JsonSchema, unexpected: readonly string[]): string {
  const value = pythonRepr(violation.value);
  switch (violation.keyword) {
    case 'type':
      return `${value} is not of type ${pythonRepr(schema['type'])}`;
    case 'enum':
      return `${value} is not one of ${pythonRepr(schema['enum'])}`;
    case 'minimum':
      return `${value} is less than the minimum of ${pythonRepr(schema['minimum'])}`;
    case 'maxLength':
      return `${value} is too long`;
    case 'minItems':
      return `${value} is too short`;
    case 'uniqueItems':
      return `${value} has non-unique elements`;
    case 'required':
      return `${pythonRepr(violation.params['missingProperty'])} is a required property`;
    default:
      return `Additional properties are not allowed (${unexpected.map(pythonRepr).join(', ')} ${
        unexpected.length === 1 ? 'was' : 'were'
      } unexpected)`;
  }
}
