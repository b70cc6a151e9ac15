import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sideglance, startSideglance } from '../../src/index.ts';
import { CLI } from '../support/build.ts';
import { spawnCli } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';
import { testIn } from '../support/shells.ts';

const BASH_COMPLETION = '/usr/share/bash-completion/bash_completion';

const BASH = { shell: 'bash', debianPackage: 'bash-completion', file: BASH_COMPLETION };
const FISH = { shell: 'fish', debianPackage: 'fish' };
const ZSH = { shell: 'zsh', debianPackage: 'zsh' };

let folder: string;
let cloud: Sideglance;
beforeAll(async () => {
  const command = filesOf({ sideglance: '' })('sideglance');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`);
  chmodSync(command, 0o755);
  folder = dirname(command);
  cloud = await startSideglance({ fixtures: { images: [{ name: 'web-1' }] } });
});
afterAll(() => cloud.close());

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

  test('knows operations, and the statuses that an operation documents', async () => {
    expect(await completions('requests', '--operation', 'image-v2.deleteImageT')).toEqual(['image-v2.deleteImageTag']);
    expect(await completions('requests', 'list', '--operation=image-v2.showTasks')).toEqual([
      'image-v2.showTasksSchema',
    ]);
    expect(await completions('scenarios', 'explain', 'ims.showQ')).toEqual(['ims.showQuota']);
    const arm = ['faults', 'arm', '--operation', 'image-v2.deleteImage', '--answer'];
    expect(await completions(...arm, '')).toEqual(['204', '403', '404']);
    expect(await completions('requests', '--dialect', 'rackspace-')).toEqual(['rackspace-images', 'rackspace-servers']);
    expect(await completions('requests', '--att')).toEqual(['--attempt']);
  });

  test('asks a running server for scenarios, worlds, faults and images', async () => {
    const { url } = cloud.worlds.create({ name: 'mine' });
    cloud.scenarios.put('only-here', { rules: [{ match: {}, fault: { answer: { observed: 'nginx-502' } } }] });
    const fault = cloud.faults.arm({ match: { operation: 'image-v2.listImages' }, fault: { answer: 403 } });
    const image = cloud.images.list()[0]?.id;
    const at = ['--url', cloud.url];
    expect(url).toContain('/w/mine');
    expect(await completions('scenarios', 'enable', ...at, 'only-')).toEqual(['only-here']);
    expect(await completions('requests', ...at, '--world', '')).toEqual(['default', 'mine']);
    expect(await completions('worlds', 'drop', ...at, 'mi')).toEqual(['mine']);
    expect(await completions('faults', 'disarm', ...at, '')).toEqual([fault.id]);
    expect(await completions('images', 'delete', ...at, '')).toEqual([image]);
  });

  test('knows the scenarios of the package without a server, and no worlds', async () => {
    const nowhere = ['--url', 'http://127.0.0.1:1'];
    expect(await completions('scenarios', 'enable', ...nowhere, 'retry-s')).toEqual(['retry-storm']);
    expect(await completions('worlds', 'drop', ...nowhere, '')).toEqual([]);
  });

  test('rejects an unknown shell', async () => {
    const { code, stderr } = await spawnCli(['completion', 'tcsh']).finished;
    expect([code, stderr]).toEqual([2, expect.stringContaining('zsh, bash, fish, powershell')]);
  });

  testIn(BASH, 'works in bash', () => {
    const script = `source ${BASH_COMPLETION}; source <(sideglance completion bash)
      COMP_WORDS=(sideglance scenarios en); COMP_CWORD=2; COMP_LINE="\${COMP_WORDS[*]}"; COMP_POINT=\${#COMP_LINE}
      complete -p sideglance; __sideglance_complete; printf '%s\\n' "\${COMPREPLY[@]}"`;
    expect(inShell('bash', script)).toBe('complete -F __sideglance_complete sideglance\nenable\n');
  });

  testIn(FISH, 'works in fish', () => {
    const script = 'sideglance completion fish | source; complete -C "sideglance scenarios en"';
    expect(inShell('fish', script)).toBe('enable\tenable a scenario\n');
  });

  testIn(ZSH, 'works in zsh, on a terminal', () => {
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
