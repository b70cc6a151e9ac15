import { compile, type JsonSchema } from '../contract/schema.ts';
import { describeViolations } from '../contract/schema-errors.ts';
import { InputError } from '../input/input-error.ts';
import type { AnyAdminOperation } from './operation.ts';

const checks = new Map<JsonSchema, ReturnType<typeof compile>>();

function checkOf(schema: JsonSchema): ReturnType<typeof compile> {
  let check = checks.get(schema);
  if (check === undefined) {
    check = compile(schema);
    checks.set(schema, check);
  }
  return check;
}

/**
 * Checks a body against the request schema of an operation.
 * @throws InputError with all violations.
 */
export function assertValidBody({ request }: Pick<AnyAdminOperation, 'request'>, body: unknown): void {
  if (request === undefined) return;
  const violations = checkOf(request)(body);
  if (violations.length > 0) throw new InputError('body', describeViolations(violations, request));
}

/**
 * Checks query parameters against the schemas of an operation, and converts integers and booleans.
 * @param parameters - names and values; a library method passes numbers, an HTTP request only text.
 * @throws InputError for the first invalid parameter.
 */
export function parseQuery(
  { query: schemas = {} }: Pick<AnyAdminOperation, 'query'>,
  parameters: Iterable<readonly [string, unknown]>,
): Readonly<Record<string, unknown>> {
  const parsed: Record<string, unknown> = {};
  for (const [name, given] of parameters) {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (schema === undefined) throw unknownParameter(name, given, Object.keys(schemas));
    const text = String(given);
    const value = converted(text, schema['type']);
    const violations = checkOf(schema)(value);
    if (violations.length > 0) {
      const issues = describeViolations(violations, schema).map((issue) => ({ ...issue, pointer: `/${name}` }));
      throw new InputError('query', issues);
    }
    // The first value counts when a parameter is repeated.
    parsed[name] ??= value;
  }
  return parsed;
}

/** Converts the text of a parameter to its type; a text that does not fit stays, and its schema rejects it. */
function converted(text: string, type: unknown): unknown {
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

const unknownParameter = (name: string, found: unknown, names: readonly string[]): InputError =>
  new InputError('query', [
    {
      pointer: `/${name}`,
      message: 'unknown query parameter',
      found,
      allowed: names.length === 0 ? 'no query parameter' : names,
    },
  ]);
