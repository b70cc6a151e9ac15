import { readFileSync } from 'node:fs';
import { CommandError } from './client.ts';

/**
 * Reads an argument that is JSON, a file with JSON, or `-` for standard input.
 * @throws CommandError with exit code 2 for what is not valid JSON or cannot be read.
 */
export function readJson<T>(given: string): T {
  const text = /^\s*[{[]/.test(given) ? given : readText(given);
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new CommandError(`${given}: is not valid JSON: ${(error as Error).message}`, 2);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file}: cannot be read: ${(error as Error).message}`, 2);
  }
}
