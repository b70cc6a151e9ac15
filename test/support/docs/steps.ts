/** A command of a console block, and the output that the page shows. */
export interface Step {
  readonly command: string;
  readonly expected: string;
}

/** Whether a command continues in the next line: an open quote or a backslash. */
const isOpen = (lines: readonly string[]): boolean =>
  (lines.join('\n').split("'").length - 1) % 2 === 1 || lines.at(-1)?.endsWith('\\') === true;

/** Parses a console block into commands and their expected output. */
export function stepsOf(text: string): readonly Step[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((step) => {
      const lines = step.split('\n');
      let end = 1;
      while (end < lines.length && isOpen(lines.slice(0, end))) end += 1;
      return { command: lines.slice(0, end).join('\n'), expected: lines.slice(end).join('\n').trim() };
    });
}

/** Builds the pattern for an expected output, in which `...` stands for any text. */
export const patternOf = (expected: string): RegExp =>
  new RegExp(
    `^${expected
      .split('...')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[\\s\\S]*')}$`,
  );
