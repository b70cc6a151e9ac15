import type { JsonSchema } from '../contract/schema.ts';
import { HASH_ALGORITHMS } from '../domain/data/image-data.ts';
import { FAIL_SCHEMA, PACE_MEMBERS, PACE_RULES } from '../domain/tasks/progress-schema.ts';
import { IMAGE_SCHEMA } from '../fixtures/fixture-schema.ts';
import { SETTINGS_MEMBERS } from '../fixtures/settings-schema.ts';
import { DURATION_PATTERN } from '../input/duration.ts';

const text = (description: string): JsonSchema => ({ type: 'string', description });
const whole = (description: string): JsonSchema => ({ type: 'integer', description });
const object = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required.length > 0 && { required }),
});
/** What an answer holds: members may be added later, so others are allowed. */
const answer = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const moment = (description: string): JsonSchema => ({ type: 'string', format: 'date-time', description });

/** What a world's clock can be told; at least one member. */
export const CLOCK_CHANGE: JsonSchema = {
  ...object({
    set: moment('The time to set; a frozen clock stands there, a running one runs on from there.'),
    advance: {
      type: ['number', 'string'],
      minimum: 0,
      pattern: DURATION_PATTERN,
      description: 'Moves the time on: seconds, or a text such as 90s, 5m, 1h30m.',
    },
    freeze: {
      type: ['boolean', 'string'],
      format: 'date-time',
      description: 'true stops the clock where it stands, a time stops it there, false lets it run on.',
    },
    resume: { type: 'boolean', description: 'true lets a frozen clock run on from where it stands.' },
  }),
  minProperties: 1,
};

const CLOCK: JsonSchema = answer({
  now: moment('The time in this world.'),
  frozen: { type: 'boolean', description: 'Whether it stands still.' },
});

export const WORLD_REQUEST: JsonSchema = object({
  name: text('1 to 64 letters, digits, ".", "_" and "-"; one is made up when left out.'),
  fixtures: {
    type: ['string', 'array', 'object'],
    items: { type: 'string' },
    description: 'Fixture file, directory or "default"; a list of these; or the fixtures themselves.',
  },
  fork: text('World to start from as it is now, in place of fixtures.'),
  snapshot: text('Snapshot of that world, or of the default one, to start from in place of how it is now.'),
  ...SETTINGS_MEMBERS,
  scenarios: {
    type: 'array',
    items: { type: ['string', 'object'] },
    description: 'What plays from the start: names of scenarios, or scenarios as in a scenario file.',
  },
  seed: {
    type: ['string', 'integer'],
    description: "From which ids and chance come; the parent world's when left out.",
  },
  clock: {
    ...CLOCK_CHANGE,
    type: ['object', 'string'],
    format: 'date-time',
    description: 'A time at which the clock stands still, or what PUT clock takes.',
  },
});

export const SNAPSHOT_REQUEST: JsonSchema = object({
  name: text('1 to 64 letters, digits, ".", "_" and "-"; one is made up when left out.'),
});

export const CONFIGURATION_CHANGE: JsonSchema = { ...object(SETTINGS_MEMBERS), minProperties: 1 };

export const TASK_END: JsonSchema = object({ fail: FAIL_SCHEMA });
export const TASK_CHANGE: JsonSchema = {
  ...object({ ...PACE_MEMBERS, fail: FAIL_SCHEMA }),
  ...PACE_RULES,
  minProperties: 1,
};

const TASK: JsonSchema = answer({
  id: text('UUID.'),
  kind: text('What it does.'),
  api: text('The API that began it.'),
  type: text('What that API calls it.'),
  status: text('pending, processing, success or failure.'),
  partOf: { type: ['string', 'null'], description: 'The task that it is a part of, which moves it; null for none.' },
  percent: { type: 'number', description: 'How far it has come.' },
  pace: answer({ by: text('What moves it: once, polls, clock or hand.') }),
  fail: {
    type: ['object', 'null'],
    additionalProperties: true,
    description: 'How it will fail, or has failed; null for one that does not.',
  },
});

const WORLD: JsonSchema = answer({
  name: text('The name, as in /w/<name>/.'),
  url: text('Address of its root.'),
  seed: text('From which ids and chance come.'),
});

const SNAPSHOT: JsonSchema = answer({ name: text('The name.') });

const ADDRESSES: JsonSchema = {
  type: 'object',
  additionalProperties: { type: 'string' },
  description: 'Address by dialect, and by log-in: identity, rackspace-identity, iam.',
};

const SCENARIO_SUMMARY: JsonSchema = answer({
  name: text('The name.'),
  enabled: { type: 'boolean', description: 'Whether its rules are at work in this world.' },
  hits: whole('Calls that its rules took in this world.'),
});

/** Only the outline: scenario files have a schema of their own, which says more when a rule is wrong. */
export const SCENARIO_REQUEST: JsonSchema = {
  type: 'object',
  description: 'A scenario as in a scenario file: description, enabled, rules. See schemas/scenario.schema.json.',
};

export const ENABLE_REQUEST: JsonSchema = object({
  calls: { type: 'integer', minimum: 1, description: 'Goes off after it took so many calls.' },
  seconds: { type: 'number', exclusiveMinimum: 0, description: "Goes off after so long by the world's clock." },
});

export const STATE_REQUEST: JsonSchema = object(
  {
    state: text('One of the states of the scenario.'),
    of: text('Id of an image, project or user, or a client, that is put into it; all of them when left out.'),
  },
  ['state'],
);

export const RULE_REQUEST: JsonSchema = {
  type: 'object',
  description:
    'One rule as in a scenario file: match, calls, fault or sequence, phase. It takes one call unless calls says otherwise.',
};

const FAULT: JsonSchema = answer({ id: text('Names the fault in the journal.') });

export const IMAGE_REQUEST = IMAGE_SCHEMA;
const { id: _id, ...CHANGEABLE } = IMAGE_SCHEMA['properties'] as Readonly<Record<string, JsonSchema>>;
export const IMAGE_CHANGE: JsonSchema = { ...IMAGE_SCHEMA, properties: CHANGEABLE, minProperties: 1 };

export const DIGEST_REQUEST: JsonSchema = object({
  algorithms: {
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    items: { enum: HASH_ALGORITHMS },
    description: 'Which digests; md5, sha256 and sha512 when left out.',
  },
  set: { type: 'boolean', description: 'Whether the image shows its MD5 and its other digest from then on.' },
});

const IMAGE: JsonSchema = answer({
  id: text('UUID.'),
  name: { type: ['string', 'null'] },
  owner: { type: ['string', 'null'], description: 'Project id.' },
  status: text('State of the image.'),
  visibility: text('Who sees it.'),
  protected: { type: 'boolean' },
  hidden: { type: 'boolean' },
});

const ENTRY: JsonSchema = answer({
  id: whole('Counts up within a world.'),
  time: whole("Milliseconds since 1970, by the world's clock."),
  dialect: text('The API that was met.'),
  operation: { type: ['string', 'null'], description: 'dialect.operation; null for a path of no operation.' },
  method: text('As sent.'),
  url: text('Path and query as sent.'),
  status: whole("The answer's."),
  source: { enum: ['natural', 'injected'], description: 'Whether state and input, or a rule, made the answer.' },
});

const CONTRACT: JsonSchema = answer({
  dialect: text('The API.'),
  operation: text('Id within the API.'),
  method: text('Upper case.'),
  path: text('Template with its mount.'),
  statuses: list(whole('Documented status.')),
});

const CELL: JsonSchema = answer({
  dialect: text('The API.'),
  operation: text('Id within the API.'),
  status: whole('Documented status.'),
  natural: whole('Answers from state and input.'),
  injected: whole('Answers that a rule made.'),
});

const SERVER: JsonSchema = answer({
  id: text('A UUID.'),
  name: text('What it is called.'),
  project: text('Project id.'),
  status: text('Its state, in the words of the Compute API.'),
  taskState: { type: ['string', 'null'], description: 'What it is doing; null for nothing.' },
  locked: { type: 'boolean', description: 'Only administrators may act on it.' },
  image: { type: ['string', 'null'], description: 'Id of the image that it runs from; null for a volume.' },
});

const CONTAINER: JsonSchema = answer({
  name: text('What it is called.'),
  project: text('Project id.'),
  objects: list(
    answer({
      name: text('What the file is called.'),
      size: whole('Bytes.'),
      format: { type: ['string', 'null'], description: 'Disk format of what it holds.' },
    }),
  ),
});

export const RESPONSES = {
  health: answer({ status: { enum: ['ok'] } }),
  ready: answer({ status: { enum: ['ready'] } }),
  scenarios: answer({ scenarios: list(SCENARIO_SUMMARY) }),
  scenario: SCENARIO_SUMMARY,
  fault: FAULT,
  faults: answer({ faults: list(FAULT) }),
  world: { ...WORLD, properties: { ...(WORLD['properties'] as object), addresses: ADDRESSES } },
  worlds: answer({ worlds: list(WORLD) }),
  snapshot: SNAPSHOT,
  snapshots: answer({ snapshots: list(SNAPSHOT) }),
  clock: CLOCK,
  requests: answer({
    requests: list(ENTRY),
    recorded: whole('Requests since the world was made or its journal cleared.'),
    dropped: whole('Requests that the journal had no room for any more.'),
  }),
  configuration: answer({
    limits: { type: 'object' },
    quotas: { type: 'object' },
    progress: { type: 'object' },
    profiles: { type: 'object' },
    stores: { type: 'array' },
  }),
  server: SERVER,
  servers: answer({ servers: list(SERVER) }),
  containers: answer({ containers: list(CONTAINER) }),
  task: TASK,
  tasks: answer({ tasks: list(TASK) }),
  digests: answer({
    image: text('UUID.'),
    size: whole('Bytes.'),
    digests: { type: 'object', additionalProperties: { type: 'string' }, description: 'Hexadecimal, by algorithm.' },
  }),
  image: IMAGE,
  contracts: list(CONTRACT),
  coverage: answer({
    cells: list(CELL),
    totals: answer({
      cells: whole('Documented cells.'),
      met: whole('Cells met at least once.'),
      metNaturally: whole('Cells met from state and input.'),
      metInjected: whole('Cells met by a rule.'),
    }),
    observed: list(
      answer({
        dialect: text('The API.'),
        operation: text('The operation.'),
        answer: text('An answer of a proxy, none of the documented ones: nginx-504.'),
        injected: whole('How often it was given.'),
      }),
    ),
  }),
  openapi: { type: 'object', description: 'This description, as OpenAPI 3.1.' },
} as const satisfies Readonly<Record<string, JsonSchema>>;

/** The shape of every refusal. */
export const ERROR: JsonSchema = answer({
  error: {
    type: 'object',
    required: ['code', 'title', 'message'],
    properties: {
      code: whole('The status.'),
      title: text('Its name.'),
      message: text('What is wrong, in words.'),
      pointer: text('JSON pointer of the first value at fault.'),
      value: { description: 'That value.' },
      allowed: { description: 'What would be right there, in words or as a list.' },
      issues: list({
        type: 'object',
        properties: {
          pointer: text('JSON pointer; for a query parameter its name.'),
          message: text('What is wrong.'),
          value: { description: 'The value found.' },
          allowed: { description: 'What would be right.' },
        },
      }),
    },
  },
});
