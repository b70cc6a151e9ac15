import { markdownRow } from '../../base/markdown.ts';
import type { ConformReport } from '../result.ts';
import { VERDICTS } from '../result.ts';
import { MARKS, matrixOf, summaryOf } from './matrix.ts';

/** Formats rows as a table. */
type Table = (rows: readonly (readonly string[])[]) => string;

/** The rows of the matrix: a heading, a row for each case, and the totals. */
function rowsOf(reports: readonly ConformReport[]): readonly (readonly string[])[] {
  const { clients, rows } = matrixOf(reports);
  return [
    ['CASE', ...clients],
    ...rows.map((row) => [
      row.case,
      ...row.results.map((result) => (result === undefined ? '' : MARKS[result.verdict])),
    ]),
    ...VERDICTS.map((verdict) => [`(${verdict})`, ...reports.map(({ totals }) => String(totals[verdict]))]),
  ];
}

/** Formats reports as a table for a terminal: a column for each client and a row for each case. */
export const toConformText = (reports: readonly ConformReport[], table: Table): string =>
  [table(rowsOf(reports)), '', ...reports.map((report) => `${report.client}: ${summaryOf(report)}`)].join('\n');

/** Formats reports as Markdown. */
export function toConformMarkdown(reports: readonly ConformReport[]): string {
  const [heading = [], ...rows] = rowsOf(reports);
  const lines = [heading, heading.map(() => '---'), ...rows];
  return lines.map(markdownRow).join('\n');
}
