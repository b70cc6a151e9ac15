import type { JsonSchema } from '../../contract/schema.ts';
import { IMAGE_STATUSES, VISIBILITIES } from '../../domain/image.ts';
import { DURATION_PATTERN } from '../../input/duration.ts';
import { COUNTED_PER, MAX_DELAY, PHASES } from '../fault.ts';
import { FAULT_DEFINITIONS } from './fault-schema.ts';

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
const TIME = '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?Z';
const moment: JsonSchema = { type: 'string', pattern: `${DURATION_PATTERN}|^${TIME}$` };
const MOMENT =
  "By the world's clock: so long after its scenario was enabled (30s, 1m30s), or a time (2026-11-21T12:00:00Z).";
const stateName = (description: string): JsonSchema => ({
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
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
        default: '*',
        description: 'dialect.operation, or several; * is allowed on either side: image-v2.*, *.deleteImage.',
      },
      method: { enum: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'], description: 'The method of the operation.' },
      image: { $ref: '#/definitions/image' },
      project: glob('Id or name of the project that calls.'),
      user: glob('Id or name of the user that calls.'),
      client: glob('What the client calls itself: its X-Sideglance-Client, or else its User-Agent.'),
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
      per: {
        enum: COUNTED_PER,
        default: 'rule',
        description: 'What is counted on its own; rule counts all calls together.',
      },
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
      times: callNumber('Takes so many at most.'),
      after: { ...moment, description: `Takes calls from then on. ${MOMENT}` },
      until: { ...moment, description: `Takes calls up to then. ${MOMENT}` },
      for: {
        type: 'string',
        pattern: DURATION_PATTERN,
        description: "Takes calls for so long from the first that it took, by the world's clock: 30s, 1m30s.",
      },
    },
  },
  ...FAULT_DEFINITIONS,
  rule: {
    type: 'object',
    additionalProperties: false,
    required: ['match'],
    description: 'Has either a fault or a sequence; neither is needed with goto, nor with phase twice or late.',
    properties: {
      when: stateName('The state in which the scenario must be.'),
      goto: stateName(
        'The state of the scenario after a call that the rule took; with a sequence, after the last of it. The next call ' +
          'finds it so.',
      ),
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
        type: ['string', 'object'],
        pattern: `^(${PHASES.join('|')})$`,
        examples: PHASES,
        default: 'before',
        required: ['late'],
        additionalProperties: false,
        properties: { late: { $ref: '#/definitions/late' } },
        description:
          'before: nothing happens but the fault. after: the effect takes place, then the client hears ' +
          'the fault. twice: the effect takes place twice, as where something on the way repeats the request; without a ' +
          'fault the client hears the second answer. { late: ... }: the effect comes when the answer is out; without a ' +
          'fault the client hears that all went well.',
      },
      undocumented: {
        type: 'boolean',
        default: false,
        description: 'Allows statuses that the document of an operation does not list.',
      },
    },
  },
  late: {
    type: 'object',
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
    description: 'How long after the answer the effect comes.',
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
          'Reads that find it undone: of the image that the call names, or any of that API for a call without one.',
      },
    },
  },
  states: {
    type: 'object',
    additionalProperties: false,
    required: ['initial'],
    description: 'For a scenario whose rules have when and goto.',
    properties: {
      initial: stateName('The state in which it begins.'),
      per: { enum: COUNTED_PER, default: 'rule', description: 'What has a state of its own; rule: one for all calls.' },
      byHand: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: stateName('A state.'),
        description: 'States that no rule leads to: the admin API sets them.',
      },
    },
  },
  scenario: {
    type: 'object',
    additionalProperties: false,
    required: ['scenario', 'rules'],
    properties: {
      $schema: { type: 'string', description: 'For editors.' },
      scenario: {
        type: 'string',
        pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$',
        description: 'Its name.',
      },
      description: { type: 'string', description: 'What happens, for people.' },
      expect: { type: 'string', description: 'What a good client does when it meets this.' },
      enabled: { type: 'boolean', default: false, description: 'Plays from the start.' },
      states: { $ref: '#/definitions/states' },
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
