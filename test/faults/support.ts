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

/** Two small services and a log-in. */
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
  },
];

export const KNOWN = new KnownOperations(OPERATIONS);

/** What is said about a scenario that is refused; `nothing` where it is taken. */
export function refusalOf(value: unknown): string {
  try {
    parseScenario(value, 'this test', KNOWN);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'nothing';
}

/** The same, of a scenario of one rule. */
export const refusal = (rule: object): string => refusalOf({ scenario: 'one', rules: [rule] });

export const scenario = (value: Readonly<Record<string, unknown>>): Scenario =>
  parseScenario({ scenario: 'one', ...value }, 'this test', KNOWN);

/** A scenario of one rule for `red.deleteImage`, named `one` and enabled unless it says otherwise. */
export const rule = (
  value: Readonly<Record<string, unknown>>,
  about: Readonly<Record<string, unknown>> = {},
): Scenario => scenario({ enabled: true, ...about, rules: [{ match: { operation: 'red.deleteImage' }, ...value }] });

export const armedFault = (value: Readonly<Record<string, unknown>>): Rule =>
  parseArmedFault({ match: { operation: 'red.deleteImage' }, ...value }, 'this test', KNOWN);

/** An engine with these scenarios, from no library. */
export function engineOf(scenarios: readonly Scenario[], clock?: Clock, seed = 'seed'): FaultEngine {
  const engine = new FaultEngine({ seed }, clock);
  for (const one of scenarios) engine.put(one);
  return engine;
}

export const stateOf = (scenarios: readonly Scenario[], seed = 'seed'): FaultState => ({
  seed,
  scenarios: new ScenarioSet(
    undefined,
    new Map(scenarios.map((one) => [one.name, one])),
    new Map(scenarios.filter((one) => one.isEnabled).map((one) => [one.name, { scenario: one, isWanted: false }])),
  ),
});

interface SubjectParts {
  readonly operation?: string;
  readonly image?: Partial<Image> & { readonly id: string };
  readonly imageId?: string;
  readonly caller?: Partial<Caller>;
  readonly headers?: IncomingHttpHeaders;
  readonly search?: string;
  readonly body?: string;
}

/** A call to `red.deleteImage` of image `i` unless it says otherwise. */
export function subject(parts: SubjectParts = {}): Subject {
  const { image, body, search = '' } = parts;
  return {
    operation: parts.operation ?? 'red.deleteImage',
    caller: { ...ANONYMOUS, ...parts.caller },
    image: () => image as Image | undefined,
    call: {
      method: 'DELETE',
      path: '/',
      target: '/',
      params: { image_id: image?.id ?? parts.imageId ?? 'i' },
      search,
      query: new URLSearchParams(search),
      headers: parts.headers ?? {},
      body: body === undefined ? undefined : Buffer.from(body),
      json: undefined,
      stream: Readable.from([]),
      root: '',
      base: '',
      isPlain: true,
      program: parts.headers?.['user-agent'] ?? '',
      client: '',
    },
  };
}

/** What becomes of a row of equal calls: the status, `wait` for a delay, `-` for a call that is let through. */
export const play = (engine: FaultEngine, count: number, parts: SubjectParts = {}): string =>
  Array.from({ length: count }, () => shortly(engine.decide(subject(parts)))).join(' ');

export const shortly = (decision: Decision | undefined): string => {
  if (decision === undefined) return '-';
  return decision.fault.kind === 'answer' ? String(decision.fault.status) : 'wait';
};
