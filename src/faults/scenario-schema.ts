import type { JsonSchema } from '../contract/schema.ts';
import { IMAGE_STATUSES, VISIBILITIES } from '../domain/image.ts';
import { COUNTED_PER } from './fault.ts';

/** The longest wait that a fault may ask for, in milliseconds: an hour. */
export const MOST_DELAY = 3_600_000;

const GLOB = '`*` stands for any run of characters, `?` for one.';

const glob = (description: string): JsonSchema => ({
  type: 'string',
  minLength: 1,
  description: `${description} ${GLOB}`,
});
const globs = (description: string): JsonSchema => ({
  type: 'object',
  minProperties: 1,
  additionalProperties: { type: ['string', 'null'] },
  description: `${description} ${GLOB} null: it must not be there.`,
});
const callNumber = (description: string): JsonSchema => ({ type: 'integer', minimum: 1, description });
const milliseconds = (description: string): JsonSchema => ({
  type: 'number',
  minimum: 0,
  maximum: MOST_DELAY,
  description,
});

const DEFINITIONS: Readonly<Record<string, JsonSchema>> = {
  match: {
    type: 'object',
    description: 'What a call must be like for the rule; all that is given must hold.',
    additionalProperties: false,
    properties: {
      operation: {
        type: ['string', 'array'],
        minLength: 1,
        minItems: 1,
        items: { type: 'string', minLength: 1 },
        description: 'dialect.operation, or several; * is allowed on either side: image-v2.*, *.deleteImage.',
      },
      method: { enum: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'], description: 'The method of the operation.' },
      image: { $ref: '#/definitions/image' },
      project: glob('Id or name of the project that calls.'),
      user: glob('Id or name of the user that calls.'),
      header: globs('Request headers by name.'),
      query: globs('Query parameters by name.'),
      body: {
        type: 'object',
        minProperties: 1,
        propertyNames: { pattern: '^(/|$)' },
        description: `Values of the JSON body by JSON pointer. Text is a glob (${GLOB}) and anything else must be equal.`,
      },
    },
  },
  image: {
    type: 'object',
    description: 'The image that the call names in its path.',
    minProperties: 1,
    additionalProperties: false,
    properties: {
      id: glob('Its id.'),
      name: glob('Its name.'),
      tag: glob('One of its tags.'),
      status: { enum: IMAGE_STATUSES, description: 'Its status, in the words of the Image API.' },
      visibility: { enum: VISIBILITIES, description: 'Its visibility, in the words of the Image API.' },
      property: {
        type: 'object',
        minProperties: 1,
        additionalProperties: { type: 'string' },
        description: `Its further properties by name. ${GLOB}`,
      },
    },
  },
  calls: {
    type: 'object',
    description: 'Which of the calls that come to the rule it takes; all of them when left out.',
    additionalProperties: false,
    properties: {
      per: { enum: COUNTED_PER, description: 'What is counted on its own; rule counts all calls together.' },
      from: callNumber('The first call that it takes.'),
      to: callNumber('The last call that it takes.'),
      every: callNumber('Takes every n-th call.'),
      only: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: callNumber('A call that it takes.'),
        description: 'Takes these calls alone.',
      },
      chance: { type: 'number', exclusiveMinimum: 0, maximum: 1, description: 'Share of the calls, by the seed.' },
    },
  },
  delay: {
    type: ['number', 'string', 'object'],
    minimum: 0,
    maximum: MOST_DELAY,
    pattern: '^[0-9]+(\\.[0-9]+)?(ms|s|m)$',
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
    description: 'Milliseconds, a time with a unit (250ms, 2s, 1m), or a distribution that the seed draws from.',
    properties: {
      uniform: {
        type: 'object',
        required: ['from', 'to'],
        additionalProperties: false,
        properties: { from: milliseconds('The shortest.'), to: milliseconds('The longest.') },
      },
      lognormal: {
        type: 'object',
        required: ['median', 'sigma'],
        additionalProperties: false,
        properties: {
          median: milliseconds('Half of the waits are shorter.'),
          sigma: { type: 'number', exclusiveMinimum: 0, maximum: 5, description: 'How far they spread.' },
        },
      },
    },
  },
  retryAfter: {
    type: ['integer', 'string', 'object'],
    minimum: 0,
    maximum: 31_536_000,
    pattern: '^(absent|malformed)$',
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
    description: 'Retry-After: seconds; { date: seconds } as an HTTP date; absent; malformed, or { malformed: text }.',
    properties: {
      date: {
        type: 'integer',
        minimum: 0,
        maximum: 31_536_000,
        description: 'Seconds from now, sent as an HTTP date.',
      },
      malformed: { type: 'string', minLength: 1, pattern: '^[ -~]+$', description: 'Sent as it is.' },
    },
  },
  fault: {
    type: ['object', 'string'],
    description:
      'What becomes of a call: an answer, a delay, or both. In a sequence also the words pass, repeat and last.',
    pattern: '^(pass|repeat|last)$',
    minProperties: 1,
    additionalProperties: false,
    properties: {
      answer: { type: 'integer', minimum: 200, maximum: 599, description: 'Status, worded as the dialect does.' },
      retryAfter: { $ref: '#/definitions/retryAfter' },
      body: { description: 'In place of the body of the dialect; all but text is sent as JSON.' },
      headers: {
        type: 'object',
        propertyNames: { pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" },
        additionalProperties: { type: ['string', 'null'], pattern: '^[\\t -~]*$' },
        description: 'Beside and in place of the headers of the dialect; null leaves one out.',
      },
      message: { type: 'string', minLength: 1, description: 'The message inside the error body of the dialect.' },
      code: {
        type: 'string',
        minLength: 1,
        description: 'The code inside the error body, for APIs that have codes: IMG.0144, APIGW.0308.',
      },
      delay: { $ref: '#/definitions/delay' },
    },
  },
  rule: {
    type: 'object',
    additionalProperties: false,
    required: ['match'],
    description: 'Has either a fault or a sequence.',
    properties: {
      match: { $ref: '#/definitions/match' },
      calls: { $ref: '#/definitions/calls' },
      fault: { $ref: '#/definitions/fault' },
      sequence: {
        type: 'array',
        minItems: 1,
        items: { $ref: '#/definitions/fault' },
        description:
          'Faults in turn, one for each call taken; pass lets one through. The last word says what follows: ' +
          'pass (also when left out), repeat (from the start), last (the last fault stays).',
      },
      phase: {
        enum: ['before', 'after'],
        description: 'after: the effect takes place, then the client hears the fault.',
      },
      undocumented: {
        type: 'boolean',
        description: 'Allows statuses that the document of an operation does not list.',
      },
    },
  },
  scenario: {
    type: 'object',
    additionalProperties: false,
    required: ['scenario', 'rules'],
    properties: {
      scenario: {
        type: 'string',
        pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$',
        description: 'Its name.',
      },
      description: { type: 'string', description: 'What happens, for people.' },
      expect: { type: 'string', description: 'What a good client does when it meets this.' },
      enabled: { type: 'boolean', description: 'Plays from the start; false when left out.' },
      rules: { type: 'array', minItems: 1, items: { $ref: '#/definitions/rule' } },
    },
  },
};

/** One scenario. */
export const SCENARIO_SCHEMA: JsonSchema = { definitions: DEFINITIONS, ...DEFINITIONS['scenario'] };

/** One rule on its own, as a one-off fault is given. */
export const RULE_SCHEMA: JsonSchema = { definitions: DEFINITIONS, ...DEFINITIONS['rule'] };

/** A scenario file: one scenario, or a list of them. */
export const SCENARIO_FILE_SCHEMA: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Sideglance scenario file',
  description: 'One scenario, or a list of them.',
  definitions: DEFINITIONS,
  if: { type: 'array' },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { type: 'array', minItems: 1, items: { $ref: '#/definitions/scenario' } },
  else: { $ref: '#/definitions/scenario' },
};
