import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type InputDocument, parseDocument, readDocument } from '../../input/input-document.ts';

/** Where, below a directory of shipped scenarios, what its YAML files hold is kept. */
export const PARSED_SCENARIOS = 'parsed/library.json';

/** What YAML files hold, by name, each with the digest of the text that it was parsed from. */
export type ParsedScenarios = Readonly<Record<string, { readonly sha256: string; readonly value: unknown }>>;

const digestOf = (text: string): string => hash('sha256', text);

/** YAML files, parsed beforehand. */
export const parseScenarioFiles = (files: readonly string[]): ParsedScenarios =>
  Object.fromEntries(
    files.map((file) => {
      const text = readFileSync(file, 'utf8');
      return [basename(file), { sha256: digestOf(text), value: parseDocument(file, text).value }];
    }),
  );

/**
 * Reads a shipped file. YAML that was parsed beforehand is not parsed again, which would take ten times as long; where
 * somebody has edited the file since, the edit counts.
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
