import { SIZE_PATTERN } from '../../base/size.ts';
import type { JsonSchema } from '../../contract/schema.ts';
import { PACE_RULES, PROGRESS_MEMBERS } from '../../domain/tasks/progress-schema.ts';
import { BEHAVIOR_MEMBERS } from '../../domain/web-schema.ts';
import { DURATION_PATTERN } from '../../input/duration.ts';
import { type Corruption, LIMITED_BY, MAX_DELAY } from '../fault.ts';
import { CORRUPTION_FORMS, CORRUPTIONS, type FaultMember } from '../fault-kinds.ts';
import { OBSERVED } from '../observed.ts';
import { ALTER_SCHEMA, HEADERS } from './alter-schema.ts';

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
  description: 'Which message the fault affects. response: the response. request: the body of an upload.',
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
    description: 'JSON pointer to a member of the JSON body whose value gets another type.',
  },
  flip: bytes('Offset of the body byte, from 0, in which one bit is flipped.'),
  length: {
    type: 'integer',
    not: { const: 0 },
    description: 'Number of bytes to add to Content-Length: 5 announces five bytes more than are sent.',
  },
};

/** Members of `fault` that describe the response of `answer`. */
type ResponseMember = 'retryAfter' | 'body' | 'headers' | 'message' | 'code' | 'problem' | 'received';

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
        description: 'A response of a proxy, with its headers and its body. These are undocumented in all APIs.',
      },
    },
    description:
      'Status of the response, with the error body that the API uses for it; or { observed: name } for a response of a ' +
      'proxy.',
  },
  alter: { $ref: '#/definitions/alter' },
  limit: { $ref: '#/definitions/limit' },
  retryAfter: { $ref: '#/definitions/retryAfter' },
  body: { description: 'Replaces the response body. Text is sent as it is, any other value as JSON.' },
  headers: HEADERS,
  message: { type: 'string', minLength: 1, description: 'Message in the error body.' },
  code: {
    type: 'string',
    minLength: 1,
    description:
      'Code in the error body, for APIs with error codes: IMG.0144, APIGW.0308. The message is that of the cause with ' +
      'this code, or the meaning of the code if the operation has none.',
  },
  problem: {
    type: 'string',
    minLength: 1,
    description:
      'Reason for the error, with the words of the service and the values of the request: image-protected, over-limit. ' +
      'Default: the reason that the request itself has for the status, or the first one of the operation.',
  },
  delay: { $ref: '#/definitions/delay' },
  progress: { $ref: '#/definitions/progress' },
  source: { $ref: '#/definitions/source' },
  hold: { $ref: '#/definitions/hold' },
  received: {
    type: ['integer', 'string'],
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    pattern: SIZE_PATTERN,
    description:
      'Sends the response once this many bytes of the upload have arrived: bytes, or a number with a unit. A shorter upload ' +
      'gets the natural response. 0: before any of it is read.',
  },
  stall: { $ref: '#/definitions/stall' },
  slow: { $ref: '#/definitions/slow' },
  slice: { $ref: '#/definitions/slice' },
  slowClose: { $ref: '#/definitions/slowClose' },
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
      'Delay before the response: milliseconds, a time with a unit (250ms, 2s, 1m), a random distribution (drawn from the ' +
      "seed), or a time by the world's clock.",
    properties: {
      clock: { $ref: '#/definitions/time' },
      uniform: {
        type: 'object',
        required: ['from', 'to'],
        additionalProperties: false,
        properties: { from: milliseconds('Shortest delay.'), to: milliseconds('Longest delay.') },
      },
      lognormal: {
        type: 'object',
        required: ['median', 'sigma'],
        additionalProperties: false,
        properties: {
          median: milliseconds('Half of the delays are shorter.'),
          sigma: { type: 'number', exclusiveMinimum: 0, maximum: 5, description: 'Spread of the delays.' },
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
    description:
      'The Retry-After header: seconds; { date: seconds } for an HTTP date; absent for no header; malformed for an invalid ' +
      'value, or { malformed: text } for a given one.',
    properties: {
      date: {
        type: 'integer',
        minimum: 0,
        maximum: 31_536_000,
        description: 'Seconds from now; sent as an HTTP date.',
      },
      malformed: { type: 'string', minLength: 1, pattern: '^[ -~]+$', description: 'Value to send as it is.' },
    },
  },
  fault: {
    type: ['object', 'string'],
    description:
      'What happens to a request: a response, a delay, and at most one of stall, slow, slice, slowClose, cut and corrupt. In a sequence, also ' +
      'the words pass, repeat and last.',
    pattern: '^(pass|repeat|last)$',
    examples: ['pass', 'repeat', 'last'],
    minProperties: 1,
    additionalProperties: false,
    properties: FAULT_PROPERTIES,
  },
  alter: ALTER_SCHEMA,
  limit: {
    type: 'object',
    required: ['requests', 'per'],
    additionalProperties: false,
    description:
      'A rate limit (token bucket). Requests within the limit pass. Requests over it get the response in "answer", or by ' +
      'default 413 or 429 if the operation documents it, otherwise the 429 of Repose. Retry-After is the time until the next ' +
      'token.',
    properties: {
      requests: {
        type: 'integer',
        minimum: 1,
        maximum: 1_000_000,
        description: 'Number of tokens in a full bucket; each request takes one.',
      },
      per: {
        type: 'string',
        pattern: DURATION_PATTERN,
        description: "Time by the world's clock in which an empty bucket refills, evenly: 1m, 1h30m.",
      },
      by: {
        enum: LIMITED_BY,
        default: 'world',
        description: 'What has its own bucket; world: one bucket for all requests.',
      },
    },
  },
  progress: {
    type: 'object',
    required: ['by'],
    additionalProperties: false,
    description:
      'Progress and failure of the task that the request starts: an upload, an import, an image of a server, a job.',
    properties: PROGRESS_MEMBERS,
    ...PACE_RULES,
  },
  source: {
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    description:
      'Behavior of the address that the request downloads from, in a web-download, an import task or a location. Applies ' +
      'to every address.',
    properties: {
      ...BEHAVIOR_MEMBERS,
      text: { type: 'string', description: 'Replaces the data by the bytes of this text in UTF-8.' },
    },
  },
  hold: {
    type: ['boolean', 'number', 'string'],
    minimum: 1,
    maximum: MAX_DELAY,
    pattern: '^[0-9]+(\\.[0-9]+)?(ms|s|m)$',
    description:
      'Holds the request until somebody lets it go, changes it or answers it by hand, through the admin API or the console: before the ' +
      'operation, or with phase after, before the response is sent. true: for 60 seconds at most. Otherwise the longest time: ' +
      'milliseconds, or a time with a unit (500ms, 30s, 5m).',
  },
  stall: {
    type: ['boolean', 'object'],
    minProperties: 1,
    additionalProperties: false,
    description:
      'Stops sending and keeps the connection open. true: before the first byte, until the client disconnects. The members ' +
      'set when and for how long.',
    properties: {
      after: bytes('Bytes of the body to send before the stall; 0 sends status and headers only.'),
      for: { $ref: '#/definitions/time' },
      on: ON,
    },
  },
  slow: {
    type: ['integer', 'object'],
    minimum: 1,
    required: ['bytesPerSecond'],
    additionalProperties: false,
    description: 'Sends the body slowly: bytes per second.',
    properties: {
      bytesPerSecond: { type: 'integer', minimum: 1, description: 'Bytes of the body per second.' },
      on: ON,
    },
  },
  slice: {
    type: ['integer', 'object'],
    minimum: 1,
    required: ['bytes'],
    additionalProperties: false,
    description: 'Sends the body in slices of this many bytes, each in a packet of its own.',
    properties: {
      bytes: { type: 'integer', minimum: 1, description: 'Bytes of a slice on average.' },
      variation: {
        type: 'integer',
        minimum: 0,
        default: 0,
        description: 'Slices are larger or smaller by up to this many bytes, in the same order each time.',
      },
      delay: { $ref: '#/definitions/time' },
      on: ON,
    },
  },
  slowClose: {
    type: ['number', 'string'],
    minimum: 0,
    maximum: MAX_DELAY,
    pattern: '^[0-9]+(\\.[0-9]+)?(ms|s|m)$',
    description:
      'Announces that the connection closes after the response, and closes it after this time: milliseconds, or a time with ' +
      'a unit (250ms, 2s, 1m).',
  },
  cut: {
    type: ['string', 'object'],
    pattern: '^(reset|empty|garbage|chunk)$',
    examples: ['reset', 'empty', 'garbage', 'chunk'],
    required: ['after'],
    additionalProperties: false,
    description:
      'Breaks the connection. reset: resets it without a response. empty: closes it without a response. garbage: sends bytes ' +
      'that are not HTTP. chunk: sends a chunked body with an invalid chunk. The members end it after a number of bytes.',
    properties: {
      after: bytes('Bytes to send before the connection ends.'),
      of: { enum: ['head', 'body'], default: 'body', description: 'Where the bytes are counted.' },
      by: {
        enum: ['close', 'reset'],
        default: 'close',
        description: 'close: closes the connection normally (FIN). reset: resets it (RST).',
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
      'Corrupts the response. checksum: changes the digests in headers and in a JSON body. json: drops the second half of ' +
      'the body. Or one of the members below.',
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
