import type { JsonSchema } from '../../contract/schema.ts';
import { listContainers } from '../containers.ts';
import { type CoverageQuery, clearCoverage, readCoverage } from '../coverage.ts';
import { operation } from '../operation.ts';
import { integer, listOf, responseBody, text } from '../schema-helpers.ts';

const CELL = responseBody(
  {
    dialect: text('The API.'),
    operation: text('Operation id within the API.'),
    status: integer('Documented status.'),
    natural: integer('Responses that came from state and input in the default world.'),
    byProfile: integer('Responses that came from state and input, and from a profile other than the default.'),
    injected: integer('Responses that a rule produced.'),
  },
  { annex: text('Theme of an operation beyond the image APIs and their logins; such cells are counted apart.') },
);

const TOTALS = responseBody({
  cells: integer('Documented cells.'),
  received: integer('Cells with at least one response.'),
  receivedNatural: integer('Cells with a response that came from state and input in the default world.'),
  receivedByProfile: integer('Cells with a response that also took a profile other than the default.'),
  receivedInjected: integer('Cells with a response that a rule produced.'),
});

/** Counts of something about an operation. */
const perOperation = (members: Readonly<Record<string, JsonSchema>>): JsonSchema =>
  listOf(responseBody({ dialect: text('The API.'), operation: text('Operation id within the API.'), ...members }));

const COVERAGE = responseBody({
  cells: listOf(CELL),
  totals: TOTALS,
  annexes: TOTALS,
  undocumented: listOf(CELL),
  observed: perOperation({
    answer: text('An undocumented response of a proxy, such as nginx-504.'),
    injected: integer('How often it was returned.'),
  }),
  faults: perOperation({ kind: text('answer, delay, cut, ...'), count: integer('Requests that got it.') }),
  labels: listOf(
    responseBody({
      label: text('A label of requests.'),
      cells: listOf(
        responseBody({
          operation: text('dialect.operation.'),
          status: integer('Status.'),
          count: integer('Responses.'),
        }),
      ),
    }),
  ),
});

const WORLDS = {
  enum: ['all'],
  description: 'all: all worlds since the process started, dropped and reset ones included.',
};

const CONTAINER: JsonSchema = responseBody({
  name: text('Its name.'),
  project: text('Project id.'),
  objects: listOf(
    responseBody({
      name: text('Its name.'),
      size: integer('Bytes.'),
      format: { type: ['string', 'null'], description: 'Disk format of its data.' },
    }),
  ),
});

/** Operations on one world as a whole. */
export const worldOperations = {
  /** Resets the world to its initial state. */
  reset: operation({
    id: 'resetWorld',
    method: 'post',
    path: '/reset',
    summary: 'Resets a world to its initial state: images, tokens, counters, journal, coverage, clock',
    success: 204,
    statuses: [204],
    call: () => ({}),
    run: (_input, { world }) => world.reset(),
  }),
  /** Counts the responses for each documented status, the faults, and the undocumented responses of proxies. */
  coverage: operation({
    id: 'getCoverage',
    method: 'get',
    path: '/coverage',
    summary: 'Returns how often each documented response was returned',
    success: 200,
    statuses: [200, 400, 409],
    query: { worlds: WORLDS },
    response: COVERAGE,
    call: (query: CoverageQuery = {}) => ({ query }),
    run: ({ query }, context) => readCoverage(context, query),
  }),
  /** Resets the coverage of this world; that of all worlds with `worlds: 'all'`. */
  clearCoverage: operation({
    id: 'clearCoverage',
    method: 'delete',
    path: '/coverage',
    summary: 'Resets the coverage of a world, or of all worlds',
    success: 204,
    statuses: [204, 400],
    query: { worlds: WORLDS },
    call: (query: CoverageQuery = {}) => ({ query }),
    run: ({ query }, context) => clearCoverage(context, query),
  }),
  /** Lists the containers with their files. */
  containers: operation({
    id: 'listContainers',
    method: 'get',
    path: '/containers',
    summary: 'Lists the containers with their files, from which images are created and to which they are exported',
    success: 200,
    statuses: [200],
    response: responseBody({ containers: listOf(CONTAINER) }),
    call: () => ({}),
    run: (_input, { world }) => ({ containers: listContainers(world) }),
    result: ({ containers }) => containers,
  }),
};
