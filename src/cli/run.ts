import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { InputError, PortError, packageVersion, StorageFailure } from '../index.ts';
import { CommandError } from './client.ts';
import { addClock } from './commands/clock.ts';
import { addCompletion } from './commands/completion.ts';
import { addConduct } from './commands/conduct.ts';
import { addConfiguration } from './commands/configuration.ts';
import { addConform } from './commands/conform.ts';
import { addCoverage } from './commands/coverage.ts';
import { addEnv } from './commands/env.ts';
import { addFaults } from './commands/faults.ts';
import { addGenerate } from './commands/generate.ts';
import { addHeld } from './commands/held.ts';
import { addImages } from './commands/images.ts';
import { addMcp } from './commands/mcp.ts';
import { addOpen } from './commands/open.ts';
import { addOpenapi } from './commands/openapi.ts';
import { addPorts } from './commands/ports.ts';
import { addRecording } from './commands/recording.ts';
import { addReplay } from './commands/replay.ts';
import { addReport } from './commands/report.ts';
import { addRequests } from './commands/requests.ts';
import { addRetryTests } from './commands/retry-tests.ts';
import { addScenarios } from './commands/scenarios.ts';
import { addServe } from './commands/serve.ts';
import { addServers } from './commands/servers.ts';
import { addShow } from './commands/show.ts';
import { addState } from './commands/state.ts';
import { addSweep } from './commands/sweep.ts';
import { addTasks } from './commands/tasks.ts';
import { addUpgradeCheck } from './commands/upgrade-check.ts';
import { addValidate } from './commands/validate.ts';
import { addVirtualData } from './commands/virtual-data.ts';
import { addWait } from './commands/wait.ts';
import { addWorlds } from './commands/worlds.ts';
import type { Terminal } from './terminal.ts';
import { unknownCommand } from './unknown-command.ts';

/** Exit codes. */
const EXIT = { success: 0, error: 1, badInput: 2 } as const;

/** Adds the commands besides `serve`, in the order of the help. */
const OTHER_COMMANDS = [
  addState,
  addValidate,
  addGenerate,
  addScenarios,
  addFaults,
  addHeld,
  addRequests,
  addImages,
  addTasks,
  addClock,
  addConfiguration,
  addServers,
  addPorts,
  addRetryTests,
  addWorlds,
  addConduct,
  addConform,
  addSweep,
  addUpgradeCheck,
  addCoverage,
  addRecording,
  addReplay,
  addShow,
  addReport,
  addOpen,
  addEnv,
  addOpenapi,
  addMcp,
  addVirtualData,
  addWait,
];

/** Whether a command line starts the server, so that it needs no other command, neither for the help nor for a misspelt name. */
function isServe([first = 'serve', ...others]: readonly string[]): boolean {
  if (first === 'serve') return true;
  return first.startsWith('-') && ![first, ...others].some((word) => HELP_FLAGS.has(word));
}

const HELP_FLAGS = new Set(['-h', '--help']);

/**
 * Creates the program with the commands that a command line needs: all of them, unless it starts the server.
 */
export async function buildProgram(args: readonly string[], terminal: Terminal): Promise<Command> {
  const program = new Command('sideglance')
    .description(
      'A test double for cloud image services. Flags of serve, and those for a running server, have environment variables: --admin-port is SIDEGLANCE_ADMIN_PORT.',
    )
    .version(packageVersion(), '-v, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
      outputError: (text, write) => write(unknownCommand(program, args) ?? text),
    })
    .showHelpAfterError('(run with --help for usage)');
  addServe(program, terminal);
  if (isServe(args)) return program;
  for (const add of OTHER_COMMANDS) add(program, terminal);
  await addCompletion(program, args);
  return program;
}

/** Returns the message and the exit code for an error. */
function explain(error: unknown): { readonly message: string; readonly exitCode: number } {
  // Commander prints these only for arguments and flags that it parses itself.
  if (error instanceof InvalidArgumentError) return { message: error.message, exitCode: EXIT.badInput };
  // Commander has printed its own message already; help and version also come this way.
  if (error instanceof CommanderError)
    return { message: '', exitCode: error.exitCode === 0 ? EXIT.success : EXIT.badInput };
  if (error instanceof InputError) return { message: error.message, exitCode: EXIT.badInput };
  if (error instanceof CommandError) return error;
  if (error instanceof PortError) {
    const advice = error.isTaken ? '; --port 0 picks a free port' : '';
    return { message: error.message + advice, exitCode: EXIT.error };
  }
  if (error instanceof StorageFailure) return { message: error.message, exitCode: EXIT.error };
  // The system explains these itself: a full disk, a folder instead of a file.
  if (error instanceof Error && 'syscall' in error) return { message: error.message, exitCode: EXIT.error };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error), exitCode: EXIT.error };
}

/**
 * Runs one command line.
 * @param args - what follows the program's name: `['worlds', 'list']`.
 * @returns the exit code.
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const program = await buildProgram(args, terminal);
    await program.parseAsync(args, { from: 'user' });
    return EXIT.success;
  } catch (error) {
    const { message, exitCode } = explain(error);
    if (message !== '') terminal.stderr.write(`sideglance: ${message}\n`);
    return exitCode;
  }
}
