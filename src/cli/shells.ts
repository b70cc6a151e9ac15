import { exportsOf } from './suites/shell.ts';

type Variables = Readonly<Record<string, string>>;

/** How each shell sets variables, and how it marks comments. */
const SHELLS = {
  sh: { lines: exportsOf, comment: '# ' },
  fish: {
    lines: (variables: Variables) => assigned(variables, (name, value) => `set -gx ${name} ${fish(value)};`),
    comment: '# ',
  },
  powershell: {
    lines: (variables: Variables) => assigned(variables, (name, value) => `$env:${name} = ${powershell(value)}`),
    comment: '# ',
  },
  cmd: {
    lines: (variables: Variables) => assigned(variables, (name, value) => `set "${name}=${cmd(value)}"`),
    comment: 'rem ',
  },
} as const;

/** A kind of shell. */
export type Shell = keyof typeof SHELLS;

/** All kinds of shells; `sh` stands for all that follow POSIX. */
export const SHELL_NAMES = Object.keys(SHELLS) as readonly Shell[];

/** Returns the lines with which a shell sets variables. */
export const assignmentsFor = (shell: Shell, variables: Variables): readonly string[] => SHELLS[shell].lines(variables);

/** Returns a text as comments of a shell. */
export const commentsFor = (shell: Shell, lines: readonly string[]): readonly string[] =>
  lines.map((line) => SHELLS[shell].comment + line);

const assigned = (variables: Variables, line: (name: string, value: string) => string): string[] =>
  Object.entries(variables).map(([name, value]) => line(name, value));

/** In single quotes, fish replaces only escaped quotes and backslashes. */
const fish = (value: string): string => `'${value.replaceAll(/['\\]/g, '\\$&')}'`;

const powershell = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A percent sign is doubled, as in batch files. Quotes cannot be escaped in `set "NAME=value"`, and need not be. */
const cmd = (value: string): string => value.replaceAll('%', '%%');
