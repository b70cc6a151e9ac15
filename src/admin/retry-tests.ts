import type { Json } from '../base/json.ts';
import { didYouMean } from '../contract/nearest.ts';
import type { FaultEngine } from '../faults/engine/engine.ts';
import { parseArmedFault } from '../faults/scenario-file/load.ts';
import type { KnownOperations } from '../faults/scenario-file/operations.ts';
import { InputError, type InputIssue } from '../input/input-error.ts';
import type { World } from '../world/world.ts';
import { notFound } from './problems.ts';
import { faultOf, INSTRUCTIONS } from './retry-instructions.ts';

/** The header that tells which requests belong to a retry test. */
const RETRY_TEST_HEADER = 'x-retry-test-id';

/** Instructions for the first requests to some operations, as storage-testbench takes them. */
export interface NewRetryTest {
  /** For each operation, an instruction for the first request, the second one, and so on. */
  readonly instructions: Readonly<Record<string, readonly string[]>>;
  /** Accepted and ignored: `HTTP`. */
  readonly transport?: string;
  /** `false`: also requests without the header `x-retry-test-id`, for clients that cannot send it. */
  readonly header?: boolean;
}

/** A retry test and how far it got. */
export interface RetryTestView {
  /** Value of the header `x-retry-test-id`. */
  readonly id: string;
  readonly instructions: NewRetryTest['instructions'];
  readonly transport: string;
  /** Whether every instruction has been carried out. */
  readonly completed: boolean;
}

interface RetryTest extends Omit<RetryTestView, 'completed'> {
  /** Ids of the one-off faults that carry out the instructions. */
  readonly faults: readonly string[];
}

/** Beyond this number, the oldest completed tests of a world are forgotten. */
const MAX_TESTS = 1000;
/** How many tests are checked for their completion with each new one. */
const SWEEP_COUNT = 4;

/** The retry tests of one world, the oldest first. */
class RetryTests extends Map<string, RetryTest> {
  #created = 0;

  /** Returns an id that no test of the world has had. */
  nextId(): string {
    this.#created += 1;
    return `retry-test-${this.#created}`;
  }
}

/** Retry tests of each world; a reset replaces its fault engine and so ends them. */
const testsOf = new WeakMap<FaultEngine, RetryTests>();

function registryOf({ faults }: World): RetryTests {
  const known = testsOf.get(faults) ?? new RetryTests();
  testsOf.set(faults, known);
  return known;
}

/**
 * Arms the instructions of a retry test.
 * @throws InputError for an unknown operation or instruction; nothing is armed then.
 */
export function createRetryTest(world: World, request: NewRetryTest, known: KnownOperations): RetryTestView {
  const { instructions, transport = 'HTTP', header = true } = request;
  const tests = registryOf(world);
  const id = tests.nextId();
  const rules = Object.entries(instructions).map(([operation, list]) =>
    ruleOf(operation, list, { known, match: header ? { header: { [RETRY_TEST_HEADER]: id } } : {} }),
  );
  const issues = rules.flatMap((rule) => ('issues' in rule ? (rule.issues as readonly InputIssue[]) : []));
  if (issues.length > 0) throw new InputError('body', issues);
  const parsed = rules.map((rule) => parseArmedFault(rule, 'instructions', known));
  const faults = parsed.map((rule) => world.faults.arm(rule).id);
  if (tests.size >= MAX_TESTS) forgetCompleted(world, tests);
  tests.set(id, { id, instructions, transport, faults });
  return showRetryTest(world, id);
}

/** Lists the retry tests of a world. */
export const listRetryTests = (world: World): readonly RetryTestView[] =>
  [...registryOf(world).keys()].map((id) => showRetryTest(world, id));

/** Returns a retry test. @throws AdminError if there is none with this id. */
export function showRetryTest(world: World, id: string): RetryTestView {
  const { faults, ...test } = find(world, id);
  return { ...test, completed: isCompleted(world, faults) };
}

const isCompleted = (world: World, faults: readonly string[]): boolean =>
  faults.every((fault) => world.faults.armedFault(fault)?.isExpired ?? true);

/** Forgets completed tests among the oldest ones. Those that go on are checked again after all others. */
function forgetCompleted(world: World, tests: RetryTests): void {
  let checked = 0;
  for (const [id, test] of tests) {
    if (checked === SWEEP_COUNT) return;
    checked += 1;
    tests.delete(id);
    if (!isCompleted(world, test.faults)) tests.set(id, test);
  }
}

/** Ends a retry test: what is left of its instructions is disarmed. */
export function deleteRetryTest(world: World, id: string): void {
  const { faults } = find(world, id);
  for (const fault of faults) world.faults.disarm(fault);
  registryOf(world).delete(id);
}

function find(world: World, id: string): RetryTest {
  const tests = registryOf(world);
  const test = tests.get(id);
  if (test !== undefined) return test;
  throw notFound(`Retry test "${id}" does not exist.`, { pointer: '/id', found: id, allowed: [...tests.keys()] });
}

/** Converts the instructions for one operation to a rule, or to what is wrong with them. */
function ruleOf(
  name: string,
  list: readonly string[],
  { known, match }: { readonly known: KnownOperations; readonly match: Json },
): Json | { readonly issues: readonly InputIssue[] } {
  const operation = known.get(name)?.operation;
  const pointer = `/instructions/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  if (operation === undefined) {
    const message = `no operation has this name${didYouMean(name, known.names)}`;
    return { issues: [{ pointer, message, found: name, allowed: 'an operation of GET /__admin/contracts' }] };
  }
  const faults = list.map((text) => faultOf(text, operation));
  const issues = faults.flatMap((fault, at) =>
    typeof fault === 'string'
      ? [{ pointer: `${pointer}/${at}`, message: fault, found: list[at], allowed: EXAMPLES }]
      : [],
  );
  if (issues.length > 0) return { issues };
  return { match: { operation: name, ...match }, undocumented: true, sequence: faults };
}

const EXAMPLES = INSTRUCTIONS.map(({ example }) => example);
