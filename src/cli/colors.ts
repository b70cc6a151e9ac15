import type { Writable } from 'node:stream';
import { styleText } from 'node:util';

/** Styles of texts on a terminal. */
export interface Colors {
  readonly bad: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly strong: (text: string) => string;
}

const plain = (text: string): string => text;

/** Texts without styles. */
const PLAIN: Colors = { bad: plain, good: plain, warning: plain, quiet: plain, strong: plain };

const STYLED: Colors = {
  bad: (text) => styleText('red', text),
  good: (text) => styleText('green', text),
  warning: (text) => styleText('yellow', text),
  quiet: (text) => styleText('gray', text),
  strong: (text) => styleText('bold', text),
};

/** Returns the styles for an output: none for files and pipes, and when `NO_COLOR` is set; `FORCE_COLOR` asks for them. */
export function colorsFor(output: Writable, env: NodeJS.ProcessEnv = process.env): Colors {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = env;
  if (no !== undefined && no !== '') return PLAIN;
  if (force !== undefined && force !== '' && force !== '0') return STYLED;
  const isTerminal = 'isTTY' in output && output.isTTY === true;
  return isTerminal && terminal !== 'dumb' ? STYLED : PLAIN;
}
