import type { JsonSchema } from '../../contract/schema.ts';
import { operation } from '../operation.ts';
import { listRequests, type RequestQuery } from '../requests.ts';
import { integer, LIMIT, listOf, responseBody, text, textOrNull } from '../schema-helpers.ts';

const ENTRY: JsonSchema = responseBody({
  id: integer('Increases within a world.'),
  time: integer("Milliseconds since 1970, by the world's clock."),
  dialect: text('The API that received the request.'),
  operation: textOrNull('dialect.operation; null when no operation has this path.'),
  method: text('As sent.'),
  url: text('Path and query as sent.'),
  status: integer('Status of the response.'),
  source: {
    enum: ['natural', 'injected'],
    description: 'Whether the response came from state and input, or a rule produced it.',
  },
});

/** Operations on the journal of a world. */
export const requestOperations = {
  /** Returns the latest matching requests, in chronological order. */
  list: operation({
    id: 'listRequests',
    method: 'get',
    path: '/requests',
    summary: 'Returns the latest matching requests, in chronological order',
    success: 200,
    statuses: [200, 400],
    query: {
      operation: text('dialect.operation.'),
      dialect: text('One API.'),
      status: {
        type: 'integer',
        minimum: 0,
        maximum: 599,
        description: 'Status of the response; 0 for requests that got none.',
      },
      source: { enum: ['natural', 'injected'], description: 'What produced the response.' },
      method: text('GET, POST, ...'),
      after: { type: 'integer', minimum: 0, description: 'Only entries with a higher id.' },
      limit: LIMIT,
    },
    response: responseBody({
      requests: listOf(ENTRY),
      recorded: integer('Requests since the world was created or its journal was cleared.'),
      dropped: integer('Requests that the full journal has dropped.'),
    }),
    call: (query: RequestQuery = {}) => ({ query }),
    run: ({ query }, { world, host }) => listRequests(world, query, host.contracts),
  }),
  /** Clears the journal. */
  clear: operation({
    id: 'clearRequests',
    method: 'delete',
    path: '/requests',
    summary: 'Clears the journal',
    success: 204,
    statuses: [204],
    call: () => ({}),
    run: (_input, { world }) => world.journal.clear(),
  }),
};
