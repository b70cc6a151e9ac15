import type { Json } from '../../base/json.ts';
import type { InputIssue } from '../../input/input-error.ts';
import { type Fault, isLate, type Phase, type Rule, type RuleStage } from '../fault.ts';
import { checkBodyPointers } from './check-body-pointers.ts';
import { checkDocumented, checkRule } from './check-rule.ts';
import type { KnownOperations } from './operations.ts';
import { parseCalls } from './parse-calls.ts';
import { parseFault } from './parse-fault.ts';
import { checkContradictions, parseMatch, parseOperations } from './parse-match.ts';
import type { PlacedFault, RuleContext } from './rule-context.ts';

/** A rule and the problems that were found in it. */
export interface ParsedRule {
  readonly rule: Rule;
  /** Empty for a valid rule. */
  readonly issues: readonly InputIssue[];
}

/**
 * Parses a rule that has passed the schema.
 * @param pointer - JSON pointer of the rule.
 * @param discovers - whether patterns match operations by which clients discover versions, unless the rule says.
 */
export function parseRule(
  value: Json,
  pointer: string,
  { known, discovers = true }: { readonly known: KnownOperations; readonly discovers?: boolean },
): ParsedRule {
  const issues: InputIssue[] = [];
  const match = value['match'] as Json;
  const operations = parseOperations(match, `${pointer}/match`, { known, discovers, issues });
  const context: RuleContext = { operations, issues };
  checkContradictions(match, `${pointer}/match`, issues);
  checkBodyPointers((match['body'] ?? {}) as Json, `${pointer}/match`, context);
  const faults = parseFaults(value as WrittenFaults, pointer, context);
  const rule: Rule = {
    operations: operations.map(({ name }) => name),
    match: parseMatch(match),
    calls: parseCalls(value['calls'] as Json | number | undefined, `${pointer}/calls`, issues),
    stage: (value['stage'] as RuleStage | undefined) ?? 'after-auth',
    phase: parsePhase(value['phase']),
    sequence: faults.map(({ fault }) => fault),
    ending: parseEnding(value),
    ...(value['when'] !== undefined && { when: value['when'] as string }),
    ...(value['goto'] !== undefined && { goto: value['goto'] as string }),
  };
  if (value['undocumented'] !== true) checkWritten(value, faults, context);
  checkRule({ rule, faults, pointer }, context);
  return { rule, issues };
}

/** Checks the statuses that a rule names against its operations' contracts; responses of proxies are never documented. */
function checkWritten(value: Json, faults: readonly PlacedFault[], context: RuleContext): void {
  for (const { fault, at } of faults) {
    const written = (value['fault'] as Json | undefined)?.['answer'];
    const altered = fault.kind === 'alter' ? fault.alter.status : undefined;
    if (altered !== undefined) checkDocumented(altered, `${at}/alter/status`, context);
    const status = fault.kind === 'answer' && fault.observed === undefined ? fault.status : undefined;
    const overLimit = fault.kind === 'limit' && typeof written === 'number' ? written : undefined;
    const named = status ?? overLimit;
    if (named !== undefined) checkDocumented(named, `${at}/answer`, context);
  }
}

/** A fault as written; a text is a word of a sequence. */
type WrittenFault = Json | string;

/** The members of a rule that determine its faults. */
interface WrittenFaults {
  readonly fault?: WrittenFault;
  readonly sequence?: readonly WrittenFault[];
  readonly phase?: unknown;
  readonly goto?: string;
}

function parseFaults(value: WrittenFaults, pointer: string, context: RuleContext): readonly PlacedFault[] {
  const { fault, sequence } = value;
  if (fault !== undefined && sequence === undefined) {
    const at = `${pointer}/fault`;
    return [{ fault: parseFault(fault, at, context), at }];
  }
  if (fault === undefined && sequence !== undefined) return parseSequence(sequence, `${pointer}/sequence`, context);
  const implied = fault === undefined ? impliedFaults(value, pointer, context) : undefined;
  if (implied !== undefined) return implied;
  context.issues.push({
    pointer,
    message: fault === undefined ? 'has no fault' : 'has both a fault and a sequence',
    allowed: ['fault', 'sequence'],
  });
  return [];
}

const NO_DELAY: Fault = { kind: 'delay', delay: { kind: 'fixed', milliseconds: 0 } };

/** Returns the faults of a rule without `fault` and `sequence`, or `undefined` if it needs one of them. */
function impliedFaults(
  { goto, phase }: WrittenFaults,
  pointer: string,
  context: RuleContext,
): readonly PlacedFault[] | undefined {
  if (goto !== undefined) return [{ fault: { kind: 'pass' }, at: pointer }];
  if (phase === 'twice') return [{ fault: NO_DELAY, at: pointer }];
  return isLate(parsePhase(phase)) ? successes(pointer, context) : undefined;
}

const isWord = (entry: WrittenFault | undefined): entry is string => typeof entry === 'string';

function parseSequence(list: readonly WrittenFault[], pointer: string, context: RuleContext): readonly PlacedFault[] {
  const steps = isWord(list.at(-1)) ? list.slice(0, -1) : list;
  if (steps.length === 0) {
    context.issues.push({
      pointer,
      message: 'contains no fault',
      found: list,
      allowed: 'a fault before the last word',
    });
  }
  return steps.map((entry, index) => {
    const at = `${pointer}/${index}`;
    return { fault: entry === 'pass' ? { kind: 'pass' } : parseStep(entry, at, context), at };
  });
}

function parseStep(entry: WrittenFault, at: string, context: RuleContext): Fault {
  if (isWord(entry) || entry['limit'] === undefined) return parseFault(entry, at, context);
  context.issues.push({
    pointer: `${at}/limit`,
    message: 'never ends, so the rest of the sequence would never be reached',
    allowed: ['fault'],
  });
  const { limit: _limit, ...rest } = entry;
  return parseFault(rest, at, context);
}

/** The response of a late effect without a fault: success. */
function successes(pointer: string, { operations, issues }: RuleContext): readonly PlacedFault[] {
  const [status, ...others] = new Set(operations.map(({ operation }) => operation.success));
  if (others.length > 0) {
    issues.push({
      pointer,
      message: 'has no fault, and the matched operations have different success statuses',
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

function parseEnding(value: Json): Rule['ending'] {
  if (value['sequence'] === undefined) return 'last';
  const last = (value['sequence'] as readonly unknown[]).at(-1);
  return last === 'repeat' || last === 'last' ? last : 'pass';
}
