import { explain } from '../contract/explain.ts';
import { compile } from '../contract/schema.ts';
import { InputError } from '../input/input-error.ts';
import { operations } from './contract.ts';

export type OperationId = keyof typeof import('./contract.ts').contract.operations;

const checks = new Map<object, ReturnType<typeof compile>>();

const checkOf = (schema: Readonly<Record<string, unknown>>): ReturnType<typeof compile> => {
  let check = checks.get(schema);
  if (check === undefined) {
    check = compile(schema);
    checks.set(schema, check);
  }
  return check;
};

/**
 * Holds a body against the schema of an operation.
 * @throws InputError with all that is wrong.
 */
export function assertValidBody(id: OperationId, body: unknown): void {
  const schema = operations[id]?.request;
  if (schema === undefined) return;
  const violations = checkOf(schema)(body);
  if (violations.length > 0) throw new InputError('body', explain(violations, schema));
}

/**
 * Holds query parameters, which are text, against the schemas of an operation.
 * @throws InputError for the first that is wrong.
 */
export function assertValidQuery(id: OperationId, query: URLSearchParams): void {
  const schemas = operations[id]?.query ?? {};
  for (const [name, text] of query) {
    const schema = schemas[name];
    if (schema === undefined) {
      const names = Object.keys(schemas);
      const allowed = names.length === 0 ? 'no query parameter' : names;
      throw new InputError('query', [
        { pointer: `/${name}`, message: 'there is no such query parameter', found: text, allowed },
      ]);
    }
    const value = schema['type'] === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
    const violations = checkOf(schema)(value);
    if (violations.length > 0) {
      const issues = explain(violations, schema).map((issue) => ({ ...issue, pointer: `/${name}` }));
      throw new InputError('query', issues);
    }
  }
}
