import { randomBytes } from 'node:crypto';

/** A place in the requests of a journal or a process, from which a stream can go on. */
export interface Cursor {
  /** Id of the last entry (of all worlds: its sequence number) that a reader has. */
  readonly after: number;
  /** Which count of ids `after` belongs to: they restart when a journal is cleared and with the process; default: the latest one. */
  readonly count?: string | undefined;
}

/** The form of a cursor as text: `41-9f3a2b1c`, or `41` for an id of the latest count. */
export const CURSOR = '^\\d+(-[0-9a-f]{8})?$';

/** Parses a cursor that has the form of `CURSOR`. */
export function parseCursor(given: string | number): Cursor {
  const [after, count] = String(given).split('-');
  return { after: Number(after), count };
}

/** Returns a cursor as text. */
export const formatCursor = (after: number, count: string): string => `${after}-${count}`;

/** Returns a name for a new count of ids. */
export const newCount = (): string => randomBytes(4).toString('hex');
