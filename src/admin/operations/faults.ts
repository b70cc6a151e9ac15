import type { Json } from '../../base/json.ts';
import type { JsonSchema } from '../../contract/schema.ts';
import { operation } from '../operation.ts';
import { armFault, listFaults } from '../scenarios.ts';
import { listOf, responseBody, text } from '../schema-helpers.ts';

const FAULT: JsonSchema = responseBody({ id: text('Names the fault in the journal.') });

/** Only an outline, as for scenarios. */
const RULE_REQUEST: JsonSchema = {
  type: 'object',
  description:
    'One rule as in a scenario file: match, calls, fault or sequence, phase. It affects one request unless calls says ' +
    'otherwise.',
};

/** Operations on the one-off faults of a world. */
export const faultOperations = {
  /** Arms one rule. It affects one request unless `calls` says otherwise. */
  arm: operation({
    id: 'armFault',
    method: 'post',
    path: '/faults',
    summary: 'Arms one rule outside any scenario; it affects one request unless `calls` says otherwise',
    success: 201,
    statuses: [201, 400],
    request: RULE_REQUEST,
    response: FAULT,
    call: (rule: Json) => ({ body: rule }),
    run: ({ body }, { world, host }) => armFault(world, body, host.known),
  }),
  /** Lists the one-off faults. */
  list: operation({
    id: 'listFaults',
    method: 'get',
    path: '/faults',
    summary: 'Lists the one-off faults',
    success: 200,
    statuses: [200],
    response: responseBody({ faults: listOf(FAULT) }),
    call: () => ({}),
    run: (_input, { world }) => ({ faults: listFaults(world) }),
    result: ({ faults }) => faults,
  }),
  /** Disarms all one-off faults; scenarios stay enabled. */
  clear: operation({
    id: 'disarmFaults',
    method: 'delete',
    path: '/faults',
    summary: 'Disarms all one-off faults; scenarios stay enabled',
    success: 204,
    statuses: [204],
    call: () => ({}),
    run: (_input, { world }) => world.faults.disarmAll(),
  }),
};
