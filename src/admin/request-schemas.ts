import { SOURCES } from '../base/source.ts';
import type { JsonSchema } from '../contract/schema.ts';
import { OUTCOMES } from '../journal/recorded.ts';
import type { RequestFilter } from './requests.ts';
import { boolean, integer, listOf, responseBody, text, textOrNull } from './schema-helpers.ts';

const BODY = responseBody(
  { size: integer('Bytes of the body that arrived or were sent, stored or not.') },
  {
    text: text('The body, or its beginning, if it is valid UTF-8. Secrets are redacted.'),
    base64: text('The body, or its beginning, if it is not valid UTF-8.'),
    truncated: boolean('Whether the body is longer than what the journal stores of it.'),
    arriving: boolean('Whether the body is still arriving.'),
    digests: {
      type: 'object',
      description: 'Digests of an upload, by algorithm.',
      additionalProperties: { type: 'string' },
    },
  },
);

/** Headers and body of a request or a response. */
export const MESSAGE: JsonSchema = {
  title: 'Message',
  description: 'Headers and body of a request or a response.',
  ...responseBody(
    { headers: listOf(responseBody({ name: text('As sent.'), value: text('Secrets are redacted.') })) },
    { body: BODY },
  ),
};

const OPTIONAL_MEMBERS: Readonly<Record<string, JsonSchema>> = {
  profiles: listOf(text('A profile without which the response would be another one.')),
  fault: {
    ...responseBody(
      {
        scenario: text('Scenario, id of the one-off fault, or request header.'),
        rule: integer('Index of the rule in its scenario, from 0.'),
        kind: text('What the rule did: answer, delay, cut, ...'),
        phase: text('When the effect of the request took place: before, after, twice or late.'),
      },
      { byHand: boolean('Whether somebody decided it by hand while the request was held.') },
    ),
    description: 'The rule that fired, and what it did.',
  },
  userAgent: text('The User-Agent.'),
  user: text('Name of the caller.'),
  project: text('Project id of the caller.'),
  image: text('Id of the image that the request names or created.'),
  label: text('The label that was set when the request arrived.'),
  request: MESSAGE,
  response: MESSAGE,
  nearest: listOf(text('A similar operation, with its method and path.')),
  violations: listOf(responseBody({ pointer: text('JSON pointer.'), message: text('What is wrong.') })),
  hint: text('Likely cause of an unexpected response.'),
  failure: text('An internal error of Sideglance.'),
  invalid: text(
    'What is wrong with bytes that are not an HTTP request. Method and URL are empty unless they could be read.',
  ),
};

const REQUIRED_MEMBERS: Readonly<Record<string, JsonSchema>> = {
  id: integer('Increases within a world.'),
  sequence: integer('Increases over all worlds of the process.'),
  time: { type: 'number', description: "Milliseconds since 1970 when the response began, by the world's clock." },
  started: {
    type: 'number',
    description: "Milliseconds since 1970, by the machine's clock, at which the request head had arrived.",
  },
  world: text('Name of the world.'),
  dialect: text('The API that received the request.'),
  operation: textOrNull('dialect.operation; null when no operation has this path.'),
  method: text('As sent.'),
  url: text('Path and query as sent.'),
  status: integer('Status of the response; 0 when there was none.'),
  source: {
    enum: SOURCES,
    description:
      'Whether the response came from state and input, also needed a profile other than the default (by-profile), or was ' +
      'produced by a rule.',
  },
  outcome: {
    enum: OUTCOMES,
    description: 'Whether the client received the whole response.',
  },
  attempt: integer('1, or one more for each failed attempt at the same request right before.'),
  connection: responseBody({
    id: integer('Number of the connection.'),
    request: integer('Number of the request on it.'),
  }),
  timings: responseBody({
    firstByte: { type: 'number', description: 'Milliseconds from the arrival of the request head.' },
    lastByte: { type: 'number', description: 'Milliseconds from the arrival of the request head.' },
  }),
  milliseconds: { type: 'number', description: "Duration by the machine's clock." },
};

/** A request of the journal. */
export const ENTRY: JsonSchema = {
  title: 'Entry',
  description: 'A request of the journal. Summaries omit `request` and `response`.',
  ...responseBody(REQUIRED_MEMBERS, OPTIONAL_MEMBERS),
};

/** The query parameters that select requests. */
export const FILTER_PARAMETERS: { readonly [K in keyof Required<RequestFilter>]: JsonSchema } = {
  operation: text('dialect.operation.'),
  dialect: text('One API.'),
  status: {
    type: 'integer',
    minimum: 0,
    maximum: 599,
    description: 'Status of the response; 0 for requests that got none.',
  },
  source: { enum: SOURCES, description: 'What produced the response.' },
  outcome: {
    enum: OUTCOMES,
    description: 'Whether the client received the whole response.',
  },
  method: text('GET, POST, ...'),
  url: text('Text that the URL contains.'),
  user: text('Name of the caller.'),
  project: text('Project id of the caller.'),
  image: text('Id of the image that the request names or created.'),
  label: text('Label of the request.'),
  scenario: text('Scenario or one-off fault whose rule fired.'),
  rule: { type: 'integer', minimum: 0, description: 'Index of the rule that fired.' },
  kind: text('What the rule did: answer, delay, cut, ...'),
  phase: {
    enum: ['before', 'after', 'twice', 'late'],
    description: 'When the effect of a faulted request took place.',
  },
  connection: { type: 'integer', minimum: 1, description: 'Number of the connection.' },
  attempt: { type: 'integer', minimum: 1, description: 'Number of the attempt.' },
  violations: boolean('Whether the request body violates the schema.'),
  userAgent: text('Text that the User-Agent contains.'),
  requestBody: text('Text that the request body contains.'),
  responseBody: text('Text that the response body contains.'),
  requestHeader: text('A request header as `Name` or `Name: value`.'),
  responseHeader: text('A response header as `Name` or `Name: value`.'),
  since: text('Only requests at or after this time: ISO 8601, or milliseconds since 1970.'),
  until: text('Only requests before this time.'),
  worlds: { enum: ['all'], description: 'all: requests of all worlds, in the order in which they were recorded.' },
};
