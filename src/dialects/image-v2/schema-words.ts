import { compile, type JsonSchema, type Violation } from '../../contract/schema.ts';
import { GlanceRefusal } from '../glance/errors.ts';
import { pythonPretty, pythonRepr } from '../glance/python-repr.ts';
import { IMAGE_PROPERTIES, IMAGE_REQUEST, OTHER_PROPERTY } from './schemas.ts';

const checkImage = compile(IMAGE_REQUEST);

/** @throws GlanceRefusal 400 where attributes of an image break its schema. */
export function checkAttributes(attributes: Readonly<Record<string, unknown>>): void {
  const violations = checkImage(attributes);
  if (violations.length > 0) throw new GlanceRefusal(400, violationMessage(violations));
}

/** A schema as the service words its violations. */
export interface WordedSchema {
  readonly name: string;
  /** The whole document, for what is wrong with the body as such. */
  readonly document: JsonSchema;
  readonly properties: Readonly<Record<string, JsonSchema>>;
  /** Whether a wrong type is told before anything else that is wrong with the same value. */
  readonly isTypeFirst: boolean;
  /** What further properties must be; nothing where there may be none. */
  readonly others?: JsonSchema;
}

const IMAGE_WORDS: WordedSchema = {
  name: 'image',
  document: {},
  properties: IMAGE_PROPERTIES,
  isTypeFirst: true,
  others: OTHER_PROPERTY,
};

/** What the service says of a body that breaks a schema: one violation, with schema and value in full. */
export function violationMessage(violations: readonly Violation[], words: WordedSchema = IMAGE_WORDS): string {
  const violation = gravest(violations, words);
  const path = tokensOf(violation.pointer);
  const { schema, place } = locate(path, words);
  const value = pythonRepr(violation.value);
  const keyword = violation.keyword;
  return (
    `Provided object does not match schema '${words.name}': ${fault(violation, schema, value)}\n\n` +
    `Failed validating '${keyword}' in schema${subscripts(place)}:\n${indented(pythonPretty(schema, WIDTH))}\n\n` +
    `On instance${subscripts(path)}:\n${indented(pythonPretty(violation.value, WIDTH))}`
  );
}

/** Widest line of a schema or value that is quoted. */
export const WIDTH = 72;

/** The one to tell: nearest to the root, a wrong type before anything else, then by the order of the schema. */
function gravest(violations: readonly Violation[], { properties, isTypeFirst }: WordedSchema): Violation {
  const order = Object.keys(properties);
  const rank = (violation: Violation): readonly number[] => {
    const path = tokensOf(violation.pointer);
    const at = order.indexOf(String(path[0]));
    return [path.length, (violation.keyword === 'type') === isTypeFirst ? 0 : 1, at === -1 ? order.length : at];
  };
  return violations.reduce((best, violation) => {
    const one = rank(violation);
    const other = rank(best);
    const differing = one.findIndex((part, index) => part !== other[index]);
    return differing !== -1 && (one[differing] as number) < (other[differing] as number) ? violation : best;
  });
}

/** One step of the way to a value: a name or a place in a list. */
export type Token = string | number;

const tokensOf = (pointer: string): readonly Token[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((token, index) =>
          index > 0 && /^\d+$/.test(token) ? Number(token) : token.replaceAll('~1', '/').replaceAll('~0', '~'),
        );

/** The part of the image's schema that a value stands under, and the way to it. */
function locate(
  path: readonly Token[],
  { document, properties, others }: WordedSchema,
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

function fault({ keyword, params }: Violation, schema: JsonSchema, value: string): string {
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

/** The way to a value, as Python writes it. */
export const subscripts = (path: readonly Token[]): string => path.map((token) => `[${pythonRepr(token)}]`).join('');

/** Lines moved in by four. */
export const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
