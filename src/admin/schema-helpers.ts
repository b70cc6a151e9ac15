/** Short forms for the JSON Schemas of the admin API. */
import type { JsonSchema } from '../contract/schema.ts';

/** A string. */
export const text = (description: string): JsonSchema => ({ type: 'string', description });

/** A string or `null`. */
export const textOrNull = (description: string): JsonSchema => ({ type: ['string', 'null'], description });

/** An integer. */
export const integer = (description: string): JsonSchema => ({ type: 'integer', description });

/** A boolean. */
export const boolean = (description: string): JsonSchema => ({ type: 'boolean', description });

/** A time in ISO 8601. */
export const dateTime = (description: string): JsonSchema => ({ type: 'string', format: 'date-time', description });

/** A list. */
export const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

/** An object of a request: unknown members are rejected. */
export const requestBody = (
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required.length > 0 && { required }),
});

/**
 * An object of a response: every member of `always` is present, and later versions may add members.
 * @param optional - members that may be absent.
 */
export const responseBody = (
  always: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema => ({
  type: 'object',
  required: Object.keys(always),
  properties: { ...always, ...optional },
});

/** The query parameter that limits a list. */
export const LIMIT: JsonSchema = {
  type: 'integer',
  minimum: 1,
  maximum: 1000,
  description: 'Maximum number of entries; 100 when omitted.',
};

/** Allowed names of worlds and snapshots, for descriptions. */
export const NAME_RULE = '1 to 64 letters, digits, ".", "_" and "-"; generated when omitted.';
