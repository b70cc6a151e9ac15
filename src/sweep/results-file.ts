import { closeSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import type { Json } from '../base/json.ts';
import { canonical } from '../base/json-value.ts';
import { compile, type JsonSchema } from '../contract/schema.ts';
import { describeViolations } from '../contract/schema-errors.ts';
import { InputError } from '../input/input-error.ts';
import { written } from '../input/write-files.ts';
import type { PointResult, SweepReport } from './report.ts';
import { POINT_RESULT, REPORT, REPORT_FORMAT, RESULTS_FORMAT, RESULTS_HEAD } from './results-schema.ts';

/** What has to be the same for a sweep to be resumed. */
export interface ResultsHead {
  readonly command: readonly string[];
  /** Options that can change a verdict. */
  readonly options: Json;
}

const ALLOWED = 'a file that can be written';

/**
 * A file to which each result is appended as one line, so that a killed sweep can be resumed: at most the line that was
 * being written is lost.
 */
export class ResultsFile {
  readonly #path: string;
  readonly #descriptor: number;

  /**
   * Starts a file with results from an earlier sweep. Replaces an existing file at once, with nothing in between.
   * @throws InputError for a file that cannot be written.
   */
  constructor(path: string, head: ResultsHead, results: readonly PointResult[]) {
    this.#path = path;
    const lines = [{ format: RESULTS_FORMAT, ...head }, ...results].map((value) => `${JSON.stringify(value)}\n`);
    this.#descriptor = written(path, ALLOWED, () => {
      const fresh = `${path}.${process.pid}`;
      writeFileSync(fresh, lines.join(''));
      renameSync(fresh, path);
      return openSync(path, 'a');
    });
  }

  /** Appends a result. @throws InputError if it cannot be written, such as on a full disk. */
  add(result: PointResult): void {
    written(this.#path, ALLOWED, () => writeSync(this.#descriptor, `${JSON.stringify(result)}\n`));
  }

  /** Closes the file. */
  close(): void {
    closeSync(this.#descriptor);
  }
}

/**
 * Reads the results of a sweep that is to be resumed; `undefined` if the file does not exist.
 * @throws InputError for a file that is none, and one of another command or with other options.
 */
export function readResults(path: string, head: ResultsHead): readonly PointResult[] | undefined {
  const text = textOf(path);
  if (text === undefined) return undefined;
  const { head: found, results } = parseResults(path, text);
  for (const member of ['command', 'options'] as const) {
    if (canonical(found[member]) === canonical(head[member])) continue;
    throw new InputError(path, [
      {
        pointer: `/${member}`,
        line: 1,
        message: 'is that of another sweep, so that it cannot be resumed',
        found: found[member],
        allowed: JSON.stringify(head[member]),
      },
    ]);
  }
  return results;
}

/** Makes sure that a mistyped path does not cost a file of another kind. @throws InputError for such a file. */
export function assertReplaceable(path: string): void {
  const text = textOf(path) ?? '';
  if (text === '' || text.slice(0, text.indexOf('\n')).includes(RESULTS_FORMAT)) return;
  throw new InputError(path, [
    {
      pointer: '',
      message: 'is no results file, and is not replaced',
      found: text.slice(0, 60),
      allowed: 'a new file, or a results file of sideglance sweep',
    },
  ]);
}

/**
 * Reads earlier results from a report or from a results file.
 * @throws InputError for a file that does not exist or is neither.
 */
export function readEarlier(path: string): readonly PointResult[] {
  const text = textOf(path);
  if (text === undefined) {
    throw new InputError(path, [{ pointer: '', message: 'does not exist', allowed: 'a report or a results file' }]);
  }
  const first = text.slice(0, text.indexOf('\n'));
  return first.includes(RESULTS_FORMAT) ? parseResults(path, text).results : parseSweepReport(text, path).points;
}

/** Serializes a report for `parseSweepReport`. */
export const serializeSweepReport = (report: SweepReport): string =>
  JSON.stringify({ format: REPORT_FORMAT, ...report }, null, 2);

/**
 * Parses a report that `serializeSweepReport` wrote.
 * @param place - name of the file, for errors.
 * @throws InputError for a text that is no report.
 */
export function parseSweepReport(text: string, place: string): SweepReport {
  const value = parseJson(text, { place, allowed: 'a report of sideglance sweep' });
  const { format: _format, ...report } = checked<SweepReport & { readonly format: string }>(value, REPORT, { place });
  return { ...report, elsewhere: report.elsewhere ?? 0 };
}

function parseResults(place: string, text: string) {
  // A line without an end was being written when the process was killed.
  const lines = text.split('\n').slice(0, -1);
  const [first = ''] = lines;
  const headOf = parseJson(first, { place, line: 1, allowed: 'a results file of sideglance sweep' });
  return {
    head: checked<ResultsHead>(headOf, RESULTS_HEAD, { place, line: 1 }),
    results: lines.slice(1).map((line, index) => {
      const value = parseJson(line, { place, line: index + 2, allowed: 'the result of a point' });
      return checked<PointResult>(value, POINT_RESULT, { place, line: index + 2 });
    }),
  };
}

interface Place {
  readonly place: string;
  readonly line?: number;
}

function parseJson(text: string, { place, line, allowed }: Place & { readonly allowed: string }): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = `is not valid JSON: ${(error as Error).message}`;
    throw new InputError(place, [{ pointer: '', message, allowed, ...(line !== undefined && { line }) }]);
  }
}

const CHECKS = new Map<JsonSchema, ReturnType<typeof compile>>();

function checked<T>(value: unknown, schema: JsonSchema, { place, line }: Place): T {
  const check = CHECKS.get(schema) ?? compile(schema);
  CHECKS.set(schema, check);
  const violations = check(value);
  if (violations.length === 0) return value as T;
  const issues = describeViolations(violations, schema).map((issue) => ({
    ...issue,
    ...(line !== undefined && { line }),
  }));
  throw new InputError(place, issues);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const message = `cannot be read: ${(error as Error).message}`;
    throw new InputError(path, [{ pointer: '', message, allowed: 'a readable file' }]);
  }
}
