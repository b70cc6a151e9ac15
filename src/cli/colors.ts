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

/** `colorsFor` decides about styles, for an output that need not be standard output. */
const styled = (style: 'red' | 'green' | 'yellow' | 'gray' | 'bold', text: string): string =>
  styleText(style, text, { validateStream: false });

const STYLED: Colors = {
  bad: (text) => styled('red', text),
  good: (text) => styled('green', text),
  warning: (text) => styled('yellow', text),
  quiet: (text) => styled('gray', text),
  strong: (text) => styled('bold', text),
};

/** Returns the styles for an output: none for files and pipes, and when `NO_COLOR` is set; `FORCE_COLOR` asks for them. */
export function colorsFor(output: Writable, env: NodeJS.ProcessEnv = process.env): Colors {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = env;
  if (no !== undefined && no !== '') return PLAIN;
  if (force !== undefined && force !== '' && force !== '0') return STYLED;
  const isTerminal = 'isTTY' in output && output.isTTY === true;
  return isTerminal && terminal !== 'dumb' ? STYLED : PLAIN;
}
