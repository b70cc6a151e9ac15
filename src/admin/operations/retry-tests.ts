import type { JsonSchema } from '../../contract/schema.ts';
import { operation } from '../operation.ts';
import { createRetryTest, deleteRetryTest, listRetryTests, type NewRetryTest, showRetryTest } from '../retry-tests.ts';
import { boolean, listOf, requestBody, responseBody, text } from '../schema-helpers.ts';

const INSTRUCTIONS: JsonSchema = {
  type: 'object',
  minProperties: 1,
  additionalProperties: { type: 'array', minItems: 1, items: { type: 'string' } },
  description: 'For each dialect.operation, an instruction for the first request, the second one, and so on.',
};

const RETRY_TEST = responseBody({
  id: text('Value of the header x-retry-test-id.'),
  instructions: INSTRUCTIONS,
  transport: text('HTTP.'),
  completed: boolean('Whether every instruction has been carried out.'),
});

/** Operations on retry tests, with the paths and members of storage-testbench. */
export const retryTestOperations = {
  /** Arms instructions for requests with the header `x-retry-test-id`. */
  create: operation({
    id: 'createRetryTest',
    method: 'post',
    path: '/retry_test',
    summary: 'Arms instructions of storage-testbench for requests with the header x-retry-test-id',
    success: 200,
    statuses: [200, 400],
    request: requestBody(
      {
        instructions: INSTRUCTIONS,
        transport: { enum: ['HTTP'], description: 'Accepted for storage-testbench.' },
        header: boolean('false: also requests without x-retry-test-id.'),
      },
      ['instructions'],
    ),
    response: RETRY_TEST,
    call: (test: NewRetryTest) => ({ body: test }),
    run: ({ body }, { world, host }) => createRetryTest(world, body, host.known),
  }),
  /** Lists the retry tests. */
  list: operation({
    id: 'listRetryTests',
    method: 'get',
    path: '/retry_test',
    summary: 'Lists the retry tests',
    success: 200,
    statuses: [200],
    response: responseBody({ retry_test: listOf(RETRY_TEST) }),
    call: () => ({}),
    run: (_input, { world }) => ({ retry_test: listRetryTests(world) }),
    result: ({ retry_test: tests }) => tests,
  }),
  /** Returns a retry test: `completed` tells whether every instruction has been carried out. */
  show: operation({
    id: 'showRetryTest',
    method: 'get',
    path: '/retry_test/{id}',
    summary: 'Returns a retry test, with whether every instruction has been carried out',
    success: 200,
    statuses: [200, 404],
    response: RETRY_TEST,
    call: (id: string) => ({ params: { id } }),
    run: ({ params }, { world }) => showRetryTest(world, params.id),
  }),
  /** Ends a retry test. */
  remove: operation({
    id: 'deleteRetryTest',
    method: 'delete',
    path: '/retry_test/{id}',
    summary: 'Ends a retry test; the rest of its instructions is disarmed',
    success: 204,
    statuses: [204, 404],
    call: (id: string) => ({ params: { id } }),
    run: ({ params }, { world }) => deleteRetryTest(world, params.id),
  }),
};
