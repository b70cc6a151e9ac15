import type { CertificateKind } from '../../base/certificate-kinds.ts';
import { isObject, type Json } from '../../base/json.ts';
import { compile } from '../../contract/schema.ts';
import { describeViolations } from '../../contract/schema-errors.ts';
import { filesAt, type InputDocument, inputError, readDocument } from '../../input/input-document.ts';
import { InputError, type InputIssue, IssueCollector } from '../../input/input-error.ts';
import type { Rule, Scenario, States } from '../fault.ts';
import { checkEarlyStates } from './check-early-rule.ts';
import { checkStates, noteStates } from './check-states.ts';
import type { KnownOperations } from './operations.ts';
import { parseOperations } from './parse-match.ts';
import { parseRule } from './parse-rule.ts';
import { readShipped } from './precompiled.ts';
import { RULE_SCHEMA, SCENARIO_SCHEMA } from './scenario-schema.ts';
import { unreachableRules } from './unreachable-rules.ts';

const checkScenario = compile(SCENARIO_SCHEMA);
const checkRule = compile(RULE_SCHEMA);

/**
 * Loads scenario files and directories in the order of the list. A file contains one scenario or a list of them.
 * @throws InputError with the problems of all files.
 */
export function loadScenarios(paths: readonly string[], known: KnownOperations): readonly Scenario[] {
  const scenarios = new Map<string, Scenario>();
  const problems = new IssueCollector();
  for (const path of paths) {
    problems.attempt(() => {
      for (const file of filesAt([path])) problems.attempt(() => loadFile(file, known, scenarios));
    });
  }
  problems.assertNone();
  return [...scenarios.values()];
}

/** Adds the scenarios of a file to those of earlier files. */
function loadFile(file: string, known: KnownOperations, scenarios: Map<string, Scenario>): void {
  const document = readDocument(file);
  const issues: InputIssue[] = [];
  for (const part of scenariosOf(document)) {
    const scenario = checkedScenario(part, { place: file, known, issues });
    if (scenario === undefined) continue;
    const earlier = scenarios.get(scenario.name);
    if (earlier === undefined) scenarios.set(scenario.name, scenario);
    else {
      issues.push({
        pointer: `${part.pointer}/scenario`,
        message: `another scenario has this name, in ${earlier.place}`,
        found: scenario.name,
        allowed: 'an unused name',
      });
    }
  }
  if (issues.length > 0) throw inputError(document, issues);
}

/**
 * Reads a shipped file without checking it. The tests check shipped files against the schema and the contracts; to do so
 * at each start would take longer than the rest of the start.
 */
export function readShippedScenarios(file: string, known: KnownOperations): readonly Scenario[] {
  return scenariosOf(readShipped(file)).map(({ value }) => assemble(value as Json, file, known).scenario);
}

/**
 * Parses one scenario from a JSON value.
 * @param place - where the value comes from: a file, or `admin`. Errors and `Scenario.place` contain it.
 * @throws InputError with all problems.
 */
export function parseScenario(value: unknown, place: string, known: KnownOperations): Scenario {
  const issues: InputIssue[] = [];
  const scenario = checkedScenario({ value, pointer: '' }, { place, known, issues });
  if (scenario === undefined || issues.length > 0) throw new InputError(place, issues);
  return scenario;
}

/**
 * Parses the rule of a one-off fault. Without `calls`, it fires once, or once for each fault of its sequence; patterns of
 * operations leave out those by which clients discover versions, which would use it up first.
 * @throws InputError with all problems.
 */
export function parseArmedFault(value: unknown, place: string, known: KnownOperations): Rule {
  const violations = checkRule(value);
  if (violations.length > 0) {
    const issues = describeViolations(violations, RULE_SCHEMA);
    throw new InputError(place, [...issues, ...issuesOfMatch(value, '', known)]);
  }
  const { rule, issues } = parseRule(value as Json, '', { known, discovers: false });
  if (issues.length > 0) throw new InputError(place, issues);
  const { calls, when, goto } = value as { readonly calls?: unknown; readonly when?: string; readonly goto?: string };
  for (const [member, state] of Object.entries({ when, goto })) {
    if (state === undefined) continue;
    throw new InputError(place, [
      {
        pointer: `/${member}`,
        message: 'a one-off fault has no states',
        found: state,
        allowed: 'a scenario with states',
      },
    ]);
  }
  return calls === undefined ? { ...rule, calls: { per: 'rule', to: rule.sequence.length } } : rule;
}

/** A scenario that is not parsed yet, and its JSON pointer in its file. */
interface Part {
  readonly value: unknown;
  readonly pointer: string;
}

/** What parsing a scenario needs. */
interface ScenarioContext {
  /** The file, or `admin`. */
  readonly place: string;
  readonly known: KnownOperations;
  /** Collects the problems that are found. */
  readonly issues: InputIssue[];
}

function scenariosOf(document: InputDocument): readonly Part[] {
  const { value } = document;
  if (!Array.isArray(value)) return [{ value, pointer: '' }];
  if (value.length === 0) throw inputError(document, [{ pointer: '', message: 'contains no scenario' }]);
  return value.map((one: unknown, index) => ({ value: one, pointer: `/${index}` }));
}

/** Parses one scenario of a file and collects its problems; `undefined` if it does not match the schema. */
function checkedScenario({ value, pointer }: Part, { place, known, issues }: ScenarioContext): Scenario | undefined {
  const violations = checkScenario(value);
  if (violations.length > 0) {
    issues.push(
      ...describeViolations(violations, SCENARIO_SCHEMA).map((one) => ({ ...one, pointer: pointer + one.pointer })),
      ...issuesOfRules(value, pointer, known),
    );
    return undefined;
  }
  const assembled = assemble(value as Json, place, known);
  const { rules, states } = assembled.scenario;
  const found = [
    ...assembled.issues,
    ...unreachableRules(rules, ((value as Json)['rules'] ?? []) as readonly unknown[]),
    ...checkStates(states, rules),
    ...checkEarlyStates(states, rules),
  ];
  issues.push(...found.map((issue) => ({ ...issue, pointer: pointer + issue.pointer })));
  return assembled.scenario;
}

/**
 * Returns the problems in the rules of a scenario that does not match the schema, so that all are reported at once: all of a rule that
 * matches its schema, and those of the operations of any other rule.
 */
function issuesOfRules(scenario: unknown, pointer: string, known: KnownOperations): readonly InputIssue[] {
  const rules: unknown = isObject(scenario) ? (scenario as Json)['rules'] : undefined;
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule: unknown, index) => {
    const at = `${pointer}/rules/${index}`;
    return checkRule(rule).length === 0
      ? parseRule(rule as Json, at, { known }).issues
      : issuesOfMatch(rule, at, known);
  });
}

/** Returns the problems in the operations of a rule that does not match the schema. */
function issuesOfMatch(rule: unknown, pointer: string, known: KnownOperations): readonly InputIssue[] {
  const match: unknown = isObject(rule) ? (rule as Json)['match'] : undefined;
  const operation: unknown = isObject(match) ? (match as Json)['operation'] : undefined;
  const names = Array.isArray(operation) ? operation : [operation];
  const issues: InputIssue[] = [];
  if (names.every((name) => typeof name === 'string')) {
    parseOperations({ operation }, `${pointer}/match`, { known, discovers: true, issues });
  }
  return issues;
}

/** Builds a scenario from a value that matches the schema. */
function assemble(
  value: Json,
  place: string,
  known: KnownOperations,
): { readonly scenario: Scenario; readonly issues: readonly InputIssue[] } {
  const parsed = ((value['rules'] ?? []) as readonly Json[]).map((rule, index) =>
    parseRule(rule, `/rules/${index}`, { known }),
  );
  const rules = parsed.map(({ rule }) => rule);
  const written = value['states'] as Partial<States> | undefined;
  const states = written && ({ per: 'rule', byHand: [], ...written } as States);
  return {
    scenario: {
      name: value['scenario'] as string,
      description: (value['description'] as string | undefined) ?? '',
      ...(value['expect'] !== undefined && { expect: value['expect'] as string }),
      ...(value['certificate'] !== undefined && { certificate: value['certificate'] as CertificateKind }),
      isEnabled: value['enabled'] === true,
      rules,
      ...(states !== undefined && { states }),
      notes: noteStates(states, rules),
      place,
      document: value,
    },
    issues: parsed.flatMap(({ issues }) => issues),
  };
}
