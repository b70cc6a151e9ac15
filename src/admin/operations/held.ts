import type { JsonSchema } from '../../contract/schema.ts';
import { type ContinueOptions, continueHeld, listHeld, type RespondOptions, respondHeld, showHeld } from '../held.ts';
import { operation } from '../operation.ts';
import { MESSAGE } from '../request-schemas.ts';
import { dateTime, integer, listOf, requestBody, responseBody, text } from '../schema-helpers.ts';

/** Query of the operation that lists held requests. */
export interface HeldQuery {
  /** Of every world instead of one. */
  readonly worlds?: 'all' | undefined;
}

const HELD: JsonSchema = {
  title: 'HeldRequest',
  ...responseBody(
    {
      id: text('Its id, unique in its world.'),
      world: text('Name of the world.'),
      at: { enum: ['request', 'response'], description: 'Held before the operation, or after it.' },
      scenario: text('Scenario, or id of the one-off fault.'),
      rule: integer('Index of the rule in its scenario, from 0.'),
      operation: text('dialect.operation.'),
      method: text('As sent.'),
      url: text('Path and query as sent.'),
      since: dateTime("When it was held, by the machine's clock."),
      until: dateTime('When it goes on by itself.'),
      request: MESSAGE,
    },
    {
      user: text('Name of the caller.'),
      project: text('Project id of the caller.'),
      image: text('Id of the image in its path.'),
      label: text('Label of the request.'),
      response: {
        ...MESSAGE,
        title: 'HeldResponse',
        description: 'The response that would be sent, without the headers that all responses get.',
        required: ['status', 'headers'],
        properties: {
          status: integer('Its status.'),
          ...(MESSAGE['properties'] as Readonly<Record<string, JsonSchema>>),
        },
      },
    },
  ),
};

const CHANGE = requestBody({
  headers: {
    type: 'object',
    additionalProperties: { type: ['string', 'null'], pattern: '^[\\t -~\\u0080-\\u00ff]*$' },
    propertyNames: { pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" },
    description: 'Headers to add or replace; null removes one. The token has been checked already.',
  },
  body: { description: 'Replaces the body: text as it is, any other value as JSON.' },
});

/** Only an outline: rules have their own, stricter schema with better messages. */
const RESPONSE: JsonSchema = requestBody(
  {
    fault: { type: 'object', description: 'A response, a change of it, or damage on the connection, as in a rule.' },
    phase: { description: 'When the effect of the request takes place, as in a rule; before, when omitted.' },
    undocumented: { type: 'boolean', description: 'Allows a status that the operation does not document.' },
  },
  ['fault'],
);

/** Operations on the requests that a rule holds until somebody decides. */
export const heldOperations = {
  /** Lists the held requests, the longest held first. */
  list: operation({
    id: 'listHeld',
    method: 'get',
    path: '/held',
    summary: 'Lists the requests that a rule holds until somebody decides, the longest held first',
    success: 200,
    statuses: [200, 400],
    query: { worlds: { enum: ['all'], description: 'all: of every world.' } },
    response: responseBody({ held: listOf(HELD) }),
    call: (query: HeldQuery = {}) => ({ query }),
    run: ({ query }, { world, host }) => ({ held: listHeld(query.worlds === 'all' ? host.worlds.list() : [world]) }),
    result: ({ held }) => held,
  }),
  /** Returns a held request. */
  show: operation({
    id: 'showHeld',
    method: 'get',
    path: '/held/{held_id}',
    summary: 'Returns a held request',
    success: 200,
    statuses: [200, 404],
    response: HELD,
    call: (id: string) => ({ params: { held_id: id } }),
    run: ({ params }, { world }) => showHeld(world, params.held_id),
  }),
  /** Lets a held request go on, with other headers or another body if they are given. */
  continue: operation({
    id: 'continueHeld',
    method: 'post',
    path: '/held/{held_id}/continue',
    summary: 'Lets a held request go on, with other headers or another body if they are given',
    success: 204,
    statuses: [204, 400, 404],
    request: CHANGE,
    isBodyOptional: true,
    call: (id: string, change: ContinueOptions = {}) => ({ params: { held_id: id }, body: change }),
    run: ({ params, body }, { world }) => continueHeld(world, params.held_id, body),
  }),
  /** Decides what a held request gets: a response, a change of its own, or damage on the connection. */
  respond: operation({
    id: 'respondHeld',
    method: 'post',
    path: '/held/{held_id}/respond',
    summary: 'Decides by hand what a held request gets: a response, a change of its own, or damage on the connection',
    success: 204,
    statuses: [204, 400, 404],
    request: RESPONSE,
    call: (id: string, response: RespondOptions) => ({ params: { held_id: id }, body: response }),
    run: ({ params, body }, { world, host }) => respondHeld(world, params.held_id, body, host.known),
  }),
};
