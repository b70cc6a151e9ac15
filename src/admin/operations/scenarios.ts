import type { Json } from '../../base/json.ts';
import type { JsonSchema } from '../../contract/schema.ts';
import type { Scenario } from '../../input/types/scenarios.ts';
import type { World } from '../../world/world.ts';
import { type AdminContext, operation } from '../operation.ts';
import type { ProbeView, ScenarioLimit } from '../scenario-views.ts';
import {
  checkScenario,
  deleteScenario,
  disableScenario,
  enableScenario,
  listScenarios,
  putScenario,
  setScenarioState,
  showScenario,
} from '../scenarios.ts';
import { boolean, dateTime, integer, listOf, requestBody, responseBody, text } from '../schema-helpers.ts';

/** Query of the operations that enable and disable a scenario. */
export interface ToggleQuery {
  /** Every world instead of one. */
  readonly worlds?: 'all';
}

/** Query of the operation that adds a scenario. */
export interface CheckQuery {
  /** Only checks the scenario, and changes nothing. */
  readonly check?: boolean;
}

/** A scenario as in a scenario file, whose name is given apart. */
export interface NewScenario extends Omit<Scenario, 'scenario'> {
  /** The same name, if it is given. */
  readonly scenario?: string;
}

const RULE_HITS = listOf(
  responseBody(
    { seen: integer('Requests that matched the rule.'), fired: integer('How often it fired.') },
    { last: dateTime("When it last fired, by the world's clock; absent if it never fired.") },
  ),
);

const STATES = responseBody({
  initial: text('The state at the beginning.'),
  per: text('What has a state of its own: image, project, user or client; rule: one state for all requests.'),
  all: listOf(text('A state.')),
  now: text('The state of all that have none of their own.'),
  of: { type: 'object', additionalProperties: { type: 'string' }, description: 'States that differ, by id.' },
});

const SCENARIO: JsonSchema = {
  title: 'Scenario',
  ...responseBody(
    {
      name: text('The name.'),
      description: text('What happens.'),
      enabled: boolean('Whether it is active in this world.'),
      hits: integer('How often its rules fired in this world since it was enabled.'),
      ruleHits: RULE_HITS,
      place: text('The file that it came from, or admin.'),
    },
    {
      expect: text('What a correct client does.'),
      order: integer('Its place among the enabled scenarios, from 1; lower ones match first.'),
      callsLeft: integer('Remaining requests, when it was enabled for a number of requests.'),
      until: dateTime('When it expires, when it was enabled for a time.'),
      states: STATES,
      notes: listOf(text('A warning about a rule that is valid but unusual.')),
      rules: listOf({ type: 'object', description: 'A rule as written; only showScenario returns them.' }),
      certificate: text('Certificate that the ports present while it is enabled.'),
    },
  ),
};

const EXPLANATION = responseBody({
  scenario: text('Scenario, or id of a one-off fault.'),
  rule: integer('Index of the rule.'),
  outcome: {
    enum: ['takes', 'adds', 'depends', 'passes'],
    description: 'Whether the rule decides the response, adds to it, depends on what is unknown, or does nothing.',
  },
  why: listOf(text('What the outcome depends on, or why the rule passes.')),
});

const UNUSED = responseBody({
  scenario: text('Scenario, or id of a one-off fault.'),
  rule: integer('Index of the rule.'),
  operations: listOf(text('dialect.operation.')),
});

const SCENARIOS = responseBody(
  { scenarios: listOf(SCENARIO) },
  { unusedFaults: listOf(UNUSED), explanations: listOf(EXPLANATION) },
);

/** Only an outline: scenario files have their own, stricter schema with better messages. */
const SCENARIO_REQUEST: JsonSchema = {
  type: 'object',
  description: 'A scenario as in a scenario file: description, enabled, rules. See schemas/scenario.schema.json.',
};

const ENABLE_REQUEST = requestBody({
  calls: { type: 'integer', minimum: 1, description: 'Disables the scenario after it fired this many times.' },
  seconds: {
    type: 'number',
    exclusiveMinimum: 0,
    description: "Disables the scenario after this many seconds of the world's clock.",
  },
});

const STATE_REQUEST = requestBody(
  {
    state: text('One of the states of the scenario.'),
    of: text('Id of an image, project or user, or a client, whose state changes; all of them when omitted.'),
  },
  ['state'],
);

const TOGGLE_QUERY = { worlds: { enum: ['all'], description: 'all: in every world.' } };

/** Operations on the scenarios of a world. */
export const scenarioOperations = {
  /** Lists the scenarios and how often each fired. */
  list: operation({
    id: 'listScenarios',
    method: 'get',
    path: '/scenarios',
    summary:
      'Lists the scenarios of a world and how often each fired; with `operation`, also explains what each rule would do with ' +
      'a request to that operation, in evaluation order',
    success: 200,
    statuses: [200, 400],
    query: {
      operation: text('Explain a request for this operation: dialect.operation.'),
      image: text('Id of the image in the path of the request.'),
      project: text('Id or name of the project that sends the request.'),
      user: text('Id or name of the user who sends the request.'),
      client: text('Name of the client, as in its User-Agent.'),
    },
    response: SCENARIOS,
    call: (): { readonly query?: Partial<ProbeView> } => ({}),
    run: ({ query }, { world }) => listScenarios(world, query),
    result: ({ scenarios }) => scenarios,
  }),
  /** Adds a scenario, or replaces the one with this name. */
  put: operation({
    id: 'putScenario',
    method: 'put',
    path: '/scenarios/{name}',
    summary: 'Adds a scenario, or replaces the one with this name',
    success: 200,
    statuses: [200, 201, 400],
    query: { check: boolean('true: only checks the scenario, and changes nothing.') },
    request: SCENARIO_REQUEST,
    response: SCENARIO,
    call: (
      name: string,
      scenario: NewScenario,
      query: CheckQuery = {},
    ): { readonly params: { readonly name: string }; readonly body: NewScenario; readonly query?: CheckQuery } => ({
      params: { name },
      body: scenario,
      query,
    }),
    statusOf: ({ params, query }, { world }) =>
      query?.check === true || world.faults.scenario(params.name) !== undefined ? 200 : 201,
    run: ({ params, query, body }, context) =>
      query?.check === true
        ? checkScenario(params.name, body as Json, context.host.known)
        : putScenario(context, params.name, body as Json),
  }),
  /** Returns a scenario with its rules. */
  get: operation({
    id: 'showScenario',
    method: 'get',
    path: '/scenarios/{name}',
    summary: 'Returns a scenario with its rules',
    success: 200,
    statuses: [200, 404],
    response: SCENARIO,
    call: (name: string) => ({ params: { name } }),
    run: ({ params }, { world }) => showScenario(world, params.name),
  }),
  /** Removes a scenario. */
  remove: operation({
    id: 'deleteScenario',
    method: 'delete',
    path: '/scenarios/{name}',
    summary: 'Removes a scenario from a world',
    success: 204,
    statuses: [204, 404],
    call: (name: string) => ({ params: { name } }),
    run: ({ params }, { world }) => deleteScenario(world, params.name),
  }),
  /** Enables a scenario and resets the counters of its rules. */
  enable: operation({
    id: 'enableScenario',
    method: 'post',
    path: '/scenarios/{name}/enable',
    summary: 'Enables a scenario and resets the counters of its rules',
    success: 200,
    statuses: [200, 400, 404],
    query: TOGGLE_QUERY,
    request: ENABLE_REQUEST,
    isBodyOptional: true,
    response: SCENARIO,
    call: (
      name: string,
      limit: ScenarioLimit = {},
    ): { readonly params: { readonly name: string }; readonly query?: ToggleQuery; readonly body?: ScenarioLimit } => ({
      params: { name },
      body: limit,
    }),
    run: ({ params, query, body }, context) =>
      enableScenario(worldsOf(query, context), params.name, body, context.host.ports()),
  }),
  /** Disables a scenario. */
  disable: operation({
    id: 'disableScenario',
    method: 'post',
    path: '/scenarios/{name}/disable',
    summary: 'Disables a scenario',
    success: 200,
    statuses: [200, 400, 404],
    query: TOGGLE_QUERY,
    response: SCENARIO,
    call: (name: string): { readonly params: { readonly name: string }; readonly query?: ToggleQuery } => ({
      params: { name },
    }),
    run: ({ params, query }, context) => disableScenario(worldsOf(query, context), params.name, context.host.ports()),
  }),
  /** Sets the state of a scenario; `of` is an image, project, user or client that has its own state. */
  setState: operation({
    id: 'setScenarioState',
    method: 'put',
    path: '/scenarios/{name}/state',
    summary: 'Sets the state of a scenario, for all requests or for one image, project, user or client',
    success: 200,
    statuses: [200, 400, 404],
    request: STATE_REQUEST,
    response: SCENARIO,
    call: (name: string, state: string, of?: string) => ({
      params: { name },
      body: { state, ...(of !== undefined && { of }) },
    }),
    run: ({ params, body }, { world }) => setScenarioState(world, params.name, body),
  }),
};

const worldsOf = (query: ToggleQuery | undefined, { world, host }: AdminContext): readonly World[] =>
  query?.worlds === 'all' ? host.worlds.list() : [world];
