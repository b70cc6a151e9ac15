import { readFileSync, writeFileSync } from 'node:fs';
import { checksumSeed, encodeLine } from '../../src/persistence/record-line.ts';

/** A record as a line holds it, after its checksum. */
type Numbered = [sequence: number, more: number, ...record: unknown[]];

/**
 * Changes records of a state file or its log, as a release that works differently would have written them: the checksums fit.
 * @param change - receives the JSON text of a record and returns what takes its place.
 */
export function rewriteRecords(file: string, change: (text: string) => string): void {
  const [first = '', ...others] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const { id } = (JSON.parse(first) as [string, number, number, string, { id: string }])[4];
  const lines = [first, ...others].map((line, index) => {
    const [, ...numbered] = JSON.parse(line) as unknown[];
    const [sequence, more, ...record] = JSON.parse(change(JSON.stringify(numbered))) as Numbered;
    return encodeLine(record, { sequence, more }, index === 0 ? 0 : checksumSeed(id));
  });
  writeFileSync(file, lines.join(''));
}
