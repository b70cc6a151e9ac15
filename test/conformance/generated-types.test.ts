import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/input/package-files.ts';

test('the types of rules, fixtures and operations are up to date', () => {
  const script = packageFile('scripts/check-types.ts');
  const { stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', script], { encoding: 'utf8' });
  expect([stderr, status]).toEqual(['', 0]);
});
