#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { InputError, nearestName, PortError, packageVersion } from '../index.ts';
import { CommandError } from './client.ts';
import { addCoverage } from './commands/coverage.ts';
import { addEnv } from './commands/env.ts';
import { addGenerate } from './commands/generate.ts';
import { addOpenapi } from './commands/openapi.ts';
import { addScenarios } from './commands/scenarios.ts';
import { addServe } from './commands/serve.ts';
import { addValidate } from './commands/validate.ts';
import { addVirtualData } from './commands/virtual-data.ts';
import { addWait } from './commands/wait.ts';
import { addWorlds } from './commands/worlds.ts';

/** What the process ends with. */
const EXIT = { well: 0, error: 1, badInput: 2 } as const;

function buildProgram(): Command {
  const program = new Command('sideglance')
    .description('A double for cloud image services. Every flag has a variable: --admin-port is SIDEGLANCE_ADMIN_PORT.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(unknownCommand(program, process.argv.slice(2)) ?? text),
    })
    .showHelpAfterError('(--help says more)');
  addServe(program);
  addValidate(program);
  addGenerate(program);
  addScenarios(program);
  addWorlds(program);
  addCoverage(program);
  addEnv(program);
  addOpenapi(program);
  addVirtualData(program);
  addWait(program);
  return program;
}

/** Of a misspelt command, which Commander takes for an argument too many of the default one. */
function unknownCommand(program: Command, [first, second]: readonly string[]): string | undefined {
  const group = program.commands.find((command) => command.name() === first && command.commands.length > 0);
  const names = (group ?? program).commands.map((command) => command.name());
  const word = group === undefined ? first : second;
  if (word === undefined || word.startsWith('-') || names.includes(word)) return undefined;
  const nearest = nearestName(word, names);
  const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `error: there is no command '${[group?.name(), word].join(' ').trim()}'.${meant} There are: ${names.join(', ')}.\n`;
}

/** Words the error, and says what the process ends with. */
function explain(error: unknown): number {
  // Commander has printed its own already; help and version come this way too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.well : EXIT.badInput;
  if (error instanceof InputError) {
    process.stderr.write(`sideglance: ${error.message}\n`);
    return EXIT.badInput;
  }
  if (error instanceof CommandError) {
    process.stderr.write(`sideglance: ${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof PortError) {
    const advice = error.isTaken ? '; --port 0 takes a free one' : '';
    process.stderr.write(`sideglance: ${error.message}${advice}\n`);
    return EXIT.error;
  }
  process.stderr.write(`sideglance: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.error;
}

// Whoever reads through a pipe may have seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.well : EXIT.error);
});

buildProgram()
  .parseAsync()
  .catch((error: unknown) => {
    process.exitCode = explain(error);
  });
