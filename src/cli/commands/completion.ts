import type { RootCommand } from '@bomb.sh/tab';
import type { Command } from 'commander';
import { type Value, valuesOf } from '../completion-values.ts';

/** The command that prints the script for a shell, and the hidden one that such a script calls for each Tab. */
const NAMES = ['completion', 'complete'] as const;

/** Shells with completion. */
const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/**
 * Adds `completion`. The library that completes is loaded only for it, because it looks at all commands.
 * @param args - the command line.
 */
export async function addCompletion(program: Command, args: readonly string[]): Promise<void> {
  const [name = ''] = args;
  if ((NAMES as readonly string[]).includes(name)) {
    const { default: tab } = await import('@bomb.sh/tab/commander');
    const root = tab(program, { completionCommandName: NAMES[0] });
    // The words follow `--`: complete -- scenarios enable
    if (name === NAMES[1]) await addValues(root, args.slice(2));
    return;
  }
  // For the help.
  const description =
    'print the script with which a shell completes commands, flags and names: source <(sideglance completion bash)';
  program.command(NAMES[0]).description(description).argument('<shell>', SHELLS.join(', '));
}

/** Adds the values of the flag or argument that is being completed, such as names of scenarios. */
async function addValues(root: RootCommand, words: readonly string[]): Promise<void> {
  addFlagsOfDefault(root, words);
  const path = pathOf(root, words);
  const command = root.commands.get(path);
  if (command === undefined) return;
  const flag = flagBeingCompleted(words);
  const values = await valuesOf({ command: path, flag }, words);
  if (values === undefined) return;
  const handler = (complete: (value: string, description: string) => void): void => {
    for (const { value, description } of values) complete(value, oneLine(description));
  };
  const [argument] = command.arguments.values();
  const target = flag === undefined ? argument : command.options.get(flag);
  if (target !== undefined) target.handler = handler;
}

/** The default command of a group: `requests list` of `requests`. */
const defaultOf = (commands: RootCommand['commands'], group: string): string | undefined =>
  [`${group} list`, `${group} show`].find((path) => commands.has(path));

/** Gives a group the flags of its default command: `requests --operation`. */
function addFlagsOfDefault({ commands }: RootCommand, [group = '']: readonly string[]): void {
  const [command, fallback] = [commands.get(group), commands.get(defaultOf(commands, group) ?? '')];
  for (const [name, option] of fallback?.options ?? []) command?.options.set(name, option);
}

/** The command of a command line, without flags: `scenarios enable`. The default command of a group stands for the group. */
function pathOf({ commands }: RootCommand, words: readonly string[]): string {
  const [first = '', second = ''] = words.slice(0, -1);
  const path = `${first} ${second}`;
  return commands.has(path) ? path : (defaultOf(commands, first) ?? first);
}

/** The flag whose value the last word is: `--world a`, `--world=a`. */
function flagBeingCompleted(words: readonly string[]): string | undefined {
  const [, inline] = /^--([a-z-]+)=/.exec(words.at(-1) ?? '') ?? [];
  const [, before] = /^--([a-z-]+)$/.exec(words.at(-2) ?? '') ?? [];
  return inline ?? before;
}

/** Shells take a tab and a line break for the end of a description. */
const oneLine = (text: Value['description']): string => text.replaceAll(/\s+/g, ' ');
