import type { Command } from 'commander';
import { checkFiles } from '../../index.ts';
import { fixturesFlag, scenariosFlag } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface ValidateFlags {
  readonly fixtures?: readonly string[];
  readonly scenarios?: readonly string[];
}

/** Adds `validate`. */
export function addValidate(program: Command, terminal: Terminal): void {
  program
    .command('validate')
    .description('check fixture and scenario files without starting anything')
    .addOption(fixturesFlag())
    .addOption(scenariosFlag())
    .action((flags: ValidateFlags) => {
      const { projects, users, images, scenarios } = checkFiles(flags);
      terminal.stdout.write(`${projects} projects, ${users} users, ${images} images: valid\n`);
      for (const { name, rules, description, notes } of scenarios) {
        terminal.stdout.write(`scenario ${name}, ${rules} ${rules === 1 ? 'rule' : 'rules'}: ${description}\n`);
        for (const note of notes) terminal.stdout.write(`  note: ${note}\n`);
      }
    });
}
