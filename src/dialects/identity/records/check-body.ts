import type { JsonSchema } from '../../../contract/schema.ts';
import { pythonPretty } from '../../glance/python-pretty.ts';
import { pythonRepr } from '../../glance/python-repr.ts';
import { badRequest } from '../request-error.ts';
import { findFailure, findFailures, type SchemaFailure, type Step } from './schema-checks.ts';

/** Maximum width of the schemas and values that a message quotes. */
const WIDTH = 72;

/** How many levels of a value Keystone can quote. */
const MAX_LEVELS = 312;

/** Checks what a request body holds under its wrapper. @throws RequestError 400 with Keystone's message for the first violation. */
export function assertValid(value: unknown, schema: JsonSchema): void {
  const failure = findFailure(schema, value);
  if (failure !== undefined) badRequest(describeFailure(failure));
}

/** Checks a value, and names all violations, one a line. @throws RequestError 400. */
export function assertAllValid(value: unknown, schema: JsonSchema): void {
  const messages = [...findFailures(schema, value)].map(({ message }) => `${message}\n`);
  if (messages.length > 0) badRequest(messages.sort().join(''));
}

/** Describes a violation as Keystone does: what is wrong, the part of the schema, and the value. */
function describeFailure({ message, keyword, schema, schemaPath, value, path }: SchemaFailure): string {
  const prefix = path.length === 0 ? '' : `Invalid input for field '${path.join('/')}': `;
  return [
    prefix + message,
    `Failed validating ${pythonRepr(keyword)} in schema${subscripts(schemaPath)}:\n${indented(schema)}`,
    `On instance${subscripts(path)}:\n${indented(value)}`,
  ].join('\n\n');
}

const subscripts = (path: readonly Step[]): string => path.map((step) => `[${pythonRepr(step)}]`).join('');

const indented = (value: unknown): string => pythonPretty(value, WIDTH, MAX_LEVELS).replace(/^(?=.)/gm, '    ');
