import { nearestName } from '../../contract/nearest.ts';
import { type Fault, isLate, type Rule, type Wire } from '../fault.ts';
import { FAULT_MEMBERS, isAllowedLate } from '../fault-kinds.ts';
import { checkEarlyRule } from './check-early-rule.ts';
import { checkProblem } from './check-problem.ts';
import { checkProgress } from './check-progress.ts';
import { checkSource } from './check-source.ts';
import { maxFired } from './parse-calls.ts';
import { missingKey } from './parse-limit.ts';
import type { PlacedFault, PlacedRule, RuleContext } from './rule-context.ts';

/** Reports what makes a fault of one kind impossible for the operations of its rule; `at` is the fault's JSON pointer. */
type FaultCheck<F extends Fault> = (fault: F, at: string, context: RuleContext) => void;

const NO_CHECK = (): void => undefined;

const CHECKS: { readonly [K in Fault['kind']]: FaultCheck<Extract<Fault, { readonly kind: K }>> } = {
  answer: (fault, at, context) => {
    const { code, problem, wire, received } = fault;
    if (problem !== undefined) checkProblem({ ...fault, problem }, at, context);
    if (code !== undefined) checkCode(code, `${at}/code`, context);
    if (isOnUpload(wire)) checkUpload(`${at}/${wire.kind}/on`, context);
    else if (received !== undefined) checkUpload(`${at}/received`, context);
  },
  alter: ({ wire }, at, context) => {
    if (isOnUpload(wire)) checkUpload(`${at}/${wire.kind}/on`, context);
  },
  wire: ({ wire }, at, context) => {
    if (isOnUpload(wire)) checkUpload(`${at}/${wire.kind}/on`, context);
  },
  progress: ({ progress }, at, context) => checkProgress(progress, `${at}/progress`, context),
  source: ({ source }, at, context) => checkSource(source, `${at}/source`, context),
  delay: NO_CHECK,
  hold: NO_CHECK,
  limit: NO_CHECK,
  pass: NO_CHECK,
};

// A lookup by kind gives the check of exactly that kind, which TypeScript cannot follow for a union.
const checkOf = (fault: Fault): FaultCheck<Fault> => CHECKS[fault.kind] as FaultCheck<Fault>;

/** Reports everything about a rule that can never happen. */
export function checkRule(placed: PlacedRule, context: RuleContext): void {
  const { rule, faults, pointer } = placed;
  for (const { fault, at } of faults) checkOf(fault)(fault, at, context);
  if (rule.phase === 'twice' || isLate(rule.phase)) checkRepeatable(`${pointer}/phase`, context);
  if (isLate(rule.phase)) for (const fault of faults) checkLateFault(fault, context);
  if (rule.stage === 'before-auth') checkEarlyRule(placed, context);
  checkKey(rule, pointer, context);
  checkSequence(placed, context);
}

/** Reports the operations that do not document a status of a rule. */
export function checkDocumented(status: number, pointer: string, { operations, issues }: RuleContext): void {
  const without = operations.filter(({ operation }) => !operation.statuses.includes(status));
  if (without.length === 0) return;
  const names = without.map(({ name }) => name);
  const shown = names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
  const common = (operations[0]?.operation.statuses ?? []).filter((one) =>
    operations.every(({ operation }) => operation.statuses.includes(one)),
  );
  issues.push({
    pointer,
    message: `is not documented for ${shown}; add "undocumented: true" to the rule to allow it`,
    found: status,
    allowed: common.map(String),
  });
}

/** Rejects a key that no request of the rule has. */
function checkKey({ calls }: Rule, pointer: string, { operations, issues }: RuleContext): void {
  const reason = missingKey(calls.per, operations);
  if (reason === undefined) return;
  issues.push({
    pointer: `${pointer}/calls/per`,
    message: `${reason}, so all requests would be counted together`,
    found: calls.per,
    allowed: 'a key in which the requests differ, or rule',
  });
}

/** Rejects a sequence that does nothing, or that is longer than the number of requests that the rule fires for. */
function checkSequence({ rule, faults, pointer }: PlacedRule, { issues }: RuleContext): void {
  const [first] = faults;
  if (first === undefined) return;
  if (rule.goto === undefined && faults.every(({ fault }) => fault.kind === 'pass')) {
    issues.push({
      pointer: faults.length > 1 ? `${pointer}/sequence` : first.at,
      message: 'has no effect on any request',
      allowed: FAULT_MEMBERS,
    });
  }
  const max = maxFired(rule.calls);
  const unreached = faults[max];
  if (max < 1 || unreached === undefined) return;
  issues.push({
    pointer: unreached.at,
    message: `is never reached: "calls" lets the rule fire ${max === 1 ? 'once' : `${max} times`}`,
    found: rule.calls,
    allowed: `calls that let the rule fire ${faults.length} times or more`,
  });
}

type UploadWire = Extract<Wire, { readonly on: unknown }>;

const isOnUpload = (wire: Wire | undefined): wire is UploadWire =>
  wire !== undefined && 'on' in wire && wire.on === 'request';

/** Rejects a fault on uploads for operations that accept no upload. */
function checkUpload(pointer: string, { operations, issues }: RuleContext): void {
  const without = operations.find(({ operation }) => operation.body !== 'stream');
  if (without === undefined) return;
  issues.push({
    pointer,
    message: `requires an upload, and ${without.name} accepts none`,
    allowed: 'operations that accept image data, such as image-v2.uploadImageData',
  });
}

/** Rejects `twice` and late effects for uploads: their data can be read only once. */
function checkRepeatable(pointer: string, { operations, issues }: RuleContext): void {
  const stream = operations.find(({ operation }) => operation.body === 'stream');
  if (stream === undefined) return;
  issues.push({
    pointer,
    message: `cannot be twice or late: ${stream.name} accepts an upload, whose data can be read only once`,
    allowed: ['before', 'after'],
  });
}

/** Rejects an error code that one of the APIs does not have. */
function checkCode(code: string, pointer: string, { operations, issues }: RuleContext): void {
  const without = operations.find(({ dialect }) => !Object.hasOwn(dialect?.contract.codes ?? {}, code));
  if (without === undefined) return;
  const codes = Object.keys(without.dialect?.contract.codes ?? {});
  const nearest = nearestName(code, codes);
  issues.push({
    pointer,
    message: codes.length === 0 ? `errors of ${without.name} have no codes` : `is not a code of ${without.name}`,
    found: code,
    allowed: codes.length === 0 ? 'no code' : nearest === undefined ? codes : [nearest],
  });
}

/** Rejects a fault that needs the operation's own response, which a late effect produces only after the response was sent. */
function checkLateFault({ fault, at }: PlacedFault, { issues }: RuleContext): void {
  if (isAllowedLate(fault)) return;
  issues.push({
    pointer: at,
    message: "requires the operation's own response, which does not exist yet in phase late",
    allowed: ['answer', 'cut: reset', 'cut: empty', 'cut: garbage', 'stall: true'],
  });
}
