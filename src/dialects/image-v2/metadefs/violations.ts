import { type Check, compile, type JsonSchema, type Violation } from '../../../contract/schema.ts';
import { GlanceError } from '../../glance/errors.ts';
import { pythonPretty, pythonRepr } from '../../glance/python-repr.ts';
import { indented, subscripts, type Token, WIDTH } from '../schema-messages.ts';

/** Keywords that say something about a value; the rest of a document only tells about it. */
const ASSERTIONS = ['type', 'enum', 'minimum', 'maxLength', 'minItems', 'uniqueItems', 'required'] as const;

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

const resolve = (schema: JsonSchema, document: JsonSchema): JsonSchema => {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const definitions = document['definitions'] as Readonly<Record<string, JsonSchema>>;
  return definitions[reference.slice('#/definitions/'.length)] as JsonSchema;
};

/** A schema document as one that can be held against values: references followed, annotations left out. */
function checkable(given: JsonSchema, document: JsonSchema): JsonSchema {
  const schema = resolve(given, document);
  const result: Record<string, unknown> = {};
  for (const keyword of ASSERTIONS) if (schema[keyword] !== undefined) result[keyword] = schema[keyword];
  const { properties, items, allOf, additionalProperties: others } = schema;
  const below = (value: unknown): JsonSchema => checkable(value as JsonSchema, document);
  if (isSchema(properties)) {
    result['properties'] = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, below(value)]));
  }
  if (isSchema(items)) result['items'] = below(items);
  if (Array.isArray(allOf)) result['allOf'] = allOf.map(below);
  if (others !== undefined) result['additionalProperties'] = isSchema(others) ? below(others) : others;
  return result;
}

const checks = new WeakMap<JsonSchema, Check>();

/**
 * Validates a body against a schema document.
 * @throws GlanceError 400 in the words of the service.
 */
export function checkAgainst(document: JsonSchema, body: unknown): void {
  let check = checks.get(document);
  if (check === undefined) {
    check = compile({ type: 'object', ...checkable(document, document) });
    checks.set(document, check);
  }
  const violations = check(body);
  if (violations.length > 0) throw new GlanceError(400, message(violations, document));
}

/** Where a violation is: the way to its value, the way to its schema, and when the service comes across it. */
interface Place {
  readonly violation: Violation;
  readonly path: readonly Token[];
  readonly schemaPath: readonly Token[];
  readonly schema: JsonSchema;
  readonly order: readonly number[];
}

function placeOf(violation: Violation, document: JsonSchema): Place {
  const tokens = violation.pointer === '' ? [] : violation.pointer.slice(1).split('/');
  const path: Token[] = [];
  const schemaPath: Token[] = [];
  const order: number[] = [tokens.length];
  let schema = document;
  const descend = (keyword: string, place: number, next: unknown): void => {
    order.push(Object.keys(schema).indexOf(keyword), place);
    schemaPath.push(keyword);
    schema = resolve(next as JsonSchema, document);
  };
  for (const token of tokens) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const { properties, items, additionalProperties: others } = schema;
    if (isSchema(items)) {
      path.push(Number(name));
      descend('items', Number(name), items);
    } else if (isSchema(properties) && Object.hasOwn(properties, name)) {
      path.push(name);
      descend('properties', Object.keys(properties).indexOf(name), properties[name]);
      schemaPath.push(name);
    } else {
      path.push(name);
      descend('additionalProperties', 0, others);
    }
  }
  const { allOf } = schema;
  if (schema[violation.keyword] === undefined && Array.isArray(allOf)) {
    descend('allOf', 0, allOf[0]);
    schemaPath.push(0);
  }
  order.push(Object.keys(schema).indexOf(violation.keyword));
  return { violation, path, schemaPath, schema, order };
}

/** Nearest to the root first, then as the service goes through its schema. */
function comesFirst(one: Place, other: Place): boolean {
  const at = one.order.findIndex((part, index) => part !== other.order[index]);
  return at !== -1 && (one.order[at] as number) < (other.order[at] as number);
}

function message(violations: readonly Violation[], document: JsonSchema): string {
  const places = violations.map((violation) => placeOf(violation, document));
  const { violation, path, schemaPath, schema } = places.reduce((best, place) =>
    comesFirst(place, best) ? place : best,
  );
  const further = violations
    .filter(({ keyword, pointer }) => keyword === 'additionalProperties' && pointer === violation.pointer)
    .map(({ params }) => String(params['additionalProperty']))
    .sort();
  return (
    `Provided object does not match schema '${String(document['name'])}': ${fault(violation, schema, further)}\n\n` +
    `Failed validating '${violation.keyword}' in schema${subscripts(schemaPath)}:\n` +
    `${indented(pythonPretty(schema, WIDTH))}\n\n` +
    `On instance${subscripts(path)}:\n${indented(pythonPretty(violation.value, WIDTH))}`
  );
}

function fault(violation: Violation, schema: JsonSchema, further: readonly string[]): string {
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
      return `Additional properties are not allowed (${further.map(pythonRepr).join(', ')} ${
        further.length === 1 ? 'was' : 'were'
      } unexpected)`;
  }
}
