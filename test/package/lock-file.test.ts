import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const file = fileURLToPath(new URL('../../package-lock.json', import.meta.url));
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockedPackage> };
/** All packages but the project itself, whose path is empty. */
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

describe('package-lock.json', () => {
  test('has a digest for each package', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
  });

  test('has no install script among the packages that users install', () => {
    const scripts = packages.filter(([, { dev, hasInstallScript }]) => hasInstallScript === true && dev !== true);
    expect(scripts.map(([path]) => path)).toEqual([]);
  });

  test('names no registry', () => {
    expect(readFileSync(file, 'utf8')).not.toContain('"resolved"');
  });
});
