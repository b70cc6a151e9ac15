import { CERTIFICATE_KINDS } from '../../base/certificate-kinds.ts';
import { SIZE_PATTERN } from '../../base/size.ts';
import type { JsonSchema } from '../../contract/schema.ts';
import { IMAGE_STATUSES, VISIBILITIES } from '../../domain/image.ts';
import { DURATION_PATTERN } from '../../input/duration.ts';
import { COUNTED_PER, MAX_DELAY, PHASES, RULE_STAGES } from '../fault.ts';
import { FAULT_DEFINITIONS } from './fault-schema.ts';

const GLOB = '`*` matches any number of characters, `?` one.';

const glob = (description: string): JsonSchema => ({
  type: 'string',
  minLength: 1,
  description: `${description} ${GLOB}`,
});
const globs = (description: string): JsonSchema => ({
  type: 'object',
  minProperties: 1,
  additionalProperties: { type: ['string', 'null'] },
  description: `${description} ${GLOB} null: must be absent.`,
});
const bytes = (description: string): JsonSchema => ({
  type: ['integer', 'string'],
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  pattern: SIZE_PATTERN,
  description: `${description} Bytes, or a number with a unit: 2MB.`,
});
const callNumber = (description: string): JsonSchema => ({ type: 'integer', minimum: 1, description });
const TIME = '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?Z';
const moment: JsonSchema = { type: 'string', pattern: `${DURATION_PATTERN}|^${TIME}$` };
const MOMENT =
  "By the world's clock: a time after the scenario was enabled (30s, 1m30s), or a date (2026-11-21T12:00:00Z).";
const stateName = (description: string): JsonSchema => ({
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
  description,
});

const DEFINITIONS: Readonly<Record<string, JsonSchema>> = {
  match: {
    type: 'object',
    description: 'Which requests the rule matches: those that meet all given conditions.',
    additionalProperties: false,
    properties: {
      operation: {
        type: ['string', 'array'],
        minLength: 1,
        minItems: 1,
        items: { type: 'string', minLength: 1 },
        default: '*',
        description:
          'One or several operations, as dialect.operation. Both parts may contain *: image-v2.*, *.deleteImage.',
      },
      discovery: {
        type: 'boolean',
        description:
          'Whether patterns of operations match those by which clients discover versions before they use a service. Default: ' +
          'true; for one-off faults, false. An operation that is named in full always matches.',
      },
      method: { enum: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'], description: 'The method of the operation.' },
      image: { $ref: '#/definitions/image' },
      project: glob('Id or name of the project that sends the request.'),
      user: glob('Id or name of the user who sends the request.'),
      client: glob('Name of the client: its X-Sideglance-Client header, or else its User-Agent.'),
      header: globs('Request headers by name.'),
      query: globs('Query parameters by name.'),
      size: { $ref: '#/definitions/size' },
      body: {
        type: 'object',
        minProperties: 1,
        propertyNames: { pattern: '^(/|$)' },
        description:
          'Values in the JSON body, by JSON pointer. `*` as a step of the pointer is any element of a list or any member of ' +
          `an object: /*/path. Text is a glob: ${GLOB} Other values must be equal.`,
      },
    },
  },
  size: {
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    description:
      'Size of the request body: its Content-Length, or the bytes that arrived. A chunked upload announces no size and does ' +
      'not match; "received" counts its bytes.',
    properties: { over: bytes('Smaller than the body.'), upTo: bytes('As large as the body, or larger.') },
  },
  image: {
    type: 'object',
    description: 'The image in the path of the request.',
    minProperties: 1,
    additionalProperties: false,
    properties: {
      id: glob('Its id.'),
      name: glob('Its name.'),
      tag: glob('One of its tags.'),
      status: { enum: IMAGE_STATUSES, description: 'Its status, as the Image API names it.' },
      visibility: { enum: VISIBILITIES, description: 'Its visibility, as the Image API names it.' },
      property: {
        type: 'object',
        minProperties: 1,
        additionalProperties: { type: 'string' },
        description: `Its custom properties, by name. ${GLOB}`,
      },
    },
  },
  calls: {
    type: ['integer', 'object'],
    minimum: 1,
    description:
      'For which of the matching requests the rule fires. Default: for all of them. A number: for so many requests, from the first; ' +
      '3 is { to: 3 }.',
    additionalProperties: false,
    properties: {
      per: {
        enum: COUNTED_PER,
        default: 'rule',
        description: 'What has its own counter; rule: one counter for all requests.',
      },
      from: callNumber('Number of the first request, from 1.'),
      to: callNumber('Number of the last request.'),
      every: callNumber('Fires for every n-th request.'),
      only: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: callNumber('Number of a request.'),
        description: 'Fires for the requests with these numbers only.',
      },
      chance: {
        type: 'number',
        exclusiveMinimum: 0,
        maximum: 1,
        description: 'Share of the requests, drawn from the seed.',
      },
      times: callNumber('Maximum number of times that the rule fires.'),
      after: { ...moment, description: `Fires from this time on. ${MOMENT}` },
      until: { ...moment, description: `Fires until this time. ${MOMENT}` },
      for: {
        type: 'string',
        pattern: DURATION_PATTERN,
        description: "Fires for this time after it first fired, by the world's clock: 30s, 1m30s.",
      },
    },
  },
  ...FAULT_DEFINITIONS,
  rule: {
    type: 'object',
    additionalProperties: false,
    required: ['match'],
    description: 'A rule has a fault or a sequence. Both may be omitted with goto, and with phase twice or late.',
    properties: {
      when: stateName('The state in which the rule applies.'),
      goto: stateName(
        'The state of the scenario after the rule fires, or after the last fault of its sequence. It applies from the next ' +
          'request on.',
      ),
      match: { $ref: '#/definitions/match' },
      calls: { $ref: '#/definitions/calls' },
      fault: { $ref: '#/definitions/fault' },
      sequence: {
        type: 'array',
        minItems: 1,
        items: { $ref: '#/definitions/fault' },
        description:
          'Faults for consecutive requests, one for each; pass passes a request. The last entry may be a word that sets what ' +
          'follows: pass (the default) passes all requests, repeat starts over, last repeats the last fault.',
      },
      stage: {
        enum: RULE_STAGES,
        default: 'after-auth',
        description:
          'When the rule is evaluated. before-auth: before the token is checked and before a body is rejected as too large, ' +
          'as in a gateway in front of the service. The caller is not known there. after-auth: for requests with a valid token.',
      },
      phase: {
        type: ['string', 'object'],
        pattern: `^(${PHASES.join('|')})$`,
        examples: PHASES,
        default: 'before',
        required: ['late'],
        additionalProperties: false,
        properties: { late: { $ref: '#/definitions/late' } },
        description:
          'When the effect of the request takes place. before: never, there is only the fault. after: before the fault. ' +
          'twice: two times, as if a proxy repeated the request; without a fault, the client receives the second response. ' +
          '{ late: ... }: after the response; without a fault, the client receives a success.',
      },
      undocumented: {
        type: 'boolean',
        default: false,
        description: 'Allows statuses that the reference of the API does not list for the operation.',
      },
    },
  },
  late: {
    type: 'object',
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
    description: 'How long after the response the effect takes place.',
    properties: {
      seconds: {
        type: 'number',
        exclusiveMinimum: 0,
        maximum: MAX_DELAY / 1000,
        description: "Seconds by the world's clock.",
      },
      polls: {
        type: 'integer',
        minimum: 1,
        maximum: 10_000,
        description:
          'Number of reads that still return the old state: reads of the image in the path, or all reads of the API if there is ' +
          'no image in the path.',
      },
    },
  },
  states: {
    type: 'object',
    additionalProperties: false,
    required: ['initial'],
    description: 'Makes the scenario a state machine: rules with when apply in one state, and goto changes the state.',
    properties: {
      initial: stateName('The initial state.'),
      per: {
        enum: COUNTED_PER,
        default: 'rule',
        description: 'What has its own state; rule: one state for all requests.',
      },
      byHand: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: stateName('A state.'),
        description: 'States that no rule leads to and that are set through the admin API.',
      },
    },
  },
  scenario: {
    type: 'object',
    additionalProperties: false,
    required: ['scenario'],
    if: { required: ['certificate'], properties: { certificate: true } },
    else: { required: ['rules'], properties: { rules: true } },
    properties: {
      $schema: { type: 'string', description: 'Path of the schema, for editors.' },
      scenario: {
        type: 'string',
        pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$',
        description: 'Name of the scenario.',
      },
      description: { type: 'string', description: 'What happens in the scenario.' },
      expect: { type: 'string', description: 'What a correct client does in the scenario.' },
      enabled: { type: 'boolean', default: false, description: 'Enables the scenario in every new world.' },
      states: { $ref: '#/definitions/states' },
      certificate: {
        enum: CERTIFICATE_KINDS,
        description:
          'Certificate that the ports of the process present to new connections while the scenario is enabled in the default ' +
          'world. For servers with TLS.',
      },
      rules: { type: 'array', minItems: 1, items: { $ref: '#/definitions/rule' } },
    },
  },
};

/** Schema of one scenario. */
export const SCENARIO_SCHEMA: JsonSchema = { definitions: DEFINITIONS, ...DEFINITIONS['scenario'] };

/** Schema of one rule, for one-off faults. */
export const RULE_SCHEMA: JsonSchema = { definitions: DEFINITIONS, ...DEFINITIONS['rule'] };

/** Schema of a scenario file: one scenario, or a list of them. */
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
