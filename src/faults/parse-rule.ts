import { nearestName } from '../contract/nearest.ts';
import type { InputIssue } from '../domain/input-error.ts';
import type { Calls, Delay, Fault, Match, RetryAfter, Rule } from './fault.ts';
import type { KnownOperation, KnownOperations } from './operations.ts';
import { MOST_DELAY } from './scenario-schema.ts';

type Json = Readonly<Record<string, unknown>>;

/** A rule, or what is wrong with it. */
export interface ParsedRule {
  readonly rule: Rule;
  readonly issues: readonly InputIssue[];
}

/** What Retry-After says when it shall be malformed and no text is given. */
const MALFORMED = 'soon';

/** A rule of a value that has passed the schema; `pointer` is where it stands. */
export function parseRule(value: Json, pointer: string, known: KnownOperations): ParsedRule {
  const issues: InputIssue[] = [];
  const match = value['match'] as Json;
  const operations = parseOperations(match, pointer, known, issues);
  const faults = parseFaults(value, pointer, issues);
  const rule: Rule = {
    operations: operations.map(({ name }) => name),
    match: parseMatch(match),
    calls: parseCalls(value['calls'] as Json | undefined, `${pointer}/calls`, issues),
    phase: value['phase'] === 'after' ? 'after' : 'before',
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
  }
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

function parseFaults(value: Json, pointer: string, issues: InputIssue[]): readonly PlacedFault[] {
  const { fault, sequence } = value as {
    readonly fault?: Json | string;
    readonly sequence?: readonly (Json | string)[];
  };
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

function endOf(value: Json): Rule['ending'] {
  if (value['fault'] !== undefined) return 'last';
  const last = (value['sequence'] as readonly unknown[] | undefined)?.at(-1);
  return last === 'repeat' || last === 'last' ? last : 'pass';
}

function parseFault(value: Json | string, at: string, issues: InputIssue[]): Fault {
  if (typeof value === 'string') {
    issues.push({
      pointer: at,
      message: value === 'pass' ? 'is a word for sequences' : 'is a word for the end of a sequence',
      found: value,
      allowed: ['answer', 'delay'],
    });
    return { kind: 'pass' };
  }
  const delay = value['delay'] === undefined ? undefined : parseDelay(value['delay'], `${at}/delay`, issues);
  if (value['answer'] === undefined) {
    const idle = Object.keys(value).find((member) => member !== 'delay');
    if (idle !== undefined) {
      issues.push({
        pointer: `${at}/${idle}`,
        message: 'says how to answer, and there is no "answer"',
        allowed: ['answer'],
      });
    }
    return delay === undefined ? { kind: 'pass' } : { kind: 'delay', delay };
  }
  return {
    kind: 'answer',
    status: value['answer'] as number,
    ...(value['retryAfter'] !== undefined && { retryAfter: parseRetryAfter(value['retryAfter']) }),
    ...(value['body'] !== undefined && { body: value['body'] }),
    ...(value['headers'] !== undefined && { headers: value['headers'] as Readonly<Record<string, string | null>> }),
    ...(value['message'] !== undefined && { message: value['message'] as string }),
    ...(value['code'] !== undefined && { code: value['code'] as string }),
    ...(delay !== undefined && { delay }),
  };
}

function parseRetryAfter(value: unknown): RetryAfter {
  if (typeof value === 'number') return { shape: 'seconds', seconds: value };
  if (value === 'absent') return { shape: 'absent' };
  if (value === 'malformed') return { shape: 'malformed', value: MALFORMED };
  const { date, malformed } = value as { readonly date?: number; readonly malformed?: string };
  return date === undefined ? { shape: 'malformed', value: malformed ?? MALFORMED } : { shape: 'date', seconds: date };
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

function parseDelay(value: unknown, pointer: string, issues: InputIssue[]): Delay {
  if (typeof value === 'number') return { kind: 'fixed', milliseconds: value };
  if (typeof value === 'string') {
    const milliseconds = Number.parseFloat(value) * (UNITS[value.replace(/^[0-9.]+/, '')] as number);
    if (milliseconds > MOST_DELAY) {
      issues.push({ pointer, message: 'is too long', found: value, allowed: `${MOST_DELAY} milliseconds at most` });
    }
    return { kind: 'fixed', milliseconds };
  }
  const { uniform, lognormal } = value as {
    readonly uniform?: { readonly from: number; readonly to: number };
    readonly lognormal?: { readonly median: number; readonly sigma: number };
  };
  if (lognormal !== undefined) return { kind: 'lognormal', ...lognormal };
  const { from, to } = uniform as { readonly from: number; readonly to: number };
  if (from > to) {
    issues.push({
      pointer: `${pointer}/uniform`,
      message: '"from" is past "to"',
      found: uniform,
      allowed: `to: ${from} or more`,
    });
  }
  return { kind: 'uniform', from, to };
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
