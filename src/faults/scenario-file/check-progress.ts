import type { TaskContract } from '../../contract/contract.ts';
import { nearestName } from '../../contract/nearest.ts';
import type { Progress } from '../../domain/progress.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { KnownOperation } from './operations.ts';

/** What of progress can never come about: calls that begin nothing, codes that nothing which they begin fails with. */
export function checkProgress(
  { failure }: Progress,
  at: string,
  operations: readonly KnownOperation[],
  issues: InputIssue[],
): void {
  const tasks = new Map(operations.map((known) => [apiOf(known), known.dialect?.contract.tasks]));
  const idle = operations.find((known) => !begins(known));
  if (idle !== undefined) {
    const api = apiOf(idle);
    const allowed = (tasks.get(api)?.begunBy ?? []).map((id) => `${api}.${id}`);
    issues.push({
      pointer: at,
      message: `${idle.name} begins nothing that takes time`,
      allowed: allowed.length === 0 ? 'an operation of another API' : allowed,
    });
    return;
  }
  const unspread = operations.find(({ name, dialect }) => {
    return name !== `${apiOf({ name })}.${dialect?.contract.tasks?.intoStores?.begunBy}`;
  });
  if (failure?.stores !== undefined && unspread !== undefined) {
    issues.push({
      pointer: `${at}/fail/stores`,
      message: `what ${unspread.name} begins does not go into several stores`,
      found: failure.stores,
      allowed: ['image-v2.importImage'],
    });
  }
  const code = failure?.code ?? null;
  if (code === null) return;
  for (const [api, known] of tasks) checkCode(code, api, known, `${at}/fail/code`, issues);
}

// Names of dialects hold dots, those of operations none.
const apiOf = ({ name }: Pick<KnownOperation, 'name'>): string => name.slice(0, name.lastIndexOf('.'));

const begins = ({ name, dialect }: KnownOperation): boolean =>
  dialect?.contract.tasks?.begunBy.includes(name.slice(name.lastIndexOf('.') + 1)) ?? false;

function checkCode(
  code: string,
  api: string,
  tasks: TaskContract | undefined,
  pointer: string,
  issues: InputIssue[],
): void {
  const known = Object.keys(tasks?.codes ?? {});
  if (known.includes(code)) return;
  if (known.length === 0) {
    issues.push({ pointer, message: `what ${api} begins fails without a code`, found: code, allowed: 'a message' });
    return;
  }
  const nearest = nearestName(code, known);
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  issues.push({ pointer, message: `nothing that ${api} begins fails so${hint}`, found: code, allowed: known });
}
