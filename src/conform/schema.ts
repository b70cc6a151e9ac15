import { VERIFICATION } from '../admin/verify.ts';
import type { JsonSchema } from '../contract/schema.ts';
import { IMAGE_STATUSES, VISIBILITIES } from '../domain/image.ts';
import { PROFILES } from './case.ts';
import { MISTAKE_NAMES } from './mistakes.ts';
import { CASE_SOURCES } from './sources.ts';
import { APIS, TASK_NAMES } from './tasks.ts';

const text = (description: string): JsonSchema => ({ type: 'string', minLength: 1, description });

const closed = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

const listOf = (items: JsonSchema, description: string): JsonSchema => ({
  type: 'array',
  minItems: 1,
  items,
  description,
});

const WORLD: JsonSchema = {
  type: 'object',
  description: 'Fixtures, as in a fixture file. Those of a case are added to those of its file.',
};

const INPUTS = closed({
  image: text('Name of the image that the task is about: SIDEGLANCE_IMAGE_ID.'),
  name: text('Name of the image to create: SIDEGLANCE_IMAGE_NAME.'),
  file: { type: 'integer', minimum: 0, maximum: 16_777_216, description: 'Bytes of the data: SIDEGLANCE_FILE.' },
  member: text('Name of the project to share with: SIDEGLANCE_MEMBER.'),
  server: text('Name of the server: SIDEGLANCE_SERVER_ID.'),
  property: { type: 'string', pattern: '^[^=]+=', description: 'name=value: SIDEGLANCE_PROPERTY.' },
  tag: text('SIDEGLANCE_TAG.'),
  source: text('Where the data of an import is: SIDEGLANCE_SOURCE_URL.'),
  target: text('Container or store: SIDEGLANCE_TARGET.'),
  timeout: {
    type: 'integer',
    minimum: 1,
    maximum: 600,
    default: 20,
    description: 'Seconds that the client may take: SIDEGLANCE_TIMEOUT.',
  },
});

const IMAGE_STATE = {
  ...closed({
    name: text('Its name.'),
    status: { enum: IMAGE_STATUSES },
    visibility: { enum: VISIBILITIES },
    protected: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' }, description: 'Exactly these tags, in any order.' },
    properties: {
      type: 'object',
      additionalProperties: { type: ['string', 'null'] },
      description: 'Properties by name; null: absent.',
    },
    member: { enum: ['pending', 'accepted', 'rejected', 'absent'], description: 'The project to share with.' },
    data: { const: 'file', description: 'The data is that of SIDEGLANCE_FILE.' },
  }),
  minProperties: 1,
};

const COUNT: JsonSchema = {
  type: ['integer', 'object'],
  minimum: 0,
  additionalProperties: false,
  minProperties: 1,
  properties: { atLeast: { type: 'integer', minimum: 0 }, atMost: { type: 'integer', minimum: 0 } },
};

const OUTPUT: JsonSchema = {
  ...closed({
    images: text('A glob: the ids of all images whose names match it, each once.'),
    data: { enum: ['whole', 'none'], description: 'whole: the data of the image. none: no file, or an empty one.' },
    id: { const: 'created', description: 'The id of an image that was created.' },
    contains: { const: 'member', description: 'The id of the project to share with.' },
    lines: { type: 'integer', minimum: 0, description: 'The number of lines.' },
  }),
  minProperties: 1,
  maxProperties: 1,
};

const CHECKS: Readonly<Record<string, JsonSchema>> = {
  requests: listOf(VERIFICATION, 'What the journal must show, as in docs/verify.md.'),
  target: {
    anyOf: [{ enum: ['unchanged', 'gone', 'any'] }, IMAGE_STATE],
    default: 'unchanged',
    description: 'The image that the task is about, after the run.',
  },
  created: { ...COUNT, default: 0, description: 'How many images there are that were not there before.' },
  createdAs: IMAGE_STATE,
  output: { ...OUTPUT, description: 'What must be in SIDEGLANCE_OUTPUT.' },
};

const EXPECT = closed(
  {
    exit: { enum: ['success', 'failure', 'either'], description: 'What the client must report by its exit code.' },
    conduct: listOf({ type: 'string' }, 'Rules of conduct that decide this case: any finding fails it.'),
    ignore: listOf({ type: 'string' }, 'Rules of conduct that do not fit this case.'),
    ...CHECKS,
    succeeded: { ...closed(CHECKS), description: 'In addition, if the client reported success.' },
    failed: { ...closed(CHECKS), description: 'In addition, if the client reported a failure.' },
  },
  ['exit'],
);

const CASE = closed(
  {
    id: {
      type: 'string',
      pattern: '^[a-z0-9{}]+(-[a-z0-9{}]+)*$',
      description: 'Words in lower case with hyphens. The whole id is API.PROFILE.ID.',
    },
    version: { type: 'integer', minimum: 1, default: 1 },
    apis: listOf({ enum: APIS }, 'The APIs that the case is for. {api} stands for the API in all texts.'),
    variants: listOf(
      { type: 'object', minProperties: 1, propertyNames: { pattern: '^[a-z]+$' } },
      'The case is made once for each variant. {name} stands for the value of a member in all texts.',
    ),
    task: { enum: TASK_NAMES },
    title: text('What happens, in one sentence.'),
    correct: text('What a correct client does, in one sentence.'),
    source: listOf({ enum: Object.keys(CASE_SOURCES) }, 'Where it is written what a client should do.'),
    finds: listOf({ enum: MISTAKE_NAMES }, 'Mistakes of clients that fail the case.'),
    inputs: INPUTS,
    user: text('The user who logs in.'),
    world: WORLD,
    faults: listOf(
      { type: 'object' },
      'Rules as in a scenario file. $list and the other verbs stand for the operations of the API.',
    ),
    met: listOf({ type: 'object' }, 'Patterns of requests without which the case says nothing about a client.'),
    expect: EXPECT,
  },
  ['id', 'apis', 'task', 'title', 'correct', 'source', 'finds', 'expect'],
);

/** JSON Schema (draft 7) of a file with conformance cases. */
export const SUITE_SCHEMA: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Sideglance conformance cases',
  ...closed(
    {
      $schema: { type: 'string' },
      profile: { enum: PROFILES, description: 'The theme of the cases.' },
      description: text('What the cases are about.'),
      definitions: { type: 'object', description: 'Parts for YAML anchors; not read.' },
      world: WORLD,
      cases: listOf(CASE, 'The cases.'),
    },
    ['profile', 'description', 'cases'],
  ),
};
