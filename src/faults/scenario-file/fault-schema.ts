import type { JsonSchema } from '../../contract/schema.ts';
import { PACE_RULES, PROGRESS_MEMBERS } from '../../domain/tasks/progress-schema.ts';
import { DURATION_PATTERN } from '../../input/duration.ts';
import { type Corruption, LIMITED_BY, MAX_DELAY } from '../fault.ts';
import { CORRUPTION_FORMS, CORRUPTIONS, type FaultMember } from '../fault-kinds.ts';
import { OBSERVED } from '../observed.ts';

const milliseconds = (description: string): JsonSchema => ({
  type: 'number',
  minimum: 0,
  maximum: MAX_DELAY,
  description,
});
const bytes = (description: string): JsonSchema => ({
  type: 'integer',
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description,
});

const ON: JsonSchema = {
  enum: ['response', 'request'],
  default: 'response',
  description: 'response: what the client hears. request: an upload on its way in.',
};

/** Kinds of corruption that are written as a word. */
type CorruptionWord = {
  [K in Corruption['what']]: (typeof CORRUPTION_FORMS)[K] extends 'word' ? K : never;
}[Corruption['what']];

const CORRUPTION_WORDS = CORRUPTIONS.filter((what) => CORRUPTION_FORMS[what] === 'word');

/** Kinds of corruption that are written as a member with a value. */
const CORRUPTION_SCHEMAS: Readonly<Record<Exclude<Corruption['what'], CorruptionWord>, JsonSchema>> = {
  type: {
    type: 'string',
    pattern: '^/',
    description: 'JSON pointer to a member of the body that gets another type.',
  },
  flip: bytes('Offset of the body byte, from 0, in which one bit is flipped.'),
  length: {
    type: 'integer',
    not: { const: 0 },
    description: 'By how many bytes Content-Length is wrong: 5 announces five more than come.',
  },
};

/** Members of `fault` that describe the response of `answer`. */
type ResponseMember = 'retryAfter' | 'body' | 'headers' | 'message' | 'code' | 'received';

/** The members of `fault`: one for each kind of fault, and those that describe a response. */
const FAULT_PROPERTIES: Readonly<Record<FaultMember | ResponseMember, JsonSchema>> = {
  answer: {
    type: ['integer', 'object'],
    minimum: 200,
    maximum: 599,
    required: ['observed'],
    additionalProperties: false,
    properties: {
      observed: {
        enum: OBSERVED.map(({ name }) => name),
        description: 'An answer of a proxy, with its headers and its page. No document of an API lists these.',
      },
    },
    description: 'Status, worded as the dialect does; or { observed: name }, as a proxy answers.',
  },
  limit: { $ref: '#/definitions/limit' },
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
  progress: { $ref: '#/definitions/progress' },
  received: {
    type: 'integer',
    minimum: 0,
    description: 'Answers once so many bytes of an upload came.',
  },
  stall: { $ref: '#/definitions/stall' },
  slow: { $ref: '#/definitions/slow' },
  cut: { $ref: '#/definitions/cut' },
  corrupt: { $ref: '#/definitions/corrupt' },
};

/** Definitions of a JSON Schema for faults: `fault`, and one for each kind of fault except `answer`. */
export const FAULT_DEFINITIONS: Readonly<
  Record<Exclude<FaultMember, 'answer'> | 'retryAfter' | 'fault' | 'time', JsonSchema>
> = {
  delay: {
    type: ['number', 'string', 'object'],
    minimum: 0,
    maximum: MAX_DELAY,
    pattern: '^[0-9]+(\\.[0-9]+)?(ms|s|m)$',
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
    description:
      "Milliseconds, a time with a unit (250ms, 2s, 1m), a distribution that the seed draws from, or a time by the world's clock.",
    properties: {
      clock: { $ref: '#/definitions/time' },
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
    examples: ['absent', 'malformed'],
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
      'What becomes of a call: an answer, a delay, and one thing that happens on the wire. In a sequence also the words ' +
      'pass, repeat and last.',
    pattern: '^(pass|repeat|last)$',
    examples: ['pass', 'repeat', 'last'],
    minProperties: 1,
    additionalProperties: false,
    properties: FAULT_PROPERTIES,
  },
  limit: {
    type: 'object',
    required: ['requests', 'per'],
    additionalProperties: false,
    description:
      'Lets so many calls through and answers those past it: 413 or 429 where the operation documents it, else the 429 ' +
      'of Repose, unless "answer" says what. Retry-After says when there is a token again.',
    properties: {
      requests: {
        type: 'integer',
        minimum: 1,
        maximum: 1_000_000,
        description: 'Calls that a full bucket lets through.',
      },
      per: {
        type: 'string',
        pattern: DURATION_PATTERN,
        description: "The time by the world's clock in which so many tokens come back, evenly: 1m, 1h30m.",
      },
      by: {
        enum: LIMITED_BY,
        default: 'world',
        description: 'What has a bucket of its own; world: one for all calls.',
      },
    },
  },
  progress: {
    type: 'object',
    required: ['by'],
    additionalProperties: false,
    description: 'How what the call begins gets on, and fails: an upload, an import, an image of a server, a job.',
    properties: PROGRESS_MEMBERS,
    ...PACE_RULES,
  },
  stall: {
    type: ['boolean', 'object'],
    minProperties: 1,
    additionalProperties: false,
    description: 'true: nothing comes until the client hangs up. Or when, and for how long, nothing comes.',
    properties: {
      after: bytes('Bytes of the body that come first; with 0 the head comes and nothing of the body.'),
      for: { $ref: '#/definitions/time' },
      on: ON,
    },
  },
  slow: {
    type: ['integer', 'object'],
    minimum: 1,
    required: ['bytesPerSecond'],
    additionalProperties: false,
    description: 'Bytes of the body in a second.',
    properties: {
      bytesPerSecond: { type: 'integer', minimum: 1, description: 'Bytes of the body in a second.' },
      on: ON,
    },
  },
  cut: {
    type: ['string', 'object'],
    pattern: '^(reset|empty|garbage|chunk)$',
    examples: ['reset', 'empty', 'garbage', 'chunk'],
    required: ['after'],
    additionalProperties: false,
    description:
      'reset: the connection is reset. empty: it is closed without an answer. garbage: what comes is no HTTP. chunk: the ' +
      'body comes in chunks, of which one is none. Or after how many bytes the connection goes.',
    properties: {
      after: bytes('Bytes that come first.'),
      of: { enum: ['head', 'body'], default: 'body', description: 'Of what they are.' },
      by: {
        enum: ['close', 'reset'],
        default: 'close',
        description: 'close: as at the end. reset: as by a fault of the peer.',
      },
      on: ON,
    },
  },
  corrupt: {
    type: ['string', 'object'],
    pattern: `^(${CORRUPTION_WORDS.join('|')})$`,
    examples: CORRUPTION_WORDS,
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
    description:
      'checksum: digests in headers and in a JSON body are other ones. json: the second half of the body is missing. Or ' +
      'one of the members below.',
    properties: CORRUPTION_SCHEMAS,
  },
  time: {
    type: ['number', 'string'],
    minimum: 0,
    maximum: MAX_DELAY,
    pattern: '^[0-9]+(\\.[0-9]+)?(ms|s|m)$',
    description: 'Milliseconds, or a time with a unit (250ms, 2s, 1m).',
  },
};
