import type { TaskContract } from '../../contract/contract.ts';
import { didYouMean } from '../../contract/nearest.ts';
import type { Progress } from '../../domain/progress.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { KnownOperation } from './operations.ts';
import type { RuleContext } from './rule-context.ts';

/** Rejects progress that can never happen: operations that start no task, and stores and codes that its tasks do not have. */
export function checkProgress({ failure }: Progress, at: string, context: RuleContext): void {
  const { operations, issues } = context;
  const tasks = new Map(operations.map((known) => [apiOf(known), known.dialect?.contract.tasks]));
  const idle = operations.find((known) => !startsTask(known));
  if (idle !== undefined) {
    const api = apiOf(idle);
    const allowed = (tasks.get(api)?.startedBy ?? []).map((id) => `${api}.${id}`);
    issues.push({
      pointer: at,
      message: `${idle.name} starts no task`,
      allowed: allowed.length === 0 ? 'an operation of another API' : allowed,
    });
    return;
  }
  if (failure?.stores !== undefined) checkStores(failure.stores, `${at}/fail/stores`, context);
  const code = failure?.code ?? null;
  if (code === null) return;
  for (const [api, known] of tasks) {
    const issue = unknownCode(code, api, known);
    if (issue !== undefined) issues.push({ pointer: `${at}/fail/code`, found: code, ...issue });
  }
}

/** Rejects stores for operations whose tasks do not write to several stores. */
function checkStores(stores: readonly string[], pointer: string, { operations, issues }: RuleContext): void {
  const without = operations.find(
    ({ name, dialect }) => name !== `${apiOf({ name })}.${dialect?.contract.tasks?.intoStores?.startedBy}`,
  );
  if (without === undefined) return;
  issues.push({
    pointer,
    message: `tasks of ${without.name} do not write to several stores`,
    found: stores,
    allowed: ['image-v2.importImage'],
  });
}

// Dialect names contain dots, operation ids do not.
const apiOf = ({ name }: Pick<KnownOperation, 'name'>): string => name.slice(0, name.lastIndexOf('.'));

const startsTask = ({ name, dialect }: KnownOperation): boolean =>
  dialect?.contract.tasks?.startedBy.includes(name.slice(name.lastIndexOf('.') + 1)) ?? false;

/** Returns what is wrong with the code of a failed task, or `undefined` if the API has it. */
function unknownCode(
  code: string,
  api: string,
  tasks: TaskContract | undefined,
): Pick<InputIssue, 'message' | 'allowed'> | undefined {
  const known = Object.keys(tasks?.codes ?? {});
  if (known.includes(code)) return undefined;
  if (known.length === 0) return { message: `tasks of ${api} fail without a code`, allowed: 'a message' };
  return { message: `no task of ${api} fails with this code${didYouMean(code, known)}`, allowed: known };
}
