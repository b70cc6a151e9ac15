/** Writes the scenario files that are made from the contracts: `npx tsx scripts/generate-answers.ts`. A test says when that is due. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIALECTS } from '../src/dialects/index.ts';
import { generatedFiles } from './shipped-scenarios.ts';

for (const [path, text] of generatedFiles(DIALECTS.map(({ contract }) => contract))) {
  const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
