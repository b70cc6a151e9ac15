import { execFileSync } from 'node:child_process';

/** Whether a shell is installed. `.ci/run` installs all that the tests know. */
export function isInstalled(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
