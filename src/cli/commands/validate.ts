import type { Command } from 'commander';
import { checkFiles } from '../../index.ts';
import { fixturesFlag, ownFlag, scenariosFlag } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface ValidateFlags {
  readonly fixtures?: readonly string[];
  readonly scenarios?: readonly string[];
  readonly json?: boolean;
}

/** Adds `validate`. */
export function addValidate(program: Command, terminal: Terminal): void {
  program
    .command('validate')
    .description('check fixture and scenario files without starting anything')
    .addOption(fixturesFlag())
    .addOption(scenariosFlag())
    .addOption(ownFlag('--json', 'print the result as JSON'))
    .action(({ json, ...files }: ValidateFlags) => {
      const checked = checkFiles(files);
      if (json === true) {
        terminal.stdout.write(`${JSON.stringify(checked, null, 2)}\n`);
        return;
      }
      const { projects, users, images, scenarios } = checked;
      terminal.stdout.write(`${projects} projects, ${users} users, ${images} images: valid\n`);
      for (const { name, rules, description, notes } of scenarios) {
        terminal.stdout.write(`scenario ${name}, ${rules} ${rules === 1 ? 'rule' : 'rules'}: ${description}\n`);
        for (const note of notes) terminal.stdout.write(`  note: ${note}\n`);
      }
    });
}
