import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Finds the folder of this package from its sources, its build or its bundle. */
function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  // The folder of the command line has a package.json of its own.
  while (!existsSync(join(folder, 'package.json')) || basename(folder) === 'bin') {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`There is no package.json above ${import.meta.url}.`);
    folder = parent;
  }
  return folder;
}

let root: string | undefined;

/** Returns the path of a file of this package: `packageFile('fixtures/default.yaml')`. */
export function packageFile(path: string): string {
  root ??= packageFolder();
  return join(root, path);
}

let version: string | undefined;

/** Returns the version in `package.json`. */
export function packageVersion(): string {
  version ??= (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { readonly version: string }).version;
  return version;
}
