import type { JsonSchema } from '../../contract/schema.ts';
import type { Rule } from '../../input/types/scenarios.ts';
import { operation } from '../operation.ts';
import { armFault, disarmFault, listFaults } from '../scenarios.ts';
import { boolean, dateTime, integer, listOf, responseBody, text } from '../schema-helpers.ts';

const FAULT: JsonSchema = {
  title: 'ArmedFault',
  ...responseBody(
    {
      id: text('Id of the fault; also in journal entries.'),
      operations: listOf(text('An operation that it matches, as dialect.operation.')),
      seen: integer('Requests that matched it.'),
      fired: integer('How often it fired.'),
      expired: boolean('Whether it cannot fire any more.'),
    },
    { last: dateTime("When it last fired, by the world's clock; absent if it never fired.") },
  ),
};

/** Only an outline: rules have their own, stricter schema with better messages. */
const RULE_REQUEST: JsonSchema = {
  type: 'object',
  description:
    'One rule as in a scenario file: match, calls, fault or sequence, phase. Without calls, it fires once, or once for each ' +
    'fault of its sequence.',
};

/** Operations on the one-off faults of a world. */
export const faultOperations = {
  /** Arms one rule. Without `calls`, it fires once, or once for each fault of its sequence. */
  arm: operation({
    id: 'armFault',
    method: 'post',
    path: '/faults',
    summary:
      'Arms one rule outside any scenario; without `calls`, it fires once, or once for each fault of its sequence',
    success: 201,
    statuses: [201, 400],
    request: RULE_REQUEST,
    response: FAULT,
    call: (rule: Rule) => ({ body: rule }),
    run: ({ body }, { world, host }) => armFault(world, { ...body }, host.known),
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
  /** Disarms one one-off fault. */
  disarm: operation({
    id: 'disarmFault',
    method: 'delete',
    path: '/faults/{fault_id}',
    summary: 'Disarms a one-off fault',
    success: 204,
    statuses: [204, 404],
    call: (faultId: string) => ({ params: { fault_id: faultId } }),
    run: ({ params }, { world }) => disarmFault(world, params.fault_id),
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
