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

/** Words the error, and says what the process ends with. */
function explain(error: unknown, names: readonly string[]): number {
  // Commander has printed its own already; help and version come this way too.
  if (error instanceof CommanderError) {
    // A misspelt command comes as an argument too many of the default one.
    const nearest = error.code === 'commander.excessArguments' && nearestName(process.argv[2] ?? '', names);
    if (nearest) process.stderr.write(`(Did you mean ${nearest}?)\n`);
    return error.exitCode === 0 ? EXIT.well : EXIT.badInput;
  }
  if (error instanceof InputError) {
    process.stderr.write(`sideglance: ${error.message}\n`);
    return EXIT.badInput;
  }
  if (error instanceof CommandError) {
    process.stderr.write(`sideglance: ${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof PortError) {
    process.stderr.write(`sideglance: ${error.message}; --port 0 takes a free one\n`);
    return EXIT.error;
  }
  process.stderr.write(`sideglance: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.error;
}

// Whoever reads through a pipe may have seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.well : EXIT.error);
});

const program = buildProgram();
program.parseAsync().catch((error: unknown) => {
  const names = program.commands.map((command) => command.name());
  process.exitCode = explain(error, names);
});
