import type { SourceBehavior } from '../../domain/web.ts';
import { idleMemberOf } from '../../domain/web-schema.ts';
import type { KnownOperation } from './operations.ts';
import type { RuleContext } from './rule-context.ts';

/** Rejects sources that can never be met: operations that download nothing, and members that have no effect. */
export function checkSource(source: SourceBehavior, at: string, { operations, issues }: RuleContext): void {
  const idle = operations.find((known) => !downloads(known));
  if (idle !== undefined) {
    const { api } = partsOf(idle);
    const own = (idle.dialect?.contract.downloads ?? []).map((id) => `${api}.${id}`);
    const allowed = own.length === 0 ? 'an operation of another API' : own;
    issues.push({ pointer: at, message: `${idle.name} downloads nothing`, allowed });
    return;
  }
  const without = idleMemberOf(source);
  if (without === undefined) return;
  const { member, message, allowed } = without;
  issues.push({ pointer: `${at}/${member === 'data' ? 'text' : member}`, message, allowed });
}

// Dialect names contain dots, operation ids do not.
function partsOf({ name }: Pick<KnownOperation, 'name'>): { readonly api: string; readonly id: string } {
  const dot = name.lastIndexOf('.');
  return { api: name.slice(0, dot), id: name.slice(dot + 1) };
}

const downloads = (known: KnownOperation): boolean =>
  known.dialect?.contract.downloads?.includes(partsOf(known).id) ?? false;
