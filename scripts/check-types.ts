/** Exits with status 1, naming the files, when the generated types are out of date: `npx tsx scripts/check-types.ts`. */
import { readFileSync } from 'node:fs';
import { DIALECTS } from '../src/dialects/index.ts';
import { packageFile } from '../src/input/package-files.ts';
import { typeFiles } from './types/type-files.ts';

for (const [path, text] of await typeFiles(DIALECTS.map(({ contract }) => contract))) {
  if (readFileSync(packageFile(path), 'utf8') === text) continue;
  console.error(`${path} is out of date: npm run generate`);
  process.exitCode = 1;
}
