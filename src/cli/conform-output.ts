import {
  type CaseResult,
  type ConformReport,
  toConformCtrf,
  toConformHtml,
  toConformJunit,
  toConformMarkdown,
  toConformText,
} from '../index.ts';
import { CommandError } from './client.ts';
import { writeOutput } from './coverage-output.ts';
import { table } from './table.ts';

/** Files that results are written to. */
export interface ConformFiles {
  readonly json?: string;
  readonly junit?: string;
  readonly ctrf?: string;
  readonly html?: string;
}

/** Formats reports for a terminal. */
export const printReports = (reports: readonly ConformReport[], format: 'text' | 'markdown'): string =>
  format === 'markdown' ? toConformMarkdown(reports) : toConformText(reports, table);

/** Writes reports to the files that the flags name. */
export function writeReports(reports: readonly ConformReport[], { json, junit, ctrf, html }: ConformFiles): void {
  if (json !== undefined) writeOutput(json, jsonOf(reports));
  if (junit !== undefined) writeOutput(junit, toConformJunit(reports));
  if (ctrf !== undefined) writeOutput(ctrf, `${JSON.stringify(toConformCtrf(reports), null, 2)}\n`);
  if (html !== undefined) writeOutput(html, toConformHtml(reports));
}

/** @throws CommandError for several reports, which have no JSON form of their own. */
function jsonOf(reports: readonly ConformReport[]): string {
  if (reports.length !== 1) throw new CommandError('--json writes the results of one client', 2);
  return `${JSON.stringify(reports[0], null, 2)}\n`;
}

/** `FAIL  image-v2.retry.list-503-seconds  the client reported a failure ...`. */
export function resultLine({ case: id, verdict, reasons }: CaseResult): string {
  const [first] = reasons;
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : '';
  const rule = first?.rule === undefined ? '' : `${first.rule}: `;
  return `${verdict.toUpperCase().padEnd(12)}  ${id}  ${first === undefined ? '' : rule + first.message + more}`.trimEnd();
}
