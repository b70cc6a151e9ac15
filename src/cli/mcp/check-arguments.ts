import { InputError, type InputIssue, nearestName } from '../../index.ts';
import { type Arguments, type Tool, WORLD } from './tool.ts';

/**
 * Checks which arguments are given. Their values are checked by the server.
 * @throws InputError for unknown and missing arguments, and a world or a limit of another type.
 */
export function checkArguments({ name, properties, required = [] }: Tool, input: Arguments): void {
  const schemas = { ...properties, world: WORLD };
  const known = Object.keys(schemas);
  const unknown = Object.keys(input).filter((key) => !Object.hasOwn(schemas, key));
  const missing = required.filter((key) => input[key] === undefined);
  const mistyped = Object.entries(schemas).filter(([key, { type }]) => !hasType(input[key], type));
  const issues: readonly InputIssue[] = [
    ...unknown.map((key) => ({ pointer: `/${key}`, message: unknownMessage(key, known), allowed: known })),
    ...missing.map((key) => ({ pointer: `/${key}`, message: 'is required' })),
    ...mistyped.map(([key, { type }]) => ({
      pointer: `/${key}`,
      message: 'has another type',
      found: input[key],
      allowed: String(type),
    })),
  ];
  if (issues.length > 0) throw new InputError(`arguments of ${name}`, issues);
}

function unknownMessage(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  return nearest === undefined ? 'is no argument' : `is no argument; did you mean ${nearest}?`;
}

/** Whether a value has the type of its schema. Parameters of a query are text, so that numbers may be given as text there. */
function hasType(value: unknown, type: unknown): boolean {
  if (value === undefined) return true;
  if (type === 'string') return typeof value === 'string' || typeof value === 'number';
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'integer') return Number.isInteger(Number(value));
  return type === 'object' ? typeof value === 'object' && value !== null && !Array.isArray(value) : true;
}
