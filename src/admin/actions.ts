import type { AdminContext, AdminInput, AnyAdminOperation } from './operation.ts';

/** Operations that are no `GET` and change nothing that a replay needs. */
const READS: ReadonlySet<string> = new Set([
  'changePort',
  'clearCoverage',
  'continueHeld',
  'createWorld',
  'digestImage',
  'dropWorld',
  // What was decided is in the entry of the request.
  'respondHeld',
  'verifyRequests',
]);

/** Operations that are no `GET` and save nothing. */
const SAVES_NOTHING: ReadonlySet<string> = new Set([
  'armFault',
  'changePort',
  'clearCoverage',
  'clearRequests',
  'continueHeld',
  'createRetryTest',
  'deleteRetryTest',
  'digestImage',
  'disarmFaults',
  'respondHeld',
  'setLabel',
  'setScenarioState',
  'verifyRequests',
]);

/** Runs an operation, and notes it in the history of its world if it changes the world. @throws StorageFailure while changes cannot be saved. */
export function runNoted(operation: AnyAdminOperation, input: AdminInput, context: AdminContext): unknown {
  const { id, method } = operation;
  const { world } = context;
  const failure = method === 'get' || SAVES_NOTHING.has(id) ? undefined : world.storageFailure;
  if (failure !== undefined) throw failure;
  const isAction = method !== 'get' && !READS.has(id) && !onlyChecks(input);
  const before = isAction
    ? { history: world.history, after: world.journal.recorded, time: world.clock.now() }
    : undefined;
  const output = operation.run(input, context);
  // A reset and a restore start a new history.
  if (before === undefined || world.history !== before.history) return output;
  const { history, after, time } = before;
  history.noteAction({ after, time, operation: id, input: JSON.stringify(input) });
  return output;
}

/** Whether an input is only checked, and changes nothing. */
const onlyChecks = ({ query }: AdminInput): boolean =>
  (query as { readonly check?: unknown } | undefined)?.check === true;
