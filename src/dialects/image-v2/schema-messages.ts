import { parsePointer } from '../../base/json-pointer.ts';
import type { JsonSchema, Violation } from '../../contract/schema.ts';
import { pythonPretty } from '../glance/python-pretty.ts';
import { pythonRepr } from '../glance/python-repr.ts';

/** A schema, with the parts that messages about its violations quote. */
export interface DescribedSchema {
  readonly name: string;
  /** The whole document, quoted for errors of the body itself. */
  readonly document: JsonSchema;
  readonly properties: Readonly<Record<string, JsonSchema>>;
  /** Whether a wrong type takes precedence over other errors of the same value. */
  readonly isTypeFirst: boolean;
  /** Schema of additional properties; omitted if there are none. */
  readonly others?: JsonSchema;
}

/** Returns the message for a body that breaks a schema: one violation, with schema and value in full. */
export function violationMessage(violations: readonly Violation[], described: DescribedSchema): string {
  const violation = mostSevere(violations, described);
  const path = tokensOf(violation.pointer);
  const { schema, place } = locate(path, described);
  const value = pythonRepr(violation.value);
  const keyword = violation.keyword;
  return (
    `Provided object does not match schema '${described.name}': ${describe(violation, schema, value)}\n\n` +
    `Failed validating '${keyword}' in schema${subscripts(place)}:\n${indented(pythonPretty(schema, WIDTH))}\n\n` +
    `On instance${subscripts(path)}:\n${indented(pythonPretty(violation.value, WIDTH))}`
  );
}

/** Maximum width of a line of a quoted schema or value. */
export const WIDTH = 72;

/** Returns the violation to report: the one nearest to the root, then by type, then in the order of the schema. */
function mostSevere(violations: readonly Violation[], { properties, isTypeFirst }: DescribedSchema): Violation {
  const order = Object.keys(properties);
  const depth = violations.reduce((least, violation) => Math.min(least, depthOf(violation)), Number.POSITIVE_INFINITY);
  const nearest = violations.filter((violation) => depthOf(violation) === depth);
  const preferred = nearest.filter(({ keyword }) => (keyword === 'type') === isTypeFirst);
  const rank = ({ pointer }: Violation): number => {
    const at = order.indexOf(String(parsePointer(pointer)[0]));
    return at === -1 ? order.length : at;
  };
  return firstBy(preferred.length > 0 ? preferred : nearest, rank);
}

/** Returns the first of the items with the lowest rank. */
function firstBy<Item>(items: readonly Item[], rank: (item: Item) => number): Item {
  let first = items[0] as Item;
  let lowest = rank(first);
  for (let at = 1; at < items.length && lowest > 0; at += 1) {
    const item = items[at] as Item;
    const ranked = rank(item);
    if (ranked < lowest) [first, lowest] = [item, ranked];
  }
  return first;
}

/** The number of steps to the value of a violation. */
function depthOf({ pointer }: Violation): number {
  let depth = 0;
  for (let at = pointer.indexOf('/'); at !== -1; at = pointer.indexOf('/', at + 1)) depth += 1;
  return depth;
}

/** One step of a path to a value: a name or an index. */
export type Token = string | number;

const tokensOf = (pointer: string): readonly Token[] =>
  parsePointer(pointer).map((token, index) => (index > 0 && /^\d+$/.test(token) ? Number(token) : token));

/** Returns the part of the schema that describes a value, and the path to it. */
function locate(
  path: readonly Token[],
  { document, properties, others }: DescribedSchema,
): {
  readonly schema: JsonSchema;
  readonly place: readonly Token[];
} {
  const [first, ...rest] = path;
  const name = String(first);
  if (first === undefined) return { schema: document, place: [] };
  if (!Object.hasOwn(properties, name)) return { schema: others ?? document, place: ['additionalProperties'] };
  let schema = properties[name] as JsonSchema;
  const place: Token[] = ['properties', name];
  for (const token of rest) {
    const step = typeof token === 'number' ? 'items' : 'properties';
    const next = schema[step] as JsonSchema;
    place.push(step);
    if (step === 'properties') place.push(token);
    schema = step === 'items' ? next : (next[token] as JsonSchema);
  }
  return { schema, place };
}

function describe({ keyword, params }: Violation, schema: JsonSchema, value: string): string {
  switch (keyword) {
    case 'type': {
      const types = [schema['type']].flat().map((type) => pythonRepr(type));
      return `${value} is not of type ${types.join(', ')}`;
    }
    case 'enum':
      return `${value} is not one of ${pythonRepr(schema['enum'])}`;
    case 'pattern':
      return `${value} does not match ${pythonRepr(schema['pattern'])}`;
    case 'maxLength':
      return `${value} is too long`;
    case 'minLength':
      return `${value} is too short`;
    case 'required':
      return `${pythonRepr(params['missingProperty'])} is a required property`;
    default:
      return `Additional properties are not allowed (${pythonRepr(params['additionalProperty'])} was unexpected)`;
  }
}

/** A path to a value in Python notation. */
export const subscripts = (path: readonly Token[]): string => path.map((token) => `[${pythonRepr(token)}]`).join('');

/** Indents the lines by four spaces. */
export const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
