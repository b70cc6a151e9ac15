import { compile, type JsonSchema } from '../contract/schema.ts';
import { describeViolations } from '../contract/schema-errors.ts';
import { InputError, type InputIssue } from '../input/input-error.ts';
import { PROFILES } from './case.ts';
import { type ConformReport, VERDICTS } from './result.ts';
import { APIS, TASK_NAMES } from './tasks.ts';

const TEXT: JsonSchema = { type: 'string' };
const TEXTS: JsonSchema = { type: 'array', items: TEXT };
const COUNT: JsonSchema = { type: 'integer', minimum: 0 };

const REASON: JsonSchema = {
  type: 'object',
  required: ['check', 'message'],
  properties: { check: TEXT, message: TEXT, rule: TEXT, entries: { type: 'array', items: COUNT } },
};

const RESULT: JsonSchema = {
  type: 'object',
  required: [
    'case',
    'version',
    'api',
    'profile',
    'task',
    'title',
    'verdict',
    'reasons',
    'notes',
    'exit',
    'milliseconds',
  ],
  properties: {
    case: TEXT,
    version: COUNT,
    api: { enum: APIS },
    profile: { enum: PROFILES },
    task: { enum: TASK_NAMES },
    title: TEXT,
    verdict: { enum: VERDICTS },
    reasons: { type: 'array', items: REASON },
    notes: TEXTS,
    exit: {
      type: 'object',
      required: ['code', 'signal', 'timedOut'],
      properties: {
        code: { type: ['integer', 'null'] },
        signal: { type: ['string', 'null'] },
        timedOut: { type: 'boolean' },
      },
    },
    milliseconds: { type: 'number', minimum: 0 },
  },
};

const REPORT: JsonSchema = {
  type: 'object',
  required: ['format', 'version', 'sideglance', 'client', 'command', 'startedAt', 'milliseconds', 'totals', 'results'],
  properties: {
    format: { const: 'sideglance-conform' },
    version: { const: 1 },
    sideglance: TEXT,
    client: TEXT,
    command: TEXTS,
    startedAt: TEXT,
    milliseconds: { type: 'number', minimum: 0 },
    totals: {
      type: 'object',
      required: VERDICTS,
      properties: Object.fromEntries(VERDICTS.map((verdict) => [verdict, COUNT])),
    },
    results: { type: 'array', items: RESULT },
  },
};

const check = compile(REPORT);

/**
 * Parses results that `sideglance conform --json` has written.
 * @param file - its name, for messages.
 * @throws InputError for text that is no such file.
 */
export function parseConformReport(text: string, file: string): ConformReport {
  const value = parseJson(text, file);
  const violations = check(value);
  if (violations.length > 0) throw new InputError(file, describeViolations(violations, REPORT));
  const report = value as ConformReport;
  const issues = doubles(report);
  if (issues.length > 0) throw new InputError(file, issues);
  return report;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(file, [{ pointer: '', message: `cannot be parsed: ${(error as Error).message}` }]);
  }
}

/** Cases that are in the results twice. */
function doubles({ results }: ConformReport): readonly InputIssue[] {
  const seen = new Set<string>();
  return results.flatMap(({ case: found }, at) => {
    if (!seen.has(found)) {
      seen.add(found);
      return [];
    }
    return [{ pointer: `/results/${at}/case`, message: 'is there twice', found, allowed: 'each case once' }];
  });
}

/** The cases that got worse: they passed in the baseline, and fail or say nothing now. */
export function regressionsOf(report: ConformReport, baseline: ConformReport): readonly string[] {
  const before = new Map(baseline.results.map(({ case: id, verdict }) => [id, verdict]));
  return report.results
    .filter(({ case: id, verdict }) => RANK[verdict] > RANK[before.get(id) ?? 'fail'])
    .map(({ case: id }) => id);
}

/** Verdicts from the best to the worst. What a client does not support any more is as bad as a failure. */
const RANK = { pass: 0, warn: 1, unsupported: 2, inconclusive: 2, fail: 3 } as const;
