import { compile, type JsonSchema } from '../contract/schema.ts';
import { describeViolations } from '../contract/schema-errors.ts';
import { InputError } from '../input/input-error.ts';
import type { CoverageReport } from './report.ts';

/** Name and version of the file format; a new version is written when older readers could not read it. */
const FORMAT = 'sideglance-coverage/1';

const COUNT: JsonSchema = { type: 'integer', minimum: 0 };
const TEXT: JsonSchema = { type: 'string' };

const object = (properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});

const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

const CELL = object(
  {
    dialect: TEXT,
    operation: TEXT,
    status: COUNT,
    annex: TEXT,
    natural: COUNT,
    byProfile: COUNT,
    injected: COUNT,
  },
  ['annex'],
);

const TOTALS = object({
  cells: COUNT,
  received: COUNT,
  receivedNatural: COUNT,
  receivedByProfile: COUNT,
  receivedInjected: COUNT,
});

const REPORT = object({
  format: { const: FORMAT },
  // A report without cells would pass every threshold.
  cells: { ...list(CELL), minItems: 1 },
  totals: TOTALS,
  annexes: TOTALS,
  undocumented: list(CELL),
  observed: list(object({ dialect: TEXT, operation: TEXT, answer: TEXT, injected: COUNT })),
  faults: list(object({ dialect: TEXT, operation: TEXT, kind: TEXT, count: COUNT })),
  labels: list(object({ label: TEXT, cells: list(object({ operation: TEXT, status: COUNT, count: COUNT })) })),
});

/** Serializes a report for `parseReport`. */
export const serializeReport = (report: CoverageReport): string =>
  JSON.stringify({ format: FORMAT, ...report }, null, 2);

let check: ReturnType<typeof compile> | undefined;

/**
 * Parses a report that `serializeReport` wrote.
 * @param place - name of the file, for errors.
 * @throws InputError for a text that is no report.
 */
export function parseReport(text: string, place: string): CoverageReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(place, [
      { pointer: '', message: `is not valid JSON: ${(error as Error).message}`, allowed: 'a coverage report' },
    ]);
  }
  check ??= compile(REPORT);
  const violations = check(value);
  if (violations.length > 0) throw new InputError(place, describeViolations(violations, REPORT));
  const { format: _format, ...report } = value as CoverageReport & { readonly format: string };
  return report;
}
