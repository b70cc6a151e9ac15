import { nearestName } from '../../contract/nearest.ts';
import type { InputIssue } from '../../input/input-error.ts';
import { needsAnswer } from '../engine/decision.ts';
import { type Fault, isLate, type Rule } from '../fault.ts';
import { checkProgress } from './check-progress.ts';
import type { KnownOperation } from './operations.ts';
import { mostTaken } from './parse-calls.ts';
import { lackingKey } from './parse-limit.ts';

/** A fault, and where it stands. */
export interface PlacedFault {
  readonly fault: Fault;
  readonly at: string;
}

/** What of a rule can never happen, seen from its operations; each with its place and what is allowed. */
export function checkRule(
  rule: Rule,
  faults: readonly PlacedFault[],
  pointer: string,
  operations: readonly KnownOperation[],
  issues: InputIssue[],
): void {
  for (const { fault, at } of faults) {
    if (fault.kind === 'answer' && fault.code !== undefined) checkCode(fault.code, `${at}/code`, operations, issues);
    checkUpload(fault, at, operations, issues);
    if (fault.kind === 'progress') checkProgress(fault.progress, `${at}/progress`, operations, issues);
  }
  if (rule.phase === 'twice' || isLate(rule.phase)) checkRepeatable(operations, `${pointer}/phase`, issues);
  if (isLate(rule.phase)) for (const { fault, at } of faults) checkNeedsNoAnswer(fault, at, issues);
  checkKey(rule, pointer, operations, issues);
  checkSequence(rule, faults, pointer, issues);
}

/** Whether each operation documents a status that somebody wrote down. */
export function checkDocumented(
  status: number,
  pointer: string,
  operations: readonly KnownOperation[],
  issues: InputIssue[],
): void {
  const without = operations.filter(({ operation }) => !operation.statuses.includes(status));
  if (without.length === 0) return;
  const names = without.map(({ name }) => name);
  const shown = names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
  const common = (operations[0]?.operation.statuses ?? []).filter((one) =>
    operations.every(({ operation }) => operation.statuses.includes(one)),
  );
  issues.push({
    pointer,
    message: `is not documented for ${shown}; a rule with "undocumented: true" may give it all the same`,
    found: status,
    allowed: common.map(String),
  });
}

/** Calls that are counted apart must differ in what they are counted by. */
function checkKey({ calls }: Rule, pointer: string, operations: readonly KnownOperation[], issues: InputIssue[]): void {
  const lacks = lackingKey(calls.per, operations);
  if (lacks === undefined) return;
  issues.push({
    pointer: `${pointer}/calls/per`,
    message: `${lacks}, so that all calls would be counted together`,
    found: calls.per,
    allowed: 'what the calls differ in, or rule',
  });
}

/** A sequence must do something, and its calls must be enough for all of it. */
function checkSequence(rule: Rule, faults: readonly PlacedFault[], pointer: string, issues: InputIssue[]): void {
  const [first] = faults;
  if (first === undefined) return;
  if (rule.goto === undefined && faults.every(({ fault }) => fault.kind === 'pass')) {
    issues.push({
      pointer: faults.length > 1 ? `${pointer}/sequence` : first.at,
      message: 'does nothing to any call',
      allowed: ['answer', 'delay', 'progress', 'stall', 'slow', 'cut', 'corrupt', 'limit'],
    });
  }
  const most = mostTaken(rule.calls);
  const unreached = faults[most];
  if (most < 1 || unreached === undefined) return;
  issues.push({
    pointer: unreached.at,
    message: `the sequence never gets on to this: "calls" takes ${most}`,
    found: rule.calls,
    allowed: `calls that take ${faults.length} or more`,
  });
}

/** What happens to an upload can happen only where there is one. */
function checkUpload(fault: Fault, at: string, operations: readonly KnownOperation[], issues: InputIssue[]): void {
  const wire = fault.kind === 'answer' || fault.kind === 'wire' ? fault.wire : undefined;
  const isOnUpload = wire !== undefined && 'on' in wire && wire.on === 'request';
  const member = isOnUpload ? `${wire.kind}/on` : fault.kind === 'answer' && fault.received !== undefined && 'received';
  if (typeof member !== 'string') return;
  const without = operations.find(({ operation }) => operation.body !== 'stream');
  if (without === undefined) return;
  issues.push({
    pointer: `${at}/${member}`,
    message: `is about an upload, and ${without.name} takes none`,
    allowed: 'operations that take the data of an image, such as image-v2.uploadImageData',
  });
}

/** The data of an upload is gone once it was read. */
function checkRepeatable(operations: readonly KnownOperation[], pointer: string, issues: InputIssue[]): void {
  const stream = operations.find(({ operation }) => operation.body === 'stream');
  if (stream === undefined) return;
  issues.push({
    pointer,
    message: `can be neither twice nor late: ${stream.name} takes an upload, which comes once`,
    allowed: ['before', 'after'],
  });
}

/** A code must be one of each API that the rule is for. */
function checkCode(code: string, pointer: string, operations: readonly KnownOperation[], issues: InputIssue[]): void {
  const without = operations.find(({ dialect }) => !Object.hasOwn(dialect?.contract.codes ?? {}, code));
  if (without === undefined) return;
  const codes = Object.keys(without.dialect?.contract.codes ?? {});
  const nearest = nearestName(code, codes);
  issues.push({
    pointer,
    message: codes.length === 0 ? `errors of ${without.name} carry no codes` : `is no code of ${without.name}`,
    found: code,
    allowed: codes.length === 0 ? 'no code here' : nearest === undefined ? codes : [nearest],
  });
}

/** The answer to a call whose effect comes late is out before there is any of its own. */
function checkNeedsNoAnswer(fault: Fault, at: string, issues: InputIssue[]): void {
  if (fault.kind === 'answer' || fault.kind === 'pass') return;
  if (fault.kind === 'wire' && !needsAnswer(fault.wire)) return;
  issues.push({
    pointer: at,
    message: "needs the call's own answer, which a call whose effect comes late has not",
    allowed: ['answer', 'cut: reset', 'cut: empty', 'cut: garbage', 'stall: true'],
  });
}
