import type { Json } from '../../base/json.ts';
import type { InputIssue } from '../../input/input-error.ts';
import { type Fault, isLate, type Phase, type Rule } from '../fault.ts';
import { checkDocumented, checkRule, type PlacedFault } from './check-rule.ts';
import type { KnownOperation, KnownOperations } from './operations.ts';
import { parseCalls } from './parse-calls.ts';
import { parseFault } from './parse-fault.ts';
import { parseLimit } from './parse-limit.ts';
import { checkContradictions, parseMatch, parseOperations } from './parse-match.ts';

/** A rule, or what is wrong with it. */
export interface ParsedRule {
  readonly rule: Rule;
  readonly issues: readonly InputIssue[];
}

/** A rule of a value that has passed the schema; `pointer` is where it stands. */
export function parseRule(value: Json, pointer: string, known: KnownOperations): ParsedRule {
  const issues: InputIssue[] = [];
  const match = value['match'] as Json;
  const operations = parseOperations(match, pointer, known, issues);
  checkContradictions(match, `${pointer}/match`, issues);
  const faults = parseFaults(value, pointer, operations, issues);
  const rule: Rule = {
    operations: operations.map(({ name }) => name),
    match: parseMatch(match),
    calls: parseCalls(value['calls'] as Json | undefined, `${pointer}/calls`, issues),
    phase: parsePhase(value['phase']),
    sequence: faults.map(({ fault }) => fault),
    ending: endOf(value),
    ...(value['when'] !== undefined && { when: value['when'] as string }),
    ...(value['goto'] !== undefined && { goto: value['goto'] as string }),
  };
  if (value['undocumented'] !== true) checkWritten(value, faults, operations, issues);
  checkRule(rule, faults, pointer, operations, issues);
  return { rule, issues };
}

/** Holds the statuses that a rule names against what its operations document; those of proxies stand apart. */
function checkWritten(
  value: Json,
  faults: readonly PlacedFault[],
  operations: readonly KnownOperation[],
  issues: InputIssue[],
): void {
  for (const { fault, at } of faults) {
    const written = (value['fault'] as Json | undefined)?.['answer'];
    const status = fault.kind === 'answer' && fault.observed === undefined ? fault.status : undefined;
    const limited = fault.kind === 'limit' && typeof written === 'number' ? written : undefined;
    const named = status ?? limited;
    if (named !== undefined) checkDocumented(named, `${at}/answer`, operations, issues);
  }
}

function parseFaults(
  value: Json,
  pointer: string,
  operations: readonly KnownOperation[],
  issues: InputIssue[],
): readonly PlacedFault[] {
  const { fault, sequence } = value as {
    readonly fault?: Json | string;
    readonly sequence?: readonly (Json | string)[];
  };
  if (fault === undefined && sequence === undefined) {
    if (value['goto'] !== undefined) return [{ fault: { kind: 'pass' }, at: pointer }];
    if (value['phase'] === 'twice') return [{ fault: NO_DELAY, at: pointer }];
    if (isLate(parsePhase(value['phase']))) return successes(operations, pointer, issues);
  }
  if ((fault === undefined) === (sequence === undefined)) {
    issues.push({
      pointer,
      message: fault === undefined ? 'says no fault' : 'has both a fault and a sequence',
      allowed: ['fault', 'sequence'],
    });
    return [];
  }
  if (fault !== undefined) {
    const at = `${pointer}/fault`;
    const isLimit = typeof fault === 'object' && fault['limit'] !== undefined;
    return [{ fault: isLimit ? parseLimit(fault, at, operations, issues) : parseFault(fault, at, issues), at }];
  }
  const list = sequence as readonly (Json | string)[];
  const isEnd = (entry: Json | string | undefined): boolean => typeof entry === 'string';
  const steps = isEnd(list.at(-1)) ? list.slice(0, -1) : list;
  if (steps.length === 0) {
    issues.push({
      pointer: `${pointer}/sequence`,
      message: 'holds no fault',
      found: list,
      allowed: 'a fault before the last word',
    });
  }
  return steps.map((entry, index) => {
    const at = `${pointer}/sequence/${index}`;
    if (entry === 'pass') return { fault: { kind: 'pass' }, at };
    if (typeof entry === 'object' && entry['limit'] !== undefined) {
      issues.push({
        pointer: `${at}/limit`,
        message: 'goes on and on, so that nothing could follow it',
        allowed: ['fault'],
      });
    }
    return { fault: parseFault(entry, at, issues), at };
  });
}

const NO_DELAY: Fault = { kind: 'delay', delay: { kind: 'fixed', milliseconds: 0 } };

/** What a client hears whose effect comes late: that all went well. */
function successes(
  operations: readonly KnownOperation[],
  pointer: string,
  issues: InputIssue[],
): readonly PlacedFault[] {
  const [status, ...others] = new Set(operations.map(({ operation }) => operation.success));
  if (others.length > 0) {
    issues.push({
      pointer,
      message: 'says no fault, and the operations that it names do not all answer the same where all goes well',
      allowed: ['fault', 'sequence'],
    });
  }
  return status === undefined ? [] : [{ fault: { kind: 'answer', status }, at: pointer }];
}

function parsePhase(value: unknown): Phase {
  if (typeof value !== 'object' || value === null) return (value as Phase | undefined) ?? 'before';
  const { seconds, polls } = (value as { readonly late: { readonly seconds?: number; readonly polls?: number } }).late;
  return { late: polls === undefined ? { milliseconds: (seconds as number) * 1000 } : { polls } };
}

function endOf(value: Json): Rule['ending'] {
  if (value['sequence'] === undefined) return 'last';
  const last = (value['sequence'] as readonly unknown[] | undefined)?.at(-1);
  return last === 'repeat' || last === 'last' ? last : 'pass';
}
