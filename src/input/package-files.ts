import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's own folder, whether this runs from sources, as built, or in one bundled file. */
function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

let root: string | undefined;

/** The path of a file that comes with the package: `packageFile('fixtures/default.yaml')`. */
export function packageFile(path: string): string {
  root ??= packageFolder();
  return join(root, path);
}

let version: string | undefined;

/** The version that the package says. */
export function packageVersion(): string {
  version ??= (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { readonly version: string }).version;
  return version;
}
