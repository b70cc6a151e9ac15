import type { JsonSchema } from '../../../contract/schema.ts';

/** Shape of a JSON patch: a list of steps. */
export const JSON_PATCH_SHAPE: JsonSchema = { type: 'array', items: { type: 'object' } };
