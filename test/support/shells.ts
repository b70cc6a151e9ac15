import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from '@jest/globals';

/** What a test needs that not every machine has. `.ci/run` installs all of them. */
export interface NeededShell {
  readonly shell: string;
  /** The Debian package with it. */
  readonly debianPackage: string;
  /** A file that is needed as well. */
  readonly file?: string;
}

/** Defines a test that needs a shell. Where it is missing, Jest lists the test as `todo`, with the package to install. */
export function testIn({ shell, debianPackage, file }: NeededShell, title: string, run: () => void): void {
  if (isInstalled(shell) && (file === undefined || existsSync(file))) test(title, run);
  else test.todo(`${title} (to run it: apt-get install ${debianPackage})`);
}

function isInstalled(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
