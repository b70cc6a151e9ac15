import { nearestName } from '../contract/nearest.ts';
import type { InputIssue } from '../domain/input-error.ts';
import { type Calls, type Fault, isLate, type Match, type Phase, type Rule } from './fault.ts';
import type { KnownOperation, KnownOperations } from './operations.ts';
import { parseFault } from './parse-fault.ts';
import { needsAnswer } from './verdict.ts';

type Json = Readonly<Record<string, unknown>>;

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
  const faults = parseFaults(value, pointer, operations, issues);
  const rule: Rule = {
    operations: operations.map(({ name }) => name),
    match: parseMatch(match),
    calls: parseCalls(value['calls'] as Json | undefined, `${pointer}/calls`, issues),
    phase: parsePhase(value['phase']),
    sequence: faults.map(({ fault }) => fault),
    ending: endOf(value),
  };
  if (value['undocumented'] !== true) {
    for (const { fault, at } of faults) {
      if (fault.kind === 'answer') checkDocumented(fault.status, `${at}/answer`, operations, issues);
    }
  }
  for (const { fault, at } of faults) {
    if (fault.kind === 'answer' && fault.code !== undefined) checkCode(fault.code, `${at}/code`, operations, issues);
    checkUpload(fault, at, operations, issues);
  }
  if (rule.phase === 'twice' || isLate(rule.phase)) checkRepeatable(operations, `${pointer}/phase`, issues);
  if (isLate(rule.phase)) for (const { fault, at } of faults) checkNeedsNoAnswer(fault, at, issues);
  return { rule, issues };
}

function parseOperations(
  match: Json,
  pointer: string,
  known: KnownOperations,
  issues: InputIssue[],
): readonly KnownOperation[] {
  const written = match['operation'] as string | readonly string[] | undefined;
  const isList = Array.isArray(written);
  const patterns: readonly string[] = written === undefined ? ['*'] : isList ? written : [written as string];
  const found = new Map<string, KnownOperation>();
  patterns.forEach((pattern, index) => {
    const matching = known.matching(pattern);
    for (const one of matching) found.set(one.name, one);
    if (matching.length > 0) return;
    const nearest = known.nearest(pattern);
    issues.push({
      pointer: `${pointer}/match/operation${isList ? `/${index}` : ''}`,
      message: `no operation is called that${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`,
      found: pattern,
      allowed: nearest === undefined ? 'dialect.operation, with * on either side' : [nearest],
    });
  });
  if (issues.length > 0) return [...found.values()];
  let operations = [...found.values()];
  const narrow = (
    holds: (known: KnownOperation) => boolean,
    member: string,
    message: string,
    allowed: string,
  ): void => {
    if (operations.length === 0) return;
    const left = operations.filter(holds);
    if (left.length === 0) {
      issues.push({
        pointer: `${pointer}/match/${member}`,
        message: `the rule can never match: ${message}`,
        found: match[member],
        allowed,
      });
    }
    operations = left;
  };
  if (match['method'] !== undefined) {
    const methods = [...new Set(operations.map(({ operation }) => operation.method.toUpperCase()))];
    narrow(
      ({ operation }) => operation.method.toUpperCase() === match['method'],
      'method',
      'no operation that it names has this method',
      methods.join(', '),
    );
  }
  if (match['image'] !== undefined) {
    narrow(
      ({ operation }) => operation.path.includes('{image_id}'),
      'image',
      'no operation that it names has an image in its path',
      'no image here, or an operation on one image',
    );
  }
  for (const member of ['project', 'user'] as const) {
    if (match[member] === undefined) continue;
    narrow(
      ({ operation }) => operation.auth !== 'none',
      member,
      'the operations that it names ask for no token, so nobody knows who calls',
      `no ${member} here, or an operation that asks for a token`,
    );
  }
  return operations;
}

function parseMatch(match: Json): Match {
  const { image, project, user, header, query, body } = match as Match;
  return {
    ...(image !== undefined && { image }),
    ...(project !== undefined && { project }),
    ...(user !== undefined && { user }),
    ...(header !== undefined && {
      header: Object.fromEntries(Object.entries(header).map(([name, glob]) => [name.toLowerCase(), glob])),
    }),
    ...(query !== undefined && { query }),
    ...(body !== undefined && { body }),
  };
}

function parseCalls(value: Json | undefined, pointer: string, issues: InputIssue[]): Calls {
  const calls: Calls = { per: 'rule', ...(value as Partial<Calls> | undefined) };
  const { from = 1, to = Number.POSITIVE_INFINITY, every = 1, only } = calls;
  if (from > to) {
    issues.push({
      pointer,
      message: 'takes no call: "from" is past "to"',
      found: { from, to },
      allowed: `to: ${from} or more`,
    });
  } else if (Math.ceil(from / every) * every > to) {
    issues.push({
      pointer,
      message: `takes no call: there is no multiple of ${every} among them`,
      found: value,
      allowed: `to: ${Math.ceil(from / every) * every} or more`,
    });
  } else if (only?.every((number) => number < from || number > to || number % every !== 0)) {
    issues.push({
      pointer: `${pointer}/only`,
      message: 'takes no call: the rest of "calls" leaves all of these out',
      found: only,
      allowed: 'a call that from, to and every leave in',
    });
  }
  return calls;
}

interface PlacedFault {
  readonly fault: Fault;
  readonly at: string;
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
  if (fault !== undefined) return [{ fault: parseFault(fault, `${pointer}/fault`, issues), at: `${pointer}/fault` }];
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

function endOf(value: Json): Rule['ending'] {
  if (value['sequence'] === undefined) return 'last';
  const last = (value['sequence'] as readonly unknown[] | undefined)?.at(-1);
  return last === 'repeat' || last === 'last' ? last : 'pass';
}

function checkDocumented(
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
