import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type CoverageReport,
  packageVersion,
  parseReport,
  serializeReport,
  toBadge,
  toCtrf,
  toHtml,
  toJunit,
  toMarkdown,
  toText,
} from '../index.ts';
import { CommandError } from './client.ts';
import { table } from './table.ts';

/** How each format is printed. */
const PRINTERS = {
  text: (report: CoverageReport) => toText(report, table),
  json: serializeReport,
  markdown: toMarkdown,
  html: (report: CoverageReport) => toHtml(report),
  junit: toJunit,
  ctrf: (report: CoverageReport) =>
    JSON.stringify(toCtrf(report, { version: packageVersion(), now: Date.now() }), null, 2),
  badge: toBadge,
};

/** A format of coverage reports. */
export type CoverageFormat = keyof typeof PRINTERS;

/** All formats of coverage reports. */
export const COVERAGE_FORMATS = Object.keys(PRINTERS) as readonly CoverageFormat[];

/** Formats a report. */
export const formatReport = (report: CoverageReport, format: CoverageFormat): string =>
  `${PRINTERS[format](report).trimEnd()}\n`;

/** Reads a report in the format `json`. @throws CommandError if the file cannot be read, InputError if it is no report. */
export function readReport(file: string): CoverageReport {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file}: cannot be read: ${(error as Error).message}`, 2);
  }
  return parseReport(text, file);
}

/** Writes a text to a file. @throws CommandError if it cannot be written. */
export function writeOutput(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(`${file}: cannot be written: ${(error as Error).message}`);
  }
}

/** Checks before long work that its reports can be written. @throws CommandError with exit code 2. */
export function assertWritable(files: readonly (string | undefined)[]): void {
  for (const file of files) {
    if (file === undefined) continue;
    if (isFolder(file)) throw new CommandError(`${file}: is a folder; allowed: a file in an existing folder`, 2);
    const folder = dirname(file);
    if (isFolder(folder)) continue;
    const message = `the folder ${folder} does not exist; allowed: a file in an existing folder`;
    throw new CommandError(`${file}: ${message}`, 2);
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
