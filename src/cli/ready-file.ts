import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { CommandError } from './client.ts';

/**
 * Writes the address of a server that is ready, for programs that do not know its port, such as the health check of a container.
 * @throws CommandError for a file that cannot be written.
 */
export function writeReadyFile(file: string, url: string): void {
  try {
    writeFileSync(file, `${url}\n`);
  } catch (error) {
    throw new CommandError(`--ready-file: cannot write ${file}: ${(error as Error).message}`, 2);
  }
}

/** Removes the file of a server that stops. */
export const removeReadyFile = (file: string): void => rmSync(file, { force: true });

/** Returns the address in the file of a server; `undefined` while there is none. */
export function readReadyFile(file: string): string | undefined {
  try {
    const url = readFileSync(file, 'utf8').trim();
    return URL.canParse(url) ? url : undefined;
  } catch {
    return undefined;
  }
}
