import type { JsonSchema } from '../../contract/schema.ts';

const HEADER_NAME = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$";

/** Schema of headers that a rule adds, replaces or removes. */
export const HEADERS: JsonSchema = {
  type: 'object',
  propertyNames: { pattern: HEADER_NAME },
  additionalProperties: { type: ['string', 'null'], pattern: '^[\\t -~]*$' },
  description: 'Headers to add or replace, spelled as they are sent; null removes a header.',
};

const POINTER = '^/';
const ANY = '`*` stands for every element of a list and every member of an object.';

/** Schema of `alter`. */
export const ALTER_SCHEMA: JsonSchema = {
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  description:
    'Changes the natural response of the request, whether it is a success or an error. The request has its effect. What ' +
    'is not mentioned stays.',
  properties: {
    status: {
      type: 'integer',
      minimum: 200,
      maximum: 599,
      description: 'Replaces the status. 204 and 304 also remove the body.',
    },
    headers: HEADERS,
    renameHeaders: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: HEADER_NAME },
      additionalProperties: { type: 'string', pattern: HEADER_NAME },
      description: 'New names of headers by old name; the values stay: { X-Subject-Token: x-subject-token }.',
    },
    body: { description: 'JSON merge patch (RFC 7396) for a JSON body: members to add or replace; null removes one.' },
    set: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: POINTER },
      description: `New values in a JSON body, by JSON pointer; null is a value here. ${ANY}`,
    },
    remove: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', pattern: POINTER },
      description: `JSON pointers of parts to remove from a JSON body. ${ANY}`,
    },
  },
};
