import { explain } from '../contract/explain.ts';
import { compile } from '../contract/schema.ts';
import { filesAt, type InputDocument, inputError, readDocument } from '../domain/input-document.ts';
import { InputError, type InputIssue } from '../domain/input-error.ts';
import type { Rule, Scenario } from './fault.ts';
import { canonical } from './matcher.ts';
import type { KnownOperations } from './operations.ts';
import { parseRule } from './parse-rule.ts';
import { RULE_SCHEMA, SCENARIO_SCHEMA } from './scenario-schema.ts';

type Json = Readonly<Record<string, unknown>>;

const checkScenario = compile(SCENARIO_SCHEMA);
const checkRule = compile(RULE_SCHEMA);

/**
 * Loads scenario files, and those in directories, in the order of the list; a file holds one scenario or a list of them.
 * @throws InputError for the first file that is not as it should be, with all that is wrong in it.
 */
export function loadScenarios(paths: readonly string[], known: KnownOperations): readonly Scenario[] {
  const scenarios = new Map<string, Scenario>();
  for (const file of filesAt(paths)) {
    const document = readDocument(file);
    const issues: InputIssue[] = [];
    for (const { value, pointer } of scenariosOf(document)) {
      const scenario = checkedScenario(value, pointer, file, known, issues);
      if (scenario === undefined) continue;
      const earlier = scenarios.get(scenario.name);
      if (earlier === undefined) scenarios.set(scenario.name, scenario);
      else {
        issues.push({
          pointer: `${pointer}/scenario`,
          message: `there is a scenario of this name already, in ${earlier.place}`,
          found: scenario.name,
          allowed: 'a name of its own',
        });
      }
    }
    if (issues.length > 0) throw inputError(document, issues);
  }
  return [...scenarios.values()];
}

/**
 * Reads a file that has been held against the schema and the contracts before it was shipped; checks it no more, which
 * would cost more than all the rest of a start.
 */
export function readShippedScenarios(file: string, known: KnownOperations): readonly Scenario[] {
  return scenariosOf(readDocument(file)).map(({ value }) => assemble(value as Json, file, known).scenario);
}

/**
 * One scenario of a JSON value.
 * @param place - what an error names, and the scenario as its origin.
 * @throws InputError with everything that is wrong.
 */
export function parseScenario(value: unknown, place: string, known: KnownOperations): Scenario {
  const issues: InputIssue[] = [];
  const scenario = checkedScenario(value, '', place, known, issues);
  if (scenario === undefined || issues.length > 0) throw new InputError(place, issues);
  return scenario;
}

/**
 * One rule on its own, for a one-off fault: it takes one call (or one for each fault of its sequence) unless it says
 * otherwise.
 * @throws InputError with everything that is wrong.
 */
export function parseOneOff(value: unknown, place: string, known: KnownOperations): Rule {
  const violations = checkRule(value);
  if (violations.length > 0) throw new InputError(place, explain(violations, RULE_SCHEMA));
  const { rule, issues } = parseRule(value as Json, '', known);
  if (issues.length > 0) throw new InputError(place, issues);
  const { calls } = value as { readonly calls?: unknown };
  return calls === undefined ? { ...rule, calls: { per: 'rule', to: rule.sequence.length } } : rule;
}

interface Part {
  readonly value: unknown;
  readonly pointer: string;
}

function scenariosOf(document: InputDocument): readonly Part[] {
  const { value } = document;
  if (!Array.isArray(value)) return [{ value, pointer: '' }];
  if (value.length === 0) throw inputError(document, [{ pointer: '', message: 'holds no scenario' }]);
  return value.map((one: unknown, index) => ({ value: one, pointer: `/${index}` }));
}

function checkedScenario(
  value: unknown,
  pointer: string,
  place: string,
  known: KnownOperations,
  issues: InputIssue[],
): Scenario | undefined {
  const violations = checkScenario(value);
  if (violations.length > 0) {
    issues.push(...explain(violations, SCENARIO_SCHEMA).map((one) => ({ ...one, pointer: pointer + one.pointer })));
    return undefined;
  }
  const assembled = assemble(value as Json, place, known);
  issues.push(
    ...[...assembled.issues, ...shadows(value as Json, assembled.scenario.rules)].map((issue) => ({
      ...issue,
      pointer: pointer + issue.pointer,
    })),
  );
  return assembled.scenario;
}

function assemble(
  value: Json,
  place: string,
  known: KnownOperations,
): { readonly scenario: Scenario; readonly issues: readonly InputIssue[] } {
  const parsed = (value['rules'] as readonly Json[]).map((rule, index) => parseRule(rule, `/rules/${index}`, known));
  return {
    scenario: {
      name: value['scenario'] as string,
      description: (value['description'] as string | undefined) ?? '',
      ...(value['expect'] !== undefined && { expect: value['expect'] as string }),
      isEnabled: value['enabled'] === true,
      rules: parsed.map(({ rule }) => rule),
      place,
      document: value,
    },
    issues: parsed.flatMap(({ issues }) => issues),
  };
}

/** Rules that no call ever comes to, because one before them takes all that they could. */
function shadows(value: Json, rules: readonly Rule[]): readonly InputIssue[] {
  const written = value['rules'] as readonly Json[];
  // Earlier rules by what they ask for: a rule is behind those that ask for a part of what it asks for. Looking these up,
  // rather than going over all earlier rules, keeps scenarios of thousands of rules quick to load.
  const earlier = new Map<string, { readonly index: number; readonly operations: ReadonlySet<string> }[]>();
  return rules.flatMap((rule, index) => {
    const asked = conditions(rule);
    const wider = selections(asked)
      .flatMap((part) => earlier.get(part.join('\n')) ?? [])
      .find(({ operations }) => rule.operations.every((name) => operations.has(name)));
    if (takesAll(rule)) {
      const key = asked.join('\n');
      const list = earlier.get(key) ?? [];
      list.push({ index, operations: new Set(rule.operations) });
      earlier.set(key, list);
    }
    if (wider === undefined || rule.operations.length === 0) return [];
    return [
      {
        pointer: `/rules/${index}`,
        message: `the rule can never take a call: /rules/${wider.index} takes every one of them`,
        found: written[index]?.['match'],
        allowed: 'the narrower rule first, or a rule before it that lets calls through',
      },
    ];
  });
}

/** More conditions than this are not looked into: the selections double with each. */
const MOST_CONDITIONS = 8;

/** Every selection of a list, the empty and the whole one too, each in the order of the list. */
function selections(list: readonly string[]): readonly (readonly string[])[] {
  if (list.length > MOST_CONDITIONS) return [[], list];
  const all: (readonly string[])[] = [[]];
  for (const one of list) all.push(...all.map((part) => [...part, one]));
  return all;
}

/** Whether a rule takes each call that comes to it, for ever, with an answer. */
const takesAll = ({ calls, sequence, ending }: Rule): boolean =>
  calls.from === undefined &&
  calls.to === undefined &&
  calls.every === undefined &&
  calls.only === undefined &&
  (calls.chance === undefined || calls.chance === 1) &&
  ending !== 'pass' &&
  sequence.every(({ kind }) => kind === 'answer');

/** What a rule asks for beside the operation, a line each, in one order. */
const conditions = ({ match }: Rule): readonly string[] =>
  Object.entries(match)
    .flatMap(([member, value]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).map(([name, part]) => `${member} ${name} ${canonical(part)}`)
        : [`${member} ${canonical(value)}`],
    )
    .sort();
