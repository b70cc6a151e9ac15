/** Writes the files that are made from others: `npx tsx scripts/write-generated.ts`. A test says when that is due. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIALECTS } from '../src/dialects/index.ts';
import { DEFAULT_FIXTURES, digestOf, PARSED_DEFAULTS } from '../src/fixtures/default-fixtures.ts';
import { checkFixtures } from '../src/fixtures/fixture-file.ts';
import { FIXTURES_SCHEMA } from '../src/fixtures/fixture-schema.ts';
import { parseDocument } from '../src/input/input-document.ts';
import { differencesPage } from './differences.ts';

const write = (path: string, value: unknown): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
};

const text = readFileSync(DEFAULT_FIXTURES, 'utf8');
const document = checkFixtures(parseDocument(DEFAULT_FIXTURES, text));
write(PARSED_DEFAULTS, { sha256: digestOf(text), document });
write(fileURLToPath(new URL('../schemas/fixtures.schema.json', import.meta.url)), FIXTURES_SCHEMA);

const differences = await differencesPage(DIALECTS.map(({ contract }) => contract));
writeFileSync(fileURLToPath(new URL('../docs/differences.md', import.meta.url)), differences);
