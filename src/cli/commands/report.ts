import type { Command } from 'commander';
import { reportHtml } from '../../index.ts';
import { writeOutput } from '../coverage-output.ts';
import { ownFlag } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface ReportFlags {
  readonly output?: string;
}

/** Adds `report`. */
export function addReport(program: Command, terminal: Terminal): void {
  program
    .command('report <file>')
    .description('write a recording as one HTML page, which shows it in any browser without a server')
    .addOption(ownFlag('-o, --output <file>', 'the page; standard output when omitted'))
    .action((file: string, flags: ReportFlags) => report(file, flags, terminal));
}

function report(file: string, { output }: ReportFlags, { stdout }: Terminal): void {
  const html = reportHtml(file);
  if (output === undefined) {
    stdout.write(html);
    return;
  }
  writeOutput(output, html);
  stdout.write(`${output}\n`);
}
