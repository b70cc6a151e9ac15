import { CERTIFICATE_KINDS } from '../base/certificate-kinds.ts';
import { SOURCES } from '../base/source.ts';
import { compile, type JsonSchema } from '../contract/schema.ts';
import { PHASES } from '../faults/fault.ts';
import { OUTCOMES } from '../journal/recorded.ts';
import { DIGEST_PATTERN } from './digest.ts';
import { PORT_STATES } from './ports.ts';
import { RECORDING_FORMAT, RECORDING_KINDS, RECORDING_VERSION } from './recording.ts';

const text = (description: string): JsonSchema => ({ type: 'string', description });
const count = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });
const number = (description: string): JsonSchema => ({ type: 'number', description });
const list = (items: JsonSchema, description = ''): JsonSchema => ({
  type: 'array',
  items,
  ...(description !== '' && { description }),
});
const anyObject = (description: string): JsonSchema => ({ type: 'object', description });

/** An object whose members are required unless they are listed; later versions may add members. */
const object = (
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
  description = '',
): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
  ...(description !== '' && { description }),
});

const BODY = object(
  {
    size: count('Bytes of the body that arrived or were sent, stored or not.'),
    text: text('The body, or its beginning, if it is UTF-8. Secrets are redacted.'),
    base64: text('The body, or its beginning, if it is not UTF-8.'),
    truncated: { const: true, description: 'The body is longer than what is stored of it.' },
    arriving: { const: true, description: 'The body was still arriving.' },
    digests: object({ md5: text('Hexadecimal.'), sha256: text('Hexadecimal.'), sha512: text('Hexadecimal.') }, [
      'sha256',
      'sha512',
    ]),
  },
  ['text', 'base64', 'truncated', 'arriving', 'digests'],
);

const MESSAGE = object(
  { headers: list(object({ name: text('As sent.'), value: text('Secrets are redacted.') })), body: BODY },
  ['body'],
);

const PHASE: JsonSchema = {
  description: 'When the effect of the request took place.',
  anyOf: [{ enum: PHASES }, object({ late: anyObject('How long after the response.') })],
};

const DECISION = object(
  {
    fault: object({ kind: { enum: ['answer', 'alter', 'wire', 'delay', 'progress', 'source', 'hold'] } }),
    phase: PHASE,
    scenario: text('Scenario, one-off fault or request header.'),
    rule: count('Index of the rule in its scenario.'),
    progress: { description: 'Progress of the tasks that the request started.' },
    source: anyObject('Behavior of the sources that the request downloaded.'),
    holds: list(
      object({
        at: { enum: ['request', 'response'] },
        milliseconds: { type: 'number', minimum: 0, description: 'The longest time.' },
        scenario: text('Scenario or one-off fault.'),
        rule: count('Index of the rule in its scenario.'),
      }),
      'Where the request was held.',
    ),
    isByHand: { const: true, description: 'Somebody decided it by hand while the request was held.' },
    isRequestChanged: { const: true, description: 'Somebody changed the request by hand.' },
    delayMilliseconds: { type: 'number', minimum: 0, description: "Delay by the machine's clock." },
    clockMilliseconds: { type: 'number', minimum: 0, description: "Delay by the world's clock." },
    isEarly: { const: true, description: 'The rule was evaluated before authentication.' },
  },
  ['progress', 'source', 'holds', 'isByHand', 'isRequestChanged', 'isEarly'],
  'What the fault engine decided.',
);

const FIRED = object(
  {
    scenario: text('Scenario, one-off fault or request header.'),
    rule: count('Index of the rule.'),
    kind: text('answer, delay, cut, ...'),
    phase: text('before, after, twice or late.'),
    byHand: { const: true, description: 'Somebody decided it by hand while the request was held.' },
  },
  ['byHand'],
);

const OPTIONAL_TEXTS = {
  userAgent: text('The User-Agent.'),
  user: text('Name of the caller.'),
  project: text('Project id of the caller.'),
  image: text('The image that the request names or created.'),
  label: text('Label of the request.'),
  hint: text('Likely cause of an unexpected response.'),
  failure: text('An internal error.'),
  invalid: text('What is wrong with bytes that are not an HTTP request.'),
  reason: text('Reason phrase, if it is not the usual one.'),
};

const OPTIONAL_MEMBERS = {
  ...OPTIONAL_TEXTS,
  profiles: list(text('A profile that decided the response.')),
  fault: FIRED,
  nearest: list(text('A similar operation.')),
  violations: list(object({ pointer: text('JSON pointer.'), message: text('What is wrong.') })),
  decision: DECISION,
};

/** A request in a recording. */
export const EXCHANGE_SCHEMA = object(
  {
    id: { type: 'integer', minimum: 1, description: 'Number of the request in its world.' },
    time: number("Milliseconds since 1970, by the world's clock."),
    started: number("Milliseconds since 1970, by the machine's clock, at which the request head had arrived."),
    world: text('Name of the world.'),
    dialect: text('The API.'),
    operation: { type: ['string', 'null'], description: 'dialect.operation; null when none matched.' },
    method: text('As sent.'),
    url: text('Path and query as sent. Secrets are redacted.'),
    status: { type: 'integer', minimum: 0, maximum: 999, description: 'Status; 0 when there was no response.' },
    source: { enum: SOURCES },
    outcome: { enum: OUTCOMES },
    attempt: count('1, or one more for each failed attempt at the same request right before.'),
    connection: object({ id: count('Number of the connection.'), request: count('Number of the request on it.') }),
    request: MESSAGE,
    response: MESSAGE,
    timings: object({
      firstByte: number('Milliseconds from the arrival of the request head.'),
      lastByte: number('Milliseconds from the arrival of the request head.'),
    }),
    milliseconds: number('Duration.'),
    ...OPTIONAL_MEMBERS,
  },
  Object.keys(OPTIONAL_MEMBERS),
);

const MOMENT = {
  after: count('Id of the last request before it; 0 for none.'),
  time: number("Milliseconds since 1970, by the world's clock."),
};

const ABOUT = object(
  {
    kind: { enum: RECORDING_KINDS, description: 'What was recorded.' },
    name: text('Name of the test, case or point.'),
    file: text('File of the test or case.'),
    verdict: text('How it ended.'),
    error: text('Message of the failure.'),
    command: list(text('An argument.'), 'The command of the client.'),
    environment: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'Variables that the client had besides those of its world.',
    },
    folder: text('Folder that variables of the client name files in.'),
    files: {
      type: 'object',
      additionalProperties: { type: 'string' },
      propertyNames: { pattern: '^[\\w-][\\w.-]*$' },
      description: 'Files that the client found in the folder, in base64, by name.',
    },
    details: anyObject('Anything else.'),
  },
  ['kind', 'name', 'file', 'verdict', 'error', 'command', 'environment', 'folder', 'files', 'details'],
);

const START = object({
  images: list(object({ id: text('Id of the image.') }), 'All images.'),
  documents: {
    type: 'object',
    description: 'Everything else, by collection and id.',
    additionalProperties: { type: 'object' },
  },
  scenarios: list(anyObject('A scenario that was enabled.')),
});

const CERTIFICATE: JsonSchema = { enum: CERTIFICATE_KINDS, description: 'The certificate that it presents.' };

const PORT = object(
  {
    name: text('common, admin, or the API that has the port for itself.'),
    state: { enum: PORT_STATES, description: 'What it does with new connections when the recording begins.' },
    certificate: CERTIFICATE,
    events: list(
      object(
        {
          after: count('Id of the last request that had ended; 0 for none.'),
          time: number("Milliseconds since 1970, by the machine's clock."),
          kind: { enum: [...PORT_STATES, 'certificate', 'reset', 'handshake failed'], description: 'What happened.' },
          certificate: CERTIFICATE,
          connections: count('Number of connections that had the certificate before.'),
          reason: text('Why the handshake failed.'),
        },
        ['certificate', 'connections', 'reason'],
      ),
    ),
    dropped: count('Events that the recording lacks.'),
  },
  ['certificate'],
);

const HEAD_PROPERTIES = {
  format: { const: RECORDING_FORMAT },
  version: { type: 'integer', minimum: 1, maximum: RECORDING_VERSION, description: 'Version of the format.' },
  sideglance: text('Version of Sideglance that wrote it.'),
  written: text('When it was written: ISO 8601.'),
  about: ABOUT,
  world: object(
    {
      name: text('Name of the world.'),
      root: { ...text('Address of the root of the server.'), format: 'uri' },
      seed: text('Seed of generated ids and random choices.'),
      label: text('Label of the requests.'),
    },
    ['label'],
  ),
  start: START,
  actions: list(
    object(
      {
        ...MOMENT,
        operation: text('Operation of the admin API.'),
        params: { type: 'object', additionalProperties: { type: 'string' } },
        query: anyObject('Query parameters.'),
        body: { description: 'The body.' },
      },
      ['params', 'query', 'body'],
    ),
    'Requests to the admin API that changed the world.',
  ),
  changes: list(object({ ...MOMENT, image: object({ id: text('Id of the image.') }) }), 'Changes of images.'),
  conduct: object({
    verdict: { enum: ['pass', 'warn', 'fail', 'inconclusive'] },
    findings: list(
      object({
        rule: text('Id of the rule.'),
        severity: text('error, warning or info.'),
        client: text('Name of the client.'),
        message: text('What happened.'),
        entries: list(count('Id of a request that shows it.')),
      }),
    ),
  }),
  ports: list(PORT, 'What clients could meet below HTTP at ports with TLS, or where something happened.'),
  recorded: count('Requests that the world received.'),
  dropped: object({
    requests: count('Requests that the journal had dropped.'),
    actions: count('Actions that were dropped.'),
    changes: count('Changes that were dropped.'),
  }),
};

/** Everything in a recording but its requests. */
export const HEAD_SCHEMA = object(HEAD_PROPERTIES, ['ports'], 'A recording of a world of Sideglance.');

/** A whole recording. */
export const RECORDING_SCHEMA: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Recording of a world of Sideglance',
  ...object(
    {
      ...HEAD_PROPERTIES,
      requests: list(EXCHANGE_SCHEMA, 'In the order in which their responses were ready.'),
      digest: {
        type: 'string',
        pattern: DIGEST_PATTERN,
        description: 'SHA-256 of all other members; "edited" if they were changed on purpose. Version 1 has none.',
      },
    },
    ['ports', 'digest'],
  ),
};

/** Checks everything in a recording but its requests. */
export const checkHead = compile(HEAD_SCHEMA);

/** Checks a request in a recording. */
export const checkExchange = compile(EXCHANGE_SCHEMA);
