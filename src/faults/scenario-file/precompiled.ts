import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type InputDocument, parseDocument, readDocument } from '../../input/input-document.ts';

/** Path of the parsed YAML files, below a directory of shipped scenarios. */
export const PARSED_SCENARIOS = '.generated/parsed.json';

/** The values of YAML files by file name, each with the digest of the text that it was parsed from. */
export type ParsedScenarios = Readonly<Record<string, { readonly sha256: string; readonly value: unknown }>>;

const digestOf = (text: string): string => hash('sha256', text);

/** Parses YAML files for the file at `PARSED_SCENARIOS`. */
export const parseScenarioFiles = (files: readonly string[]): ParsedScenarios =>
  Object.fromEntries(
    files.map((file) => {
      const text = readFileSync(file, 'utf8');
      return [basename(file), { sha256: digestOf(text), value: parseDocument(file, text).value }];
    }),
  );

/**
 * Reads a shipped file. For YAML, uses the value that `npm run generate` parsed, because parsing takes ten times as long.
 * A file that was edited since then is parsed.
 */
export function readShipped(file: string): InputDocument {
  if (!file.endsWith('.yaml')) return readDocument(file);
  const text = readFileSync(file, 'utf8');
  const parsed = parsedIn(dirname(file))[basename(file)];
  if (parsed?.sha256 !== digestOf(text)) return parseDocument(file, text);
  return { file, value: parsed.value, lineOf: () => 1 };
}

const byDirectory = new Map<string, ParsedScenarios>();

function parsedIn(directory: string): ParsedScenarios {
  let parsed = byDirectory.get(directory);
  if (parsed === undefined) {
    parsed = readParsed(join(directory, PARSED_SCENARIOS));
    byDirectory.set(directory, parsed);
  }
  return parsed;
}

function readParsed(file: string): ParsedScenarios {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ParsedScenarios;
  } catch {
    return {};
  }
}
