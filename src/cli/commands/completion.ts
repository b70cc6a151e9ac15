import type { Command } from 'commander';

/** The command that prints the script for a shell, and the hidden one that such a script calls for each Tab. */
const NAMES = ['completion', 'complete'] as const;

/** Shells with completion. */
const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/**
 * Adds `completion`. The library that completes is loaded only for it, because it looks at all commands.
 * @param args - the command line.
 */
export async function addCompletion(program: Command, [name = '']: readonly string[]): Promise<void> {
  if ((NAMES as readonly string[]).includes(name)) {
    const { default: tab } = await import('@bomb.sh/tab/commander');
    tab(program, { completionCommandName: NAMES[0] });
    return;
  }
  // For the help.
  const description =
    'print the script with which a shell completes commands and flags: source <(sideglance completion bash)';
  program.command(NAMES[0]).description(description).argument('<shell>', SHELLS.join(', '));
}
