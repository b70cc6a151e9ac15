import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { Operation } from '../../src/contract/contract.ts';
import { ANONYMOUS, type Caller } from '../../src/domain/caller.ts';
import type { Clock } from '../../src/domain/clock.ts';
import type { Image } from '../../src/domain/image.ts';
import { type Decision, FaultEngine, type FaultState, type Subject } from '../../src/faults/engine/engine.ts';
import { ScenarioSet } from '../../src/faults/engine/scenario-set.ts';
import type { Rule, Scenario } from '../../src/faults/fault.ts';
import { parseArmedFault, parseScenario } from '../../src/faults/scenario-file/load.ts';
import { type KnownOperation, KnownOperations } from '../../src/faults/scenario-file/operations.ts';
import { InputError } from '../../src/input/input-error.ts';

const operation = (
  name: string,
  method: Operation['method'],
  path: string,
  statuses: readonly number[],
  auth?: 'none',
): KnownOperation => ({
  name,
  operation: {
    method,
    path,
    summary: '',
    success: statuses[0] as number,
    statuses,
    source: 'this test',
    ...(auth !== undefined && { auth }),
  },
});

/** The operations of three small dialects, which stand in for the real ones. */
export const OPERATIONS: readonly KnownOperation[] = [
  operation('red.showImage', 'get', '/images/{image_id}', [200, 404]),
  operation('red.deleteImage', 'delete', '/images/{image_id}', [204, 403, 404, 409, 413, 503]),
  operation('red.createImage', 'post', '/images', [201, 400, 413]),
  operation('red.listImages', 'get', '/images', [200, 400]),
  operation('blue-v1.2.deleteImage', 'delete', '/v1.2/images/{image_id}', [204, 404, 503]),
  operation('blue-v1.2.logIn', 'post', '/tokens', [200, 401], 'none'),
  {
    ...operation('coded.showImage', 'get', '/images/{image_id}', [200, 404]),
    dialect: { contract: { codes: { 'BAD.1': { status: 404, meaning: 'Bad.' } } } },
    problems: { 404: { 'image-not-found': {} } },
  },
];

export const KNOWN = new KnownOperations(OPERATIONS);

/** Returns the message with which a scenario is rejected, or `none`. */
export function scenarioError(value: unknown): string {
  try {
    parseScenario(value, 'this test', KNOWN);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'none';
}

/** Returns the message with which a scenario of one rule is rejected, or `none`. */
export const ruleError = (rule: object): string => scenarioError({ scenario: 'one', rules: [rule] });

/** Parses a scenario, named `one` by default. */
export const scenario = (value: Readonly<Record<string, unknown>>): Scenario =>
  parseScenario({ scenario: 'one', ...value }, 'this test', KNOWN);

/** Parses a scenario of one rule. By default it is named `one`, is enabled and matches `red.deleteImage`. */
export const rule = (
  value: Readonly<Record<string, unknown>>,
  members: Readonly<Record<string, unknown>> = {},
): Scenario => scenario({ enabled: true, ...members, rules: [{ match: { operation: 'red.deleteImage' }, ...value }] });

/** Parses a one-off fault, for `red.deleteImage` by default. */
export const armedFault = (value: Readonly<Record<string, unknown>>): Rule =>
  parseArmedFault({ match: { operation: 'red.deleteImage' }, ...value }, 'this test', KNOWN);

/** Creates an engine with these scenarios and without the shipped ones. */
export function engineWith(scenarios: readonly Scenario[], clock?: Clock, seed = 'seed'): FaultEngine {
  const engine = new FaultEngine({ seed }, clock);
  for (const scenario of scenarios) engine.put(scenario);
  return engine;
}

/** Creates the initial state of an engine with these scenarios. */
export const stateOf = (scenarios: readonly Scenario[], seed = 'seed'): FaultState => ({
  seed,
  scenarios: new ScenarioSet(
    undefined,
    new Map(scenarios.map((one) => [one.name, one])),
    new Map(scenarios.filter((one) => one.isEnabled).map((one) => [one.name, { scenario: one, isWanted: false }])),
  ),
});

interface SubjectOptions {
  readonly operation?: string;
  readonly image?: Partial<Image> & { readonly id: string };
  readonly imageId?: string;
  readonly caller?: Partial<Caller>;
  readonly headers?: IncomingHttpHeaders;
  readonly search?: string;
  readonly body?: string;
}

/** Creates a request as the engine sees it: by default `red.deleteImage` for the image `i`. */
export function subject(options: SubjectOptions = {}): Subject {
  const { image, body, search = '' } = options;
  return {
    operation: options.operation ?? 'red.deleteImage',
    caller: { ...ANONYMOUS, ...options.caller },
    image: () => image as Image | undefined,
    call: {
      method: 'DELETE',
      path: '/',
      target: '/',
      params: { image_id: image?.id ?? options.imageId ?? 'i' },
      search,
      query: new URLSearchParams(search),
      headers: options.headers ?? {},
      body: body === undefined ? undefined : Buffer.from(body),
      json: undefined,
      stream: Readable.from([]),
      root: '',
      base: '',
      mount: '/image',
      isPlain: true,
      link: (url) => url,
      program: options.headers?.['user-agent'] ?? '',
      client: '',
    },
  };
}

/**
 * Sends equal requests to an engine and returns their outcomes, separated by spaces: the injected status, `wait` for a
 * delay, `-` for none.
 */
export const outcomes = (engine: FaultEngine, count: number, options: SubjectOptions = {}): string =>
  Array.from({ length: count }, () => outcomeOf(engine.decide(subject(options)))).join(' ');

export const outcomeOf = (decision: Decision | undefined): string => {
  if (decision === undefined) return '-';
  return decision.fault.kind === 'answer' ? String(decision.fault.status) : 'wait';
};
