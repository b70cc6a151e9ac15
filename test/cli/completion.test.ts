import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { CLI } from '../support/build.ts';
import { spawnCli } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';
import { isInstalled } from '../support/shells.ts';

const BASH_COMPLETION = '/usr/share/bash-completion/bash_completion';

let folder: string;
beforeAll(() => {
  const command = filesOf({ sideglance: '' })('sideglance');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`);
  chmodSync(command, 0o755);
  folder = dirname(command);
});

/** Runs a script in a shell that finds the command. */
const inShell = (shell: string, script: string): string =>
  execFileSync(shell, shell === 'zsh' ? ['-f', '-c', script] : ['-c', script], {
    env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 60_000,
  });

const completions = async (...words: string[]): Promise<readonly string[]> => {
  const { stdout } = await spawnCli(['complete', '--', ...words]).finished;
  return stdout
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => line.split('\t')[0] as string);
};

describe('completion', () => {
  test('knows commands, subcommands, flags and the values of flags', async () => {
    expect(await completions('sc')).toEqual(['scenarios']);
    expect(await completions('faults', '')).toEqual(expect.arrayContaining(['arm', 'list', 'disarm']));
    expect(await completions('serve', '--journal-s')).toEqual(['--journal-size', '--journal-secrets']);
    expect(await completions('env', '--shell', '')).toEqual(['sh', 'fish', 'powershell', 'cmd']);
  });

  test('rejects an unknown shell', async () => {
    const { code, stderr } = await spawnCli(['completion', 'tcsh']).finished;
    expect([code, stderr]).toEqual([2, expect.stringContaining('zsh, bash, fish, powershell')]);
  });

  test('works in bash', () => {
    if (!existsSync(BASH_COMPLETION)) return;
    const script = `source ${BASH_COMPLETION}; source <(sideglance completion bash)
      COMP_WORDS=(sideglance scenarios en); COMP_CWORD=2; COMP_LINE="\${COMP_WORDS[*]}"; COMP_POINT=\${#COMP_LINE}
      complete -p sideglance; __sideglance_complete; printf '%s\\n' "\${COMPREPLY[@]}"`;
    expect(inShell('bash', script)).toBe('complete -F __sideglance_complete sideglance\nenable\n');
  });

  test('works in fish', () => {
    if (!isInstalled('fish')) return;
    const script = 'sideglance completion fish | source; complete -C "sideglance scenarios en"';
    expect(inShell('fish', script)).toBe('enable\tenable a scenario\n');
  });

  test('works in zsh, on a terminal', () => {
    if (!isInstalled('zsh')) return;
    const script = `zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell "autoload -Uz compinit; compinit -u -D; source <(sideglance completion zsh); print LOAD''ED"
      zpty -r shell output '*LOADED*'
      zpty -w -n shell $'sideglance scenarios en\\t'
      zpty -r shell output '*enable*' && print completed
      zpty -d shell`;
    expect(inShell('zsh', script)).toBe('completed\n');
  });
});
